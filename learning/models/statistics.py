"""How well questions work, counted at night and kept."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from learning.models.people import today
from learning.rules.item_statistics import FEW, HARD


class QuestionStatistic(models.Model):
    """One question's figures in one quiz, or over all quizzes together (no `quiz_key`).

    Counted from first attempts (learning/question_statistics.py), and kept only of five answers
    or more. It must never be split by municipality or role.
    """

    question_key = models.UUIDField(_("question"))
    quiz_key = models.UUIDField(_("quiz"), null=True)
    # What was asked: when that changes, counting begins anew.
    signature = models.CharField(max_length=64)
    asked = models.PositiveIntegerField(_("times asked"))
    answers = models.PositiveIntegerField(_("answers"))
    facility = models.FloatField(_("share of the points"))
    discrimination = models.FloatField(_("discrimination"), null=True)
    median_seconds = models.PositiveIntegerField(_("median time"), null=True)
    # Per option how often it was chosen, or null where that is not shown.
    options: models.JSONField[dict[str, int | None], dict[str, int | None]] = models.JSONField(
        _("options"), default=dict
    )
    never_chosen = models.BooleanField(_("has an option that nobody chose"), default=False)
    counted_on: models.DateField[date, date] = models.DateField(_("counted on"), default=today)

    class Meta:
        verbose_name = _("figures of a question")
        verbose_name_plural = _("figures of questions")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["question_key", "quiz_key"],
                condition=Q(quiz_key__isnull=False),
                name="one_statistic_per_question_and_quiz",
            ),
            models.UniqueConstraint(
                fields=["question_key"],
                condition=Q(quiz_key__isnull=True),
                name="one_statistic_per_question",
            ),
            # Of fewer it is not kept, so it cannot be shown by mistake either.
            models.CheckConstraint(
                condition=Q(answers__gte=5), name="question_statistics_of_five_or_more"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question_key} {self.quiz_key or 'all'}"

    @property
    def is_hard(self) -> bool:
        return self.facility < HARD

    @property
    def is_negative(self) -> bool:
        return self.discrimination is not None and self.discrimination < 0

    @property
    def is_suspicious(self) -> bool:
        return self.is_negative or self.never_chosen

    @property
    def is_uncertain(self) -> bool:
        return self.answers < FEW

    @property
    def facility_percent(self) -> int:
        return round(100 * self.facility)


class SettledAnswers(models.Model):
    """What answers that were removed came to, per question as it was then asked, and quiz.

    Sums alone, so that figures stay true when answers go (learning/settling.py). It must never
    come to hold a person, an attempt or a moment, and is shown nowhere by itself.
    """

    question_key = models.UUIDField(_("question"))
    quiz_key = models.UUIDField(_("quiz"))
    signature = models.CharField(max_length=64)
    tally = models.JSONField(default=dict)

    class Meta:
        verbose_name = "settled answers"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["question_key", "quiz_key", "signature"],
                name="one_sum_of_settled_answers_per_question_and_quiz",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question_key} {self.quiz_key}"
