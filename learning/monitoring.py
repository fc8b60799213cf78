"""What a monitor sees: a municipality's people by status, and the nation's totals.

The two never mix: a municipality's monitor reads names through `Membership.visible_to`, the
national monitor reads kept figures and nothing else (DESIGN §4.6).
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass, field, fields
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.db.models import Sum

from accounts.models import User
from home.chamber import Chamber, chamber
from learning.figures import ALL_ROLES, bring_up_to_date, figures_of
from learning.models import Figure, Membership, Municipality, Requirement
from learning.models.people import MembershipQuerySet, watched_ids, watches_nation
from learning.roles import Role
from learning.rules.disclosure import shown
from learning.rules.due import Standing

NOBODY: Final = "nobody"


@dataclass(frozen=True, slots=True)
class Tally:
    """How many people stand how with a requirement (`rules.due.Standing`)."""

    members: int = 0
    to_do: int = 0
    under_way: int = 0
    overdue: int = 0
    completed: int = 0
    renewal_open: int = 0
    lapsed: int = 0
    lapsing: int = 0
    waived: int = 0

    @property
    def fulfilled(self) -> int:
        """Who holds a valid completion: what the rate counts (DESIGN §4.4)."""
        return self.completed + self.renewal_open

    @property
    def behind(self) -> int:
        """Who should have finished by now: too late, or lapsed."""
        return self.overdue + self.lapsed

    @property
    def percentage(self) -> int:
        """The share that is in order, in whole percents, rounded down: 100 means everybody."""
        return 100 * self.fulfilled // self.members if self.members else 0

    @property
    def has_begun(self) -> int:
        """In order and under way together: where the bar's second part ends."""
        return self.fulfilled + self.under_way

    @property
    def on_time(self) -> int:
        """All but who is behind: where the bar's third part ends."""
        return self.has_begun + self.to_do

    def of(self, standing: Standing) -> int:
        return self.waived if standing is Standing.NOT_REQUIRED else int(getattr(self, standing))

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            *(mine + theirs for mine, theirs in zip(astuple(self), astuple(other), strict=True))
        )


TALLIED: Final = tuple(each.name for each in fields(Tally))


def tally(figure: Figure | None) -> Tally:
    return Tally(*(getattr(figure, name) for name in TALLIED)) if figure else Tally()


@dataclass(frozen=True, slots=True)
class RequirementFigures:
    """A requirement in one municipality: everybody, and role by role where it asks them."""

    requirement: Requirement
    total: Tally
    by_role: dict[Role, Tally]

    def of_role(self, role: str) -> Tally:
        return self.by_role.get(Role(role), Tally()) if role else self.total


def members_for(viewer: User, municipality: Municipality) -> MembershipQuerySet:
    """The gate to a municipality's page: its members of today, mergers included.

    Raises PermissionDenied for whoever has no grant for it.
    """
    watched = watched_ids(viewer)
    if municipality.pk not in watched:
        raise PermissionDenied
    return Membership.objects.visible_to(viewer, watched=watched).of(municipality)


def deny_unless_national(viewer: User) -> None:
    """The gate to the nation's totals. Raises PermissionDenied."""
    if not watches_nation(viewer):
        raise PermissionDenied


def requirement_figures(
    municipality: Municipality, requirements: Sequence[Requirement]
) -> list[RequirementFigures]:
    """Every requirement's figures in a municipality, as of today."""
    figures = figures_of(municipality, requirements)
    return [
        RequirementFigures(
            requirement,
            tally(figures.get((requirement.pk, ALL_ROLES))),
            {
                role: tally(figures[requirement.pk, role])
                for role in Role
                if (requirement.pk, role.value) in figures
            },
        )
        for requirement in requirements
    ]


def council(members: Tally, seats: int) -> Chamber:
    """The council as a half circle: a seat per council member by status, then seats with nobody.

    Dealt out in order of status: nobody's own place can be read from it.
    """
    statuses = (
        [Standing.COMPLETED.value] * members.fulfilled
        + [Standing.UNDER_WAY.value] * members.under_way
        + [Standing.TO_DO.value] * members.to_do
        + [Standing.OVERDUE.value] * members.behind
    )
    return chamber([*statuses, *[NOBODY] * (seats - len(statuses))])


@dataclass(frozen=True, slots=True)
class NationRow:
    """A municipality in the nation's table. Without a tally when it is too small to show."""

    municipality: Municipality
    tally: Tally | None


@dataclass(frozen=True, slots=True)
class Nation:
    """Totals of one requirement over the municipalities that are shown, and those in a table."""

    total: Tally
    rows: list[NationRow]
    by_role: list[tuple[Role, Tally | None]] = field(default_factory=list)

    @property
    def hidden(self) -> int:
        """How many municipalities have people, but too few to show."""
        return sum(row.tally is None for row in self.rows)


def nation(
    municipalities: Sequence[Municipality], requirement: Requirement, *, with_roles: bool
) -> Nation:
    """A requirement across municipalities.

    Totals count only what is shown, so that a hidden municipality cannot be worked out by
    subtraction. For the same reason the split by role is made for the whole nation only:
    per province it could be compared with the nation's.
    """
    bring_up_to_date(municipalities, [requirement])
    kept = {
        pk: Tally(*numbers)
        for pk, *numbers in Figure.objects.filter(
            requirement=requirement, role=ALL_ROLES
        ).values_list("municipality", *TALLIED)
    }
    tallies = {m.pk: kept.get(m.pk, Tally()) for m in municipalities}
    visible = shown({pk: t.members for pk, t in tallies.items()}, total_shown=False)
    rows = [NationRow(m, tallies[m.pk] if m.pk in visible else None) for m in municipalities]
    total = sum((tallies[pk] for pk in visible), Tally())
    return Nation(total, rows, roles_of_nation(requirement, visible) if with_roles else [])


def roles_of_nation(
    requirement: Requirement, municipality_ids: Iterable[int]
) -> list[tuple[Role, Tally | None]]:
    """Per role, over the municipalities that are shown; None where it would say too much."""
    rows: Any = (
        Figure.objects.filter(requirement=requirement, municipality__in=list(municipality_ids))
        .exclude(role=ALL_ROLES)
        .values("role")
        .annotate(**{f"sum_{name}": Sum(name) for name in TALLIED})
    )
    sums = {row["role"]: Tally(*(row[f"sum_{name}"] for name in TALLIED)) for row in rows}
    visible = shown({role: t.members for role, t in sums.items()})
    return [
        (Role(role), sums[role] if role in visible else None)
        for role in Role.values
        if role in sums
    ]


NATION_SORTS: Final = ("name", "province", "members", "percentage")


def sort_nation(rows: list[NationRow], by: str, *, descending: bool) -> list[NationRow]:
    """Sort the table. What has no figure comes last, whichever way one sorts."""

    def key(row: NationRow) -> Any:
        if by == "name":
            return row.municipality.display_name
        if by == "province":
            return (row.municipality.province, row.municipality.display_name)
        return getattr(row.tally, by)

    def has_value(row: NationRow) -> bool:
        return by in ("name", "province") or (row.tally is not None and row.tally.members > 0)

    parts: dict[bool, list[NationRow]] = defaultdict(list)
    for row in rows:
        parts[has_value(row)].append(row)
    return sorted(parts[True], key=key, reverse=descending) + parts[False]
