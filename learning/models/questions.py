"""The question bank: questions that editors write, and the versions that learners are asked.

A `Question` is one language's text under an editor's hands: it has drafts, revisions and
translations. What a learner is asked is a `QuestionVersion`: all languages of a question at
one moment, never changed afterwards (docs/decisions/0003-questions.md).
"""

from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.contrib.admin import display
from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.html import strip_tags
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, PublishingPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    Revision,
    RevisionMixin,
    TranslatableMixin,
    WorkflowMixin,
)
from wagtail.search import index

from home.language_form import OneLanguageModelForm
from home.rich_text import SHORT_FEATURES, TEXT_FEATURES
from home.translating.fields import FollowsSource
from learning.question_blocks import AnswersBlock
from learning.rules.grading import Key, Kind
from learning.rules.key_bodies import key_from

KIND_LABELS = {
    Kind.SINGLE_CHOICE: _("single choice"),
    Kind.MULTIPLE_RESPONSE: _("multiple response"),
    Kind.TRUE_FALSE: _("true or false"),
    Kind.MATCHING: _("matching"),
    Kind.ORDERING: _("ordering"),
    Kind.FILL_IN: _("fill in"),
    Kind.NUMBER: _("number"),
    Kind.CHOOSE_IN_TEXT: _("choose in a text"),
    Kind.MARK_SENTENCES: _("mark sentences"),
    Kind.REFLECTION: _("reflection"),
}


def in_one_line(html: str) -> str:
    """The words of rich text; the last of one paragraph never sticks to the first of the next."""
    return " ".join(strip_tags(html.replace("><", "> <")).split())


class Topic(TranslatableMixin, index.Indexed, models.Model):
    """A subject by which questions are found."""

    name = models.CharField(_("name"), max_length=80)

    panels: ClassVar = [FieldPanel("name")]
    search_fields: ClassVar = [
        index.SearchField("name"),
        index.AutocompleteField("name"),
        index.FilterField("locale_id"),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name


class QuestionQuerySet(models.QuerySet["Question"]):
    def current(self) -> "QuestionQuerySet":
        """What may be taken into a quiz: not what is archived."""
        return self.filter(archived_at__isnull=True)


class Question(
    WorkflowMixin,
    LockableMixin,
    DraftStateMixin,
    RevisionMixin,
    PreviewableMixin,
    TranslatableMixin,
    index.Indexed,
    ClusterableModel,
):
    """A question in the bank, in one language. Its `translation_key` is its identity."""

    class Difficulty(models.IntegerChoices):
        EASY = 1, _("easy")
        MEDIUM = 2, _("medium")
        HARD = 3, _("hard")

    stem = RichTextField(_("question"), features=TEXT_FEATURES)
    image = models.ForeignKey(
        "wagtailimages.Image",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("image"),
    )
    image_alt = models.CharField(
        _("what the image shows, in words"),
        max_length=250,
        blank=True,
        help_text=_("Read aloud to who cannot see it. Needed when there is an image."),
    )
    answers = StreamField(AnswersBlock(), min_num=1, max_num=1, verbose_name=_("answers"))
    all_or_nothing = models.BooleanField(
        _("only a wholly right answer earns points"),
        default=False,
        help_text=_("Otherwise a part of the answer earns a part of the points."),
    )
    hint = models.CharField(_("hint"), max_length=250, blank=True)
    feedback = RichTextField(
        _("explanation"),
        features=SHORT_FEATURES,
        blank=True,
        help_text=_("Shown to everybody after the quiz: what is right, and why."),
    )
    law_articles = ParentalManyToManyField(
        "home.LawArticle", blank=True, related_name="+", verbose_name=_("rests on")
    )
    topics = ParentalManyToManyField(
        Topic, blank=True, related_name="questions", verbose_name=_("topics")
    )
    difficulty = models.PositiveSmallIntegerField(
        _("difficulty"), choices=Difficulty, default=Difficulty.MEDIUM
    )
    tests_goals_of = ParentalManyToManyField(
        "learning.ModulePage",
        blank=True,
        related_name="+",
        verbose_name=_("tests the goal of these modules"),
    )
    editors_note = models.TextField(_("note among editors"), blank=True)
    # Worked out when saved, so that the bank can be filtered by it.
    kind = models.CharField(max_length=30, editable=False, default=Kind.SINGLE_CHOICE)
    # Out of the bank, for all its languages at once; quizzes that have it keep it
    # (learning/archiving.py).
    archived_at = models.DateTimeField(_("archived"), null=True, editable=False)

    objects = QuestionQuerySet.as_manager()

    _revisions = GenericRelation(
        Revision,
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="question",
        for_concrete_model=False,
    )

    override_translatable_fields: ClassVar[Any] = FollowsSource("editors_note")
    base_form_class = OneLanguageModelForm
    panels: ClassVar = [
        FieldPanel("stem"),
        MultiFieldPanel([FieldPanel("image"), FieldPanel("image_alt")], heading=_("Image")),
        FieldPanel(
            "answers",
            help_text=_("Choose with the plus what kind it is: there is one block for each kind."),
        ),
        FieldPanel("all_or_nothing"),
        FieldPanel("hint"),
        FieldPanel("feedback"),
        FieldPanel("law_articles", widget=forms.CheckboxSelectMultiple),
        MultiFieldPanel(
            [
                FieldRowPanel(
                    [
                        FieldPanel("topics", widget=forms.CheckboxSelectMultiple),
                        FieldPanel("difficulty"),
                    ]
                ),
                FieldPanel("tests_goals_of", widget=forms.CheckboxSelectMultiple),
                FieldPanel("editors_note"),
            ],
            heading=_("For finding it"),
        ),
        PublishingPanel(),
    ]
    search_fields: ClassVar = [
        index.SearchField("stem"),
        index.AutocompleteField("stem"),
        index.FilterField("kind"),
        index.FilterField("difficulty"),
        index.FilterField("live"),
        index.FilterField("locale_id"),
        index.FilterField("archived_at"),
        index.RelatedFields("topics", [index.FilterField("name")]),
    ]
    preview_modes: ClassVar = [
        ("question", _("As it is asked")),
        ("feedback", _("With the explanation")),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return str(Truncator(in_one_line(self.stem)).chars(90))

    @property
    def revisions(self) -> models.QuerySet[Revision]:
        return self._revisions

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        self.set_kind()
        super().full_clean(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        if self.image_id and not self.image_alt.strip():
            raise ValidationError(
                {"image_alt": gettext("Say what the image shows: not everybody can see it.")}
            )

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.set_kind()
        super().save(*args, **kwargs)

    def with_content_json(self, content: dict[str, Any]) -> "Question":
        """A version from before archiving does not undo it."""
        earlier: Question = super().with_content_json(content)
        earlier.archived_at = self.archived_at
        return earlier

    @display(description=_("kind"))
    def kind_label(self) -> str:
        """The kind in words, for lists."""
        return str(KIND_LABELS[Kind(self.kind)])

    @property
    def counts_for_marks(self) -> bool:
        return Kind(self.kind).is_marked

    def set_kind(self) -> None:
        if self.answers:
            self.kind = self.answers[0].block_type

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return "learning/question_preview.html"

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        from learning.previews import question_preview  # noqa: PLC0415  it needs this model

        return question_preview(self, with_feedback=mode_name == "feedback")


class QuestionVersionQuerySet(models.QuerySet["QuestionVersion"]):
    def latest_of(self, keys: list[UUID]) -> dict[UUID, "QuestionVersion"]:
        """The newest version of each question, by its key."""
        newest = (
            self.filter(question_key=models.OuterRef("question_key"))
            .order_by("-number")
            .values("pk")[:1]
        )
        found = self.filter(question_key__in=keys, pk=models.Subquery(newest))
        return {version.question_key: version for version in found}


class QuestionVersion(models.Model):
    """A question as it was asked, in every language it then had. Never changed.

    It has no foreign key to the question: a question that is deleted leaves its versions, so
    that every past answer can still be shown. `body` is described in `learning.versions`.
    """

    question_key = models.UUIDField(_("question"))
    number = models.PositiveIntegerField(_("version"))
    digest = models.CharField(max_length=64)
    body = models.JSONField()
    # An image that was asked about cannot be deleted from under the answers.
    image = models.ForeignKey(
        "wagtailimages.Image", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = QuestionVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of a question")
        verbose_name_plural = _("versions of questions")
        constraints: ClassVar = [
            # Two publications at once must not both become version 3.
            models.UniqueConstraint(
                fields=["question_key", "number"], name="question_versions_are_numbered"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question_key} v{self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("A version of a question is never changed: make a new one.")
        super().save(*args, **kwargs)

    @property
    def kind(self) -> Kind:
        return Kind(self.body["kind"])

    @property
    def shuffled_together(self) -> list[list[str]]:
        """The keys of what is shown in some order, in groups that are mixed each by itself."""
        body = self.body
        return [
            [option["key"] for option in body.get("options", [])],
            list(body.get("items", [])),
            list(body.get("targets", [])),
            *(list(gap["choices"]) for gap in body.get("gaps", [])),
        ]

    @property
    def marking_key(self) -> Key:
        """What `learning.rules.grading` needs to mark an answer."""
        return key_from(self.body)

    @property
    def all_or_nothing(self) -> bool:
        return bool(self.body.get("all_or_nothing"))
