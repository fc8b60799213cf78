"""When daily and periodic work is due: plain reckoning with days and moments."""

from datetime import date, datetime, time, timedelta
from typing import Final

# After a longer silence the days before are left: whoever looks for them looks in vain.
MOST_DAYS_FILLED_IN: Final = 31
DAY: Final = timedelta(days=1)


def days_due(last: date | None, now: datetime, at: time) -> list[date]:
    """The days whose work is still to do, oldest first.

    `now` is the time on the clock where the days are counted. Work that was never done before
    begins with today, not with days on which it did not exist.
    """
    latest = now.date() if now.time() >= at else now.date() - DAY
    if last is None:
        return [latest] if latest == now.date() else []
    missed = min((latest - last).days, MOST_DAYS_FILLED_IN)
    return [latest - DAY * ago for ago in range(missed - 1, -1, -1)]


def moment_due(now: datetime, minutes: int) -> datetime:
    """The last moment at which work of every so many minutes was due, counted from midnight."""
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    passed = (now - midnight) // timedelta(minutes=minutes)
    return midnight + timedelta(minutes=minutes) * passed
