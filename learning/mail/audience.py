"""To whom a reminder by hand goes, and whom it leaves out and why."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Max

from accounts.models import User
from learning import monitoring
from learning.models import Mailing, Municipality, Reminder, Requirement
from learning.models.people import Membership, MembershipQuerySet, today
from learning.people_list import PeopleList, Person, Selection
from learning.rules.due import Position
from learning.rules.reminders import Answer, Reminded, answer_for


@dataclass(slots=True)
class Audience:
    """Everybody who was chosen, by what becomes of them."""

    people: dict[Answer, list[Person]] = field(default_factory=dict)
    # Chosen, and no member of this municipality today: without a name.
    gone: int = 0

    @property
    def to(self) -> list[Person]:
        return self.people.get(Answer.SEND, [])

    @property
    def left_out(self) -> list[tuple[Answer, list[Person]]]:
        """Why not, and who."""
        return [(answer, self.people[answer]) for answer in Answer if answer in self.people][
            bool(self.to) :
        ]


def audience_of(mailing: Mailing, viewer: User) -> Audience:
    """Whom a reminder would reach if it were sent now.

    The people come through the gate: keys of others' people that somebody slips in are counted
    as gone, and no more is said of them. Raises PermissionDenied without a grant.
    """
    municipality, requirement = mailing.municipality, mailing.requirement
    if municipality is None or requirement is None:
        return Audience()
    members = monitoring.members_for(viewer, municipality)
    chosen = mailing.selection.get("people")
    selection = Selection(
        role=mailing.selection.get("role", ""), status=mailing.selection.get("status", "")
    )
    listed = people_list(municipality, requirement, members, selection)
    people = listed.all() if chosen is None else listed.people(members_among(members, chosen))
    found = sort_out(people, last_reminded(requirement, {p.pk for p in people}), today())
    if chosen is not None:
        found.gone = len(set(chosen)) - len(members_among(members, chosen))
        asked = {person.pk for person in people}
        others = [pk for pk in members_among(members, chosen) if pk not in asked]
        if others:
            found.people.setdefault(Answer.NOT_ASKED, []).extend(named(members, others))
    return found


def people_list(
    municipality: Municipality,
    requirement: Requirement,
    members: MembershipQuerySet,
    selection: Selection,
) -> PeopleList:
    return PeopleList(members, requirement, selection, parts=municipality.counted_ids(today()))


def members_among(members: MembershipQuerySet, keys: Collection[int]) -> list[int]:
    """Those who are members, by name."""
    rows = members.filter(person__in=keys).order_by("person__name", "person")
    return list(dict.fromkeys(rows.values_list("person", flat=True)))


def named(members: MembershipQuerySet, keys: Collection[int]) -> list[Person]:
    """Members of whom the requirement asks nothing."""
    from learning.rules.due import Standing  # noqa: PLC0415  only here

    rows = members.filter(person__in=keys).values_list("person", "person__name", "pk")
    return [
        Person(pk, membership, name, [], Position(Standing.NOT_REQUIRED), None, None)
        for pk, name, membership in rows
    ]


def sort_out(people: list[Person], last: dict[int, date], day: date) -> Audience:
    found = Audience()
    for person in people:
        answer = answer_for(Reminded(person.position, last.get(person.pk)), day)
        found.people.setdefault(answer, []).append(person)
    return found


def last_reminded(requirement: Requirement, people: Collection[int]) -> dict[int, date]:
    """When each was last reminded of it, by hand or not. What never left does not count."""
    rows = Reminder.objects.that_went().filter(requirement=requirement, person__in=people)
    return dict(rows.values_list("person").annotate(Max("on")).values_list("person", "on__max"))


def position_of(
    person_id: int, requirement: Requirement, municipality: Municipality
) -> Position | None:
    """How somebody stands now as a member of a municipality; None when they are no member."""
    members = Membership.objects.of(municipality).filter(person=person_id)
    listed = people_list(municipality, requirement, members, Selection()).people([person_id])
    return listed[0].position if listed else None
