"""What is counted over the whole country, and kept."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from learning.models.people import today


class FirstTries(models.Model):
    """How many passed a module's test the first time that they took it.

    Counted at night from attempts (learning/first_tries.py), and only where five people or more
    took it. It must never be split by municipality or role: then it would speak of few people.
    """

    module_key = models.UUIDField(_("module"), unique=True)
    module_title = models.CharField(_("title of the module"), max_length=255)
    people = models.PositiveIntegerField(_("people"))
    passed = models.PositiveIntegerField(_("passed at once"))
    counted_on: models.DateField[date, date] = models.DateField(_("counted on"), default=today)

    class Meta:
        verbose_name = _("first tries")
        verbose_name_plural = _("first tries")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(passed__lte=F("people")), name="no_more_pass_than_try"
            ),
            # Of fewer it is not kept, so it cannot be shown by mistake either.
            models.CheckConstraint(condition=Q(people__gte=5), name="first_tries_of_five_or_more"),
        ]

    def __str__(self) -> str:
        return self.module_title

    @property
    def percentage(self) -> int:
        """The share that passed at once, in whole percents, rounded down."""
        return 100 * self.passed // self.people
