"""The visiedocument Ondermijning: a living document, not a file to download."""

from typing import Any, ClassVar

from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import RichTextField
from wagtail.models import Orderable, Page, TranslatableMixin
from wagtail.search import index

from home.models.base import HousePage
from home.rich_text import SHORT_FEATURES, TEXT_FEATURES
from home.translating.fields import FollowsSource


class VisionPage(RoutablePageMixin, HousePage):
    """`/visiedocument/`: why it was written, three aspects, goals for now and for later.

    Each goal has an address of its own (`/visiedocument/k1/`); what changed since the document was
    written is at `/visiedocument/geschiedenis/`, and the whole as a PDF (home/views.py).
    """

    introduction = RichTextField(_("introduction"), features=SHORT_FEATURES)
    written_on = models.DateField(_("date of the document"))
    # Empty where a language has only a short version.
    occasion = RichTextField(_("why it was written"), features=TEXT_FEATURES, blank=True)
    outcome = RichTextField(_("what came out"), features=TEXT_FEATURES, blank=True)
    cooperation = RichTextField(_("who works together"), features=TEXT_FEATURES, blank=True)
    change_note = models.TextField(
        _("what changed"),
        blank=True,
        max_length=500,
        help_text=_(
            "One or two sentences for the history that visitors read. Write it anew at each "
            "change: the same note is not shown twice."
        ),
    )

    has_own_addresses = True
    sitemap_relations = ("goals",)
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
        FieldPanel("change_note"),
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
    page_description = _("The visiedocument with its goals, and what came of them.")
    parent_page_types: ClassVar = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = []
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("visiedocument")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from home.goal_progress import states_of  # noqa: PLC0415  it needs these models

        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        states = SimpleLazyObject(lambda: states_of(self))
        context["aspects"] = SimpleLazyObject(lambda: list(self.aspects.all()))
        context["states"] = states
        # Texts are folded until one asks for them; so one asks for all of them.
        context["all_open"] = request.GET.get("alles") == "open"
        context["terms"] = SimpleLazyObject(
            lambda: [
                (value, [state for state in states if state.goal.term == value])
                for value in VisionGoal.Term.values
            ]
        )
        return context

    @path("geschiedenis/", name="history")
    def history(self, request: HttpRequest) -> HttpResponse:
        """What changed since the document was written."""
        from home.vision_history import history_of  # noqa: PLC0415  it needs these models

        response: HttpResponse = self.render(
            request,
            template="home/vision_history.html",
            context_overrides={"history": history_of(self)},
        )
        return response

    @path("<slug:code>/", name="goal")
    def goal(self, request: HttpRequest, code: str) -> HttpResponseBase:
        """One goal, with all that serves it and the way to its neighbours."""
        from home.goal_progress import states_of  # noqa: PLC0415  it needs these models

        if code != code.lower():
            return redirect(f"{self.url}{code.lower()}/", permanent=True)
        states = states_of(self)
        found = [index for index, state in enumerate(states) if state.goal.anchor == code]
        if not found:
            raise Http404
        index = found[0]
        response: HttpResponse = self.render(
            request,
            template="home/goal_page.html",
            context_overrides={
                "state": states[index],
                "previous": states[index - 1].goal if index else None,
                "next": states[index + 1].goal if index + 1 < len(states) else None,
            },
        )
        return response

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        """The goals and the history are pages too, whatever Wagtail knows of them."""
        urls: list[dict[str, Any]] = super().get_sitemap_urls(request)
        own = self.get_full_url(request)
        paths = [*(goal.anchor for goal in self.goals.all()), "geschiedenis"]
        return [
            *urls,
            *({"location": f"{own}{each}/", "lastmod": self.last_published_at} for each in paths),
        ]

    def structured_data(self, request: HttpRequest) -> list[dict[str, Any]]:
        """What search engines read (schema.org)."""
        if request.path != self.url:
            return []
        return [
            {
                "@context": "https://schema.org",
                "@type": "Report",
                "name": self.title,
                "url": self.get_full_url(request),
                "inLanguage": self.locale.language_code,
                "dateCreated": self.written_on.isoformat(),
                "dateModified": self.last_published_at.date().isoformat(),
            }
        ]


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
    """A goal with an address of its own (`k1/`, `#k1`), which news and modules say they serve."""

    class Term(models.TextChoices):
        SHORT = "short", _("short term")
        LONG = "long", _("longer term")

    class Progress(models.TextChoices):
        NOT_BEGUN = "not_begun", pgettext_lazy("goal", "not begun")
        UNDER_WAY = "under_way", pgettext_lazy("goal", "under way")
        GOES_ON = "goes_on", pgettext_lazy("goal", "goes on all the time")
        DONE = "done", pgettext_lazy("goal", "done")
        GIVEN_UP = "given_up", pgettext_lazy("goal", "given up")

    page = ParentalKey(VisionPage, on_delete=models.CASCADE, related_name="goals")
    code = models.SlugField(_("code"), max_length=10, help_text=_("For example: K1"))
    term = models.CharField(_("term"), max_length=10, choices=Term)
    title = models.CharField(_("title"), max_length=150)
    text = RichTextField(_("text"), features=TEXT_FEATURES)
    on_this_site = RichTextField(
        _("what it means on this site"), features=SHORT_FEATURES, blank=True
    )
    progress = models.CharField(
        _("how far it is"),
        max_length=20,
        choices=Progress,
        blank=True,
        help_text=_("Left open, nothing is said about it."),
    )
    progress_text = models.TextField(
        _("how far it is, in a few sentences"), blank=True, max_length=400
    )

    override_translatable_fields: ClassVar[Any] = FollowsSource("code")
    panels: ClassVar = [
        FieldRowPanel([FieldPanel("code"), FieldPanel("term")]),
        FieldPanel("title"),
        FieldPanel("text"),
        FieldPanel("on_this_site"),
        FieldPanel("progress"),
        FieldPanel("progress_text"),
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

    @property
    def address(self) -> str:
        """The goal's page, for good."""
        return f"{self.page.url}{self.anchor}/"
