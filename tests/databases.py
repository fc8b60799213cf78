"""A pytest plugin: what takes long to load is loaded once.

A test says by its fixtures what the database holds when it begins: one of STAGES (tests/stages.py),
or nothing but what migrations leave. A stage is loaded by the first test that needs it, kept (also
for other workers: tests/kept_stages.py), and never changed: each test runs within a transaction
that is rolled back. So no test depends on another, nor on their order.
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

from tests import kept_stages
from tests.kept_stages import Files
from tests.later import WAITING
from tests.migrated import copied, dropped, template_of
from tests.stages import STAGES, Stage

# What migrations leave, and a copy of that for tests that commit.
MIGRATED, COMMITTED = "", "committed"


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
            with transaction.atomic(), WAITING.waits():
                load(stage)
                WAITING.do()
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

    def make(self, name: str) -> None:
        if name not in STAGES:
            super().make(name)
            return
        with kept_stages.alone_with(name):
            copy = sqlite3.connect(":memory:")
            files = kept_stages.read(name, copy)
            if files is not None:
                self.copies[name], self.files[name] = copy, files
                return
            copy.close()
            super().make(name)
            kept_stages.write(name, self.copies[name], self.files[name])

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

    def make(self, name: str) -> None:
        if name not in STAGES or "PYTEST_XDIST_WORKER" not in os.environ:
            super().make(name)
            return
        with kept_stages.alone_on_server(name):
            own, target = self.names[MIGRATED], self.name_of(name)
            files = kept_stages.fetch(name, own, target)
            if files is not None:
                self.names[name], self.files[name] = target, files
                return
            super().make(name)
            connection.close()
            kept_stages.share(name, own, target, self.files[name])

    def name_of(self, name: str) -> str:
        return f"{self.names[MIGRATED]}_{name}"

    def begin(self, below: str, name: str) -> None:
        if name == MIGRATED:
            return
        connection.close()
        self.names[name] = self.name_of(name)
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
            for name in STAGES:
                kept_stages.forget(name, self.names[MIGRATED])


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
def stages(
    django_db_setup: None, django_db_blocker: Any, _what_follows_may_wait: None
) -> Iterator[Stages]:
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
) -> Iterator[None]:
    """Before a test's transaction begins, the database is at its stage."""
    if not commits(request):
        with WAITING.waits():
            yield
        return
    chain, name = [], asked_for(request)
    while name:
        chain.append(STAGES[name])
        name = STAGES[name].below
    for stage in reversed(chain):
        load(stage)
    yield


# Order.


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test with a rich stage, then those without a database: others work while it loads."""
    richest = list(STAGES)

    def asks(item: pytest.Item) -> int | None:
        """How much of a stage it asks for, the most first; None for a test without a database."""
        names = getattr(item, "fixturenames", ())
        if "_django_db_helper" not in names and not item.get_closest_marker("django_db"):
            return None
        return next((rank for rank, name in enumerate(richest) if name in names), len(richest))

    ranks = {item: asks(item) for item in items}
    with_database = [item for item, rank in ranks.items() if rank is not None]
    first = min(with_database, key=lambda item: ranks[item] or 0, default=None)
    items.sort(key=lambda item: 0 if item is first else 1 if ranks[item] is None else 2)
