"""A pytest plugin: the test database is migrated once.

Migrating takes longer than hundreds of tests. On SQLite the outcome is kept as a file beside
the other test files, under a name that changes with everything it follows from; the workers of
pytest-xdist, and the next run, copy it. On PostgreSQL one worker of a run migrates and the
others copy its database. `--reuse-db` and `--create-db` work as ever.
"""

import fcntl
import hashlib
import importlib.metadata
import os
import secrets
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.backends.base.creation import BaseDatabaseCreation

ROOT = Path(__file__).parent.parent
RUN_VARIABLE = "RV_TEST_RUN"
# Any number will do, as long as nothing else on the server locks by it.
LOCK = 7_261_926_117
SOURCES = {".py", ".toml", ".json", ".csv", ".sql", ".txt"}


@cache
def fingerprint() -> str:
    """A digest of all that a migrated database follows from: our sources, packages, settings."""
    packages = sorted(f"{each.name} {each.version}" for each in importlib.metadata.distributions())
    about = (sys.version, sqlite3.sqlite_version, packages)
    chosen = (settings.INSTALLED_APPS, settings.LANGUAGES, settings.LANGUAGE_CODE)
    digest = hashlib.sha256(repr((about, chosen)).encode())
    for config in sorted(apps.get_app_configs(), key=lambda each: each.path):
        folder = Path(config.path)
        if folder.is_relative_to(ROOT) and "site-packages" not in folder.parts:
            for file in sorted(folder.rglob("*")):
                if file.suffix in SOURCES and "node_modules" not in file.parts:
                    digest.update(f"{file.relative_to(ROOT)}\0".encode())
                    digest.update(file.read_bytes())
    return digest.hexdigest()[:24]


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Let one process at a time in."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


Create = Callable[..., str]


def created_on_sqlite(create: Create, creation: Any, **options: Any) -> str:
    """A database in memory, copied from the file if there is one for these sources."""
    folder = Path(settings.VAR_DIR) / "test-databases"
    template = folder / f"{fingerprint()}.sqlite3"
    with locked(folder):
        if not template.exists():
            name = create(creation, **options)
            unfinished = template.with_suffix(".new")
            unfinished.unlink(missing_ok=True)
            with sqlite3.connect(unfinished) as file:
                connection.connection.backup(file)
            file.close()
            for old in folder.glob("*.sqlite3"):
                old.unlink()
            unfinished.rename(template)
            return name
    name = creation._get_test_db_name()
    connection.close()
    settings.DATABASES[connection.alias]["NAME"] = connection.settings_dict["NAME"] = name
    connection.ensure_connection()
    with sqlite3.connect(template) as file:
        file.backup(connection.connection)
    file.close()
    return name


def copied(source: str, target: str) -> None:
    """Make a database on the server from another, to which nobody is connected."""
    quote = connection.ops.quote_name
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {quote(target)}")
        cursor.execute(f"CREATE DATABASE {quote(target)} TEMPLATE {quote(source)}")


def dropped(name: str, *, lock: int = LOCK) -> None:
    """Drop a database, though not while another process copies it."""
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [lock])
        cursor.execute(f"DROP DATABASE IF EXISTS {connection.ops.quote_name(name)}")


def template_of(name: str) -> str:
    """The database that all workers copy, by the name of a worker's own (test_x_gw0)."""
    return f"{name.rpartition('_')[0]}_migrated"


def created_on_postgres(create: Create, creation: Any, **options: Any) -> str:
    """A database of this worker's own, copied from that of the first; that one migrates."""
    run = os.environ[RUN_VARIABLE]
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        name = creation._get_test_db_name()
        template = template_of(name)
        cursor.execute(
            "SELECT 1 FROM pg_database"
            " WHERE datname = %s AND shobj_description(oid, 'pg_database') = %s",
            [template, run],
        )
        if cursor.fetchone():
            copied(template, name)
            connection.close()
            settings.DATABASES[connection.alias]["NAME"] = connection.settings_dict["NAME"] = name
        else:
            create(creation, **options)
            connection.close()
            copied(name, template)
            # One that an earlier run left, when it was stopped, is not taken for this run's.
            cursor.execute(f"COMMENT ON DATABASE {connection.ops.quote_name(template)} IS '{run}'")
    return name


def pytest_configure(config: pytest.Config) -> None:
    """The process that starts the workers gives the run a name."""
    if not hasattr(config, "workerinput"):
        os.environ[RUN_VARIABLE] = secrets.token_hex(8)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings: None,
    request: pytest.FixtureRequest,
    django_db_keepdb: bool,
    django_db_use_migrations: bool,
) -> Iterator[None]:
    """Let a test database be copied where it may be."""
    original = BaseDatabaseCreation.create_test_db
    worker = hasattr(request.config, "workerinput")

    def create(creation: Any, **options: Any) -> str:
        if not django_db_use_migrations:
            return original(creation, **options)
        if connection.vendor == "sqlite":
            return created_on_sqlite(original, creation, **options)
        if worker and not django_db_keepdb:
            return created_on_postgres(original, creation, **options)
        return original(creation, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseDatabaseCreation, "create_test_db", create)
        yield
