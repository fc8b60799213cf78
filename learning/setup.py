"""What learning needs before the first learner: the catalogue, all municipalities, rights."""

import csv
from pathlib import Path
from typing import Final

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils.text import slugify
from wagtail.models import Locale, Workflow, WorkflowContentType

from home.models import HomePage
from home.permissions import CHIEF_EDITORS, EDITORS, WORKFLOW, allow
from home.setup import page_below
from learning.models import CataloguePage, Municipality, Question
from learning.models.places import MERGERS

EDITORS_RIGHTS: Final = (
    "learning.add_question",
    "learning.change_question",
    "learning.add_topic",
    "learning.change_topic",
)
CHIEF_EDITORS_RIGHTS: Final = (
    *EDITORS_RIGHTS,
    "learning.publish_question",
    "learning.lock_question",
    "learning.unlock_question",
    "learning.delete_question",
    "learning.delete_topic",
)
MUNICIPALITIES: Final = Path(__file__).parent / "data" / "municipalities.csv"


def set_up_learning(home: HomePage) -> None:
    """Catalogue, municipalities, and editors' rights on the question bank. Safe to run again."""
    with transaction.atomic():
        catalogue = page_below(
            home,
            CataloguePage,
            "leren",
            title="Leren",
            show_in_menus=True,
            introduction="Korte modules over integriteit en veiligheid, in kleine stappen.",
        )
        english = Locale.objects.get(language_code="en")
        if catalogue.get_translation_or_none(english) is None:
            translated = catalogue.copy_for_translation(english)
            translated.title = "Learn"
            translated.introduction = "The modules are in Dutch for now."
            translated.save_revision().publish()
        allow(EDITORS, EDITORS_RIGHTS)
        allow(CHIEF_EDITORS, CHIEF_EDITORS_RIGHTS)
        set_up_question_workflow()
        load_municipalities()


def set_up_question_workflow() -> None:
    """Questions that an editor hands in go the way of pages. One that is set already stays."""
    workflow = Workflow.objects.filter(name=WORKFLOW, active=True).first()
    if workflow is not None:
        WorkflowContentType.objects.get_or_create(
            content_type=ContentType.objects.get_for_model(Question),
            defaults={"workflow": workflow},
        )


def load_municipalities() -> None:
    """The 342 municipalities of 2026. Facts are brought up to date; mergers are left alone."""
    existing = {m.code: m for m in Municipality.objects.all()}
    new = []
    with MUNICIPALITIES.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            facts = facts_of(row)
            municipality = existing.get(row["code"])
            if municipality is None:
                new.append(Municipality(code=row["code"], **facts))
            elif any(getattr(municipality, name) != value for name, value in facts.items()):
                Municipality.objects.filter(pk=municipality.pk).update(**facts)
    Municipality.objects.bulk_create(new)
    MERGERS.announce()


def facts_of(row: dict[str, str]) -> dict[str, object]:
    """A row of the file as fields."""
    return {
        "name": row["name"],
        "display_name": row["display_name"],
        "slug": slugify(row["display_name"]),
        "province": row["province"],
        "inhabitants": int(row["inhabitants"]),
        "council_seats": int(row["council_seats"]),
        "seats_are_certain": row["seats_certainty"] == "hoog",
        "latitude": float(row["latitude"]),
        "longitude": float(row["longitude"]),
        "tile_col": int(row["col"]),
        "tile_row": int(row["row"]),
    }
