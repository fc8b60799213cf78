"""The quiz: a step of a module that asks questions of the bank."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable, Page
from wagtail.search import index

from home.language_form import OneLanguagePageForm
from home.rich_text import SHORT_FEATURES
from learning.models.pages import LessonPage, StepPage
from learning.models.questions import Question, Topic
from learning.rules.quiz_terms import Counts, Feedback, Terms

FEEDBACK_LABELS = {
    Feedback.AT_ONCE: _("at once, after each question; an answer then stands"),
    Feedback.AFTER_ATTEMPT: _("after handing in"),
    Feedback.AFTER_PASSING: _("after passing"),
}
COUNTS_LABELS = {
    Counts.BEST: _("the best attempt"),
    Counts.LAST: _("the last attempt"),
    Counts.AVERAGE: _("the average of all attempts"),
}
WEIGHT = (MinValueValidator(1), MaxValueValidator(20))


class QuizForm(OneLanguagePageForm):
    """Looks at what a quiz asks as it is in the form: the page has it only once it is saved."""

    def kept(self, name: str) -> list[dict[str, Any]]:
        """The rows of a list that are filled in and stay."""
        formset = self.formsets[name]
        if not formset.is_valid():
            return []
        return [
            form.cleaned_data
            for form in formset.forms
            if form.cleaned_data and form not in formset.deleted_forms
        ]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        asked = [row["question"] for row in self.kept("quiz_questions")]
        if len(asked) != len(set(asked)):
            self.add_error(None, gettext("A question stands in this quiz twice. Remove one."))
        are_whole = all(formset.is_valid() for formset in self.formsets.values())
        counts = any(question.counts_for_marks for question in asked)
        # A draft may be unfinished.
        if are_whole and not counts and not self.kept("draws") and not self.is_deferred_validation:
            self.add_error(
                None,
                gettext(
                    "Add a question that earns points, or a draw from the bank: "
                    "without one nobody can pass this quiz."
                ),
            )
        covered = data.get("covers") or []
        if any(not lesson.is_child_of(self.parent_page) for lesson in covered):
            self.add_error("covers", gettext("Choose lessons of this module only."))
        return data


class QuizPage(StepPage):
    """A test of questions from the bank."""

    never_indexed = True
    page_description = _("A test of questions from the question bank, with a pass mark.")

    introduction = RichTextField(_("introduction"), features=SHORT_FEATURES, blank=True)
    pass_mark = models.PositiveSmallIntegerField(
        _("pass mark in percent"),
        default=70,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
    )
    shuffle_options = models.BooleanField(_("show the answers in random order"), default=True)
    shuffle_questions = models.BooleanField(_("ask the questions in random order"), default=False)
    on_one_page = models.BooleanField(_("all questions on one page"), default=False)
    forward_only = models.BooleanField(_("no going back to an earlier question"), default=False)
    feedback_when = models.CharField(
        _("the explanation is shown"),
        max_length=20,
        choices=FEEDBACK_LABELS,
        default=Feedback.AFTER_ATTEMPT,
    )
    max_attempts = models.PositiveSmallIntegerField(
        _("number of attempts"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(50)],
        help_text=_("Empty: as many as they like."),
    )
    wait_minutes = models.PositiveIntegerField(
        _("minutes between two attempts"),
        default=0,
        validators=[MaxValueValidator(60 * 24 * 30)],
    )
    counts = models.CharField(
        _("what counts is"), max_length=20, choices=COUNTS_LABELS, default=Counts.BEST
    )
    time_limit = models.PositiveSmallIntegerField(
        _("time in minutes"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(240)],
        help_text=_("Empty: as long as they like. Who asked for extra time gets it."),
    )
    asks_again = models.BooleanField(
        _("another attempt leaves out what was right twice"),
        default=False,
        help_text=_("It asks again what went wrong, and what was right once."),
    )
    covers = ParentalManyToManyField(
        LessonPage,
        blank=True,
        related_name="+",
        verbose_name=_("who passes may skip these lessons"),
        help_text=_(
            "For a test at the start of the module. Nobody has to pass it: who does not reads "
            "the lessons."
        ),
    )
    asks_certainty = models.BooleanField(
        _("ask how certain they are"),
        default=False,
        help_text=_("It is shown with the explanation and never counts."),
    )

    base_form_class = QuizForm

    content_panels: ClassVar = [
        *Page.content_panels,
        FieldPanel("introduction"),
        FieldRowPanel([FieldPanel("minutes"), FieldPanel("pass_mark")]),
        InlinePanel("quiz_questions", heading=_("Questions"), label=_("Question")),
        InlinePanel(
            "draws",
            heading=_("Questions drawn from the bank"),
            label=_("Draw"),
            help_text=_("Each attempt draws its own questions, next to the ones above."),
        ),
        MultiFieldPanel(
            [
                FieldPanel("on_one_page"),
                FieldPanel("forward_only"),
                FieldPanel("shuffle_questions"),
                FieldPanel("shuffle_options"),
                FieldPanel("feedback_when"),
                FieldPanel("asks_certainty"),
            ],
            heading=_("How it is asked"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("max_attempts"), FieldPanel("wait_minutes")]),
                FieldRowPanel([FieldPanel("counts"), FieldPanel("time_limit")]),
                FieldPanel("asks_again"),
                FieldPanel("covers"),
            ],
            heading=_("Attempts and time"),
        ),
    ]
    search_fields: ClassVar = [*Page.search_fields, index.SearchField("introduction")]
    preview_modes: ClassVar = [
        ("start", _("The first page")),
        ("questions", _("The questions")),
        ("feedback", _("The questions with their explanation")),
    ]

    class Meta:
        verbose_name = _("quiz")

    def clean(self) -> None:
        super().clean()
        if self.on_one_page and (self.forward_only or self.feedback_when == Feedback.AT_ONCE):
            raise ValidationError(
                {
                    "on_one_page": gettext(
                        "On one page there is no next question: choose one by one, or let "
                        "people go back and see the explanation afterwards."
                    )
                }
            )

    @property
    def terms(self) -> Terms:
        """The rules of an attempt that begins now."""
        return Terms(
            on_one_page=self.on_one_page,
            forward_only=self.forward_only,
            feedback=Feedback(self.feedback_when),
            counts=Counts(self.counts),
            max_attempts=self.max_attempts,
            wait_minutes=self.wait_minutes,
            time_limit=self.time_limit,
            asks_again=self.asks_again,
            asks_certainty=self.asks_certainty,
        )

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        from learning.views.pages import serve_quiz  # noqa: PLC0415  it needs these models

        return serve_quiz(self, request, **kwargs)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        from learning.previews import preview_quiz  # noqa: PLC0415  it needs these models

        return preview_quiz(self, request, mode_name)


class QuizQuestion(Orderable):
    """A question of the bank, taken into a quiz. It is the bank's question, not a copy."""

    page = ParentalKey(QuizPage, on_delete=models.CASCADE, related_name="quiz_questions")
    # A question in use cannot be deleted from the bank under a quiz.
    question = models.ForeignKey(
        Question, on_delete=models.PROTECT, related_name="uses", verbose_name=_("question")
    )
    lesson = models.ForeignKey(
        LessonPage,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("lesson to read again"),
    )
    weight = models.PositiveSmallIntegerField(_("weight"), default=1, validators=WEIGHT)

    panels: ClassVar = [FieldPanel("question"), FieldPanel("lesson"), FieldPanel("weight")]

    class Meta(Orderable.Meta):
        verbose_name = _("question in a quiz")

    def __str__(self) -> str:
        return str(self.question)


class QuizDraw(Orderable, ClusterableModel):
    """A number of questions that each attempt draws at random from the bank."""

    page = ParentalKey(QuizPage, on_delete=models.CASCADE, related_name="draws")
    number = models.PositiveSmallIntegerField(
        _("how many"), default=1, validators=[MinValueValidator(1), MaxValueValidator(50)]
    )
    topics = ParentalManyToManyField(Topic, related_name="+", verbose_name=_("from these topics"))
    difficulty = models.PositiveSmallIntegerField(
        _("only of this difficulty"), choices=Question.Difficulty, null=True, blank=True
    )
    weight = models.PositiveSmallIntegerField(_("weight"), default=1, validators=WEIGHT)

    panels: ClassVar = [
        FieldRowPanel([FieldPanel("number"), FieldPanel("difficulty"), FieldPanel("weight")]),
        FieldPanel("topics"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("draw from the bank")

    def __str__(self) -> str:
        return f"{self.number}"
