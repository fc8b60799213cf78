"""Attempts and answers. An attempt is pinned to what was asked (DESIGN §4.2)."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learning.models.progress import OwnQuerySet
from learning.models.questions import QuestionVersion
from learning.rules.grading import Response
from learning.rules.quiz_terms import Terms


class AttemptQuerySet(OwnQuerySet):
    def open(self) -> Self:
        return self.filter(submitted_at__isnull=True)


class Attempt(models.Model):
    """One go at a quiz.

    The quiz's title, its place and its pass mark are copied in, the questions are pinned, so
    that an attempt can be finished, marked and shown whatever becomes of the pages.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="attempts"
    )
    quiz_key = models.UUIDField(_("quiz"))
    module_key = models.UUIDField(_("module"))
    quiz_title = models.CharField(_("title of the quiz"), max_length=255)
    module_title = models.CharField(_("title of the module"), max_length=255)
    number = models.PositiveIntegerField(_("number"))
    pass_mark = models.PositiveSmallIntegerField(_("pass mark in percent"))
    # How the quiz was when this began, as `learning.rules.quiz_terms.Terms` has it.
    terms = models.JSONField(default=dict)
    ends_at = models.DateTimeField(_("to be handed in before"), null=True, blank=True)
    started_at = models.DateTimeField(_("begun"), default=timezone.now)
    submitted_at = models.DateTimeField(_("handed in"), null=True, blank=True)
    percentage = models.PositiveSmallIntegerField(_("score in percent"), null=True, blank=True)
    passed = models.BooleanField(_("passed"), null=True, blank=True)
    # What was answered is kept for a year; what came of it stays (learning/settling.py).
    answers_removed_at = models.DateTimeField(_("answers removed"), null=True, blank=True)

    objects = AttemptQuerySet.as_manager()

    class Meta:
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "quiz_key", "number"], name="attempts_are_numbered"
            ),
            # Two tabs that begin at once go on with one attempt.
            models.UniqueConstraint(
                fields=["person", "quiz_key"],
                condition=Q(submitted_at__isnull=True),
                name="one_open_attempt_per_quiz",
            ),
            # Handed in is marked: there is no state in between to be killed in.
            models.CheckConstraint(
                condition=Q(submitted_at__isnull=True, percentage__isnull=True, passed__isnull=True)
                | Q(
                    submitted_at__isnull=False,
                    percentage__isnull=False,
                    passed__isnull=False,
                    percentage__lte=100,
                ),
                name="submitted_attempt_is_marked",
            ),
            models.CheckConstraint(
                condition=Q(pass_mark__gte=1, pass_mark__lte=100), name="pass_mark_is_percent"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quiz_title} ({self.number})"

    @property
    def is_open(self) -> bool:
        return self.submitted_at is None

    @property
    def rules(self) -> Terms:
        """The terms of the quiz with which it began."""
        return Terms.from_json(self.terms)


class AttemptItem(models.Model):
    """A question within an attempt: which version was asked, and in which order its options."""

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField(_("position"))
    version = models.ForeignKey(QuestionVersion, on_delete=models.PROTECT, related_name="+")
    # Which lesson to read again, whatever its language or address is by then.
    lesson_key = models.UUIDField(null=True, blank=True)
    option_order = models.JSONField(_("order of the options"), default=list)
    # How heavily it counts; nothing for what is not marked.
    weight = models.PositiveSmallIntegerField(_("weight"), default=1)
    shown_at = models.DateTimeField(_("first shown"), null=True, blank=True)
    # Marked anew by the key of a later version; what was asked stays what it was.
    marked_by = models.ForeignKey(
        QuestionVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # Feedback was given at once: what was answered stands.
    settled_at = models.DateTimeField(_("answered for good"), null=True, blank=True)

    class Meta:
        verbose_name = _("question in an attempt")
        verbose_name_plural = _("questions in an attempt")
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["attempt", "position"], name="one_item_per_position"),
            # Asked twice would count twice.
            models.UniqueConstraint(fields=["attempt", "version"], name="one_item_per_question"),
        ]

    def __str__(self) -> str:
        return f"{self.position}"

    @property
    def key_version(self) -> QuestionVersion:
        """The version that says what is right: the one that was asked, unless marked anew."""
        return self.marked_by or self.version

    @property
    def response(self) -> Response:
        """What is answered now; empty when there is no answer."""
        answer: Answer | None = getattr(self, "answer", None)
        return answer.response if answer is not None else []

    @property
    def is_answered(self) -> bool:
        return bool(self.response)

    @property
    def certainty(self) -> int | None:
        answer: Answer | None = getattr(self, "answer", None)
        return answer.certainty if answer is not None else None


class Answer(models.Model):
    """What was answered: keys, the same in every language, or what was written."""

    class Certainty(models.IntegerChoices):
        GUESSED = 1, _("I guess")
        DOUBT = 2, _("I am in doubt")
        CERTAIN = 3, _("I am certain")

    item = models.OneToOneField(AttemptItem, on_delete=models.CASCADE, related_name="answer")
    response = models.JSONField(_("what was answered"), default=list)
    # Shown in the feedback and never in the mark.
    certainty = models.PositiveSmallIntegerField(
        _("how certain"), choices=Certainty, null=True, blank=True
    )
    answered_at = models.DateTimeField(_("answered"), default=timezone.now)
    # Set when the attempt is handed in: thousandths of a point, so that no rounding is lost.
    millipoints = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(millipoints__isnull=True) | Q(millipoints__lte=1000),
                name="answer_earns_at_most_one_point",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id}"


class Remarking(models.Model):
    """Answers to a question were marked anew, by the key of another version. Only added to."""

    question_key = models.UUIDField(_("question"))
    version = models.ForeignKey(QuestionVersion, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("reason"), max_length=300)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(_("when"), default=timezone.now)
    answers = models.PositiveIntegerField(_("answers with another mark"))
    attempts = models.PositiveIntegerField(_("attempts with another score"))
    passes = models.PositiveIntegerField(_("attempts that became a pass"))
    kept = models.PositiveIntegerField(_("passes that stayed though the score is too low now"))

    class Meta:
        verbose_name = _("marking anew")
        verbose_name_plural = _("marking anew")
        ordering: ClassVar = ["-at"]

    def __str__(self) -> str:
        return f"{self.version}"
