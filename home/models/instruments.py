"""The library of instruments (goal K2): what keeps crime out of local government."""

from datetime import date
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.documents import get_document_model_string
from wagtail.fields import StreamField
from wagtail.models import Page, PageManager
from wagtail.query import PageQuerySet
from wagtail.search import index

from home.blocks import BodyBlock
from home.models.base import HousePage
from home.models.partners import Partner
from home.models.themes import ServesGoals, subject_panel
from home.translating.fields import FollowsSource
from home.untranslated import untranslated
from home.visible import for_everybody

PER_PAGE = 20


class InstrumentQuerySet(PageQuerySet):
    def overdue(self, day: date) -> "InstrumentQuerySet":
        """What was valid until before this day."""
        return self.filter(valid_until__lt=day)

    def of_kind(self, kind: str) -> "InstrumentQuerySet":
        return self.filter(kind=kind)

    def about(self, theme: str) -> "InstrumentQuerySet":
        """By the theme's name in addresses."""
        return self.filter(themes__slug=theme)

    def owned_by(self, partner_id: int) -> "InstrumentQuerySet":
        return self.filter(organisation_id=partner_id)


class InstrumentIndexPage(HousePage):
    """`/instrumenten/`: found by kind, theme and owner."""

    introduction = models.TextField(_("introduction"), blank=True)

    menu_place = "footer"
    content_panels: ClassVar = [*Page.content_panels, FieldPanel("introduction")]
    search_fields: ClassVar = [*Page.search_fields, index.SearchField("introduction")]
    page_description = _("All instruments, to search. Instruments are made below it.")
    parent_page_types: ClassVar = ["home.HomePage"]
    subpage_types: ClassVar = ["home.InstrumentPage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("library of instruments")

    @cached_property
    def instruments(self) -> InstrumentQuerySet:
        return for_everybody(InstrumentPage.objects.child_of(self)).order_by("title", "pk")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from home.instrument_list import chosen  # noqa: PLC0415  it needs these models

        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        form, found = chosen(self.instruments, request.GET)
        found = found.select_related("organisation").prefetch_related("themes")
        context["filter"] = form
        context["page_obj"] = Paginator(found, PER_PAGE).get_page(request.GET.get("p"))
        context["query"] = form.query
        context["today"] = timezone.localdate()
        if not form.is_used:
            context["lacking"] = untranslated(self, InstrumentPage.objects.order_by("title", "pk"))
        return context


class InstrumentPage(ServesGoals, HousePage):
    """One instrument: whose it is, how old, until when it holds, and where to get it."""

    class Kind(models.TextChoices):
        CHECKLIST = "checklist", pgettext_lazy("instrument", "checklist")
        GUIDE = "guide", pgettext_lazy("instrument", "guide")
        MODEL_REGULATION = "model_regulation", pgettext_lazy("instrument", "model regulation")
        FORM = "form", pgettext_lazy("instrument", "form")
        TOOL = "tool", pgettext_lazy("instrument", "tool")
        TRAINING = "training", pgettext_lazy("instrument", "exercise")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    # An instrument without an owner is nobody's to keep up to date.
    organisation = models.ForeignKey(
        Partner, on_delete=models.PROTECT, related_name="instruments", verbose_name=_("owner")
    )
    version = models.CharField(_("version"), max_length=30, blank=True)
    dated_on = models.DateField(pgettext_lazy("instrument", "dated"))
    valid_until = models.DateField(
        pgettext_lazy("instrument", "valid through"),
        null=True,
        blank=True,
        db_index=True,
        help_text=_("After this day visitors are told that it may be out of date."),
    )
    for_whom = models.CharField(
        _("for whom"), max_length=200, help_text=_("For example: council clerks and mayors")
    )
    document = models.ForeignKey(
        get_document_model_string(),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("document"),
    )
    # `url` is the page's own.
    link = models.URLField(_("address"), blank=True)
    is_fictional = models.BooleanField(
        pgettext_lazy("instrument", "invented example"),
        default=False,
        help_text=_("Shown above the text, so that nobody uses it."),
    )
    summary = models.TextField(
        _("summary"), help_text=_("One or two sentences; also shown in lists.")
    )
    body = StreamField(BodyBlock(), verbose_name=_("text"), blank=True)

    objects = PageManager.from_queryset(InstrumentQuerySet)()
    override_translatable_fields: ClassVar[Any] = FollowsSource("version")

    content_panels: ClassVar = [
        *Page.content_panels,
        FieldRowPanel([FieldPanel("kind"), FieldPanel("is_fictional")]),
        FieldPanel("organisation"),
        FieldRowPanel(
            [FieldPanel("version"), FieldPanel("dated_on"), FieldPanel("valid_until")],
        ),
        FieldPanel("for_whom"),
        FieldPanel("summary"),
        MultiFieldPanel(
            [FieldPanel("document"), FieldPanel("link")],
            heading=_("Where to get it"),
            help_text=_("Choose a document, or fill in an address."),
        ),
        FieldPanel("body"),
        subject_panel(),
    ]
    search_fields: ClassVar = [
        *Page.search_fields,
        index.SearchField("summary"),
        index.SearchField("for_whom"),
        index.SearchField("body"),
        index.FilterField("kind"),
        index.FilterField("dated_on"),
        index.FilterField("valid_until"),
        index.RelatedFields("organisation", [index.SearchField("name"), index.FilterField("id")]),
        index.RelatedFields("themes", [index.FilterField("slug")]),
    ]
    page_description = _("A document or tool that others can use, with an owner and a last day.")
    parent_page_types: ClassVar = ["home.InstrumentIndexPage"]
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("instrument")

    def clean(self) -> None:
        super().clean()
        if None not in (self.valid_until, self.dated_on) and self.is_overdue(self.dated_on):
            raise ValidationError({"valid_until": gettext("That is before the day it is dated.")})
        if not self.document_id and not self.link:
            raise ValidationError(
                {"document": gettext("Choose a document, or fill in an address below.")}
            )

    def is_overdue(self, day: date) -> bool:
        return self.valid_until is not None and self.valid_until < day

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from home.goal_progress import goals_served  # noqa: PLC0415  it needs these models

        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["is_overdue"] = self.is_overdue(timezone.localdate())
        context["goals"] = goals_served(self)
        context["theme_list"] = list(self.themes.all())
        return context

    def structured_data(self, request: HttpRequest) -> list[dict[str, Any]]:
        """What search engines read (schema.org)."""
        data: dict[str, Any] = {
            "@context": "https://schema.org",
            "@type": "CreativeWork",
            "name": self.title,
            "description": self.summary,
            "url": self.get_full_url(request),
            "inLanguage": self.locale.language_code,
            "datePublished": self.dated_on.isoformat(),
            "publisher": {"@type": "Organization", "name": self.organisation.name},
        }
        if self.version:
            data["version"] = self.version
        if self.valid_until:
            data["expires"] = self.valid_until.isoformat()
        return [data]
