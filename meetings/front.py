"""The next meetings on the home page."""

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from wagtail.models import Locale

from home.front import FrontEntry, FrontPart, first_of, other_language, register_front
from home.visible import for_everybody
from meetings.mail import when
from meetings.models import MeetingIndexPage, MeetingPage


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
