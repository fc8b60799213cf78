"""When somebody is reminded of what is due, and when not again."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from learning.rules.due import OPEN, Position, Standing

# By hand nobody is reminded of the same thing more often than once in so long (issue of doubled
# mails); what went by itself counts too.
GAP: Final = timedelta(days=7)
MONDAY: Final = 0


class Moment(StrEnum):
    """On the occasion of what a reminder is sent. In order of time."""

    BY_HAND = "by_hand"
    TWO_WEEKS_BEFORE = "two_weeks_before"
    THREE_DAYS_BEFORE = "three_days_before"
    DAY_AFTER = "day_after"
    TWO_WEEKS_AFTER = "two_weeks_after"
    FOUR_WEEKS_AFTER = "four_weeks_after"
    SIX_WEEKS_AFTER = "six_weeks_after"


# Days from the due date on which each moment begins; it lasts until the next, so that a day on
# which no worker ran is made up for. After the last there is silence.
BEGINS: Final = {
    Moment.TWO_WEEKS_BEFORE: -14,
    Moment.THREE_DAYS_BEFORE: -3,
    Moment.DAY_AFTER: 1,
    Moment.TWO_WEEKS_AFTER: 15,
    Moment.FOUR_WEEKS_AFTER: 29,
    Moment.SIX_WEEKS_AFTER: 43,
}
LAST: Final = 56


def may_remind(day: date, last: date | None) -> bool:
    """Whether somebody may be reminded of something again, seven days or more after the last."""
    return last is None or day - last >= GAP


def moment_on(day: date, due_on: date) -> Moment | None:
    """The moment in which a day lies; None long before and long after."""
    passed = (day - due_on).days
    if passed > LAST:
        return None
    return next((m for m, begins in reversed(BEGINS.items()) if begins <= passed), None)


def moment_of_week(monday: date, due_on: date) -> Moment | None:
    """The moment that a week's mail is about: the last that begins before the next.

    That something has become late is told on the day itself, not some days ahead.
    """
    for ahead in range(6, -1, -1):
        moment = moment_on(monday + timedelta(days=ahead), due_on)
        if moment is not None and not (moment is Moment.DAY_AFTER and due_on >= monday):
            return moment
    return None


def moment_for(day: date, due_on: date, *, weekly: bool) -> Moment | None:
    """What to remind somebody of today by itself, if they were not yet.

    Who chose one mail a week gets it on Monday, and besides that only the notice that nobody
    can put off: that something is late since yesterday.
    """
    if not weekly:
        return moment_on(day, due_on)
    if day.weekday() == MONDAY:
        return moment_of_week(day, due_on)
    moment = moment_on(day, due_on)
    return moment if moment is Moment.DAY_AFTER else None


def first_and_last_due(day: date) -> tuple[date, date]:
    """Between which due dates something may have a moment today, for anybody."""
    earliest = day - timedelta(days=LAST)
    return earliest, day + timedelta(days=6 - BEGINS[Moment.TWO_WEEKS_BEFORE])


def wants_doing(standing: Standing) -> bool:
    """Whether there is something to remind of."""
    return standing in OPEN or standing is Standing.RENEWAL_OPEN


class Answer(StrEnum):
    """Whether somebody is sent a reminder by hand, or why not. In the order on screen."""

    SEND = "send"
    DONE = "done"
    TOO_SOON = "too_soon"
    NOT_ASKED = "not_asked"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Reminded:
    """What decides about a reminder by hand. Without a position somebody is no member."""

    position: Position | None
    last_on: date | None = None


def answer_for(reminded: Reminded, day: date) -> Answer:
    """Whether to send it."""
    if reminded.position is None:
        return Answer.GONE
    if reminded.position.standing is Standing.NOT_REQUIRED:
        return Answer.NOT_ASKED
    if not wants_doing(reminded.position.standing):
        return Answer.DONE
    return Answer.SEND if may_remind(day, reminded.last_on) else Answer.TOO_SOON
