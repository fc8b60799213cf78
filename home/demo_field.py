"""The demo's sectors, instruments, calendar and what is said of each goal's progress.

What is there already is left alone: an editor may have changed it.
"""

from datetime import datetime, time, timedelta
from typing import Any, Final

from django.utils import timezone
from wagtail.models import Locale, PageLogEntry

from home.demo_blocks import Assets, stable_id, stream_from
from home.demo_days import working_day
from home.demo_loader import publish_if_changed, read, themes_named
from home.models import (
    CalendarEntry,
    CalendarPage,
    HomePage,
    InstrumentIndexPage,
    InstrumentPage,
    Partner,
    Sector,
    VisionGoal,
    VisionPage,
)

# So many days ago the demo's visiedocument came to the site.
FIRST_VERSION: Final = 45
ENGLISH_PAGES: Final = (
    (
        InstrumentIndexPage,
        {
            "title": "Instruments",
            "introduction": (
                "Checklists, guides and model regulations. They help to keep criminals out of "
                "local government."
            ),
        },
    ),
    (
        CalendarPage,
        {"title": "Calendar", "introduction": "What we and our partners organise."},
    ),
)


def load_field(vision: VisionPage) -> None:
    """All of it in Dutch."""
    locale = vision.locale
    load_sectors()
    goals = {goal.code: goal for goal in VisionGoal.objects.filter(page=vision)}
    say_what_partners_do(locale, goals)
    load_instruments(locale, goals)
    load_calendar(locale, goals)
    load_progress(vision, "text", "note")


def load_english_field(dutch: HomePage, locale: Locale) -> None:
    """The same in English, as far as that is cheap: pages, goals and what partners do."""
    from home.demo_english import keep, translated  # noqa: PLC0415  it needs this module

    for model, words in ENGLISH_PAGES:
        source = model.objects.child_of(dutch).first()
        if source is not None:
            keep(translated(source, locale), words)
    vision = VisionPage.objects.child_of(dutch).get().get_translation(locale)
    load_progress(vision, "english", "note_english")
    goals = {goal.code: goal for goal in VisionGoal.objects.filter(page=vision)}
    say_what_partners_do(locale, goals)


def load_sectors() -> None:
    """Sectors, in both languages."""
    for entry in read("sectors.toml")["sectors"]:
        for code, suffix in (("nl", ""), ("en", "_english")):
            Sector.objects.get_or_create(
                translation_key=stable_id("sector", entry["slug"]),
                locale=Locale.objects.get(language_code=code),
                defaults={
                    "slug": entry["slug"],
                    "name": entry["name"] if code == "nl" else entry["english"],
                    "description": entry[f"description{suffix}"],
                },
            )


def say_what_partners_do(locale: Locale, goals: dict[str, VisionGoal]) -> None:
    """The goals, themes and sectors of partners, where nothing is said of them in this language."""
    for entry in read("partners.toml")["partners"]:
        key = stable_id("partner", entry["key"])
        partner = Partner.objects.filter(translation_key=key, locale=locale).first()
        mine = {goal.pk for goal in goals.values()}
        if partner is None or any(goal.pk in mine for goal in partner.goals.all()):
            continue
        partner.goals = [goals[code] for code in entry["goals"]]
        partner.themes = themes_named(entry["themes"], locale)
        partner.sectors = list(
            Sector.objects.filter(locale=locale, slug__in=entry.get("sectors", ()))
        )
        partner.save()


def partner_named(key: str, locale: Locale) -> Partner:
    return Partner.objects.get(translation_key=stable_id("partner", key), locale=locale)


def load_instruments(locale: Locale, goals: dict[str, VisionGoal]) -> None:
    parent = InstrumentIndexPage.objects.get(locale=locale)
    today = timezone.localdate()
    for entry in read("instruments.toml")["instruments"]:
        key = stable_id("instrument", entry["slug"])
        if InstrumentPage.objects.filter(translation_key=key, locale=locale).exists():
            continue
        valid = entry["valid_days"]
        body = [{"type": "text", "html": entry["text"]}]
        values: dict[str, Any] = {
            **{name: entry[name] for name in ("title", "kind", "version", "for_whom", "summary")},
            "link": entry["url"],
            "dated_on": today - timedelta(days=entry["dated_days_ago"]),
            "valid_until": today + timedelta(days=valid) if valid else None,
            "is_fictional": True,
            "goals": [goals[code] for code in entry["goals"]],
            "themes": themes_named(entry["themes"], locale),
            "body": stream_from(body, assets=Assets(), key=entry["slug"]),
        }
        page = InstrumentPage(
            slug=entry["slug"],
            translation_key=key,
            locale=locale,
            organisation=partner_named(entry["owner"], locale),
        )
        publish_if_changed(page, parent, values)


def load_calendar(locale: Locale, goals: dict[str, VisionGoal]) -> None:
    """What partners organise. What lay ahead and is over is set ahead again."""
    now = timezone.now()
    for entry in read("calendar.toml")["entries"]:
        key = stable_id("calendar", entry["key"])
        known = CalendarEntry.objects.filter(translation_key=key, locale=locale).first()
        if known is not None and (known.ends_at > now or entry["in_days"] < 0):
            continue
        lasts = 1 + entry["hours"] // 24
        day = working_day(timezone.localdate(), entry["in_days"], lasts=lasts)
        begins = datetime.combine(day, time.fromisoformat(entry["starts"]))
        one = known or CalendarEntry(translation_key=key, locale=locale)
        one.starts_at = timezone.make_aware(begins)
        one.ends_at = one.starts_at + timedelta(hours=entry["hours"])
        if known is None:
            one.title, one.place, one.summary = entry["title"], entry["place"], entry["summary"]
            one.organiser = partner_named(entry["organiser"], locale)
            one.is_cancelled, one.is_fictional = entry.get("cancelled", False), True
            one.goals = [goals[code] for code in entry["goals"]]
            one.themes = themes_named(entry["themes"], locale)
        one.save()


def load_progress(vision: VisionPage, text: str, note: str) -> None:
    """How far each goal is, as a second version of the document: so its history says something."""
    data = read("progress.toml")
    goals = list(vision.goals.all())
    if any(goal.progress for goal in goals):
        return
    set_back(vision, FIRST_VERSION)
    for goal in goals:
        if entry := data["goals"].get(goal.code):
            goal.progress, goal.progress_text = entry["progress"], entry[text]
    vision.goals = goals
    vision.change_note = data[note]
    vision.save_revision().publish()


def set_back(page: VisionPage, days: int) -> None:
    """Let what was published until now be so many days older: a demo has no past of its own."""
    before = timezone.now() - timedelta(days=days)
    PageLogEntry.objects.filter(page_id=page.pk).update(timestamp=before)
    page.revisions.update(created_at=before)
    VisionPage.objects.filter(pk=page.pk).update(first_published_at=before)
    page.first_published_at = before
