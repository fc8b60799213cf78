"""When a newsletter goes out and what is news to whom: plain rules, without a database."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from dateutil.easter import easter

TUESDAY: Final = 1
SATURDAY: Final = 5
DAY: Final = timedelta(days=1)
# A day on which no worker ran is made up for; after this the news waits for the next time.
MOST_LATE: Final = 3 * DAY


class Rhythm(StrEnum):
    WEEKLY = "weekly"
    MONTHLY = "monthly"


def is_holiday(day: date) -> bool:
    """Whether a municipality is closed: the holidays of the Netherlands."""
    kings_day = date(day.year, 4, 27)
    if kings_day.weekday() == 6:
        kings_day -= DAY
    fixed = {date(day.year, 1, 1), kings_day, date(day.year, 12, 25), date(day.year, 12, 26)}
    # Easter Monday, Ascension Day, Whit Monday.
    moving = {easter(day.year) + number * DAY for number in (1, 39, 50)}
    return day in fixed | moving


def is_working_day(day: date) -> bool:
    return day.weekday() < SATURDAY and not is_holiday(day)


def sending_day(rhythm: Rhythm, day: date) -> date:
    """The day on which it goes out, in the week or month of a day."""
    if rhythm is Rhythm.WEEKLY:
        return day + (TUESDAY - day.weekday()) * DAY
    first = day.replace(day=1)
    while not is_working_day(first):
        first += DAY
    return first


def next_sending_day(rhythm: Rhythm, day: date) -> date:
    """The first on or after a day."""
    found = sending_day(rhythm, day)
    while found < day:
        # No week and no month is shorter than the rest of this one and a day.
        ahead = 7 if rhythm is Rhythm.WEEKLY else 32 - day.day
        found = sending_day(rhythm, day + ahead * DAY)
    return found


def period_of(rhythm: Rhythm, day: date) -> str:
    """The name of the week (ISO) or month in which a day lies."""
    if rhythm is Rhythm.WEEKLY:
        year, week, _weekday = day.isocalendar()
        return f"{year}-W{week:02}"
    return f"{day:%Y-%m}"


def due(rhythm: Rhythm, day: date, today: date) -> bool:
    """Whether a day's work includes sending it, if that is done today."""
    return day == sending_day(rhythm, day) and timedelta(0) <= today - day <= MOST_LATE


@dataclass(frozen=True, slots=True)
class Item:
    """A news item in one language. `key` and those of its themes are the same in all of them."""

    pk: int
    key: UUID
    language: str
    appeared_at: datetime
    themes: frozenset[UUID] = frozenset()


@dataclass(frozen=True, slots=True)
class Reader:
    """What somebody wants: no themes means all."""

    language: str
    themes: frozenset[UUID] = frozenset()


def news_for(
    reader: Reader,
    items: Iterable[Item],
    *,
    since: datetime,
    until: datetime,
    first_language: str,
) -> list[int]:
    """The items that are new to a reader, the newest first: after `since`, up to `until`.

    Each in their own language, or else in the site's first. It is new once: a translation that
    comes later tells nobody anything who had the other.
    """
    versions: dict[UUID, dict[str, Item]] = defaultdict(dict)
    for item in items:
        if item.language in (reader.language, first_language):
            versions[item.key][item.language] = item
    found = []
    for by_language in versions.values():
        appeared = min(each.appeared_at for each in by_language.values())
        about = frozenset[UUID]().union(*(each.themes for each in by_language.values()))
        is_wanted = not reader.themes or about & reader.themes
        if since < appeared <= until and is_wanted:
            shown = by_language.get(reader.language) or by_language[first_language]
            found.append((appeared, shown.pk))
    return [pk for _appeared, pk in sorted(found, reverse=True)]
