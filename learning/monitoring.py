"""What a municipality's monitor sees: its people by status, through `Membership.visible_to`.

The national monitor's part is learning/nation.py, which reads kept figures and nothing else; the
gates to both are here (DESIGN §4.6).
"""

from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields
from typing import Final

from django.core.exceptions import PermissionDenied

from accounts.models import User
from home.chamber import Chamber, chamber
from learning.figures import ALL_ROLES, figures_of
from learning.models import Figure, Membership, Municipality, Requirement
from learning.models.people import MembershipQuerySet, watched_ids, watches_nation
from learning.roles import Role
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
