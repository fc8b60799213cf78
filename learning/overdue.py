"""Attempts with a time limit that nobody came back to."""

from learning.attempts import close_overdue
from learning.schedule import every


@every(minutes=5)
def hand_in_overdue_attempts() -> None:
    """Hand in what is over its time, so that what was answered is marked and may count."""
    close_overdue()
