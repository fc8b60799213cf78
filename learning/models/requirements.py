"""What must be completed, by whom, by when; and what fulfils it."""

from datetime import date, datetime, time
from typing import Any, ClassVar, Final, Self
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from home.publication import ChangeNumber
from learning.models.people import today
from learning.models.places import Municipality
from learning.roles import Role
from learning.rules.due import Rule
from learning.rules.validity import Period, Terms, ValidityKind

# Raised whenever what is required changes.
REQUIREMENTS: Final = ChangeNumber("requirements")

SHORTEST_MONTH: Final = 28

VALIDITY_LABELS: Final = {
    ValidityKind.FOR_GOOD: _("for good"),
    ValidityKind.FROM_COMPLETION: _("from the day of completion"),
    ValidityKind.FROM_PREVIOUS_END: _("from the previous end: who renews early loses nothing"),
    ValidityKind.CALENDAR: _("in fixed calendar periods"),
}


def end_of(day: date) -> datetime:
    """The last moment of a day in the Netherlands (DESIGN §4.12)."""
    return timezone.make_aware(datetime.combine(day, time.max))


class RequirementQuerySet(models.QuerySet["Requirement"]):
    def on(self, day: date) -> Self:
        """Those in force on a day, and ready to be counted."""
        return self.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=day),
            starts_on__lte=day,
            is_ready=True,
            subject_is_live=True,
        )

    def concerning(self, municipality: Municipality) -> Self:
        """National ones and a municipality's own, national ones first."""
        return self.filter(Q(municipality__isnull=True) | Q(municipality=municipality)).order_by(
            models.F("municipality").asc(nulls_first=True), "position", "pk"
        )

    def about(self, subject_key: UUID) -> Self:
        """Those that somebody's completion of a module or learning path may fulfil."""
        return self.filter(Q(subject_key=subject_key) | Q(renewal_key=subject_key))


class Requirement(models.Model):
    """A module or learning path that some roles must complete, nationally or in one municipality.

    Without a due date it is an offer: it is counted, and nobody is late. It must never come to
    say anything of a person: what somebody owes is computed (learning/rules/due.py).
    """

    class Renewal(models.TextChoices):
        WHOLE = "whole", _("the whole module again")
        TEST = "test", _("only the test")
        OTHER = "other", _("another, shorter module")

    # A module's or a learning path's translation_key. The title is kept for when it has gone.
    subject_key = models.UUIDField(_("module or learning path"))
    subject_title = models.CharField(_("title"), max_length=255)
    is_path = models.BooleanField(_("a learning path"), default=False)
    municipality = models.ForeignKey(
        Municipality,
        verbose_name=_("municipality"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="requirements",
        help_text=_("Empty: for the whole country."),
    )
    roles = models.JSONField(_("for whom"), default=list)
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    # Made for a module when it is published; its roles and title stay those of the module.
    follows_module = models.BooleanField(_("follows the module"), default=False)
    starts_on = models.DateField(_("from"), default=today)
    ends_on = models.DateField(_("through"), null=True, blank=True)
    due_on = models.DateField(_("to be finished by"), null=True, blank=True)
    due_days = models.PositiveSmallIntegerField(
        _("to be finished within so many days after somebody began to serve"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(3650)],
    )
    validity = models.CharField(
        _("how long a completion is valid"),
        max_length=20,
        choices=[(kind.value, label) for kind, label in VALIDITY_LABELS.items()],
        default=ValidityKind.FOR_GOOD,
    )
    valid_months = models.PositiveSmallIntegerField(
        _("months"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(120)],
    )
    calendar_start = models.DateField(_("a day on which a period begins"), null=True, blank=True)
    renewal_days = models.PositiveSmallIntegerField(
        _("renewal opens so many days before the end"),
        default=60,
        validators=[MaxValueValidator(730)],
    )
    renewal_by = models.CharField(
        _("renewed by"), max_length=10, choices=Renewal, default=Renewal.WHOLE
    )
    renewal_key = models.UUIDField(_("module that renews it"), null=True, blank=True)
    accepts_earlier = models.BooleanField(
        _("earlier completions count"),
        default=True,
        help_text=_("Also what somebody finished before this requirement began."),
    )
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("set by"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    # Asks only the people who are named for it (`RequirementPerson`), of one municipality.
    is_personal = models.BooleanField(default=False, editable=False)
    # False while what was finished before is being looked up (learning/holdings.py).
    is_ready = models.BooleanField(default=False, editable=False)
    # Nobody is asked for what cannot be done: false while its page is not published.
    subject_is_live = models.BooleanField(default=True, editable=False)

    objects = RequirementQuerySet.as_manager()

    class Meta:
        verbose_name = _("requirement")
        verbose_name_plural = _("requirements")
        ordering: ClassVar = ["position", "pk"]
        constraints: ClassVar = [
            # Two due dates would be two answers to one question.
            models.CheckConstraint(
                condition=Q(due_on__isnull=True) | Q(due_days__isnull=True),
                name="requirement_has_one_way_to_be_due",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=models.F("starts_on")),
                name="requirement_ends_after_it_starts",
            ),
            # Valid "for a while" without a while could not be computed.
            models.CheckConstraint(
                condition=Q(validity=ValidityKind.FOR_GOOD.value, valid_months__isnull=True)
                | (~Q(validity=ValidityKind.FOR_GOOD.value) & Q(valid_months__gte=1)),
                name="requirement_validity_has_months",
            ),
            models.CheckConstraint(
                condition=~Q(validity=ValidityKind.CALENDAR.value)
                | Q(calendar_start__isnull=False),
                name="calendar_validity_has_a_start",
            ),
            models.CheckConstraint(
                condition=~Q(renewal_by="other") | Q(renewal_key__isnull=False),
                name="renewal_by_another_module_names_it",
            ),
            # The one that a module brings with it is made once, whoever publishes at once.
            # Named people are people of one municipality.
            models.CheckConstraint(
                condition=Q(is_personal=False) | Q(municipality__isnull=False),
                name="personal_requirement_is_of_a_municipality",
            ),
            models.UniqueConstraint(
                fields=["subject_key"],
                condition=Q(follows_module=True),
                name="one_requirement_follows_a_module",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["subject_key"], name="requirement_by_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.subject_title} ({self.municipality or gettext('the whole country')})"

    @property
    def role_labels(self) -> list[str]:
        return [str(role.label) for role in Role if role.value in self.roles]

    def clean(self) -> None:
        """Refuse what contradicts itself, with words that say what to do."""
        errors: dict[str, str] = {}
        if not self.roles:
            errors["roles"] = gettext("Choose at least one role.")
        if self.due_on and self.due_days:
            errors["due_days"] = gettext("Choose a date or a number of days, not both.")
        if self.due_on and self.due_on < self.starts_on:
            errors["due_on"] = gettext("Choose a day on or after the day on which it begins.")
        if self.ends_on and self.ends_on < self.starts_on:
            errors["ends_on"] = gettext("Choose a day on or after the day on which it begins.")
        errors |= self.faults_of_validity()
        if errors:
            raise ValidationError(errors)

    def faults_of_validity(self) -> dict[str, str]:
        errors: dict[str, str] = {}
        if self.validity != ValidityKind.FOR_GOOD and not self.valid_months:
            errors["valid_months"] = gettext("Say how many months a completion is valid.")
        if self.valid_months and self.renewal_days >= self.valid_months * SHORTEST_MONTH:
            errors["renewal_days"] = gettext(
                "Choose fewer days than a completion is valid: else renewal is always open."
            )
        if self.validity == ValidityKind.CALENDAR and not self.calendar_start:
            errors["calendar_start"] = gettext("Say on which day a period begins.")
        if self.renewal_by == self.Renewal.OTHER and not self.renewal_key:
            errors["renewal_key"] = gettext("Choose the module that renews it.")
        if self.renewal_key is not None and self.renewal_key == self.subject_key:
            errors["renewal_key"] = gettext("Choose another module than the one that it renews.")
        return errors

    @property
    def terms(self) -> Terms:
        """What it says of validity, as plain values."""
        return Terms(
            kind=ValidityKind(self.validity),
            months=self.valid_months or 0,
            calendar_start=self.calendar_start,
            renewal_days=self.renewal_days,
            counts_from=None if self.accepts_earlier else self.starts_on,
        )

    @property
    def rule(self) -> Rule:
        """What it asks of whom, as plain values."""
        return Rule(
            roles=frozenset(self.roles),
            days=Period(self.starts_on, self.ends_on),
            due_on=self.due_on,
            due_days=self.due_days,
            renewal_days=self.renewal_days,
        )

    def narrow(self, memberships: Any) -> Any:
        """Of these memberships, those of people and roles of whom it asks something."""
        memberships = memberships.filter(role__in=self.roles)
        if self.is_personal:
            named = RequirementPerson.objects.filter(requirement=self)
            memberships = memberships.filter(person__in=named.values("person"))
        return memberships

    def place_ids(self, day: date) -> list[int] | None:
        """The municipalities whose people it concerns on a day; None for all."""
        return None if self.municipality is None else self.municipality.counted_ids(day)


class RequirementPerson(models.Model):
    """Somebody of whom a requirement for named people asks something."""

    requirement = models.ForeignKey(Requirement, on_delete=models.CASCADE, related_name="named")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = "person of a requirement"
        constraints: ClassVar = [
            # Chosen twice is asked once.
            models.UniqueConstraint(
                fields=["requirement", "person"], name="one_naming_per_requirement"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.requirement_id}"


class HoldingQuerySet(models.QuerySet["Holding"]):
    def on(self, day: date) -> Self:
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day)


class Holding(models.Model):
    """Somebody fulfils a requirement, from a day through a day or for good.

    Worked out from completions by `rules.validity.periods` (learning/holdings.py), and may be
    thrown away at any time: it must never become the only place where something is known.
    """

    requirement = models.ForeignKey(Requirement, on_delete=models.CASCADE, related_name="holdings")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    # How it was reached (`Completion.Kind`), so that a list need not look that up.
    kind = models.CharField(max_length=20, default="finished")

    objects = HoldingQuerySet.as_manager()

    class Meta:
        verbose_name = "holding"
        indexes: ClassVar = [
            models.Index(fields=["requirement", "person"], name="holding_by_person"),
        ]

    def __str__(self) -> str:
        return f"{self.requirement_id} {self.starts_on} {self.ends_on or '-'}"


class WaiverQuerySet(models.QuerySet["Waiver"]):
    def on(self, day: date) -> Self:
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day)


class Waiver(models.Model):
    """Somebody need not fulfil a requirement, for a reason. Ended, never deleted."""

    requirement = models.ForeignKey(Requirement, on_delete=models.CASCADE, related_name="waivers")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="waivers"
    )
    reason = models.CharField(_("reason"), max_length=250)
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    granted_at = models.DateTimeField(default=timezone.now, editable=False)
    # By the monitor of which municipality: what they say counts for their own people.
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField(_("from"), default=today)
    ends_on = models.DateField(_("through"), null=True, blank=True)

    objects = WaiverQuerySet.as_manager()

    class Meta:
        verbose_name = _("waiver")
        verbose_name_plural = _("waivers")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=models.F("starts_on")),
                name="waiver_ends_after_it_starts",
            ),
            # A double click waives once.
            models.UniqueConstraint(
                fields=["requirement", "person", "municipality"],
                condition=Q(ends_on__isnull=True),
                name="one_open_waiver_per_requirement",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.requirement_id} {self.starts_on}"
