"""What follows when an editor publishes a meeting."""

from typing import Any

from wagtail.signals import page_published

from meetings.models import MeetingPage
from meetings.occasions import published


def meeting_published(instance: MeetingPage, **_kwargs: Any) -> None:
    """Who has signed up hears of another time, and who waits may get a place."""
    published(instance.translation_key)


def connect() -> None:
    page_published.connect(meeting_published, sender=MeetingPage, dispatch_uid="occasions")
