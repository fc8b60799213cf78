"""Who takes part in a meeting. It hangs on the meeting's `translation_key` (DESIGN §4.1)."""

from datetime import datetime
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learning.models import Completion


class OccasionQuerySet(models.QuerySet["Occasion"]):
    def coming(self, now: datetime) -> Self:
        """Those that have yet to begin."""
        return self.filter(starts_at__gt=now)

    def organised_by(self, person: Any) -> Self:
        return self.filter(organisers__person=person)


class Occasion(models.Model):
    """A meeting as those who take part were last told of it, in whatever language.

    It outlives its page. Whoever signs up, cancels or fills up locks this row, so that they come
    one after the other.
    """

    key = models.UUIDField(_("meeting"), unique=True, editable=False)
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    where = models.CharField(_("where"), max_length=250, blank=True)
    is_cancelled = models.BooleanField(_("cancelled"), default=False)
    # RFC 5545: raised with each change that calendars must know of.
    sequence = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField(_("changed"), default=timezone.now)

    objects = OccasionQuerySet.as_manager()

    class Meta:
        verbose_name = _("time and place of a meeting")
        verbose_name_plural = _("times and places of meetings")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=models.F("starts_at")), name="occasion_ends_after_it_starts"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["starts_at"], name="occasion_by_time")]

    def __str__(self) -> str:
        return f"{self.key} {self.starts_at:%Y-%m-%d %H:%M}"


class SignUpQuerySet(models.QuerySet["SignUp"]):
    def visible_to(self, viewer: Any) -> Self:
        """The gate: one's own, and those of meetings that one organises."""
        if not viewer.is_authenticated or not viewer.is_active:
            return self.none()
        return self.filter(
            Q(person=viewer)
            | Q(occasion__in=Organiser.objects.filter(person=viewer).values("occasion"))
        )

    def with_place(self) -> Self:
        return self.filter(seat__isnull=False)

    def waiting(self) -> Self:
        return self.filter(seat__isnull=True)

    def in_order(self) -> Self:
        """Of arrival: rows are made one after the other (see `Occasion`)."""
        return self.order_by("pk")


class SignUp(models.Model):
    """Somebody who wants to come: with a seat, or waiting for one. Cancelling removes it."""

    occasion = models.ForeignKey(
        Occasion, verbose_name=_("meeting"), on_delete=models.PROTECT, related_name="sign_ups"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.CASCADE,
        related_name="sign_ups",
    )
    # Empty: on the waiting list.
    seat = models.PositiveIntegerField(_("place"), null=True, blank=True)
    signed_up_at = models.DateTimeField(_("signed up"), default=timezone.now)
    # Empty: nobody has said.
    attended = models.BooleanField(_("was there"), null=True, blank=True)
    completion = models.ForeignKey(
        Completion, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = SignUpQuerySet.as_manager()

    class Meta:
        verbose_name = _("sign-up")
        verbose_name_plural = _("sign-ups")
        constraints: ClassVar = [
            # A click twice, or two tabs, is signing up once.
            models.UniqueConstraint(fields=["occasion", "person"], name="one_sign_up_per_person"),
            # Two at once for the last seat: one of them gets it, whatever the code does.
            models.UniqueConstraint(
                fields=["occasion", "seat"],
                condition=Q(seat__isnull=False),
                name="one_person_per_seat",
            ),
            models.CheckConstraint(
                condition=Q(seat__isnull=True) | Q(seat__gte=1), name="seats_count_from_one"
            ),
            models.CheckConstraint(
                condition=Q(attended__isnull=True) | Q(seat__isnull=False),
                name="only_who_had_a_place_was_there",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.occasion_id} {self.person_id}"

    @property
    def has_place(self) -> bool:
        return self.seat is not None


class Organiser(models.Model):
    """Somebody who sees who takes part in one meeting, and ticks who was there."""

    occasion = models.ForeignKey(
        Occasion, verbose_name=_("meeting"), on_delete=models.CASCADE, related_name="organisers"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.CASCADE,
        related_name="organises",
    )
    named_at = models.DateTimeField(_("since"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("organiser of a meeting")
        verbose_name_plural = _("organisers of meetings")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["occasion", "person"], name="one_organiser_per_meeting_and_person"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.occasion_id} {self.person_id}"


class CalendarKey(models.Model):
    """The secret in the address of somebody's own calendar; only its hash is kept."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_key"
    )
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField(_("made"), default=timezone.now)

    class Meta:
        verbose_name = _("address of somebody’s calendar")
        verbose_name_plural = _("addresses of people’s calendars")

    def __str__(self) -> str:
        return f"{self.person_id} {self.made_at:%Y-%m-%d}"
