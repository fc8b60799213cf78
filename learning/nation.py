"""What the national monitor sees: counts by municipality, role, province and size class.

Nothing here reads people. It reads kept figures, and hands out only what `rules.disclosure`
lets through: whoever wants another number of the nation asks `NationFigures` for it.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass
from datetime import date
from functools import cached_property
from typing import Any, Final, NamedTuple

from django.db.models import Count, Exists, OuterRef, Sum

from home.publication import Kept
from learning.figures import ALL_ROLES, Cell
from learning.models import (
    Figure,
    Membership,
    MonitorGrant,
    Municipality,
    MunicipalitySettings,
    Requirement,
    Snapshot,
)
from learning.models.people import today
from learning.models.places import MERGERS
from learning.monitoring import TALLIED, Tally
from learning.roles import Role
from learning.rules.disclosure import EVERYWHERE, Disclosure, Place, disclose
from learning.rules.sizes import size_class

# Municipal elections: councils are new from this day on, and so is what they have to learn.
ELECTIONS: Final = date(2026, 3, 18)
MEMBERS: Final = TALLIED.index("members")

Numbers = tuple[int, ...]
PLACES: Final = Kept[list[Municipality]](MERGERS)


def places_today() -> list[Municipality]:
    """The municipalities of today, by name."""
    day = today()
    return PLACES.get(
        day, lambda: [place for place in Municipality.objects.all() if not place.has_merged(day)]
    )


def place_of(municipality: Municipality) -> Place:
    """Where a municipality belongs in breakdowns."""
    return Place(municipality.province, size_class(municipality.inhabitants).value)


def disclosure_of(
    municipalities: Iterable[Municipality], members: Mapping[Cell, int]
) -> Disclosure[int]:
    """What may be shown of members counted by municipality and role."""
    by_role: dict[int, dict[str, int]] = defaultdict(dict)
    for (pk, role), count in members.items():
        if role != ALL_ROLES:
            by_role[pk][role] = count
    places = {municipality.pk: place_of(municipality) for municipality in municipalities}
    everybody = {pk: members.get((pk, ALL_ROLES), 0) for pk in places}
    return disclose(places, everybody, by_role)


class Total(NamedTuple):
    """People of several municipalities together, and how many municipalities are not in it."""

    tally: Tally
    left_out: int

    @property
    def is_hidden(self) -> bool:
        """Whether there are people, and all in groups that are too small."""
        return not self.tally.members and self.left_out > 0


class NationFigures:
    """The figures of one requirement, seen through what may be shown of them."""

    def __init__(
        self, municipalities: Sequence[Municipality], cells: Mapping[Cell, Numbers]
    ) -> None:
        self.municipalities = municipalities
        self.cells = cells
        self.disclosure = disclosure_of(
            municipalities, {cell: numbers[MEMBERS] for cell, numbers in cells.items()}
        )

    def of(self, municipality: Municipality, role: str = ALL_ROLES) -> Tally | None:
        """A municipality's figure; None where it is too small to show."""
        if not self.disclosure.shows(municipality.pk, role):
            return None
        return Tally(*self.cells.get((municipality.pk, role), ()))

    def total(self, role: str = ALL_ROLES, scope: Place = EVERYWHERE) -> Total:
        """Everybody of a role and of places, as far as may be shown."""
        counted = set(self.disclosure.counted(role, scope))
        rows = [self.cells[pk, role] for pk in counted if (pk, role) in self.cells]
        left_out = sum(
            pk not in counted and self.has_people(pk, role)
            for pk, place in self.disclosure.places.items()
            if place.lies_in(scope)
        )
        return Total(Tally(*map(sum, zip(*rows, strict=True))), left_out)

    def has_people(self, pk: int, role: str) -> bool:
        numbers = self.cells.get((pk, role))
        return numbers is not None and numbers[MEMBERS] > 0

    @cached_property
    def roles(self) -> list[Role]:
        """The roles that somebody has."""
        present = {role for (_pk, role), numbers in self.cells.items() if numbers[MEMBERS]}
        return [role for role in Role if role.value in present]


def totals_by_role(
    municipalities: Sequence[Municipality], cells: Mapping[Cell, Mapping[str, int]]
) -> dict[str, dict[str, int]]:
    """The country's totals of a day per role (all under ""), as far as they may be shown."""
    figures = NationFigures(
        municipalities,
        {cell: tuple(numbers.get(name, 0) for name in TALLIED) for cell, numbers in cells.items()},
    )
    totals = {role: figures.total(role).tally for role in (ALL_ROLES, *figures.roles)}
    return {
        str(role): dict(zip(TALLIED, astuple(tally), strict=True))
        for role, tally in totals.items()
        if tally.members
    }


def nation_figures(requirement: Requirement) -> NationFigures:
    """What is kept of a requirement. Bring the figures up to date first."""
    rows: Any = Figure.objects.filter(requirement=requirement).values_list(
        "municipality", "role", *TALLIED
    )
    return NationFigures(places_today(), {(pk, role): tuple(rest) for pk, role, *rest in rows})


def fingerprint(rows: Any) -> tuple[int, int]:
    """What differs as soon as other rows are kept.

    Rows that are counted again are deleted and made anew, with higher keys: as many rows with
    the same sum of keys are the same rows.
    """
    found = rows.aggregate(count=Count("pk"), keys=Sum("pk"))
    return found["count"], found["keys"] or 0


def figures_kept(requirement: Requirement) -> tuple[int, int]:
    return fingerprint(Figure.objects.filter(requirement=requirement))


def snapshots_of(requirement: Requirement, role: str = ALL_ROLES) -> Any:
    """The nation's totals by day (learning/snapshots.py)."""
    return Snapshot.objects.filter(
        requirement=requirement, municipality=None, role=role, day__gte=ELECTIONS
    ).order_by("day")


def shares(
    requirement: Requirement, role: str, now: Tally
) -> tuple[dict[date, int | None], dict[date, int | None]]:
    """Per day since the elections the share that is in order, and the share that is behind."""
    days = {
        day: Tally(*numbers)
        for day, *numbers in snapshots_of(requirement, role).values_list("day", *TALLIED)
    }
    days[today()] = now
    in_order = {day: tally.percentage if tally.members else None for day, tally in days.items()}
    behind = {
        day: 100 * tally.behind // tally.members if tally.members else None
        for day, tally in days.items()
    }
    return in_order, behind


NATION_SORTS: Final = ("name", "province", "members", "percentage")


@dataclass(frozen=True, slots=True)
class NationRow:
    """A municipality in the nation's table. Without a tally when it is too small to show."""

    municipality: Municipality
    tally: Tally | None


def sort_rows(rows: Iterable[NationRow], by: str, *, descending: bool) -> list[NationRow]:
    """Sort the table. What has no figure comes last, whichever way one sorts."""
    keys: dict[str, Callable[[NationRow], Any]] = {
        "name": lambda row: row.municipality.display_name,
        "province": lambda row: (row.municipality.province, row.municipality.display_name),
        "members": lambda row: row.tally.members if row.tally else 0,
        "percentage": lambda row: row.tally.percentage if row.tally else 0,
    }
    parts: dict[bool, list[NationRow]] = defaultdict(list)
    for row in rows:
        has_value = row.tally is not None and row.tally.members > 0
        parts[by in ("name", "province") or has_value].append(row)
    return sorted(parts[True], key=keys[by], reverse=descending) + parts[False]


class SetUp(NamedTuple):
    """How many municipalities have begun to use the site, of how many. Never which."""

    municipalities: int
    with_monitor: int
    with_settings: int
    with_people: int


def set_up() -> SetUp:
    """Count the municipalities that have arranged something themselves."""
    day = today()
    here = {"municipality": OuterRef("pk")}
    grants = MonitorGrant.objects.active().filter(scope=MonitorGrant.Scope.MUNICIPALITY)
    asked = Municipality.objects.annotate(
        has_monitor=Exists(grants.filter(**here, person__is_active=True)),
        has_settings=Exists(MunicipalitySettings.objects.filter(**here)),
        has_people=Exists(Membership.objects.on(day).filter(**here).order_by()),
    ).order_by()
    found = {
        pk: flags
        for pk, *flags in asked.values_list("pk", "has_monitor", "has_settings", "has_people")
    }
    places = places_today()
    monitors, settings = (sum(found[place.pk][n] for place in places) for n in (0, 1))
    # Who served a municipality that has merged is counted by the one that it joined.
    people = sum(any(found[pk][2] for pk in place.counted_ids(day)) for place in places)
    return SetUp(len(places), monitors, settings, people)
