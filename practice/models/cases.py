"""Cases from practice: what went well or wrong somewhere, and what others learn from it."""

from collections.abc import Collection, Iterator
from typing import Any, ClassVar, Final
from uuid import UUID

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Locale, Page, PageManager
from wagtail.query import PageQuerySet
from wagtail.search import index

from home.models.base import HousePage
from home.models.themes import ServesGoals, subject_panel
from home.results import Result, by_goal, register_results
from home.rich_text import TEXT_FEATURES
from home.sharing.structured import organisation
from home.visible import for_everybody
from learning.roles import Role
from practice.consent import missing_consent
from practice.panels import HandedInPanel
from practice.publishing_form import CaseForm

# More do not fit on the sheet that is printed.
MOST_QUESTIONS: Final = 6


class CaseIndexPage(HousePage):
    """`/praktijk/`: all cases, to be found by what they are about."""

    introduction = models.TextField(_("introduction"), blank=True)

    content_panels: ClassVar = [*Page.content_panels, FieldPanel("introduction")]
    search_fields: ClassVar = [*Page.search_fields, index.SearchField("introduction")]
    parent_page_types: ClassVar = ["home.HomePage"]
    subpage_types: ClassVar = ["practice.CasePage"]
    max_count_per_parent = 1
    page_description = _("All cases from practice. Cases are made below it.")

    class Meta:
        verbose_name = _("cases from practice")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from practice.finding import looked_for  # noqa: PLC0415  it needs these models

        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context | looked_for(self, request.GET)


class QuestionsBlock(blocks.StreamBlock):
    """What a council can ask itself."""

    question = blocks.CharBlock(
        label=_("Question"),
        max_length=200,
        icon="help",
        description=_("A question that a council can talk about. No right or wrong."),
        preview_value="Wat zou u zelf doen, en wie belt u eerst?",
        template="practice/blocks/question.html",
    )


class CaseQuerySet(PageQuerySet):
    def newest_first(self) -> "CaseQuerySet":
        """What has no day comes last, on any database."""
        return self.order_by(F("day").desc(nulls_last=True), "-pk")


class ConsentMissing(PermissionDenied):
    """Whoever handed it in has not agreed to what would be published."""


class CasePage(RoutablePageMixin, ServesGoals, HousePage):
    """One case. When somebody handed it in, it shows no more than they agreed to."""

    class Kind(models.TextChoices):
        WELL = "goed", _("This went well")
        WRONG = "mis", _("This went wrong")

    kind = models.CharField(_("how it went"), max_length=10, choices=Kind, default=Kind.WELL)
    introduction = models.TextField(
        _("in short"),
        max_length=400,
        help_text=_("Two or three sentences; also shown in lists and on the sheet for a council."),
    )
    is_fictional = models.BooleanField(
        pgettext_lazy("case", "invented example"),
        default=False,
        help_text=_("Shown above the text, so that nobody takes it for what really happened."),
    )
    happened = RichTextField(_("what happened"), features=TEXT_FEATURES)
    done = RichTextField(_("what was done"), features=TEXT_FEATURES, blank=True)
    outcome = RichTextField(_("what came of it"), features=TEXT_FEATURES, blank=True)
    learned = RichTextField(_("what was learned"), features=TEXT_FEATURES, blank=True)
    questions = StreamField(
        QuestionsBlock(),
        verbose_name=_("questions to discuss"),
        blank=True,
        max_num=MOST_QUESTIONS,
    )
    aspects = ParentalManyToManyField(
        "home.VisionAspect",
        blank=True,
        related_name="+",
        verbose_name=_("aspects of the visiedocument"),
    )
    roles = models.JSONField(_("whom it concerns"), default=list, blank=True)
    lessons = ParentalManyToManyField(
        "practice.LearnedLesson", blank=True, related_name="+", verbose_name=_("lessons")
    )
    municipality = models.CharField(
        _("municipality"),
        max_length=80,
        blank=True,
        help_text=_("Only when it agrees to be named. Leave it empty otherwise."),
    )
    source = models.CharField(
        _("source"),
        max_length=200,
        blank=True,
        help_text=_("From where we know it. Never the name of who handed it in."),
    )
    day = models.DateField(_("day"), null=True, blank=True, db_index=True)

    objects = PageManager.from_queryset(CaseQuerySet)()
    base_form_class = CaseForm

    content_panels: ClassVar = [
        HandedInPanel(),
        *Page.content_panels,
        FieldRowPanel([FieldPanel("kind"), FieldPanel("day"), FieldPanel("is_fictional")]),
        FieldPanel("introduction"),
        MultiFieldPanel(
            [
                FieldPanel("happened"),
                FieldPanel("done"),
                FieldPanel("outcome"),
                FieldPanel("learned"),
            ],
            heading=_("The case"),
        ),
        FieldPanel("questions"),
        MultiFieldPanel(
            [
                FieldPanel("aspects", widget=forms.CheckboxSelectMultiple),
                FieldPanel("roles"),
                FieldPanel("lessons", widget=forms.CheckboxSelectMultiple),
            ],
            heading=_("By which it is found"),
        ),
        subject_panel(),
        MultiFieldPanel(
            [FieldPanel("municipality"), FieldPanel("source")], heading=_("Where it is from")
        ),
    ]
    search_fields: ClassVar = [
        *Page.search_fields,
        index.SearchField("introduction"),
        index.SearchField("happened"),
        index.SearchField("done"),
        index.SearchField("outcome"),
        index.SearchField("learned"),
        index.SearchField("questions"),
        index.RelatedFields("lessons", [index.SearchField("name")]),
        index.FilterField("kind"),
        index.FilterField("day"),
    ]
    parent_page_types: ClassVar = ["practice.CaseIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    page_description = _("What went well or wrong somewhere, and what others learn from it.")

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")

    def is_served_at_its_address(self) -> bool:
        """Its address is one of two views of its own."""
        return False

    def has_below(self, path: str) -> bool:
        """The sheet."""
        return path == "bespreken/"

    @property
    def role_labels(self) -> list[str]:
        return [str(Role(role).label) for role in self.roles if role in Role.values]

    @cached_property
    def subjects(self) -> dict[str, list[Any]]:
        """What it is about, as its page tells it."""
        return {
            "goals": list(self.goals.select_related("page").all()),
            "themes": list(self.themes.all()),
            "lessons": list(self.lessons.all()),
            "aspects": list(self.aspects.all()),
        }

    @path("")
    def read(self, request: HttpRequest) -> HttpResponse:
        response: HttpResponse = self.render(request)
        return response

    @path("bespreken/", name="discuss")
    def discuss(self, request: HttpRequest) -> HttpResponse:
        """A sheet for on the table of a council: the case in short, questions, room for notes."""
        response: HttpResponse = self.render(request, template="practice/discuss.html")
        return response

    def publish(self, revision: Any, *args: Any, **kwargs: Any) -> Any:
        """By whatever way, also a workflow or a clock. Raises ConsentMissing."""
        missing = missing_consent(self.pk, names_municipality=bool(self.municipality.strip()))
        if missing:
            raise ConsentMissing(missing)
        return super().publish(revision, *args, **kwargs)

    def structured_data(self, request: HttpRequest) -> list[dict[str, Any]]:
        """As an article of this site's: who sent it is nobody's to know."""
        data: dict[str, Any] = {
            "@context": "https://schema.org",
            "@type": "Article",
            "headline": self.title,
            "description": self.introduction,
            "inLanguage": self.locale.language_code,
            "url": self.get_full_url(request),
            "author": organisation(),
            "publisher": organisation(),
        }
        if self.first_published_at:
            data["datePublished"] = self.first_published_at.isoformat()
        if self.last_published_at:
            data["dateModified"] = self.last_published_at.isoformat()
        return [data]


@register_results
def cases_for_goals(locales: Collection[Locale]) -> Iterator[tuple[UUID, Result]]:
    """Cases by the goal that they serve."""
    for goal_key, case in by_goal(for_everybody(CasePage.objects.filter(locale__in=locales))):
        yield (
            goal_key,
            Result(
                *(case.translation_key, gettext("Case"), case.title, case.url, case.day),
                locale_id=case.locale_id,
                kinds=capfirst(str(CasePage._meta.verbose_name_plural)),
            ),
        )
