"""What practice needs: the list of cases in both languages, lessons, editors' rights."""

from typing import Final

from django.db import transaction
from wagtail.models import Locale

from home.demo_blocks import stable_id
from home.models import HomePage
from home.permissions import CHIEF_EDITORS, EDITORS, allow
from home.setup import page_below
from practice.handling import MAY_HANDLE
from practice.models import CaseIndexPage, LearnedLesson

EDITORS_RIGHTS: Final = (
    MAY_HANDLE,
    "practice.add_learnedlesson",
    "practice.change_learnedlesson",
)
CHIEF_EDITORS_RIGHTS: Final = (*EDITORS_RIGHTS, "practice.delete_learnedlesson")
# With which editors begin; they add and change as they like.
LESSONS: Final = (
    ("vraag-het-eerst", "Vraag het eerst", "Ask first"),
    ("leg-het-vast", "Leg het vast", "Put it in writing"),
    ("doe-het-samen", "Doe het samen", "Do it together"),
    ("meld-het-meteen", "Meld het meteen", "Report it at once"),
    ("zeg-het-hardop", "Zeg het hardop", "Say it out loud"),
    ("ken-de-afspraken", "Ken de afspraken", "Know what was agreed"),
    ("kijk-verder-dan-papier", "Kijk verder dan het papier", "Look beyond the paper"),
    ("zorg-voor-elkaar", "Zorg voor elkaar", "Look after each other"),
)


def set_up_practice(home: HomePage) -> CaseIndexPage:
    """Safe to run again: what is there is left as it is."""
    with transaction.atomic():
        index = page_below(
            home,
            CaseIndexPage,
            "praktijk",
            title="Praktijk",
            show_in_menus=True,
            introduction=(
                "Wat ging goed en wat ging mis? Raadsleden, wethouders en medewerkers vertellen "
                "het, zodat u er in uw eigen gemeente van leert."
            ),
        )
        english = Locale.objects.get(language_code="en")
        if index.get_translation_or_none(english) is None:
            translated = index.copy_for_translation(english)
            translated.title = "Practice"
            translated.introduction = (
                "What went well and what went wrong? Council members, aldermen and staff tell it, "
                "so that you learn from it in your own municipality."
            )
            translated.save_revision().publish()
        allow(EDITORS, EDITORS_RIGHTS)
        allow(CHIEF_EDITORS, CHIEF_EDITORS_RIGHTS)
        if not LearnedLesson.objects.exists():
            set_up_lessons()
    found: CaseIndexPage = index.specific
    return found


def set_up_lessons() -> None:
    for slug, dutch, english in LESSONS:
        for code, name in (("nl", dutch), ("en", english)):
            LearnedLesson.objects.create(
                translation_key=stable_id("lesson-from-practice", slug),
                locale=Locale.objects.get(language_code=code),
                slug=slug,
                name=name,
            )
