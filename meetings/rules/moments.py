"""When a meeting is open, when its link shows, when somebody is reminded, and what clashes."""

from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

# Some days before, and the day before.
SOME_DAYS: Final = 4
# Who signed up so shortly before has not forgotten.
STILL_FRESH: Final = timedelta(days=2)
# Long enough to try whether it works; so short that it is not passed around.
LINK_SHOWS_BEFORE: Final = timedelta(hours=24)


class Reminding(StrEnum):
    """At which moment somebody is reminded."""

    SOME_DAYS = "days"
    DAY_BEFORE = "tomorrow"


class Refusal(StrEnum):
    """Why somebody cannot sign up."""

    CANCELLED = "cancelled"
    ENDED = "ended"
    CLOSED = "closed"
    OTHER_ROLE = "role"


def why_not(
    *,
    now: datetime,
    starts_at: datetime,
    ends_at: datetime,
    closes_at: datetime | None,
    is_cancelled: bool,
) -> Refusal | None:
    """Why nobody can sign up at this moment; None while one can.

    Without a moment of its own, signing up ends when the meeting begins.
    """
    if is_cancelled:
        return Refusal.CANCELLED
    if now >= ends_at:
        return Refusal.ENDED
    closes = starts_at if closes_at is None else min(closes_at, ends_at)
    return Refusal.CLOSED if now >= closes else None


def link_shows(now: datetime, starts_at: datetime, ends_at: datetime) -> bool:
    """Whether who takes part is shown the way in to an online meeting."""
    return starts_at - LINK_SHOWS_BEFORE <= now < ends_at


def reminding(today: date, day: date, *, signed_up: datetime, now: datetime) -> Reminding | None:
    """What somebody is reminded of today, if of anything.

    The first moment lasts some days, so that one missed by a day is made good.
    """
    left = (day - today).days
    if left == 1:
        return Reminding.DAY_BEFORE
    if 2 <= left <= SOME_DAYS and now - signed_up >= STILL_FRESH:
        return Reminding.SOME_DAYS
    return None


def overlap(starts: datetime, ends: datetime, other_starts: datetime, other_ends: datetime) -> bool:
    """Whether one cannot be at both; one that ends when the other begins is no clash."""
    return starts < other_ends and other_starts < ends


def minutes_of(starts: datetime, ends: datetime) -> int:
    """How long it lasts."""
    return int((ends - starts).total_seconds() // 60)
