"""Numbers that a change raises, so that whatever was worked out before it is asked anew.

They are kept in the shared cache, so all workers see them; when the cache is emptied they begin
again at a moment in time, never at a number that was used before.
"""

import time
from collections.abc import Callable, Hashable
from contextvars import ContextVar
from typing import Any, Final, Generic, TypeVar

from django.core.cache import cache
from django.db import transaction

Value = TypeVar("Value")


# None outside a request: a command or a worker runs for long, and must see every change.
_of_this_request: ContextVar[dict[str, int] | None] = ContextVar("numbers", default=None)


def begin_request(**_kwargs: Any) -> None:
    _of_this_request.set({})


def end_request(**_kwargs: Any) -> None:
    _of_this_request.set(None)


class ChangeNumber:
    """A number that says since when nothing of a kind has changed."""

    def __init__(self, name: str) -> None:
        self.key = f"changed:{name}"

    def current(self) -> int:
        """Nanoseconds of the last change, as far as we know.

        A request asks the shared cache once: a page is made from one state of the site.
        """
        numbers = _of_this_request.get()
        if numbers is not None and self.key in numbers:
            return numbers[self.key]
        number = cache.get(self.key)
        if not isinstance(number, int):
            return self.advance()
        if numbers is not None:
            numbers[self.key] = number
        return number

    def advance(self) -> int:
        """Make everything that was kept under the earlier number unreachable."""
        number = time.time_ns()
        cache.set(self.key, number, None)
        numbers = _of_this_request.get()
        if numbers is not None:
            numbers[self.key] = number
        return number

    def announce(self) -> None:
        """Say that something changes: at once for whoever does it, again when others can see it.

        What somebody else kept in between would still be the old.
        """
        self.advance()
        transaction.on_commit(self.advance)


PUBLICATION: Final = ChangeNumber("publication")


class Kept(Generic[Value]):
    """Values that a process remembers until a number changes.

    For what costs more to work out than to look at. What is kept is shared by threads: do
    not change it.
    """

    def __init__(self, until: ChangeNumber = PUBLICATION, *, most: int = 500) -> None:
        self.until = until
        self.most = most
        self.number = 0
        self.values: dict[Hashable, Value] = {}

    def __contains__(self, key: Hashable) -> bool:
        return self.until.current() == self.number and key in self.values

    def get(self, key: Hashable, make: Callable[[], Value]) -> Value:
        """The value under this key, made if it is not there."""
        number = self.until.current()
        if number != self.number or len(self.values) >= self.most:
            # A new dict, so that a thread still busy with what was before fills the old one.
            self.number, self.values = number, {}
        values = self.values
        if key not in values:
            values[key] = make()
        return values[key]
