"""One question a week by e-mail, about what somebody found hard. All of it is theirs alone."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learning.models.mail import OutgoingMail
from learning.models.progress import OwnQuerySet
from learning.models.questions import QuestionVersion
from learning.rules.grading import Response
from learning.rules.spacing import Memory


class RefresherSubscription(models.Model):
    """That somebody wants it. Without a row they do not: nobody is asked unless they asked."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="refresher_subscription"
    )
    started_at = models.DateTimeField(_("since"), default=timezone.now)
    # Up to here attempts were looked through for what went wrong.
    seen_until = models.DateTimeField(null=True, blank=True)

    objects = OwnQuerySet.as_manager()

    class Meta:
        verbose_name = _("subscription to refreshers")
        verbose_name_plural = _("subscriptions to refreshers")

    def __str__(self) -> str:
        return f"{self.person_id}"


class RefresherCard(models.Model):
    """What somebody remembers of a question that once went wrong (learning/rules/spacing.py)."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="refresher_cards"
    )
    question_key = models.UUIDField(_("question"))
    lesson_key = models.UUIDField(null=True, blank=True)
    stability = models.FloatField()
    difficulty = models.FloatField()
    reviewed_on = models.DateField()
    due_on = models.DateField(_("due"))

    objects = OwnQuerySet.as_manager()

    class Meta:
        verbose_name = _("question to refresh")
        verbose_name_plural = _("questions to refresh")
        constraints: ClassVar = [
            # A question that went wrong twice is one question.
            models.UniqueConstraint(
                fields=["person", "question_key"], name="one_refresher_card_per_question"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question_key}"

    @property
    def memory(self) -> Memory:
        return Memory(self.stability, self.difficulty, self.reviewed_on, self.due_on)

    @memory.setter
    def memory(self, memory: Memory) -> None:
        self.stability, self.difficulty = memory.stability, memory.difficulty
        self.reviewed_on, self.due_on = memory.reviewed_on, memory.due_on


class Refresher(models.Model):
    """A question that was asked by mail, pinned as it was then, and what was answered."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="refreshers"
    )
    version = models.ForeignKey(QuestionVersion, on_delete=models.PROTECT, related_name="+")
    option_order = models.JSONField(default=list)
    lesson_key = models.UUIDField(null=True, blank=True)
    mail = models.OneToOneField(
        OutgoingMail, null=True, on_delete=models.SET_NULL, related_name="refresher"
    )
    asked_on = models.DateField(_("asked on"))
    # The Monday of that week.
    week = models.DateField(editable=False)
    response = models.JSONField(default=list)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    millipoints = models.PositiveSmallIntegerField(null=True, blank=True)

    objects = OwnQuerySet.as_manager()

    class Meta:
        verbose_name = _("question of the week")
        verbose_name_plural = _("questions of the week")
        constraints: ClassVar = [
            # However many workers plan it, and however often: one a week.
            models.UniqueConstraint(fields=["person", "week"], name="one_refresher_a_week"),
            # Answered is marked, at once and for good.
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, millipoints__isnull=True)
                | Q(answered_at__isnull=False, millipoints__isnull=False, millipoints__lte=1000),
                name="answered_refresher_is_marked",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.asked_on}"

    @property
    def is_answered(self) -> bool:
        return self.answered_at is not None

    @property
    def given(self) -> Response:
        """What was answered; empty as long as nothing was."""
        response: Response = self.response
        return response
