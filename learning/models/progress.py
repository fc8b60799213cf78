"""How far a person is. It hangs on the content's `translation_key` (DESIGN §4.1)."""

from datetime import date
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learning.models.places import Municipality
from learning.roles import Role
from learning.rules.certificates import Facts, Standing, standing


class OwnQuerySet(models.QuerySet[Any]):
    """Rows of one person, which nobody else reads: scores, answers, minutes.

    What a monitor may know of them, status and dates, comes from `learning.monitoring`.
    """

    def visible_to(self, viewer: Any) -> Self:
        if not viewer.is_authenticated:
            return self.none()
        return self.filter(person=viewer)


class EnrolmentQuerySet(OwnQuerySet):
    def current(self) -> Self:
        """The rounds that somebody is in now: earlier ones are closed, and kept."""
        return self.filter(closed_at__isnull=True)


class Enrolment(models.Model):
    """A person and a module. Exists from the moment that they begin.

    Who does a module again, to renew it or because it changed, begins a new one.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="enrolments"
    )
    module_key = models.UUIDField(_("module"))
    started_at = models.DateTimeField(_("begun"), default=timezone.now)
    last_active_at = models.DateTimeField(_("last active"), default=timezone.now)
    # Where to go on, on whatever device: the step, and the place within it.
    last_step_key = models.UUIDField(null=True, blank=True)
    last_anchor = models.CharField(max_length=130, blank=True)
    # A renewal by the test alone: its lessons need not be read again.
    only_test = models.BooleanField(default=False)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("enrolment")
        verbose_name_plural = _("enrolments")
        constraints: ClassVar = [
            # Two tabs that begin at once begin one enrolment.
            models.UniqueConstraint(
                fields=["person", "module_key"],
                condition=Q(closed_at__isnull=True),
                name="one_current_enrolment_per_module",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["person", "module_key"], name="enrolment_by_module"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.module_key}"


class StepProgress(models.Model):
    """A step that a person has done."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="steps")
    step_key = models.UUIDField(_("step"))
    done_at = models.DateTimeField(_("done"), default=timezone.now)

    class Meta:
        verbose_name = _("step done")
        verbose_name_plural = _("steps done")
        constraints: ClassVar = [
            # A double click does a step once.
            models.UniqueConstraint(fields=["enrolment", "step_key"], name="one_progress_per_step"),
        ]

    def __str__(self) -> str:
        return str(self.step_key)


class CompletionQuerySet(OwnQuerySet):
    def current(self) -> Self:
        return self.filter(archived_at__isnull=True)


class Completion(models.Model):
    """The lasting proof that somebody finished. It outlives the module (DESIGN §4.3).

    It must never come to depend on a page: all that it says, it carries itself. `module_key` is
    a learning path's where `is_path` says so.
    """

    class Kind(models.TextChoices):
        FINISHED = "finished", _("finished here")
        TESTED_OUT = "tested_out", _("passed the test at the start")
        RECOGNISED = "recognised", _("earlier training, recognised")

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="completions"
    )
    module_key = models.UUIDField(_("module"))
    module_title = models.CharField(_("title of the module"), max_length=255)
    module_version = models.PositiveIntegerField(_("version of the module"), default=1)
    is_path = models.BooleanField(_("a learning path"), default=False)
    kind = models.CharField(_("how"), max_length=20, choices=Kind, default=Kind.FINISHED)
    completed_on = models.DateField(_("completed on"))
    completed_at = models.DateTimeField(default=timezone.now, editable=False)
    valid_until = models.DateField(_("valid through"), null=True, blank=True)
    score = models.PositiveSmallIntegerField(_("score in percent"), null=True, blank=True)
    # How long that takes, where it was followed here as a whole: not of a test alone, nor of
    # training elsewhere. A learning path's are those of its modules together.
    minutes = models.PositiveSmallIntegerField(_("minutes"), null=True, blank=True)
    # As they were on that day: people move, roles change, municipalities merge.
    municipality = models.ForeignKey(
        Municipality, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    municipality_name = models.CharField(max_length=80, blank=True)
    role = models.CharField(max_length=20, choices=Role, blank=True)
    # Of a recognition: on what it rests, and which monitor recorded it.
    evidence = models.CharField(_("evidence"), max_length=250, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    # From this day on it does not count: withdrawn, or the module is asked again.
    ended_on = models.DateField(_("no longer counts from"), null=True, blank=True)
    ended_because = models.CharField(_("why"), max_length=250, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    # It was not withdrawn: the module changed, and everybody is asked again.
    is_asked_again = models.BooleanField(default=False)
    # Set when a later one takes its place, or it is withdrawn; the proof itself stays.
    archived_at = models.DateTimeField(null=True, blank=True)

    objects = CompletionQuerySet.as_manager()

    class Meta:
        verbose_name = _("completion")
        verbose_name_plural = _("completions")
        constraints: ClassVar = [
            # Submitting twice, or from two devices, is finishing once.
            models.UniqueConstraint(
                fields=["person", "module_key"],
                condition=Q(archived_at__isnull=True),
                name="one_current_completion_per_module",
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True)
                | Q(valid_until__gte=models.F("completed_on")),
                name="completion_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(score__isnull=True) | Q(score__lte=100),
                name="completion_score_is_percent",
            ),
            # Recognising without saying on what it rests would be giving it away.
            models.CheckConstraint(
                condition=~Q(kind="recognised") | ~Q(evidence=""),
                name="recognition_names_its_evidence",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | ~Q(ended_because=""),
                name="ended_completion_says_why",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["module_key", "person"], name="completion_by_module"),
        ]

    def __str__(self) -> str:
        return f"{self.module_title} ({self.completed_on:%d-%m-%Y})"

    @property
    def facts(self) -> Facts:
        return Facts(
            valid_until=self.valid_until,
            ended_on=self.ended_on,
            is_asked_again=self.is_asked_again,
            is_archived=self.archived_at is not None,
        )

    @property
    def last_day(self) -> date | None:
        """Through when it counts; None where it is for good."""
        return self.facts.last_day

    @property
    def standing(self) -> Standing:
        """What it is worth today."""
        return standing(self.facts, timezone.localdate())
