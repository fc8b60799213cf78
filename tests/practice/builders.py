"""Builders of cases, and of what people hand in; the others are in tests/factories.py."""

import itertools
from datetime import date
from typing import Any

from django.contrib.auth.models import Group

from accounts.models import User
from home.models import Theme
from home.permissions import CHIEF_EDITORS
from home.setup import set_up_site
from practice import handing_in
from practice.models import CaseIndexPage, CasePage, Submission
from practice.setup import set_up_practice
from tests import factories

_numbers = itertools.count(1)


def make_practice() -> CaseIndexPage:
    """`/praktijk/` as every site has it, with its editors and their workflow."""
    existing = CaseIndexPage.objects.filter(locale=factories.locale()).first()
    if existing is not None:
        return existing
    return set_up_practice(set_up_site())


def make_case(**fields: Any) -> CasePage:
    """A case that is on the site."""
    number = next(_numbers)
    many = {
        name: fields.pop(name)
        for name in ("aspects", "themes", "lessons", "goals")
        if name in fields
    }
    defaults = {
        "title": f"Voorbeeld {number}",
        "slug": f"voorbeeld-{number}",
        "kind": CasePage.Kind.WELL,
        "introduction": "Kort verteld.",
        "happened": "<p>Dit gebeurde er.</p>",
        "day": date(2026, 10, 1),
        "locale": factories.locale(),
    }
    case = CasePage(**(defaults | fields))
    for name, values in many.items():
        setattr(case, name, values)
    make_practice().add_child(instance=case)
    case.save_revision().publish()
    case.refresh_from_db()
    return case


# What somebody fills in, in all steps.
WRITTEN: dict[str, Any] = {
    "title": "Een pakket op de stoep",
    "happened": "Er stond een pakket op de stoep.\n\nNiemand had erom gevraagd.",
    "done": "Het ging terug.",
    "outcome": "Daarna bleef het stil.",
    "learned": "Zeg het meteen.",
    "questions": "Wat zou u doen?\nWie belt u?",
    "kind": "goed",
    "themes": ["integriteit"],
    "lessons": ["zeg-het-hardop"],
    "roles": ["raadslid"],
    "may_publish": True,
    "consent_answered": True,
}


def make_submission(sender: User | None = None, **fields: Any) -> Submission:
    """A draft in which everything is filled in."""
    make_practice()
    Theme.objects.get_or_create(
        slug="integriteit", locale=factories.locale(), defaults={"name": "Integriteit"}
    )
    submission = handing_in.begin(sender or factories.make_user())
    handing_in.save_step(submission, WRITTEN | fields)
    handing_in.save_step(submission, {"looked_through": True})
    return submission


def make_sent(sender: User | None = None, **fields: Any) -> Submission:
    """One that is with the editors."""
    return handing_in.send(make_submission(sender, **fields))


def make_editor(group: str = CHIEF_EDITORS, **fields: Any) -> User:
    make_practice()
    user = factories.make_user(**fields)
    user.groups.add(Group.objects.get(name=group))
    return user
