"""The demo's meetings: invented ones around today, with people who come, wait and were there."""

import tomllib
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any, Final

from django.utils import timezone
from wagtail.models import Locale

from accounts.models import User
from home.demo_blocks import stable_id
from home.demo_days import working_day
from home.demo_loader import publish_if_changed, themes_named
from home.models import Partner, VisionGoal
from learning.models import Membership, ModulePage
from learning.models.people import today
from meetings.attendance import mark
from meetings.models import MeetingIndexPage, MeetingPage, Occasion, SignUp
from meetings.organisers import name_organiser
from meetings.rules.seats import seated

DEMO: Final = Path(__file__).parent / "demo" / "meetings.toml"
# Of Utrecht the demo's own accounts tell the tale: invented people come from elsewhere.
LEFT_OUT: Final = "GM0344"


def load_meetings() -> int:
    """Make the meetings that are not there; how many. What is there is left as it is."""
    locale = Locale.get_default()
    entries = tomllib.loads(DEMO.read_text(encoding="utf-8"))["meetings"]
    made = 0
    for number, entry in enumerate(entries):
        key = stable_id("meeting", entry["slug"])
        if MeetingPage.objects.filter(translation_key=key).exists():
            continue
        page = MeetingPage(slug=entry["slug"], translation_key=key, locale=locale)
        publish_if_changed(page, index_in(locale), values_of(entry, locale))
        load_people(page, entry, number)
        in_english(page, entry)
        made += 1
    return made


def index_in(locale: Locale) -> MeetingIndexPage:
    found: MeetingIndexPage = MeetingIndexPage.objects.get(locale=locale)
    return found


def begins_at(entry: dict[str, Any]) -> datetime:
    day = working_day(today(), entry["days"])
    return timezone.make_aware(datetime.combine(day, time.fromisoformat(entry["begins"])))


def values_of(entry: dict[str, Any], locale: Locale) -> dict[str, Any]:
    starts = begins_at(entry)
    partner = stable_id("partner", entry.get("partner", ""))
    module = ModulePage.objects.source().filter(slug=entry.get("counts_for", "")).first()
    return {
        "title": entry["title"],
        "introduction": entry["intro"],
        "starts_at": starts,
        "ends_at": starts + timedelta(minutes=entry["minutes"]),
        "way": MeetingPage.Way.ONLINE if "online" in entry else MeetingPage.Way.ON_PLACE,
        "place": entry.get("place", ""),
        "online_url": entry.get("online", ""),
        "roles": entry["roles"],
        "maximum": entry.get("maximum"),
        "organiser": Partner.objects.filter(translation_key=partner, locale=locale).first(),
        "counts_for": module,
        "material_for": entry.get("material_for", MeetingPage.Audience.EVERYBODY),
        "material": blocks("link", entry.get("material", []), entry["slug"]),
        "body": blocks("text", [entry["body"].strip()], entry["slug"]),
        "is_cancelled": "cancelled" in entry,
        "cancelled_because": entry.get("cancelled", ""),
        "is_fictional": True,
        "goals": list(VisionGoal.objects.filter(locale=locale, code__in=entry["goals"])),
        "themes": themes_named(entry["themes"], locale),
    }


def blocks(kind: str, values: list[Any], slug: str) -> list[dict[str, Any]]:
    return [
        {"type": kind, "id": str(stable_id("block", f"{slug}-{kind}-{n}")), "value": value}
        for n, value in enumerate(values)
    ]


def load_people(page: MeetingPage, entry: dict[str, Any], number: int) -> None:
    """Who comes, straight into the tables: nobody is mailed for the sake of the demo."""
    occasion = Occasion.objects.get(key=page.translation_key)
    people = [*who_could_come(page, entry["comes"], number), *named(entry.get("also", []))]
    begun = min(timezone.now(), page.starts_at) - timedelta(days=6)
    seats = seated([None] * len(people), page.maximum)
    rows = SignUp.objects.bulk_create(
        SignUp(
            occasion=occasion,
            person=person,
            seat=seat,
            signed_up_at=begun + timedelta(minutes=90 * order),
        )
        for order, (person, seat) in enumerate(zip(people, seats, strict=True))
    )
    for organiser in named([entry["organiser"]] if "organiser" in entry else []):
        name_organiser(page, organiser, by=None)
    if page.has_ended:
        tick(occasion, rows, by=named([entry.get("organiser", "griffier@voorbeeld.example")])[0])


def tick(occasion: Occasion, rows: list[SignUp], *, by: User) -> None:
    """Nearly everybody was there."""
    shown = [row.pk for row in rows]
    there = [pk for n, pk in enumerate(shown) if n % 6 != 4]
    mark(occasion.key, shown=shown, there=there, by=by)


def who_could_come(page: MeetingPage, many: int, number: int) -> list[User]:
    """Invented people in the right roles, others for each meeting."""
    serving = Membership.objects.current().filter(person__email__startswith="persoon")
    if page.roles:
        serving = serving.filter(role__in=page.roles)
    ids = serving.exclude(municipality__code=LEFT_OUT).order_by("person").values_list("person")
    people = User.objects.filter(pk__in=ids).order_by("pk")
    return list(people[number * 7 : number * 7 + 3 * many : 3])


def named(emails: list[str]) -> list[User]:
    return list(User.objects.filter(email__in=emails).order_by("pk"))


def in_english(page: MeetingPage, entry: dict[str, Any]) -> None:
    """The same in English, whatever of it is words."""
    locale = Locale.objects.get(language_code="en")
    words = entry["english"]
    translated: MeetingPage = page.copy_for_translation(locale)
    if page.organiser is not None:
        translated.organiser = page.organiser.get_translation_or_none(locale) or page.organiser
    translated.title, translated.introduction = words["title"], words["intro"]
    translated.cancelled_because = words.get("cancelled", "")
    texts = {"body": [words["body"].strip()], "material": words.get("material", [])}
    for name, kind in (("body", "text"), ("material", "link")):
        block = getattr(translated, name).stream_block
        setattr(translated, name, block.to_python(blocks(kind, texts[name], entry["slug"])))
    goals = [goal.translation_key for goal in page.goals.all()]
    translated.goals.set(VisionGoal.objects.filter(locale=locale, translation_key__in=goals))
    translated.save_revision().publish()
