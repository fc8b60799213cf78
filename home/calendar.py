"""The joint calendar: what is on, of whatever kind.

Other apps add their own kinds (`register_calendar`), so that `home` need not know them.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Final
from uuid import UUID

from django.utils import timezone
from wagtail.models import Locale

# Nothing that this site is about was organised before its visiedocument.
BEGINNING: Final = datetime(2017, 1, 1, tzinfo=UTC)


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
    # How often its time, its place or whether it goes on was changed, and when last.
    sequence: int = 0
    changed_at: datetime | None = None
    # Where it stands on the calendar, when it has no page of its own.
    anchor: str = ""
    summary: str = ""
    is_fictional: bool = False
    # Set when it is in another language than the page that names it.
    language: str = ""

    @property
    def leads_on(self) -> bool:
        """Whether there is more about it elsewhere."""
        return bool(self.url) and not (self.anchor and self.url.endswith(f"#{self.anchor}"))

    @property
    def first_day(self) -> date:
        return timezone.localdate(self.starts_at)

    @property
    def last_day(self) -> date:
        return timezone.localdate(self.ends_at)

    @property
    def takes_days(self) -> bool:
        return self.first_day != self.last_day


@dataclass(frozen=True, slots=True)
class Month:
    """What begins in a month. `day` is its first."""

    day: date
    items: tuple[CalendarItem, ...]

    @property
    def anchor(self) -> str:
        return f"{self.day:%Y-%m}"


# Given a language and a time it yields what has not ended by then, in any order.
Source = Callable[[Locale, datetime], Iterable[CalendarItem]]
_sources: Final[list[Source]] = []


def register_calendar(source: Source) -> Source:
    """Add a source of what is on."""
    _sources.append(source)
    return source


def calendar_from(locale: Locale, moment: datetime) -> list[CalendarItem]:
    """Everything that has not ended by a moment, the nearest first.

    In this language, and in the site's first language what is not there in this one.
    """
    found: dict[UUID, CalendarItem] = {}
    for each in dict.fromkeys((locale, Locale.get_default())):
        language = "" if each == locale else each.language_code
        for source in _sources:
            for item in source(each, moment):
                if item.key not in found:
                    found[item.key] = replace(item, language=language)
    return sorted(found.values(), key=lambda item: (item.starts_at, item.title))


def ended(locale: Locale, moment: datetime) -> list[CalendarItem]:
    """Everything that has ended by a moment, the latest first."""
    past = [item for item in calendar_from(locale, BEGINNING) if item.ends_at <= moment]
    return past[::-1]


def years_of(items: Iterable[CalendarItem]) -> list[int]:
    """The years in which they began, the latest first."""
    return sorted({item.first_day.year for item in items}, reverse=True)


def months_of(items: Iterable[CalendarItem]) -> list[Month]:
    """The same by the month in which each begins, in the order in which they come."""
    months: dict[date, list[CalendarItem]] = defaultdict(list)
    for item in items:
        months[item.first_day.replace(day=1)].append(item)
    return [Month(day, tuple(found)) for day, found in months.items()]
