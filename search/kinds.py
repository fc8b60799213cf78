"""The kinds of things that are found: how results are grouped, and what one can look for alone.

A new type of page gets its line here. Of one that is not installed nothing is found.
"""

from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Model
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


@dataclass(frozen=True, slots=True)
class Kind:
    """`key` stands in addresses, so it stays."""

    key: str
    many: Any
    one: Any
    models: tuple[str, ...] = ()


GOAL: Final = Kind("doelen", _("Goals of the visiedocument"), _("Goal of the visiedocument"))
PARTNER: Final = Kind("partners", _("Partners"), _("Partner"))
DOCUMENT: Final = Kind("documenten", _("Documents"), _("Document"))
TEXT: Final = Kind("teksten", pgettext_lazy("search", "Other pages"), _("Page"))

# In the order in which they are offered.
KINDS: Final[tuple[Kind, ...]] = (
    Kind("modules", _("Modules"), _("Module"), ("learning.ModulePage",)),
    Kind("leerlijnen", _("Learning paths"), _("Learning path"), ("learning.LearningPath",)),
    Kind("lessen", _("Lessons"), _("Lesson"), ("learning.LessonPage", "learning.DilemmaPage")),
    Kind("nieuws", _("News"), _("News item"), ("home.NewsPage",)),
    Kind("praktijk", _("Cases"), _("Case"), ("practice.CasePage",)),
    Kind("bijeenkomsten", _("Meetings"), _("Meeting"), ("meetings.MeetingPage",)),
    Kind("instrumenten", _("Instruments"), _("Instrument"), ("home.InstrumentPage",)),
    PARTNER,
    GOAL,
    Kind("visiedocument", _("Visiedocument"), _("Visiedocument"), ("home.VisionPage",)),
    DOCUMENT,
    TEXT,
)
BY_KEY: Final = {kind.key: kind for kind in KINDS}
BY_MODEL: Final = {model: kind for kind in KINDS for model in kind.models}


def kind_of(model: type[Model]) -> Kind:
    """The kind of a page's type; what has no line of its own is just a page."""
    return BY_MODEL.get(model._meta.label, TEXT)
