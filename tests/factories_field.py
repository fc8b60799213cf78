"""Builders of the visiedocument, instruments, partners and the calendar; see tests/factories.py."""

import itertools
from datetime import date, datetime, timedelta
from typing import Any

from home.models import (
    CalendarEntry,
    CalendarPage,
    InstrumentIndexPage,
    InstrumentPage,
    Partner,
    PartnersPage,
    Sector,
    Theme,
    VisionAspect,
    VisionGoal,
    VisionPage,
)
from tests.factories import locale, make_home

_numbers = itertools.count(1)


def make_theme(slug: str = "", **fields: Any) -> Theme:
    number = next(_numbers)
    slug = slug or f"thema-{number}"
    defaults = {"name": slug.capitalize(), "locale": locale()}
    return Theme.objects.get_or_create(slug=slug, locale=locale(), defaults=defaults | fields)[0]


def make_vision(codes: tuple[str, ...] = ("K1", "K2", "L1"), **fields: Any) -> VisionPage:
    """The visiedocument with these goals, published."""
    defaults = {
        "title": "Visiedocument Ondermijning",
        "slug": "visiedocument",
        "locale": locale(),
        "written_on": date(2017, 10, 17),
        "introduction": "<p>Welke rol?</p>",
        "occasion": "<p>De aanleiding.</p>",
        "outcome": "<p>De uitkomst.</p>",
    }
    page = VisionPage(**(defaults | fields))
    page.aspects = [
        VisionAspect(
            locale=page.locale, sort_order=0, title="Weerbare samenleving", text="<p>x</p>"
        )
    ]
    page.goals = [
        VisionGoal(
            locale=page.locale,
            sort_order=order,
            code=code,
            term="short" if code.startswith("K") else "long",
            title=f"Doel {code}",
            text=f"<p>De tekst van {code}.</p>",
        )
        for order, code in enumerate(codes)
    ]
    make_home().add_child(instance=page)
    page.save_revision().publish()
    return VisionPage.objects.get(pk=page.pk)


def make_partner(name: str = "", **fields: Any) -> Partner:
    number = next(_numbers)
    many = {key: fields.pop(key) for key in ("goals", "themes", "sectors") if key in fields}
    defaults = {
        "name": name or f"Partner {number}",
        "kind": Partner.Kind.NETWORK,
        "description": "<p>Doet mee.</p>",
        "locale": locale(),
    }
    partner = Partner(**(defaults | fields))
    for key, objects in many.items():
        setattr(partner, key, objects)
    partner.save()
    return partner


def make_sector(slug: str, **fields: Any) -> Sector:
    defaults = {"name": slug.capitalize(), "description": "<p>Uitleg.</p>", "locale": locale()}
    return Sector.objects.create(slug=slug, **(defaults | fields))


def make_library() -> InstrumentIndexPage:
    existing = InstrumentIndexPage.objects.filter(locale=locale()).first()
    if existing is not None:
        return existing
    return make_home().add_child(
        instance=InstrumentIndexPage(title="Instrumenten", slug="instrumenten", locale=locale())
    )


def make_instrument(title: str = "", **fields: Any) -> InstrumentPage:
    number = next(_numbers)
    many = {key: fields.pop(key) for key in ("goals", "themes") if key in fields}
    defaults = {
        "title": title or f"Instrument {number}",
        "slug": f"instrument-{number}",
        "kind": InstrumentPage.Kind.CHECKLIST,
        "dated_on": date(2026, 1, 15),
        "for_whom": "Griffiers",
        "summary": "Waar het voor is.",
        "link": "https://voorbeeld.example/instrument",
        "locale": locale(),
    }
    if "organisation" not in fields:
        defaults["organisation"] = make_partner()
    page = InstrumentPage(**(defaults | fields))
    make_library().add_child(instance=page)
    for key, objects in many.items():
        setattr(page, key, objects)
    page.save_revision().publish()
    return page


def make_calendar() -> CalendarPage:
    existing = CalendarPage.objects.filter(locale=locale()).first()
    if existing is not None:
        return existing
    return make_home().add_child(
        instance=CalendarPage(title="Agenda", slug="agenda", locale=locale())
    )


def make_entry(title: str = "", *, starts_at: datetime, **fields: Any) -> CalendarEntry:
    number = next(_numbers)
    many = {key: fields.pop(key) for key in ("goals", "themes") if key in fields}
    defaults = {
        "title": title or f"Activiteit {number}",
        "ends_at": starts_at + timedelta(hours=2),
        "locale": locale(),
    }
    if "organiser" not in fields:
        defaults["organiser"] = make_partner()
    entry = CalendarEntry(starts_at=starts_at, **(defaults | fields))
    for key, objects in many.items():
        setattr(entry, key, objects)
    entry.save()
    return entry


def make_partners_page() -> PartnersPage:
    return make_home().add_child(
        instance=PartnersPage(title="Partners", slug="partners", locale=locale())
    )
