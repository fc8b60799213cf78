"""Meetings, who takes part, and the network of peers."""

from meetings.models.pages import MeetingIndexPage, MeetingPage
from meetings.models.taking_part import CalendarKey, Occasion, Organiser, SignUp

__all__ = [
    "CalendarKey",
    "MeetingIndexPage",
    "MeetingPage",
    "Occasion",
    "Organiser",
    "SignUp",
]
