"""A calendar as a file that calendar programs read (RFC 5545).

Whoever subscribes asks for it again and again: the same item keeps its UID for good, in every
language, and carries the moment of its last change when its source knows that.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, set_response_etag
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, Timezone, vDuration, vText, vUri

from home.calendar import CalendarItem

CONTENT_TYPE: Final = "text/calendar; charset=utf-8"
ZONE: Final = ZoneInfo("Europe/Amsterdam")
# The rules since 1996. The package would write out every year until 2038, and begins summer time
# an hour late: RFC 5545 (3.6.5) wants the hour before the clock is set.
SUMMER_TIME: Final = """BEGIN:VTIMEZONE
TZID:Europe/Amsterdam
BEGIN:DAYLIGHT
DTSTART:19960331T020000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE
"""
ASK_AGAIN_AFTER: Final = timedelta(hours=4)
# A program that asks again keeps what has just been.
RECENT: Final = timedelta(days=90)


def empty_calendar(product: str) -> Calendar:
    """A calendar without anything in it, with the rules of summer time that its times need."""
    calendar = Calendar()
    calendar.add("prodid", product)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add_component(Timezone.from_ical(SUMMER_TIME))
    return calendar


def add_name(calendar: Calendar, name: str) -> None:
    """What a program calls the feed, and when it asks again (RFC 7986, and what came before)."""
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", str(ZONE))
    calendar.add("refresh-interval", ASK_AGAIN_AFTER, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(ASK_AGAIN_AFTER))


def calendar_answer(
    request: HttpRequest, content: bytes, *, name: str, kind: str = "inline"
) -> HttpResponse:
    """The file as an answer: 304 to a program that has it already."""
    response = HttpResponse(content, content_type=CONTENT_TYPE)
    response.headers["Content-Disposition"] = f'{kind}; filename="{name}.ics"'
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Cache-Control"] = "no-cache"
    set_response_etag(response)
    etag = response.headers["ETag"]
    found: HttpResponse | None = get_conditional_response(request, etag=etag, response=response)
    return found if found is not None else response


def calendar_file(
    items: Iterable[CalendarItem], *, name: str, language: str, made_at: datetime
) -> bytes:
    """The items as one calendar, in local time with the rules of summer time beside it."""
    calendar = empty_calendar(f"-//Raadsleden & Veiligheid//{language.upper()}")
    calendar.add("method", "PUBLISH")
    add_name(calendar, name)
    for item in items:
        calendar.add_component(event_of(item, made_at))
    return bytes(calendar.to_ical())


def event_of(item: CalendarItem, made_at: datetime) -> Event:
    """One item. Its key, which is a UUID, is its UID (RFC 7986, 5.3)."""
    event = Event()
    event.add("uid", str(item.key))
    event.add("dtstamp", item.changed_at or made_at)
    event.add("sequence", item.sequence)
    event.add("summary", item.title)
    event.add("dtstart", item.starts_at.astimezone(ZONE))
    event.add("dtend", item.ends_at.astimezone(ZONE))
    event.add("status", "CANCELLED" if item.is_cancelled else "CONFIRMED")
    event.add("location", vText(item.place or _("Online")))
    if item.url:
        event.add("url", vUri(whole(item.url)))
    if text := description_of(item):
        event.add("description", vText(text))
    event.add("categories", [item.kind])
    return event


def description_of(item: CalendarItem) -> str:
    """What a program shows beneath the title."""
    lines = []
    if item.is_fictional:
        lines.append(_("An invented example."))
    if item.organisers:
        names = ", ".join(item.organisers)
        lines.append(_("Organised by %(names)s.") % {"names": names})
    if item.summary:
        lines.append(item.summary)
    return "\n".join(lines)


def whole(url: str) -> str:
    """An address that also leads here from a calendar."""
    return f"{settings.BASE_URL}{url}" if url.startswith("/") else url
