"""The visiedocument Ondermijning: a living document, not a file to download."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable, Page, TranslatableMixin
from wagtail.search import index

from home.models.base import HousePage
from home.results import results_by_goal
from home.rich_text import SHORT_FEATURES, TEXT_FEATURES


class VisionPage(HousePage):
    """`/visiedocument/`: why it was written, three aspects, goals for now and for later."""

    introduction = RichTextField(_("introduction"), features=SHORT_FEATURES)
    written_on = models.DateField(_("date of the document"))
    # Empty where a language has only a short version.
    occasion = RichTextField(_("why it was written"), features=TEXT_FEATURES, blank=True)
    outcome = RichTextField(_("what came out"), features=TEXT_FEATURES, blank=True)
    cooperation = RichTextField(_("who works together"), features=TEXT_FEATURES, blank=True)

    content_panels: ClassVar = [
        *Page.content_panels,
        FieldRowPanel([FieldPanel("written_on")]),
        FieldPanel("introduction"),
        MultiFieldPanel(
            [FieldPanel("occasion"), FieldPanel("outcome"), FieldPanel("cooperation")],
            heading=_("Background"),
        ),
        InlinePanel("aspects", heading=_("Aspects"), label=_("Aspect")),
        InlinePanel("goals", heading=_("Goals"), label=_("Goal")),
    ]
    search_fields: ClassVar = [
        *Page.search_fields,
        index.SearchField("introduction"),
        index.SearchField("occasion"),
        index.SearchField("outcome"),
        index.SearchField("cooperation"),
        index.RelatedFields("aspects", [index.SearchField("title"), index.SearchField("text")]),
        index.RelatedFields("goals", [index.SearchField("title"), index.SearchField("text")]),
    ]
    parent_page_types: ClassVar = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = []
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("visiedocument")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        goals = list(self.goals.all())
        results = results_by_goal(self.locale)
        for goal in goals:
            goal.results = results.get(goal.translation_key, [])
        context["aspects"] = list(self.aspects.all())
        context["short_term"] = [goal for goal in goals if goal.term == VisionGoal.Term.SHORT]
        context["long_term"] = [goal for goal in goals if goal.term == VisionGoal.Term.LONG]
        return context


class VisionAspect(TranslatableMixin, Orderable):
    """One of the sides of ondermijning that hang together."""

    page = ParentalKey(VisionPage, on_delete=models.CASCADE, related_name="aspects")
    title = models.CharField(_("title"), max_length=150)
    text = RichTextField(_("text"), features=TEXT_FEATURES)

    panels: ClassVar = [FieldPanel("title"), FieldPanel("text")]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("aspect")

    def __str__(self) -> str:
        return self.title


class VisionGoal(TranslatableMixin, Orderable):
    """A goal with an address of its own (`#k1`), which news and modules say they serve."""

    class Term(models.TextChoices):
        SHORT = "short", _("short term")
        LONG = "long", _("longer term")

    page = ParentalKey(VisionPage, on_delete=models.CASCADE, related_name="goals")
    code = models.SlugField(_("code"), max_length=10, help_text=_("For example: K1"))
    term = models.CharField(_("term"), max_length=10, choices=Term)
    title = models.CharField(_("title"), max_length=150)
    text = RichTextField(_("text"), features=TEXT_FEATURES)
    on_this_site = RichTextField(
        _("what it means on this site"), features=SHORT_FEATURES, blank=True
    )

    panels: ClassVar = [
        FieldRowPanel([FieldPanel("code"), FieldPanel("term")]),
        FieldPanel("title"),
        FieldPanel("text"),
        FieldPanel("on_this_site"),
    ]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("goal")
        constraints: ClassVar = [
            # A goal's anchor is its code, and others link to it.
            models.UniqueConstraint(fields=["page", "code"], name="one_goal_per_code_on_a_page"),
        ]

    def __str__(self) -> str:
        return f"{self.code} – {self.title}"

    @property
    def anchor(self) -> str:
        """The goal's address within the page, for good."""
        return self.code.lower()
