"""Counted progress, kept so that a page need not count the nation again."""

from collections.abc import Iterable
from typing import ClassVar, Final

from django.db import models
from django.db.models import F, Q

from home.publication import ChangeNumber
from learning.models.places import Municipality

# Raised whenever somebody comes, leaves or is called otherwise (see `FigureChange.note`).
MEMBERS: Final = ChangeNumber("members")

COUNTS: Final = (
    "to_do",
    "under_way",
    "overdue",
    "completed",
    "renewal_open",
    "lapsed",
)


class Counts(models.Model):
    """How many members stand how with a requirement on a day (`rules.due.Standing`).

    `role` is empty for all roles together: somebody with two roles counts once there. `members`
    are those to whom it applies; who was let off is not among them.
    """

    role = models.CharField(max_length=20, blank=True)
    day = models.DateField()
    members = models.PositiveIntegerField(default=0)
    to_do = models.PositiveIntegerField(default=0)
    under_way = models.PositiveIntegerField(default=0)
    overdue = models.PositiveIntegerField(default=0)
    completed = models.PositiveIntegerField(default=0)
    renewal_open = models.PositiveIntegerField(default=0)
    lapsed = models.PositiveIntegerField(default=0)
    # Valid today, and no longer within 60 days.
    lapsing = models.PositiveIntegerField(default=0)
    waived = models.PositiveIntegerField(default=0)

    class Meta:
        abstract = True


# Everybody has one standing: a row that does not add up is a fault in what counted it.
ADDS_UP: Final = Q(
    members=F("to_do")
    + F("under_way")
    + F("overdue")
    + F("completed")
    + F("renewal_open")
    + F("lapsed")
)


class Figure(Counts):
    """A municipality's counts as of the last day that they were looked at.

    Worked out from memberships, enrolments and completions (learning/figures.py); may be thrown
    away at any time, and must never become the only place where something is known.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="figures")
    requirement = models.ForeignKey(
        "learning.Requirement", on_delete=models.CASCADE, related_name="figures"
    )

    class Meta:
        verbose_name = "figure"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["municipality", "requirement", "role"], name="one_figure_per_cell"
            ),
            models.CheckConstraint(condition=ADDS_UP, name="figure_adds_up"),
        ]

    def __str__(self) -> str:
        return f"{self.municipality_id} {self.requirement_id} {self.role or 'all'} {self.day}"


class Snapshot(Counts):
    """The counts of a day that has passed, for trends (learning/snapshots.py).

    A municipality's are over all roles together. The nation's (no municipality) are also per
    role, and hold only municipalities that are large enough to show (rules/disclosure.py).
    """

    municipality = models.ForeignKey(
        Municipality, null=True, on_delete=models.CASCADE, related_name="snapshots"
    )
    requirement = models.ForeignKey(
        "learning.Requirement", on_delete=models.CASCADE, related_name="snapshots"
    )

    class Meta:
        verbose_name = "snapshot"
        constraints: ClassVar = [
            # A day that is counted twice stands there once.
            models.UniqueConstraint(
                fields=["requirement", "municipality", "day"],
                condition=Q(municipality__isnull=False),
                name="one_snapshot_per_municipality_and_day",
            ),
            models.UniqueConstraint(
                fields=["requirement", "role", "day"],
                condition=Q(municipality__isnull=True),
                name="one_snapshot_of_the_nation_per_day",
            ),
            models.CheckConstraint(condition=ADDS_UP, name="snapshot_adds_up"),
        ]

    def __str__(self) -> str:
        return f"{self.municipality_id or 'nation'} {self.requirement_id} {self.day}"


class FigureChange(models.Model):
    """Something happened that changes figures. Written with what happened, in one transaction.

    Only ever added and removed, never updated: two people who finish at the same moment do
    not wait for each other, and a reader removes only what it has seen and counted.
    `requirement` is empty when all are concerned (somebody came or left).
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="+")
    requirement = models.ForeignKey(
        "learning.Requirement", null=True, on_delete=models.CASCADE, related_name="+"
    )

    class Meta:
        verbose_name = "change of figures"

    def __str__(self) -> str:
        return f"{self.municipality_id} {self.requirement_id or 'all'}"

    @staticmethod
    def note(municipality_ids: Iterable[int], requirement_ids: Iterable[int] | None = None) -> None:
        """Say that figures of these municipalities have changed, for some requirements or all."""
        concerned = [None] if requirement_ids is None else list(requirement_ids)
        FigureChange.objects.bulk_create(
            FigureChange(municipality_id=place, requirement_id=requirement)
            for place in municipality_ids
            for requirement in concerned
        )
        if requirement_ids is None:
            MEMBERS.announce()
