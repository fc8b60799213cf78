"""What in a case may tell who it is about, per field, with the names of municipalities."""

import re
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from home.publication import Kept
from learning.models import Municipality
from learning.models.places import MERGERS
from practice.models import Submission
from practice.rules.identifying import Kind, find
from practice.rules.identifying_quotes import Part, Quote, quotes
from practice.steps import STEPS, Step

PLACES: Final = Kept[tuple[str, ...]](MERGERS)
# What people say rather than the official name.
ALSO_CALLED: Final = ("Den Haag", "Den Bosch", "’s-Gravenhage", "'s-Gravenhage")
# A line is a sentence of its own, also without a full stop.
LINE_ENDS: Final = re.compile(r"(</(?:p|h\d|li|blockquote)>|<br\s*/>)", re.IGNORECASE)
WORDS: Final[dict[Kind, Any]] = {
    Kind.EMAIL: _("e-mail address"),
    Kind.WEB: _("site or account"),
    Kind.IBAN: _("bank account"),
    Kind.COMPANY: _("number of a company"),
    Kind.PLATE: _("licence plate"),
    Kind.BSN: _("citizen service number"),
    Kind.PHONE: _("telephone number"),
    Kind.POSTCODE: _("postcode"),
    Kind.ADDRESS: _("street or address"),
    Kind.PLACE: _("municipality"),
    Kind.NAME: _("perhaps a name"),
}


def places() -> tuple[str, ...]:
    return PLACES.get("names", ask_places)


def ask_places() -> tuple[str, ...]:
    found = Municipality.objects.values_list("name", "display_name")
    return (*sorted({name for both in found for name in both}), *ALSO_CALLED)


@dataclass(frozen=True, slots=True)
class Marked:
    """A sentence with what was found in it, and what that may be in words."""

    quote: Quote

    @property
    def parts(self) -> tuple[Part, ...]:
        return self.quote.parts

    @property
    def kinds(self) -> list[str]:
        return [str(WORDS[kind]) for kind in self.quote.kinds]


@dataclass(frozen=True, slots=True)
class Field:
    """A field in which something was found, and the step where it is mended."""

    name: str
    label: str
    step: Step
    found: list[Marked]


def marked(text: str, *, names: tuple[str, ...] = ()) -> list[Marked]:
    return [Marked(each) for each in quotes(text, find(text, places=places(), names=names))]


def look_through(submission: Submission) -> list[Field]:
    """Each text of a case in which there is something to look at."""
    own = (submission.sender.name,) if submission.sender is not None else ()
    fields = []
    for step in STEPS:
        for name, field in step.form.base_fields.items() if step.form else ():
            if name not in Submission.TEXTS:
                continue
            found = marked(getattr(submission, name), names=own)
            if found:
                fields.append(Field(name, str(field.label), step, found))
    return fields


def in_page(page: Any) -> list[Marked]:
    """The same for a page of the editors, in all its texts at once."""
    from wagtail.rich_text import get_text_for_indexing  # noqa: PLC0415  only for editors

    texts = [page.title, page.introduction]
    texts += [
        get_text_for_indexing(LINE_ENDS.sub("\\1\n", getattr(page, name)))
        for name in ("happened", "done", "outcome", "learned")
    ]
    texts += [str(block.value) for block in page.questions]
    return [each for text in texts for each in marked(text)]
