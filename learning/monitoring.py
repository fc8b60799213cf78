"""What a monitor sees: a municipality's people by status, and the nation's totals.

The two never mix: a municipality's monitor reads names through `Membership.visible_to`, the
national monitor reads kept figures and nothing else (DESIGN §4.6).
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.db.models import Sum

from accounts.models import User
from home.chamber import Chamber, chamber
from learning.figures import ALL_ROLES, bring_up_to_date, figures_of
from learning.models import Figure, Membership, ModulePage, Municipality
from learning.models.people import MembershipQuerySet, watched_ids, watches_nation
from learning.roles import Role
from learning.rules.disclosure import shown
from learning.rules.progress import Status

NOBODY: Final = "nobody"


@dataclass(frozen=True, slots=True)
class Tally:
    """How many people are how far."""

    members: int = 0
    under_way: int = 0
    completed: int = 0

    @property
    def not_started(self) -> int:
        return self.members - self.under_way - self.completed

    @property
    def percentage(self) -> int:
        """The share that has finished, in whole percents, rounded down: 100 means everybody."""
        return 100 * self.completed // self.members if self.members else 0

    @property
    def has_begun(self) -> int:
        """Finished and under way together: where the bar's second part ends."""
        return self.completed + self.under_way

    def of(self, status: Status) -> int:
        return int(getattr(self, status.value))

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.members + other.members,
            self.under_way + other.under_way,
            self.completed + other.completed,
        )


def tally(figure: Figure | None) -> Tally:
    return Tally(figure.members, figure.under_way, figure.completed) if figure else Tally()


@dataclass(frozen=True, slots=True)
class ModuleFigures:
    """A module in one municipality: everybody, and role by role where the module is for them."""

    module: ModulePage
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


def module_figures(
    municipality: Municipality, modules: Sequence[ModulePage]
) -> list[ModuleFigures]:
    """Every module's figures in a municipality, as of today."""
    figures = figures_of(municipality, modules)
    return [
        ModuleFigures(
            module,
            tally(figures.get((module.translation_key, ALL_ROLES))),
            {
                role: tally(figures[module.translation_key, role])
                for role in Role
                if (module.translation_key, role.value) in figures
            },
        )
        for module in modules
    ]


def council(members: Tally, seats: int) -> Chamber:
    """The council as a half circle: a seat per council member by status, then seats with nobody."""
    statuses = (
        [Status.COMPLETED] * members.completed
        + [Status.UNDER_WAY] * members.under_way
        + [Status.NOT_STARTED] * members.not_started
    )
    return chamber([*statuses, *[NOBODY] * (seats - len(statuses))])


@dataclass(frozen=True, slots=True)
class NationRow:
    """A municipality in the nation's table. Without a tally when it is too small to show."""

    municipality: Municipality
    tally: Tally | None


@dataclass(frozen=True, slots=True)
class Nation:
    """Totals of one module over the municipalities that are shown, and those in a table."""

    total: Tally
    rows: list[NationRow]
    by_role: list[tuple[Role, Tally | None]] = field(default_factory=list)

    @property
    def hidden(self) -> int:
        """How many municipalities have people, but too few to show."""
        return sum(row.tally is None for row in self.rows)


def nation(
    municipalities: Sequence[Municipality], module: ModulePage, *, with_roles: bool
) -> Nation:
    """A module across municipalities.

    Totals count only what is shown, so that a hidden municipality cannot be worked out by
    subtraction. For the same reason the split by role is made for the whole nation only:
    per province it could be compared with the nation's.
    """
    bring_up_to_date(municipalities, [module])
    kept = {
        pk: Tally(members, under_way, completed)
        for pk, members, under_way, completed in Figure.objects.filter(
            module_key=module.translation_key, role=ALL_ROLES
        ).values_list("municipality", "members", "under_way", "completed")
    }
    tallies = {m.pk: kept.get(m.pk, Tally()) for m in municipalities}
    visible = shown({pk: t.members for pk, t in tallies.items()}, total_shown=False)
    rows = [NationRow(m, tallies[m.pk] if m.pk in visible else None) for m in municipalities]
    total = sum((tallies[pk] for pk in visible), Tally())
    return Nation(total, rows, roles_of_nation(module, visible) if with_roles else [])


def roles_of_nation(
    module: ModulePage, municipality_ids: Iterable[int]
) -> list[tuple[Role, Tally | None]]:
    """Per role, over the municipalities that are shown; None where it would say too much."""
    sums = {
        row["role"]: Tally(row["all"], row["begun"], row["done"])
        for row in Figure.objects.filter(
            module_key=module.translation_key, municipality__in=list(municipality_ids)
        )
        .exclude(role=ALL_ROLES)
        .values("role")
        .annotate(all=Sum("members"), begun=Sum("under_way"), done=Sum("completed"))
    }
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
