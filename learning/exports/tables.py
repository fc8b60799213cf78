"""What a table is, whichever file it becomes."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

# A share is a number from 0 to 1, in whole percents and rounded down: 1 means everybody.
Value = str | int | float | date | None
Row = Sequence[Value]


class Kind(StrEnum):
    """What stands in a column, which decides how it is written and aligned."""

    TEXT = "text"
    DAY = "day"
    COUNT = "count"
    SHARE = "share"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, and what it means to somebody who was not there."""

    heading: str
    explanation: str
    kind: Kind = Kind.TEXT


@dataclass(frozen=True, slots=True)
class Table:
    """A table to take away, all but its rows."""

    title: str
    sheet: str
    columns: Sequence[Column]
    day: date
    # What was measured and chosen, as pairs to read: ("Municipality", "Utrecht").
    about: Sequence[tuple[str, Value]] = ()
    # Sentences that somebody should have read who passes the file on.
    notes: Sequence[str] = field(default=())


class NotWholeError(Exception):
    """The file could not be made whole, so there is none."""


class RowsDifferError(NotWholeError):
    """There are more or fewer rows than were counted."""


def exactly(rows: Iterable[Row], expected: int) -> Iterator[Row]:
    """The rows, and an error when they are not as many as expected."""
    found = 0
    for row in rows:
        found += 1
        yield row
    if found != expected:
        raise RowsDifferError(f"{expected} rows were counted, {found} were written.")
