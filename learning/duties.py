"""What a person has to do themselves: each requirement that asks something of them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.utils import timezone

from accounts.models import User
from learning.figures import active_requirements
from learning.models import (
    Enrolment,
    Holding,
    Membership,
    Municipality,
    Requirement,
    RequirementPerson,
    Waiver,
)
from learning.models.people import today
from learning.paths import parts_of
from learning.rules.due import Position, Service, Standing, position_on
from learning.rules.validity import Period

# The most pressing first.
URGENCY: Final = (
    *(Standing.OVERDUE, Standing.LAPSED, Standing.RENEWAL_OPEN),
    *(Standing.UNDER_WAY, Standing.TO_DO, Standing.COMPLETED),
)
RENEWABLE: Final = frozenset({Standing.RENEWAL_OPEN, Standing.LAPSED})


@dataclass(frozen=True, slots=True)
class Duty:
    """A requirement and how somebody stands with it today."""

    requirement: Requirement
    position: Position

    @property
    def may_renew(self) -> bool:
        return self.position.standing in RENEWABLE

    @property
    def urgency(self) -> tuple[int, date]:
        """What to sort by: standing first, then by when."""
        return (URGENCY.index(self.position.standing), self.position.due_on or date.max)


def counted_at(membership: Membership, day: date) -> Municipality:
    """The municipality that counts a membership: its own, or the one that it merged into."""
    place = membership.municipality
    while place.successor is not None and place.has_merged(day):
        place = place.successor
    return place


def duties_of(person: User, memberships: Sequence[Membership]) -> list[Duty]:
    """Everything that is asked of somebody today, the most pressing first.

    `memberships` are those that hold today, with their municipality. What a municipality asks
    itself concerns service there alone; where it let somebody off, its service does not count.
    """
    day = today()
    served: dict[int, list[Membership]] = defaultdict(list)
    places: dict[int, Municipality] = {}
    for membership in memberships:
        place = counted_at(membership, day)
        places[place.pk] = place
        served[place.pk].append(membership)
    asking: dict[int, Requirement] = {}
    for place in places.values():
        asking |= {each.pk: each for each in active_requirements(place)}
    named = names_of(person, asking.values())
    known = Known(person, list(asking.values()))
    duties = []
    for requirement in asking.values():
        if requirement.is_personal and requirement.pk not in named:
            continue
        services = [
            Service(m.role, Period(m.starts_on, m.ends_on))
            for place, some in served.items()
            if requirement.municipality_id in (None, place)
            for m in some
            if m.municipality_id not in known.let_off[requirement.pk]
        ]
        position = position_on(
            day,
            requirement.rule,
            services=services,
            held=known.held[requirement.pk],
            started_on=known.started_on(requirement),
        )
        if position.standing is not Standing.NOT_REQUIRED:
            duties.append(Duty(requirement, position))
    return sorted(duties, key=lambda duty: duty.urgency)


def names_of(person: User, requirements: Iterable[Requirement]) -> set[int]:
    """Those requirements for named people in which somebody is named."""
    personal = [each.pk for each in requirements if each.is_personal]
    if not personal:
        return set()
    named = RequirementPerson.objects.filter(person=person, requirement__in=personal)
    return set(named.values_list("requirement", flat=True))


class Known:
    """What is known of a person for some requirements, in three questions."""

    def __init__(self, person: User, requirements: Sequence[Requirement]) -> None:
        self.held: dict[int, list[Period]] = defaultdict(list)
        self.let_off: dict[int, set[int]] = defaultdict(set)
        self.begun: dict[UUID, date] = {}
        if not requirements:
            return
        mine = {"person": person, "requirement__in": requirements}
        for pk, start, end in Holding.objects.filter(**mine).values_list(
            "requirement", "starts_on", "ends_on"
        ):
            self.held[pk].append(Period(start, end))
        for pk, place in (
            Waiver.objects.on(today()).filter(**mine).values_list("requirement", "municipality")
        ):
            self.let_off[pk].add(place)
        for key, moment in (
            Enrolment.objects.filter(person=person)
            .order_by("-started_at")
            .values_list("module_key", "started_at")
        ):
            self.begun[key] = timezone.localdate(moment)

    def started_on(self, requirement: Requirement) -> date | None:
        days = [self.begun[key] for key in parts_of(requirement.subject_key) if key in self.begun]
        return min(days, default=None)


def by_subject(duties: Iterable[Duty]) -> dict[UUID, Duty]:
    """The most pressing duty per module or learning path; what renews it points to it as well."""
    found: dict[UUID, Duty] = {}
    for duty in duties:
        found.setdefault(duty.requirement.subject_key, duty)
    return found
