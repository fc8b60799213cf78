"""What looking at people and coming in leave behind, and when it goes."""

from datetime import date, time

from accounts import audit
from learning import invitations, joining
from learning.schedule import daily


@daily("tidy_entry", at=time(4, 45))
def tidy_entry(_day: date) -> None:
    """Forget names and addresses that led to nothing, and the log of more than a year ago."""
    invitations.forget()
    joining.forget()
    audit.forget_old()
