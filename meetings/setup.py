"""What meetings need before the first: their index, and what chief editors may."""

from typing import Final

from django.db import transaction
from wagtail.models import Locale

from home.models import HomePage
from home.permissions import CHIEF_EDITORS, allow
from home.setup import page_below
from meetings.models import MeetingIndexPage

# Naming somebody takes effect at once, as publishing does, and lets them see people's names.
CHIEF_EDITORS_RIGHTS: Final = (
    "meetings.add_organiser",
    "meetings.delete_organiser",
    "meetings.view_organiser",
    "meetings.change_report",
    "meetings.view_report",
)


def set_up_meetings(home: HomePage) -> None:
    """The index in both languages, and rights. Safe to run again."""
    with transaction.atomic():
        index = page_below(
            home,
            MeetingIndexPage,
            "bijeenkomsten",
            title="Bijeenkomsten",
            show_in_menus=True,
            introduction="Ontmoet andere raadsleden, bestuurders en griffiers, ergens of online.",
        )
        english = Locale.objects.get(language_code="en")
        if index.get_translation_or_none(english) is None:
            translated = index.copy_for_translation(english)
            translated.title = "Meetings"
            translated.introduction = "Meet other council members, aldermen and clerks."
            translated.save_revision().publish()
        allow(CHIEF_EDITORS, CHIEF_EDITORS_RIGHTS)
