"""Meetings where other pages name them: the home page, a goal that they serve, the calendar."""

from collections.abc import Collection, Iterator
from datetime import datetime
from uuid import UUID

from django.db.models import OuterRef, Subquery
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from wagtail.models import Locale

from home.calendar import CalendarItem, register_calendar
from home.front import FrontEntry, FrontPart, first_of, other_language, register_front
from home.results import Result, by_goal, register_results
from home.visible import for_everybody
from meetings.mail import when
from meetings.models import MeetingIndexPage, MeetingPage, Occasion


@register_front
def next_meetings(locale: Locale) -> FrontPart | None:
    """What is coming and goes on."""
    index = for_everybody(MeetingIndexPage.objects.filter(locale=locale)).first()
    if index is None:
        return None
    coming = MeetingPage.objects.filter(is_cancelled=False).coming()
    return FrontPart(
        anchor="bijeenkomsten",
        heading=_("Meetings"),
        entries=tuple(entry_of(page, locale) for page in first_of(coming, locale)),
        all_url=index.url,
        all_words=_("All meetings"),
        empty_title=_("No meetings planned"),
        empty_text=_("As soon as there is one, it stands here and in the calendar."),
    )


def entry_of(page: MeetingPage, locale: Locale) -> FrontEntry:
    return FrontEntry(
        page.title,
        page.url,
        note=f"{when(page)} · {page.where or _('online')}",
        day=localdate(page.starts_at),
        is_fictional=page.is_fictional,
        language=other_language(page, locale),
    )


@register_results
def meetings_for_goals(locales: Collection[Locale]) -> Iterator[tuple[UUID, Result]]:
    """Meetings by the goal that they serve."""
    pages = MeetingPage.objects.filter(locale__in=locales, is_cancelled=False)
    for goal_key, page in by_goal(for_everybody(pages)):
        day = localdate(page.starts_at)
        yield (
            goal_key,
            Result(
                page.translation_key,
                _("Meeting"),
                page.title,
                page.url,
                day,
                locale_id=page.locale_id,
                kinds=_("Meetings"),
            ),
        )


@register_calendar
def meetings_in_calendar(locale: Locale, moment: datetime) -> Iterator[CalendarItem]:
    """Meetings that have not ended by then."""
    pages = for_everybody(MeetingPage.objects.filter(locale=locale, ends_at__gt=moment))
    told = Occasion.objects.filter(key=OuterRef("translation_key"))
    pages = pages.annotate(
        sequence=Subquery(told.values("sequence")), changed_at=Subquery(told.values("changed_at"))
    )
    for page in pages.select_related("organiser"):
        yield CalendarItem(
            key=page.translation_key,
            kind=_("Meeting"),
            title=page.title,
            url=page.url,
            starts_at=page.starts_at,
            ends_at=page.ends_at,
            place=page.where,
            organisers=(page.organiser.name,) if page.organiser else (),
            is_cancelled=page.is_cancelled,
            summary=page.cancelled_because if page.is_cancelled else page.introduction,
            is_fictional=page.is_fictional,
            sequence=page.sequence or 0,
            changed_at=page.changed_at,
        )
