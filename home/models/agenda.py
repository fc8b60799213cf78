"""The joint calendar (goal K5): what partners organise, beside all else that is on."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.models import Locale, Page, TranslatableMixin
from wagtail.search import index
from wagtail.snippets.models import register_snippet

from home.calendar import (
    CalendarItem,
    calendar_from,
    ended,
    months_of,
    register_calendar,
    years_of,
)
from home.language_form import OneLanguageModelForm
from home.models.base import HousePage
from home.models.partners import Partner
from home.models.themes import ServesGoals, subject_panel


class CalendarEntryQuerySet(models.QuerySet["CalendarEntry"]):
    def not_ended_by(self, moment: datetime) -> "CalendarEntryQuerySet":
        return self.filter(ends_at__gt=moment)


class CalendarEntry(ServesGoals, TranslatableMixin, index.Indexed, ClusterableModel):
    """Something that a partner organises. What we organise ourselves is a page of its own."""

    title = models.CharField(_("title"), max_length=150)
    organiser = models.ForeignKey(
        Partner,
        on_delete=models.CASCADE,
        related_name="calendar_entries",
        verbose_name=_("organiser"),
    )
    starts_at = models.DateTimeField(_("begins"), db_index=True)
    ends_at = models.DateTimeField(pgettext_lazy("calendar", "ends"), db_index=True)
    place = models.CharField(
        _("place"), max_length=150, blank=True, help_text=_("Leave empty for what is online.")
    )
    summary = models.TextField(_("in a few sentences"), blank=True, max_length=600)
    url = models.URLField(
        _("address"), blank=True, help_text=_("Where one reads more and signs up.")
    )
    is_cancelled = models.BooleanField(pgettext_lazy("calendar", "cancelled"), default=False)
    is_fictional = models.BooleanField(
        pgettext_lazy("calendar", "invented example"),
        default=False,
        help_text=_("Shown beside the title, so that nobody travels there."),
    )

    objects = CalendarEntryQuerySet.as_manager()

    base_form_class = OneLanguageModelForm
    panels: ClassVar = [
        FieldPanel("title"),
        FieldPanel("organiser"),
        FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
        FieldPanel("place"),
        FieldPanel("summary"),
        FieldPanel("url"),
        MultiFieldPanel(
            [FieldPanel("is_cancelled"), FieldPanel("is_fictional")], heading=_("To be told")
        ),
        subject_panel(),
    ]
    search_fields: ClassVar = [
        index.SearchField("title"),
        index.SearchField("summary"),
        index.SearchField("place"),
        index.AutocompleteField("title"),
        index.FilterField("locale_id"),
        index.FilterField("starts_at"),
        index.FilterField("ends_at"),
        index.RelatedFields("themes", [index.FilterField("slug")]),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("calendar entry")
        verbose_name_plural = _("calendar entries")
        ordering: ClassVar = ["-starts_at", "title"]
        constraints: ClassVar = [
            # A calendar program refuses what ends before it begins.
            models.CheckConstraint(
                condition=models.Q(ends_at__gte=models.F("starts_at")),
                name="calendar_entry_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        super().clean()
        if None not in (self.starts_at, self.ends_at) and self.ends_at < self.starts_at:
            raise ValidationError({"ends_at": gettext("It cannot end before it begins.")})

    @property
    def anchor(self) -> str:
        """Where it stands on the calendar."""
        return f"activiteit-{self.pk}"


class CalendarPage(RoutablePageMixin, HousePage):
    """`/agenda/` and what has been, at `/agenda/archief/2026/`."""

    introduction = models.TextField(_("introduction"), blank=True)

    has_own_addresses = True
    menu_place = "footer"
    content_panels: ClassVar = [*Page.content_panels, FieldPanel("introduction")]
    search_fields: ClassVar = [*Page.search_fields, index.SearchField("introduction")]
    page_description = _("Everything that is organised, by us and by partners, in order.")
    parent_page_types: ClassVar = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = []
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("joint calendar")

    def has_below(self, path: str) -> bool:
        first, *rest = path.strip("/").split("/")
        years = map(str, years_of(ended(self.locale, timezone.now()))) if rest else ()
        return first == "archief" and all(year in years for year in rest)

    @path("")
    def index(self, request: HttpRequest) -> HttpResponse:
        months = months_of(calendar_from(self.locale, timezone.now()))
        response: HttpResponse = self.render(request, context_overrides={"months": months})
        return response

    @path("archief/")
    def newest_archive(self, request: HttpRequest) -> HttpResponse:
        return self.archive(request, None)

    @path("archief/<int:year>/")
    def archive(self, request: HttpRequest, year: int | None) -> HttpResponse:
        """What began in a year and has ended, the latest first."""
        past = ended(self.locale, timezone.now())
        years = years_of(past)
        if year is not None and year not in years:
            raise Http404
        year = year or next(iter(years), None)
        months = months_of(item for item in past if item.first_day.year == year)
        response: HttpResponse = self.render(
            request,
            context_overrides={"months": months, "year": year, "years": years, "is_archive": True},
        )
        return response

    def structured_data(self, request: HttpRequest) -> list[dict[str, Any]]:
        """What partners organise, as search engines read it; what is ours has a page of its own."""
        if request.path != self.url:
            return []
        entries = (
            CalendarEntry.objects.filter(locale=self.locale, is_fictional=False)
            .not_ended_by(timezone.now())
            .select_related("organiser")
            .order_by("starts_at", "title")
        )
        return [event_of(entry, self.get_full_url(request)) for entry in entries]


def event_of(entry: CalendarEntry, calendar_url: str) -> dict[str, Any]:
    """An entry as schema.org has it."""
    state = "EventCancelled" if entry.is_cancelled else "EventScheduled"
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": entry.title,
        "startDate": timezone.localtime(entry.starts_at).isoformat(),
        "endDate": timezone.localtime(entry.ends_at).isoformat(),
        "eventStatus": f"https://schema.org/{state}",
        "organizer": {"@type": "Organization", "name": entry.organiser.name},
        "url": entry.url or f"{calendar_url}#{entry.anchor}",
    }
    mode = "OfflineEventAttendanceMode" if entry.place else "OnlineEventAttendanceMode"
    data["eventAttendanceMode"] = f"https://schema.org/{mode}"
    if entry.place:
        data["location"] = {"@type": "Place", "name": entry.place, "address": entry.place}
    else:
        data["location"] = {"@type": "VirtualLocation", "url": data["url"]}
    if entry.summary:
        data["description"] = entry.summary
    return data


@register_calendar
def entries_of_partners(locale: Locale, moment: datetime) -> Iterator[CalendarItem]:
    """What partners organise."""
    entries = CalendarEntry.objects.filter(locale=locale).not_ended_by(moment)
    page = CalendarPage.objects.live().filter(locale=locale).first()
    for entry in entries.select_related("organiser"):
        yield CalendarItem(
            key=entry.translation_key,
            kind=gettext("Partner"),
            title=entry.title,
            url=entry.url or f"{page.url if page else ''}#{entry.anchor}",
            starts_at=entry.starts_at,
            ends_at=entry.ends_at,
            place=entry.place,
            organisers=(entry.organiser.name,),
            is_cancelled=entry.is_cancelled,
            anchor=entry.anchor,
            summary=entry.summary,
            is_fictional=entry.is_fictional,
        )


register_snippet(CalendarEntry, viewset="home.snippet_views.HouseSnippets")
