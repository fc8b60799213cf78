"""Counted progress, kept so that a page need not count the nation again."""

from collections.abc import Iterable
from typing import ClassVar, Final
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from home.publication import ChangeNumber
from learning.models.places import Municipality

# Raised whenever somebody comes, leaves or is called otherwise (see `FigureChange.note`).
MEMBERS: Final = ChangeNumber("members")


class Figure(models.Model):
    """How many members of a municipality are how far with a module, as of a day.

    `role` is empty for all roles together: somebody with two roles counts once there.
    Not started are those who are neither under way nor finished. These rows are worked out
    from memberships, enrolments and completions (learning/figures.py) and may be thrown
    away at any time; they must never become the only place where something is known.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="figures")
    module_key = models.UUIDField()
    role = models.CharField(max_length=20, blank=True)
    day = models.DateField()
    members = models.PositiveIntegerField()
    under_way = models.PositiveIntegerField()
    completed = models.PositiveIntegerField()

    class Meta:
        verbose_name = "figure"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["municipality", "module_key", "role"], name="one_figure_per_cell"
            ),
            models.CheckConstraint(
                condition=Q(members__gte=F("under_way") + F("completed")),
                name="figure_parts_fit_in_the_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.municipality_id} {self.role or 'all'} {self.day}"

    @property
    def not_started(self) -> int:
        return self.members - self.under_way - self.completed


class FigureChange(models.Model):
    """Something happened that changes figures. Written with what happened, in one transaction.

    Only ever added and removed, never updated: two people who finish at the same moment do
    not wait for each other, and a reader removes only what it has seen and counted.
    `module_key` is empty when all modules are concerned (somebody came or left).
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="+")
    module_key = models.UUIDField(null=True)

    class Meta:
        verbose_name = "change of figures"

    def __str__(self) -> str:
        return f"{self.municipality_id} {self.module_key or 'all'}"

    @staticmethod
    def note(municipality_ids: Iterable[int], module_key: UUID | None = None) -> None:
        """Say that figures of these municipalities have changed, for one module or for all."""
        FigureChange.objects.bulk_create(
            FigureChange(municipality_id=pk, module_key=module_key) for pk in municipality_ids
        )
        if module_key is None:
            MEMBERS.announce()
