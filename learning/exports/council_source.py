"""What the report to the council is made from, and what of it may be shown."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from learning import monitoring
from learning.models import Municipality, Requirement, Snapshot
from learning.models.people import today
from learning.monitoring import RequirementFigures, Tally
from learning.overview import Compared, at_a_glance
from learning.roles import Role
from learning.rules.disclosure import SMALLEST_GROUP, hidden_roles

MOST_MONTHS: Final = 13


@dataclass(frozen=True, slots=True)
class Source:
    """What the report is made from. Per requirement: totals of earlier days, and others."""

    municipality: Municipality
    day: date
    figures: Sequence[RequirementFigures]
    past: Mapping[int, Sequence[tuple[date, Tally]]] = field(default_factory=dict)
    compared: Mapping[int, Compared] = field(default_factory=dict)

    @property
    def large(self) -> list[RequirementFigures]:
        """The requirements that concern enough people to say something of."""
        return [each for each in self.figures if each.total.members >= SMALLEST_GROUP]


def visible_roles(figures: RequirementFigures) -> set[Role]:
    """The roles that may be shown beside the total."""
    members = {role.value: tally.members for role, tally in figures.by_role.items()}
    hidden = hidden_roles(figures.total.members, members)
    return {role for role in figures.by_role if role.value not in hidden}


def past_of(
    municipality: Municipality, requirements: Sequence[Requirement], day: date
) -> dict[int, list[tuple[date, Tally]]]:
    """The totals of earlier days: the last that was kept of each month."""
    rows = (
        Snapshot.objects.filter(
            municipality=municipality, requirement__in=requirements, role="", day__lt=day
        )
        .order_by("-day")
        .values_list("requirement", "day", *monitoring.TALLIED)
    )
    months: dict[int, dict[tuple[int, int], tuple[date, Tally]]] = defaultdict(dict)
    for requirement, measured, *numbers in rows.iterator():
        month = (measured.year, measured.month)
        if month != (day.year, day.month):
            months[requirement].setdefault(month, (measured, Tally(*numbers)))
    return {pk: sorted(found.values())[-MOST_MONTHS:] for pk, found in months.items()}


def source_of(municipality: Municipality, figures: Sequence[RequirementFigures]) -> Source:
    day = today()
    requirements = [each.requirement for each in figures]
    glances = at_a_glance(municipality, figures)
    return Source(
        municipality,
        day,
        figures,
        past_of(municipality, requirements, day),
        {each.requirement.pk: each.compared for each in glances},
    )
