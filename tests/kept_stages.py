"""Stages that one worker has loaded, for the others; on SQLite for the next run as well.

On SQLite a stage is kept as a file, under a name that changes with all that it follows from and
with the day, since the demo's dates lie around today. On PostgreSQL it is kept as a database until
the run ends. The files that belong to it lie beside the others.
"""

import hashlib
import os
import pickle
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.utils import timezone

from tests.migrated import (
    LOCK,
    ROOT,
    RUN_VARIABLE,
    copied,
    dropped,
    fingerprint,
    locked,
    template_of,
)
from tests.stages import STAGES

Files = dict[str, bytes]
# Left out of the digest: what is no source, and what no stage is made of.
NO_SOURCES = {"__pycache__", "node_modules", "static", "templates"}


@cache
def digest() -> str:
    """Of the migrated database and of what stages are loaded by and from, texts in Dutch too."""
    found = hashlib.sha256(fingerprint().encode())
    folders = [Path(config.path) for config in apps.get_app_configs()]
    ours = [
        each for each in folders if each.is_relative_to(ROOT) and "site-packages" not in each.parts
    ]
    for folder in sorted([*ours, ROOT / "site" / "locale"]):
        for file in sorted(folder.rglob("*")):
            if file.is_file() and not NO_SOURCES & set(file.parts):
                found.update(f"{file.relative_to(ROOT)}\0".encode())
                found.update(file.read_bytes())
    for name in ("stages.py", "factories.py"):
        found.update((Path(__file__).parent / name).read_bytes())
    return found.hexdigest()[:24]


def folder_of(stage: str) -> Path:
    return Path(settings.VAR_DIR) / "test-databases" / "stages" / stage


# SQLite.


def read(stage: str, into: sqlite3.Connection) -> Files | None:
    """Bring a stage into a database in memory. None when nobody kept it."""
    place = folder_of(stage) / f"{digest()}-{timezone.localdate()}"
    if not place.with_suffix(".files").exists():
        return None
    with sqlite3.connect(place.with_suffix(".sqlite3")) as file:
        file.backup(into)
    file.close()
    return files_in(place.with_suffix(".files"))


def files_in(path: Path) -> Files:
    found: Files = pickle.loads(path.read_bytes())  # noqa: S301  a worker of ours wrote it
    return found


def write(stage: str, database: sqlite3.Connection, files: Files) -> None:
    """Keep a stage, in place of one of other sources or another day."""
    place = folder_of(stage) / f"{digest()}-{timezone.localdate()}"
    for old in folder_of(stage).glob("*-*"):
        old.unlink()
    with sqlite3.connect(place.with_suffix(".sqlite3")) as file:
        database.backup(file)
    file.close()
    # It comes last: with this the stage is whole.
    place.with_suffix(".files").write_bytes(pickle.dumps(files))


@contextmanager
def alone_with(stage: str) -> Iterator[None]:
    """Let one process at a time load a stage."""
    with locked(folder_of(stage)):
        yield


# PostgreSQL.


def lock_of(stage: str) -> int:
    return LOCK + 1 + list(STAGES).index(stage)


def shared_name(own: str, stage: str) -> str:
    return f"{template_of(own)}_{stage}"


@contextmanager
def alone_on_server(stage: str) -> Iterator[None]:
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [lock_of(stage)])
        yield


def fetch(stage: str, own: str, target: str) -> Files | None:
    """Copy a stage of this run from the server. None when no worker has loaded it yet."""
    with connection._nodb_cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM pg_database"
            " WHERE datname = %s AND shobj_description(oid, 'pg_database') = %s",
            [shared_name(own, stage), os.environ[RUN_VARIABLE]],
        )
        if not cursor.fetchone():
            return None
    copied(shared_name(own, stage), target)
    return files_in(folder_of(stage) / f"{os.environ[RUN_VARIABLE]}.files")


def share(stage: str, own: str, source: str, files: Files) -> None:
    """Keep a stage for the other workers; nobody is connected to it."""
    folder_of(stage).mkdir(parents=True, exist_ok=True)
    (folder_of(stage) / f"{os.environ[RUN_VARIABLE]}.files").write_bytes(pickle.dumps(files))
    copied(source, shared_name(own, stage))
    quoted = connection.ops.quote_name(shared_name(own, stage))
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"COMMENT ON DATABASE {quoted} IS '{os.environ[RUN_VARIABLE]}'")


def forget(stage: str, own: str) -> None:
    """The end of a run: a worker that still wants it loads it by itself."""
    dropped(shared_name(own, stage), lock=lock_of(stage))
    (folder_of(stage) / f"{os.environ[RUN_VARIABLE]}.files").unlink(missing_ok=True)
