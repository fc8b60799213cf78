"""The days of the demo: they count from today, and nobody meets at the weekend."""

from datetime import date, timedelta
from typing import Final

SATURDAY: Final = 5


def working_day(today: date, days: int, *, lasts: int = 1) -> date:
    """The working day so many days from today, or the first beyond it on which something begins
    that lasts so many days; what has been is put further back.
    """
    step = timedelta(days=1 if days >= 0 else -1)
    day = today + timedelta(days=days)
    while any((day + timedelta(days=each)).weekday() >= SATURDAY for each in range(lasts)):
        day += step
    return day
