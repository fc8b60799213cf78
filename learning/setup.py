"""What learning cannot do without: its catalogue, the municipalities, and rights of editors.

Made by `manage.py setup_site`, on a new site and after every release.
"""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from django.db import transaction
from django.utils.text import slugify
from wagtail.models import Locale

from home.models import HomePage
from home.permissions import CHIEF_EDITORS, EDITORS, allow
from home.setup import add_page_if_missing, add_translation_if_missing
from learning.models import CataloguePage, Municipality

MUNICIPALITIES: Final = Path(__file__).parent / "data" / "municipalities.csv"

CATALOGUE: Final[dict[str, Any]] = {
    "title": "Leren",
    "show_in_menus": True,
    "introduction": (
        "Korte modules over integriteit en weerbaarheid. U kunt altijd stoppen en later verder gaan."
    ),
}
ENGLISH_CATALOGUE: Final[dict[str, Any]] = {
    "title": "Learn",
    "introduction": (
        "Short modules on integrity and resilience. You can stop at any time and go on later."
    ),
}
# Facts that the file owns. The address (`slug`) and a merger are an administrator's.
FACTS: Final = (
    "name",
    "display_name",
    "province",
    "inhabitants",
    "council_seats",
    "seats_are_certain",
    "latitude",
    "longitude",
    "tile_col",
    "tile_row",
)
EDITORS_RIGHTS: Final = (
    "learning.add_question",
    "learning.change_question",
    "learning.add_topic",
    "learning.change_topic",
)
CHIEF_EDITORS_RIGHTS: Final = (
    *EDITORS_RIGHTS,
    "learning.delete_question",
    "learning.publish_question",
    "learning.lock_question",
    "learning.unlock_question",
    "learning.delete_topic",
)


@transaction.atomic
def set_up_learning(home: HomePage) -> None:
    """The catalogue in both languages, every municipality, and what editors may do here."""
    catalogue = add_page_if_missing(home, CataloguePage, "leren", CATALOGUE)
    english = Locale.objects.get(language_code="en")
    add_translation_if_missing(catalogue, english, ENGLISH_CATALOGUE)
    set_up_municipalities()
    allow(EDITORS, EDITORS_RIGHTS)
    allow(CHIEF_EDITORS, CHIEF_EDITORS_RIGHTS)


def facts_of_municipalities() -> Iterator[Municipality]:
    """Every municipality of the file (learning/data/SOURCES.md), not stored."""
    with MUNICIPALITIES.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            yield Municipality(
                code=row["code"],
                name=row["name"],
                display_name=row["display_name"],
                slug=slugify(row["display_name"]),
                province=row["province"],
                inhabitants=int(row["inhabitants"]),
                council_seats=int(row["council_seats"]),
                seats_are_certain=row["seats_certainty"] == "hoog",
                latitude=float(row["latitude"]),
                longitude=float(row["longitude"]),
                tile_col=int(row["col"]),
                tile_row=int(row["row"]),
            )


def set_up_municipalities() -> None:
    """Store what the file says: new ones are added, changed facts are taken over.

    The file is the source: a fact that was changed by hand comes back as the file has it.
    """
    stored = {place.code: place for place in Municipality.objects.all()}
    new: list[Municipality] = []
    changed: list[Municipality] = []
    for place in facts_of_municipalities():
        known = stored.get(place.code)
        if known is None:
            new.append(place)
        elif any(getattr(known, fact) != getattr(place, fact) for fact in FACTS):
            for fact in FACTS:
                setattr(known, fact, getattr(place, fact))
            changed.append(known)
    Municipality.objects.bulk_create(new)
    Municipality.objects.bulk_update(changed, FACTS)
