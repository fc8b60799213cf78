"""The demo's network: a dozen invented people who want to be found."""

import tomllib
from pathlib import Path
from typing import Any, Final

from wagtail.models import Locale

from accounts.models import User
from home.demo_loader import themes_named
from learning.models import Membership
from learning.roles import Role
from meetings.demo_meetings import LEFT_OUT
from meetings.models import NetworkEntry
from meetings.network import join

DEMO: Final = Path(__file__).parent / "demo" / "network.toml"
STEP: Final = 9


def load_network() -> int:
    """Enter them, unless anybody is in it already; how many."""
    if NetworkEntry.objects.exists():
        return 0
    entries = tomllib.loads(DEMO.read_text(encoding="utf-8"))["peers"]
    council = list(
        Membership.objects.current()
        .filter(role=Role.COUNCIL_MEMBER, person__email__startswith="persoon")
        .exclude(municipality__code=LEFT_OUT)
        .order_by("person")
        .values_list("person", flat=True)
    )
    made = 0
    for entry in entries:
        person = person_of(entry, council)
        if person is None:
            continue
        join(
            person,
            found_by=entry.get("found_by", NetworkEntry.FoundBy.SAME_ROLE),
            themes=themes_named(entry["themes"], Locale.get_default()),
            question=entry["question"],
        )
        made += 1
    return made


def person_of(entry: dict[str, Any], council: list[int]) -> User | None:
    if "email" in entry:
        return User.objects.filter(email=entry["email"]).first()
    at = entry["number"] * STEP
    return User.objects.filter(pk=council[at]).first() if at < len(council) else None
