"""The people whom a monitor ticked in the list, or everybody who is selected there."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, QueryDict

from learning.figures import active_requirements
from learning.forms import PeopleForm
from learning.models import Municipality
from learning.models.people import MembershipQuerySet, today
from learning.people_list import PeopleList

# More than anybody ticks by hand; the whole selection is asked for with `all`.
MOST_TICKED = 1000


@dataclass(frozen=True, slots=True)
class Chosen:
    """Who was chosen, as keys of people, and how the form says so again."""

    ids: list[int]
    fields: list[tuple[str, str]]

    @property
    def count(self) -> int:
        return len(self.ids)


def chosen_people(request: HttpRequest, place: Municipality, members: MembershipQuerySet) -> Chosen:
    """Read `person` (ticked, several) or `all` with the list's own filter from a posted form.

    `members` passed the gate: whoever is not among them is left out, whatever the form says.
    """
    posted: QueryDict = request.POST
    if posted.get("all"):
        ids = everybody_selected(request, place, members)
        return Chosen(ids, [("all", "1")])
    ticked = {int(key) for key in posted.getlist("person")[:MOST_TICKED] if key.isdecimal()}
    ids = list(
        members.filter(person__in=ticked)
        .order_by("person__name", "person")
        .values_list("person", flat=True)
        .distinct()
    )
    return Chosen(list(dict.fromkeys(ids)), [("person", str(pk)) for pk in dict.fromkeys(ids)])


def everybody_selected(
    request: HttpRequest, place: Municipality, members: MembershipQuerySet
) -> list[int]:
    """The keys of all whom the filter in the address leaves."""
    requirements = active_requirements(place)
    if not requirements:
        return list(members.values_list("person", flat=True).distinct())
    form = PeopleForm(requirements, request.GET)
    people: Any = PeopleList(
        members, form.requirement, form.selection(), parts=place.counted_ids(today())
    )
    return list(people.keys(slice(None)))
