"""Practice in the demo: invented cases, and some of a demo person in every state."""

import tomllib
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from django.utils import timezone
from wagtail.models import Locale

from accounts.models import User
from home.demo_blocks import stable_id
from home.demo_loader import publish_if_changed, themes_named
from home.demo_translations import translate_pages
from home.models import VisionAspect, VisionGoal
from practice import handing_in, handling
from practice.models import CaseIndexPage, CasePage, LearnedLesson, Submission

DEMO_DIR: Final = Path(__file__).parent / "demo"
FILE: Final = DEMO_DIR / "cases.toml"
SENDER: Final = "raadslid@voorbeeld.example"
EDITOR: Final = "eindredacteur@voorbeeld.example"
SOURCE: Final = "Verzonnen voor deze voorbeeldsite"


def load_practice_demo() -> None:
    """Cases, and what the demo's council member wrote; what is there is left as it is."""
    data = tomllib.loads(FILE.read_text(encoding="utf-8"))
    locale = Locale.get_default()
    index = CaseIndexPage.objects.get(locale=locale)
    for entry in data["cases"]:
        load_case(entry, index, locale)
    english = tomllib.loads((DEMO_DIR / "english.toml").read_text(encoding="utf-8"))
    translate_pages(CasePage, Locale.objects.get(language_code="en"), english["cases"])
    sender = User.objects.filter(email=SENDER).first()
    if sender is not None and not Submission.objects.filter(sender=sender).exists():
        for entry in data["submissions"]:
            load_submission(entry, sender)


def load_case(entry: dict[str, Any], index: CaseIndexPage, locale: Locale) -> None:
    key = stable_id("case", entry["slug"])
    page = CasePage.objects.filter(translation_key=key, locale=locale).first()
    if page is None:
        page = CasePage(slug=entry["slug"], translation_key=key, locale=locale)
        page.day = timezone.localdate() - timedelta(days=entry["days_ago"])
    publish_if_changed(
        page,
        index,
        {
            "title": entry["title"],
            "kind": entry["kind"],
            "introduction": entry["intro"],
            "is_fictional": True,
            "source": SOURCE,
            "roles": entry["roles"],
            "themes": themes_named(entry["themes"], locale),
            "questions": stream(entry["questions"], entry["slug"]),
            **{name: entry[name].strip() for name in ("happened", "done", "outcome", "learned")},
            **subjects(entry["aspects"], entry["lessons"], entry["goals"], locale),
        },
    )


def stream(questions: list[str], key: str) -> list[dict[str, Any]]:
    return [
        {"type": "question", "id": str(stable_id("case-question", f"{key}-{n}")), "value": text}
        for n, text in enumerate(questions)
    ]


def subjects(
    aspects: list[int], lessons: list[str], goals: list[str], locale: Locale
) -> dict[str, list[Any]]:
    keys = [stable_id("aspect", str(number)) for number in aspects]
    return {
        "aspects": list(VisionAspect.objects.filter(locale=locale, translation_key__in=keys)),
        "lessons": list(LearnedLesson.objects.filter(locale=locale, slug__in=lessons)),
        "goals": list(VisionGoal.objects.filter(locale=locale, code__in=goals)),
    }


def load_submission(entry: dict[str, Any], sender: User) -> None:
    """By the journey itself, so that each is as if somebody had done it."""
    submission = handing_in.begin(sender)
    names = {*Submission.TEXTS, "kind", "themes", "roles", "lessons", "may_publish"}
    values = {name: value for name, value in entry.items() if name in names}
    values |= {name: value.strip() for name, value in values.items() if isinstance(value, str)}
    handing_in.save_step(submission, values)
    if entry["becomes"] == "draft":
        return
    handing_in.save_step(submission, {"looked_through": True, "consent_answered": True})
    submission = handing_in.send(submission)
    editor = User.objects.filter(email=EDITOR).first()
    if editor is None:
        return
    if entry["becomes"] == "question":
        handling.ask(submission, entry["question"], by=editor)
    elif entry["becomes"] == "declined":
        handling.decline(submission, entry["reason"], by=editor)
    elif entry["becomes"] == "published":
        publish(submission)


def publish(submission: Submission) -> None:
    """As editors would: with what it is found by, and marked as invented."""
    assert submission.page is not None  # noqa: S101  it was sent
    page = submission.page.get_latest_revision_as_object()
    page.is_fictional, page.source = True, SOURCE
    for name, rows in subjects([3], submission.lessons, ["K3"], page.locale).items():
        setattr(page, name, rows)
    page.save_revision().publish()
