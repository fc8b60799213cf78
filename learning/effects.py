"""What a requirement would do before it is saved: how many people it touches, and how they stand.

Worked out by the same plain functions as what is due, on terms that nobody has stored yet.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby, islice
from operator import itemgetter
from typing import Any, Final

from django.utils import timezone

from learning.holdings import proofs_for
from learning.models import Enrolment, Membership, Municipality, Requirement, Waiver
from learning.models.people import MembershipQuerySet, today
from learning.paths import parts_of
from learning.roles import Role
from learning.rules.disclosure import hidden_roles
from learning.rules.due import FULFILLED, Service, Standing, applies, position_on
from learning.rules.validity import Period, Proof, periods

CHUNK: Final = 2000
Row = tuple[int, int, str, date, date | None]


@dataclass(slots=True)
class Count:
    """How many people would stand how."""

    standings: Counter[Standing] = field(default_factory=Counter)

    @property
    def people(self) -> int:
        """Those of whom it would ask something; who was let off is not among them."""
        return self.standings.total() - self.standings[Standing.NOT_REQUIRED]

    @property
    def finished(self) -> int:
        return sum(self.standings[standing] for standing in FULFILLED)

    @property
    def overdue(self) -> int:
        return self.standings[Standing.OVERDUE]

    @property
    def lapsed(self) -> int:
        return self.standings[Standing.LAPSED]

    @property
    def to_do(self) -> int:
        """Who has time, begun or not."""
        return self.standings[Standing.TO_DO] + self.standings[Standing.UNDER_WAY]

    @property
    def waived(self) -> int:
        return self.standings[Standing.NOT_REQUIRED]


@dataclass(slots=True)
class Effect:
    """On a day: everybody together, each once, and role by role."""

    day: date
    total: Count = field(default_factory=Count)
    roles: dict[str, Count] = field(default_factory=lambda: defaultdict(Count))

    @property
    def by_role(self) -> list[tuple[Role, Count]]:
        return [(role, self.roles[role.value]) for role in Role if role.value in self.roles]

    def of_large_groups(self) -> list[tuple[Role, Count | None]]:
        """The same for the whole country: None where so few people would say too much."""
        people = {role.value: count.people for role, count in self.by_role}
        hidden = hidden_roles(self.total.people, people)
        return [(role, None if role.value in hidden else count) for role, count in self.by_role]


def effect_in(requirement: Requirement, members: MembershipQuerySet, place: Municipality) -> Effect:
    """What it would do in a municipality, of whose people `members` have passed the gate."""
    return effect_of(requirement, members, parts=place.counted_ids(today()))


def effect_in_nation(requirement: Requirement) -> Effect:
    return effect_of(requirement, Membership.objects.current())


def effect_of(
    requirement: Requirement, members: MembershipQuerySet, *, parts: list[int] | None = None
) -> Effect:
    """How these members would stand today, or on the day on which it begins if that is later.

    `requirement` need not have been stored. `parts` are the municipalities that count as one.
    """
    effect = Effect(max(today(), requirement.starts_on))
    rows = (
        requirement.narrow(members)
        .order_by("person", "pk")
        .values_list("person", "municipality", "role", "starts_on", "ends_on")
    )
    for chunk in in_chunks(rows.iterator(chunk_size=CHUNK)):
        tell(effect, requirement, chunk, parts=parts)
    return effect


def in_chunks(rows: Iterable[Row]) -> Iterator[dict[int, list[Row]]]:
    """The memberships of so many people at a time, by person."""
    people = ((person, list(group)) for person, group in groupby(rows, key=itemgetter(0)))
    while chunk := dict(islice(people, CHUNK)):
        yield chunk


def tell(
    effect: Effect,
    requirement: Requirement,
    chunk: dict[int, list[Row]],
    *,
    parts: list[int] | None,
) -> None:
    """Count some people."""
    ids = list(chunk)
    finished = dict(proofs_for(requirement, ids))
    begun = begun_on(requirement, ids)
    waived = let_off(requirement, ids)
    ask = Standings(requirement, effect.day)
    for pk, rows in chunk.items():
        roles = {row[2] for row in rows}
        for role in ("", *roles):
            serving = tuple((row[2], row[3], row[4]) for row in rows if role in ("", row[2]))
            places = parts if parts is not None else [r[1] for r in rows if role in ("", r[2])]
            free = tuple(period for place, period in waived.get(pk, ()) if place in places)
            standing = ask(serving, tuple(finished.get(pk, ())), begun.get(pk), free)
            if standing is not None:
                count = effect.roles[role] if role else effect.total
                count.standings[standing] += 1


Serving = tuple[tuple[str, date, date | None], ...]


class Standings:
    """How people stand by what is known of them. Most are known by the same: each is asked once."""

    def __init__(self, requirement: Requirement, day: date) -> None:
        self.terms, self.rule, self.day = requirement.terms, requirement.rule, day
        self.known: dict[Any, Standing | None] = {}

    def __call__(
        self,
        serving: Serving,
        finished: tuple[Proof, ...],
        begun: date | None,
        waived: tuple[Period, ...],
    ) -> Standing | None:
        """None for who is not asked at all on the day, as when they leave before it."""
        key = (serving, finished, begun, waived)
        if key not in self.known:
            self.known[key] = self.work_out(*key)
        return self.known[key]

    def work_out(
        self,
        serving: Serving,
        finished: tuple[Proof, ...],
        begun: date | None,
        waived: tuple[Period, ...],
    ) -> Standing | None:
        services = [Service(role, Period(start, end)) for role, start, end in serving]
        if not any(applies(self.rule, service, self.day) for service in services):
            return None
        return position_on(
            self.day,
            self.rule,
            services=services,
            held=periods(self.terms, finished),
            started_on=begun,
            waived=waived,
        ).standing


def begun_on(requirement: Requirement, ids: list[int]) -> dict[int, date]:
    """When people first began it."""
    rows = Enrolment.objects.filter(
        person__in=ids, module_key__in=parts_of(requirement.subject_key)
    ).order_by("-started_at")
    return {
        pk: timezone.localdate(moment) for pk, moment in rows.values_list("person", "started_at")
    }


def let_off(requirement: Requirement, ids: list[int]) -> dict[int, list[tuple[int, Period]]]:
    """Who was let off where and when, of a requirement that is there already."""
    found: dict[int, list[tuple[int, Period]]] = defaultdict(list)
    if requirement._state.adding:
        return found
    rows = Waiver.objects.filter(requirement=requirement, person__in=ids)
    for pk, place, start, end in rows.values_list("person", "municipality", "starts_on", "ends_on"):
        found[pk].append((place, Period(start, end)))
    return found
