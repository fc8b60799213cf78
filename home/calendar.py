"""The joint calendar: what is on, of whatever kind.

Other apps add their own kinds (`register_calendar`), so that `home` need not know them.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from wagtail.models import Locale


@dataclass(frozen=True, slots=True)
class CalendarItem:
    """One thing that happens at a time. `key` is the same in all languages.

    `place` is empty for what is online; `organisers` are names of organisations, never of people.
    """

    key: UUID
    kind: str
    title: str
    url: str
    starts_at: datetime
    ends_at: datetime
    place: str = ""
    organisers: tuple[str, ...] = ()
    is_cancelled: bool = False


# Given a language and a time it yields what has not ended by then, in any order.
Source = Callable[[Locale, datetime], Iterable[CalendarItem]]
_sources: Final[list[Source]] = []


def register_calendar(source: Source) -> Source:
    """Add a source of what is on."""
    _sources.append(source)
    return source


def calendar_from(locale: Locale, moment: datetime) -> list[CalendarItem]:
    """Everything in this language that has not ended by a moment, the nearest first."""
    found = [item for source in _sources for item in source(locale, moment)]
    return sorted(found, key=lambda item: (item.starts_at, item.title))
