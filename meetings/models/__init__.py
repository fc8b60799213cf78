"""Meetings, who takes part, and the network of peers."""

from meetings.models.network import Block, Conversation, NetworkEntry, PeerMessage, Report
from meetings.models.pages import MeetingIndexPage, MeetingPage
from meetings.models.taking_part import CalendarKey, Occasion, Organiser, SignUp

__all__ = [
    "Block",
    "CalendarKey",
    "Conversation",
    "MeetingIndexPage",
    "MeetingPage",
    "NetworkEntry",
    "Occasion",
    "Organiser",
    "PeerMessage",
    "Report",
    "SignUp",
]
