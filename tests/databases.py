"""A pytest plugin: what takes long to load is loaded once.

A test says by its fixtures what the database holds when it begins: one of STAGES (tests/stages.py),
or nothing but what migrations leave. A stage is loaded by the first test of a worker that needs
it, kept, and never changed: each test runs within a transaction that is rolled back. So no test
depends on another, nor on their order.
"""

import os
import sqlite3
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache as pages
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.utils import translation

from tests.migrated import copied, dropped, template_of
from tests.stages import STAGES, Stage

# What migrations leave, and a copy of that for tests that commit.
MIGRATED, COMMITTED = "", "committed"
Files = dict[str, bytes]


class Stages:
    """What the database may hold when a test begins, and what it holds now."""

    def __init__(self) -> None:
        self.now = MIGRATED
        self.files: dict[str, Files] = {}

    def bring(self, name: str) -> None:
        """Have the database hold this."""
        if name not in self.files:
            self.make(name)
        self.show(name)
        for path, content in self.files[name].items():
            # Settings that a test changed may have emptied what is in memory.
            if not default_storage.exists(path):
                default_storage.save(path, ContentFile(content))

    def make(self, name: str) -> None:
        """Load a stage, upon the one that it builds on, and keep it."""
        stage = STAGES.get(name)
        below = stage.below if stage else MIGRATED
        if name != MIGRATED:
            self.bring(below)
        self.begin(below, name)
        before = stored().keys()
        if stage:
            with transaction.atomic():
                load(stage)
                # As in a test: what waits for the end of the transaction is never done.
                connection.run_on_commit.clear()
            pages.clear()
        self.keep(name)
        new = {path: content for path, content in stored().items() if path not in before}
        self.files[name] = self.files.get(below, {}) | new

    def begin(self, below: str, name: str) -> None:
        raise NotImplementedError

    def keep(self, name: str) -> None:
        raise NotImplementedError

    def show(self, name: str) -> None:
        raise NotImplementedError

    def spoilt(self) -> None:
        """A test has committed: what is here now is no stage."""
        raise NotImplementedError

    def end(self) -> None:
        """Leave nothing behind."""
        raise NotImplementedError


class StagesInMemory(Stages):
    """SQLite: each stage is a copy in memory, brought back in milliseconds."""

    def __init__(self) -> None:
        super().__init__()
        self.copies: dict[str, sqlite3.Connection] = {}
        self.bring(MIGRATED)

    def begin(self, below: str, name: str) -> None:
        self.now = name

    def keep(self, name: str) -> None:
        self.copies[name] = sqlite3.connect(":memory:")
        connection.ensure_connection()
        connection.connection.backup(self.copies[name])

    def show(self, name: str) -> None:
        if self.now != name:
            connection.ensure_connection()
            self.copies[name].backup(connection.connection)
            self.now = name

    def spoilt(self) -> None:
        self.now = "spoilt"

    def end(self) -> None:
        for copy in self.copies.values():
            copy.close()


class StagesOnServer(Stages):
    """PostgreSQL: each stage is a database of its own, with a connection that stays open."""

    def __init__(self) -> None:
        super().__init__()
        self.names = {MIGRATED: connection.settings_dict["NAME"]}
        self.connections: dict[str, Any] = {}
        self.bring(MIGRATED)

    def begin(self, below: str, name: str) -> None:
        if name == MIGRATED:
            return
        connection.close()
        self.names[name] = f"{self.names[MIGRATED]}_{name}"
        copied(self.names[below], self.names[name])
        self.show(name)

    def keep(self, name: str) -> None:
        """It stays where it is."""

    def show(self, name: str) -> None:
        if self.now == name:
            return
        self.connections[self.now] = connection.connection
        connection.connection = self.connections.get(name)
        connection.settings_dict["NAME"] = self.names[name]
        self.now = name

    def spoilt(self) -> None:
        """Django empties it, as it does any database where tests commit; no other test is there."""

    def end(self) -> None:
        for name in list(self.names):
            self.show(name)
            connection.close()
        self.show(MIGRATED)
        for name in self.names.keys() - {MIGRATED}:
            dropped(self.names[name])
        if "PYTEST_XDIST_WORKER" in os.environ:
            dropped(template_of(self.names[MIGRATED]))


def stored(folder: str = "") -> Files:
    """All files there are, by path."""
    folders, files = default_storage.listdir(folder)
    found: Files = {}
    for name in files:
        with default_storage.open(f"{folder}{name}") as file:
            found[f"{folder}{name}"] = file.read()
    for name in folders:
        found |= stored(f"{folder}{name}/")
    return found


@pytest.fixture(scope="session")
def stages(django_db_setup: None, django_db_blocker: Any) -> Iterator[Stages]:
    with django_db_blocker.unblock():
        found = StagesInMemory() if connection.vendor == "sqlite" else StagesOnServer()
    yield found
    with django_db_blocker.unblock():
        found.end()


def load(stage: Stage) -> None:
    with translation.override("nl"):
        stage.load()


def asked_for(request: pytest.FixtureRequest) -> str:
    """The richest stage that a test asks for."""
    return next((name for name in STAGES if name in request.fixturenames), MIGRATED)


def commits(request: pytest.FixtureRequest) -> bool:
    """Whether a test has no transaction around it."""
    marker = request.node.get_closest_marker("django_db")
    asked = {"transactional_db", "live_server"} & set(request.fixturenames)
    return bool(asked) or bool(marker and marker.kwargs.get("transaction"))


@pytest.fixture
def _stage(
    request: pytest.FixtureRequest, stages: Stages, django_db_blocker: Any
) -> Iterator[None]:
    own = commits(request)
    with django_db_blocker.unblock():
        stages.bring(COMMITTED if own else asked_for(request))
    yield
    if own:
        stages.spoilt()


@pytest.fixture
def _django_db_helper(
    request: pytest.FixtureRequest, _stage: None, _django_db_helper: None
) -> None:
    """Before a test's transaction begins, the database is at its stage."""
    if commits(request):
        chain, name = [], asked_for(request)
        while name:
            chain.append(STAGES[name])
            name = STAGES[name].below
        for stage in reversed(chain):
            load(stage)


# Order.


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One test with a database, then those without: while a worker migrates, another has work."""

    def without(item: pytest.Item) -> bool:
        names = getattr(item, "fixturenames", ())
        return "_django_db_helper" not in names and not item.get_closest_marker("django_db")

    first = next((item for item in items if not without(item)), None)
    items.sort(key=lambda item: 0 if item is first else 1 if without(item) else 2)
