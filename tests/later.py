"""A pytest plugin: what only follows from what is stored is worked out when somebody asks for it.

Whatever is stored, Wagtail writes it into its index for searching and its list of what refers to
what, and we write down what is found of a page. Most tests store much and look at none of these.
So within a test's transaction such work waits, once for each thing however often that is stored,
until a question to the database names one of their tables: nobody sees a difference. Tests into
which others look from outside, as they commit, do not wait.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection
from modelsearch import signal_handlers as indexing
from wagtail import signal_handlers as references
from wagtail.models import ReferenceIndex
from wagtail.search.models import IndexEntry

from search import signal_handlers as finding
from search.indexing import FOUND, refresh_page
from search.models import Entry, Word
from search.rules.vocabulary import Vocabulary
from search.vocabularies import Shelf

# What is found of a page is worked out from the other two.
FIRST, THEN = 0, 1
Key = tuple[Any, ...]
Work = Callable[[], object]


class Waiting:
    """Work that waits, by what it is about."""

    def __init__(self) -> None:
        # The table of SQLite's full texts has the index's name in its own.
        self.tables = [each._meta.db_table for each in (IndexEntry, ReferenceIndex, Entry, Word)]
        self.works: dict[Key, Work] = {}
        self.may_wait = False

    def add(self, key: Key, work: Work) -> None:
        if self.may_wait and connection.in_atomic_block:
            self.works[key] = work
        else:
            work()

    def do(self) -> None:
        """Do all of it, without anybody counting what it asks the database."""
        if not self.may_wait:
            return
        wrappers, counted = connection.execute_wrappers, connection.force_debug_cursor
        connection.execute_wrappers, connection.force_debug_cursor = [], False
        self.may_wait = False
        try:
            while self.works:
                self.works.pop(min(self.works, key=lambda key: key[0]))()
        finally:
            self.may_wait = True
            connection.execute_wrappers, connection.force_debug_cursor = wrappers, counted

    def look(self, execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        """Before a question that may see it, do what waits."""
        if self.works and any(table in sql for table in self.tables):
            self.do()
        return execute(sql, *rest)

    @contextmanager
    def waits(self) -> Iterator[None]:
        """Let work wait from here on, and forget at the end what nobody asked for."""
        self.may_wait = True
        try:
            with connection.execute_wrapper(self.look):
                yield
        finally:
            self.may_wait = False
            self.works.clear()


WAITING = Waiting()


class LaterTask:
    """One of Wagtail's tasks, which wait for nothing themselves."""

    def __init__(self, task: Any) -> None:
        self.task = task

    def enqueue(self, *arguments: str) -> None:
        WAITING.add((FIRST, self.task.name, *arguments), lambda: self.task.enqueue(*arguments))


def refresh_page_later(pk: int) -> None:
    WAITING.add((THEN, "found", pk), lambda: refresh_page(pk))
    # Whoever remembers what was found must ask anew.
    FOUND.announce()


def get_of_now(shelf: Shelf, language: str, get: Any = Shelf.get) -> Vocabulary:
    """Once it reads the words it lets nobody else read them: they are written before."""
    WAITING.do()
    return get(shelf, language)


@pytest.fixture(autouse=True, scope="session")
def _what_follows_may_wait() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for module, name in (
            (indexing, "insert_or_update_object_task"),
            (references, "update_reference_index_task"),
        ):
            patch.setattr(module, name, LaterTask(getattr(module, name)))
        patch.setattr(finding, "refresh_page", refresh_page_later)
        patch.setattr(Shelf, "get", get_of_now)
        yield
