"""What the own municipality says in a lesson, in the box *in your municipality*.

A lesson's body is drawn once for everybody. It is kept in parts, cut at the boxes, so that a
member's page is put together from the parts and from what their own municipalities say: no
drawing per person, and no text can reach the members of another municipality, because what
is kept is kept by the very municipalities that it is from.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from home.publication import Kept
from learning.models import Membership, Municipality, MunicipalitySettings
from learning.models.figures import MEMBERS
from learning.models.people import today
from learning.models.settings import LOCAL

# Drawn by learning/blocks/in_your_municipality.html. Nothing that an editor types can draw it:
# rich text is cleaned of comments, and all else is escaped.
BOX: Final = re.compile(r"<!--local:(\w+)-->(.*?)<!--/local-->", re.DOTALL)
PLACES_OF: Final = Kept[tuple[int, ...]](MEMBERS, most=20_000)
SAID: Final = Kept["Said"](LOCAL, most=2000)
SETTINGS: Final = Kept[tuple[MunicipalitySettings, ...]](LOCAL, most=2000)


@dataclass(frozen=True, slots=True)
class Said:
    """What a person's municipalities say about a topic; `whole` when every one says something."""

    html: str
    whole: bool


@dataclass(frozen=True, slots=True)
class Body:
    """A body in parts: what surrounds the boxes, and per box its topic and national text."""

    around: tuple[str, ...]
    boxes: tuple[tuple[str, str], ...]

    @classmethod
    def cut(cls, html: str) -> "Body":
        parts = BOX.split(html)
        return cls(tuple(parts[::3]), tuple(zip(parts[1::3], parts[2::3], strict=True)))

    def national(self) -> SafeString:
        """As everybody reads it who serves no municipality."""
        return self.filled(lambda _topic: Said("", whole=False))

    def for_person(self, person: Any) -> SafeString:
        """As somebody reads it, by the municipalities that they serve today."""
        places = places_of(person) if self.boxes and person.is_authenticated else ()
        if not places:
            return self.national()
        return self.filled(lambda topic: said_about(topic, places))

    def filled(self, said: Callable[[str], Said]) -> SafeString:
        """All parts together. Each came out of a template, which escaped what it was given."""
        html = [self.around[0]]
        for (topic, national), after in zip(self.boxes, self.around[1:], strict=True):
            local = said(topic)
            html += [local.html, "" if local.whole else national, after]
        return SafeString("".join(html))


def places_of(person: Any) -> tuple[int, ...]:
    """The municipalities whose member somebody is today, by name."""
    day = today()
    return PLACES_OF.get((person.pk, day), lambda: ask_places(person, day))


def ask_places(person: Any, day: date) -> tuple[int, ...]:
    memberships = Membership.objects.on(day).filter(person=person)
    found = {
        counting(each.municipality, day) for each in memberships.select_related("municipality")
    }
    return tuple(place.pk for place in sorted(found, key=lambda place: place.display_name))


def counting(municipality: Municipality, day: date) -> Municipality:
    """The municipality itself, or whichever it has merged into by that day."""
    while municipality.successor is not None and municipality.has_merged(day):
        municipality = municipality.successor
    return municipality


def settings_of(places: tuple[int, ...]) -> tuple[MunicipalitySettings, ...]:
    """What these municipalities filled in, in this order: asked once for all that a page shows."""
    return SETTINGS.get(places, lambda: ask_settings(places))


def ask_settings(places: tuple[int, ...]) -> tuple[MunicipalitySettings, ...]:
    found = MunicipalitySettings.objects.filter(municipality__in=places)
    by_place = {each.municipality_id: each for each in found.select_related("municipality")}
    return tuple(by_place[pk] for pk in places if pk in by_place)


def said_about(topic: str, places: tuple[int, ...]) -> Said:
    return SAID.get((topic, places, get_language()), lambda: draw(topic, places))


def draw(topic: str, places: tuple[int, ...]) -> Said:
    """Read what these municipalities say, in the order in which they are given."""
    telling = [each for each in settings_of(places) if each.says_about(topic)]
    if not telling:
        return Said("", whole=False)
    html = render_to_string(
        "learning/blocks/local_facts.html", {"topic": topic, "municipalities": telling}
    )
    return Said(html, whole=len(telling) == len(places))
