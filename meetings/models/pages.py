"""Meetings as pages: an index, and a page for each."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.core.validators import MaxValueValidator, MinValueValidator, URLValidator
from django.db import models
from django.http import HttpRequest
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, PageChooserPanel
from wagtail.blocks import StreamBlock
from wagtail.fields import StreamField
from wagtail.models import Locale, Page, PageManager
from wagtail.query import PageQuerySet
from wagtail.search import index

from home.blocks import BodyBlock, DocumentBlock
from home.language_form import OneLanguagePageForm
from home.models import Partner
from home.models.base import HousePage
from home.models.themes import ServesGoals, subject_panel
from home.untranslated import untranslated
from home.visible import for_everybody
from learning.models import ModulePage
from learning.roles import Role
from meetings.blocks import LinkBlock

PAST_PER_PAGE = 10


class MeetingQuerySet(PageQuerySet):
    def coming(self) -> "MeetingQuerySet":
        """What has not ended, the nearest first."""
        return self.filter(ends_at__gt=timezone.now()).order_by("starts_at", "title")

    def past(self) -> "MeetingQuerySet":
        """What has ended, the latest first."""
        return self.filter(ends_at__lte=timezone.now()).order_by("-starts_at", "title")

    def in_language_of(self, keys: Any, code: str | None) -> dict[UUID, "MeetingPage"]:
        """Live pages by key: in this language, or in the site's first where it lacks that."""
        default = Locale.get_default().language_code
        pages = self.live().filter(
            translation_key__in=keys, locale__language_code__in={code, default}
        )
        found: dict[UUID, MeetingPage] = {}
        for page in pages.select_related("locale"):
            if page.translation_key not in found or page.locale.language_code == code:
                found[page.translation_key] = page
        return found


class MeetingIndexPage(HousePage):
    """`/bijeenkomsten/`: what is coming, and what was."""

    introduction = models.TextField(_("introduction"), blank=True)

    content_panels: ClassVar = [*Page.content_panels, FieldPanel("introduction")]
    search_fields: ClassVar = [*Page.search_fields, index.SearchField("introduction")]
    page_description = _("All meetings, what comes first. Meetings are made below it.")
    parent_page_types: ClassVar = ["home.HomePage"]
    subpage_types: ClassVar = ["meetings.MeetingPage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = pgettext_lazy("page", "meetings")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from meetings.shown import cards_of  # noqa: PLC0415  it needs these models

        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        pages = for_everybody(MeetingPage.objects.child_of(self)).select_related("organiser")
        context["coming"] = cards_of(list(pages.coming()))
        page_obj = Paginator(pages.past(), PAST_PER_PAGE).get_page(request.GET.get("p"))
        context["page_obj"] = page_obj
        context["lacking"] = untranslated(self, MeetingPage.objects.order_by("-starts_at", "title"))
        return context


class MeetingForm(OneLanguagePageForm):
    roles = forms.TypedMultipleChoiceField(
        label=_("For whom"),
        help_text=_("Nothing ticked: for everybody."),
        choices=Role.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


class MaterialBlock(StreamBlock):
    """What is left of a meeting: documents and links."""

    document = DocumentBlock()
    link = LinkBlock()


class MeetingPage(ServesGoals, HousePage):
    """One meeting."""

    class Way(models.TextChoices):
        ON_PLACE = "place", _("on the spot")
        ONLINE = "online", _("online")

    class Audience(models.TextChoices):
        EVERYBODY = "everybody", _("everybody")
        PARTICIPANTS = "participants", _("those who took part")

    introduction = models.TextField(
        _("introduction"), help_text=_("One or two sentences; also shown in lists.")
    )
    starts_at = models.DateTimeField(_("begins"), db_index=True)
    ends_at = models.DateTimeField(_("ends"), db_index=True)
    way = models.CharField(_("where"), max_length=10, choices=Way, default=Way.ON_PLACE)
    place = models.CharField(
        _("address"), max_length=250, blank=True, help_text=_("Building, street, town.")
    )
    online_url = models.URLField(
        _("link of the online meeting"),
        blank=True,
        validators=[URLValidator(schemes=["https"])],
        help_text=_("Shown only to who has a place, from a day before."),
    )
    roles = models.JSONField(_("for whom"), default=list, blank=True)
    organiser = models.ForeignKey(
        Partner,
        verbose_name=_("organised by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    body = StreamField(BodyBlock(), verbose_name=_("text"), blank=True)
    maximum = models.PositiveSmallIntegerField(
        _("places"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(2000)],
        help_text=_("Empty: as many as come. Raise it and who waits moves up at once."),
    )
    sign_up_until = models.DateTimeField(
        _("signing up is open until"),
        null=True,
        blank=True,
        help_text=_("Empty: until it begins."),
    )
    is_cancelled = models.BooleanField(
        _("it is cancelled"),
        default=False,
        help_text=_("Who has signed up gets a mail when you publish this."),
    )
    cancelled_because = models.CharField(_("why"), max_length=250, blank=True)
    material = StreamField(MaterialBlock(), verbose_name=_("material"), blank=True)
    material_for = models.CharField(
        _("material is for"), max_length=15, choices=Audience, default=Audience.EVERYBODY
    )
    counts_for = models.ForeignKey(
        ModulePage,
        verbose_name=_("being there counts as"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Who was there has finished this module, also for what is required of them."),
    )
    is_fictional = models.BooleanField(
        pgettext_lazy("meeting", "invented example"),
        default=False,
        help_text=_("Shown above the text, so that nobody takes it for real."),
    )

    objects = PageManager.from_queryset(MeetingQuerySet)()
    base_form_class = MeetingForm

    content_panels: ClassVar = [
        *Page.content_panels,
        FieldPanel("introduction"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
                FieldPanel("way"),
                FieldPanel("place"),
                FieldPanel("online_url"),
            ],
            heading=_("When and where"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("roles"),
                FieldPanel("organiser"),
                FieldRowPanel([FieldPanel("maximum"), FieldPanel("sign_up_until")]),
                PageChooserPanel("counts_for", "learning.ModulePage"),
            ],
            heading=_("Who and how many"),
        ),
        FieldPanel("body"),
        MultiFieldPanel(
            [FieldPanel("material_for"), FieldPanel("material")],
            heading=_("Afterwards"),
        ),
        MultiFieldPanel(
            [FieldPanel("is_cancelled"), FieldPanel("cancelled_because")],
            heading=_("Cancelling"),
        ),
        FieldPanel("is_fictional"),
        subject_panel(),
    ]
    search_fields: ClassVar = [
        *Page.search_fields,
        index.SearchField("introduction"),
        index.SearchField("body"),
        index.SearchField("place"),
        index.SearchField("facts"),
        index.FilterField("starts_at"),
    ]
    parent_page_types: ClassVar = ["meetings.MeetingIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    page_description = _("One meeting. People sign up for it on its page.")

    class Meta:
        verbose_name = _("meeting")

    def clean(self) -> None:
        super().clean()
        errors: dict[str, Any] = {}
        # Empty while somebody has yet to fill them in.
        starts: datetime | None = self.starts_at
        ends: datetime | None = self.ends_at
        if starts is not None and ends is not None and ends <= starts:
            errors["ends_at"] = _("It ends before it begins. Choose a later time.")
        if self.sign_up_until and ends is not None and self.sign_up_until > ends:
            errors["sign_up_until"] = _("By then it is over. Choose an earlier time.")
        if self.way == self.Way.ON_PLACE and not self.place.strip():
            errors["place"] = _("Say where it is.")
        if self.is_cancelled and not self.cancelled_because.strip():
            errors["cancelled_because"] = _("Say why: who signed up reads it.")
        if errors:
            raise ValidationError(errors)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from meetings.shown import shown_to  # noqa: PLC0415  it needs these models

        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["shown"] = shown_to(self, request)
        context["goals"] = list(self.goals.select_related("page").all())
        return context

    def structured_data(self, request: HttpRequest) -> list[dict[str, Any]]:
        """What search engines are told (schema.org)."""
        from meetings.shown import event_data  # noqa: PLC0415  it needs these models

        return [event_data(self)]

    @property
    def closed_fields(self) -> tuple[str, ...]:
        """Material for participants is found by nobody; they have it on this page."""
        return () if self.material_for == self.Audience.EVERYBODY else ("material",)

    @property
    def is_online(self) -> bool:
        return self.way == self.Way.ONLINE

    @property
    def where(self) -> str:
        """Where it is, in one line; empty for what is online."""
        return "" if self.is_online else " ".join(self.place.split())

    @property
    def has_ended(self) -> bool:
        return bool(self.ends_at <= timezone.now())

    @property
    def is_on_one_day(self) -> bool:
        return timezone.localdate(self.starts_at) == timezone.localdate(self.ends_at)

    @property
    def facts(self) -> str:
        """When, how and for whom, as people search for it, in the language of the page."""
        with translation.override(self.locale.language_code):
            moments = (timezone.localdate(each) for each in (self.starts_at, self.ends_at))
            days = dict.fromkeys(date_format(day, "l j F Y") for day in moments)
            kind = capfirst(str(self._meta.verbose_name))
            said = [kind, " – ".join(days), self.get_way_display(), *self.role_labels]
        return f"{', '.join(said)}."

    @property
    def role_labels(self) -> list[str]:
        return [str(Role(role).label) for role in self.roles if role in Role.values]
