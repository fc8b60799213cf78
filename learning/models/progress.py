"""How far a person is. It hangs on the content's `translation_key` (DESIGN §4.1)."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learning.models.places import Municipality
from learning.roles import Role


class OwnQuerySet(models.QuerySet[Any]):
    """Rows of one person, which nobody else reads: scores, answers, minutes.

    What a monitor may know of them, status and dates, comes from `learning.monitoring`.
    """

    def visible_to(self, viewer: Any) -> Self:
        if not viewer.is_authenticated:
            return self.none()
        return self.filter(person=viewer)


class Enrolment(models.Model):
    """A person and a module. Exists from the moment that they begin."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="enrolments"
    )
    module_key = models.UUIDField(_("module"))
    started_at = models.DateTimeField(_("begun"), default=timezone.now)
    last_active_at = models.DateTimeField(_("last active"), default=timezone.now)
    # Where to go on, on whatever device: the step, and the place within it.
    last_step_key = models.UUIDField(null=True, blank=True)
    last_anchor = models.CharField(max_length=130, blank=True)

    objects = OwnQuerySet.as_manager()

    class Meta:
        verbose_name = _("enrolment")
        verbose_name_plural = _("enrolments")
        constraints: ClassVar = [
            # Two tabs that begin at once begin one enrolment.
            models.UniqueConstraint(
                fields=["person", "module_key"], name="one_enrolment_per_person_and_module"
            ),
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


class Completion(models.Model):
    """The lasting proof that somebody finished. It outlives the module (DESIGN §4.3).

    It must never come to depend on a page: all that it says, it carries itself.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="completions"
    )
    module_key = models.UUIDField(_("module"))
    module_title = models.CharField(_("title of the module"), max_length=255)
    module_version = models.PositiveIntegerField(_("version of the module"), default=1)
    completed_on = models.DateField(_("completed on"))
    completed_at = models.DateTimeField(default=timezone.now, editable=False)
    valid_until = models.DateField(_("valid through"), null=True, blank=True)
    score = models.PositiveSmallIntegerField(_("score in percent"), null=True, blank=True)
    # As they were on that day: people move, roles change, municipalities merge.
    municipality = models.ForeignKey(
        Municipality, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    municipality_name = models.CharField(max_length=80, blank=True)
    role = models.CharField(max_length=20, choices=Role, blank=True)
    # Set when a later one takes its place; the proof itself stays.
    archived_at = models.DateTimeField(null=True, blank=True)

    objects = OwnQuerySet.as_manager()

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
        ]

    def __str__(self) -> str:
        return f"{self.module_title} ({self.completed_on:%d-%m-%Y})"
