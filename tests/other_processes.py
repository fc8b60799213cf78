"""Letting other processes into the database of a test, and seeing what they wrote."""

import sqlite3
from pathlib import Path
from urllib.parse import quote

from django.db import connection


def open_to_others(folder: Path) -> str:
    """An address by which other processes reach the database; a copy where it is in memory."""
    names = connection.settings_dict
    if connection.vendor == "sqlite":
        path = folder / "db.sqlite3"
        with sqlite3.connect(path) as copy:
            connection.connection.backup(copy)
        copy.close()
        return f"sqlite:///{path}"
    user, host = quote(names["USER"]), quote(names["HOST"], safe="")
    password = f":{quote(names['PASSWORD'])}" if names["PASSWORD"] else ""
    port = f":{names['PORT']}" if names["PORT"] else ""
    return f"postgres://{user}{password}@{host}{port}/{names['NAME']}"


def bring_back_from(folder: Path) -> None:
    """See here what the other processes wrote, where they had a copy."""
    if connection.vendor == "sqlite":
        with sqlite3.connect(folder / "db.sqlite3") as copy:
            copy.backup(connection.connection)
        copy.close()
