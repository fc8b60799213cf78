"""Leaving and being erased: what waits for its day, and what can still be undone."""

from datetime import datetime
from typing import Any, ClassVar, Final, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learning.models.people import Membership
from learning.rules.retention import period

# Both for erasing an account and for leaving a municipality.
UNDO_WITHIN: Final = period("erasures")


class ErasureRequestQuerySet(models.QuerySet["ErasureRequest"]):
    def waiting(self) -> Self:
        """Those that were not undone."""
        return self.filter(undone_at__isnull=True)

    def due(self, now: datetime) -> Self:
        return self.waiting().filter(due_at__lte=now)


class ErasureRequest(models.Model):
    """Somebody wants their account erased, and may think better of it until `due_at`.

    It goes with what it asked for: it must never come to say that somebody was here.
    """

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.CASCADE,
        related_name="erasure_request",
    )
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    due_at = models.DateTimeField(_("erased on"))
    keep_certificates = models.BooleanField(_("keep my certificates checkable"), default=False)
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)

    objects = ErasureRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request to erase an account")
        verbose_name_plural = _("requests to erase an account")
        constraints: ClassVar = [
            # Without time to think again there would be nothing to undo.
            models.CheckConstraint(
                condition=Q(due_at__gt=F("asked_at")), name="erasure_waits_before_it_is_done"
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["due_at"], condition=Q(undone_at__isnull=True), name="erasure_waiting"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}"


class Departure(models.Model):
    """A membership was ended by the person: what is needed to undo that, for two weeks."""

    membership = models.OneToOneField(
        Membership, on_delete=models.CASCADE, related_name="departure"
    )
    left_at = models.DateTimeField(default=timezone.now)
    # The last day that they gave it, and the one that it had before: a planned end, or none.
    left_on = models.DateField()
    ends_on_before = models.DateField(null=True)

    class Meta:
        verbose_name = "departure"

    def __str__(self) -> str:
        return f"{self.membership_id}"

    @property
    def undo_until(self) -> Any:
        return self.left_at + UNDO_WITHIN

    def can_be_undone(self, now: datetime) -> bool:
        """Within two weeks, and while nobody else has said otherwise of the last day."""
        return now < self.undo_until and self.membership.ends_on == self.left_on


class RetentionNotice(models.Model):
    """Somebody was told that their account will be erased because nobody uses it.

    Goes as soon as they come back: the next time, both are sent anew.
    """

    class Stage(models.TextChoices):
        FIRST = "first", _("first notice")
        LAST = "last", _("last notice")

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="retention_notices"
    )
    stage = models.CharField(max_length=10, choices=Stage)
    sent_on = models.DateField()

    class Meta:
        verbose_name = "retention notice"
        constraints: ClassVar = [
            # However often the work of a day is done: each is sent once.
            models.UniqueConstraint(
                fields=["person", "stage"], name="one_retention_notice_per_stage"
            ),
            models.CheckConstraint(
                condition=Q(stage__in=["first", "last"]), name="retention_notice_has_a_known_stage"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.stage}"
