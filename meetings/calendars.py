"""Meetings as iCalendar (RFC 5545): one, all, and somebody's own."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Final, Literal

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from icalendar import Event

from accounts.models import User
from home.calendar_file import ZONE, add_name, empty_calendar
from learning import tokens
from meetings.models import CalendarKey, MeetingPage, Occasion, SignUp

# So long what has been stays in a feed: a calendar takes out what it no longer finds.
PAST_SHOWN: Final = timedelta(days=90)


def calendar_of(
    events: Iterable[Event], *, name: str = "", method: Literal["PUBLISH", "CANCEL"] = "PUBLISH"
) -> bytes:
    """A calendar with these events, and with the rules of the time zone in it."""
    language = (translation.get_language() or settings.LANGUAGE_CODE).upper()
    calendar = empty_calendar(f"-//{settings.WAGTAIL_SITE_NAME}//{language}")
    calendar.add("method", method)
    if name:
        add_name(calendar, name)
    for event in events:
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def event_of(page: MeetingPage, occasion: Occasion | None, *, tentative: bool = False) -> Event:
    """One meeting; the same UID for good and in every feed, a higher SEQUENCE with each change."""
    event = Event()
    event.add("uid", str(page.translation_key))
    told_at = occasion.changed_at if occasion else page.first_published_at
    # The same each time it is asked for, or a program takes every answer for a change.
    stamp = told_at or page.starts_at
    event.add("dtstamp", stamp)
    event.add("last-modified", max(page.last_published_at or stamp, stamp))
    event.add("dtstart", page.starts_at.astimezone(ZONE))
    event.add("dtend", page.ends_at.astimezone(ZONE))
    event.add("summary", page.title)
    event.add("description", description_of(page))
    event.add("location", page.where or _("Online"))
    event.add("url", page.full_url or settings.BASE_URL)
    event.add("sequence", occasion.sequence if occasion else 0)
    event.add("status", status_of(page, tentative=tentative))
    return event


def description_of(page: MeetingPage) -> str:
    if page.is_cancelled and page.cancelled_because:
        return _("Cancelled: %(why)s") % {"why": page.cancelled_because}
    told = [_("An invented example.")] if page.is_fictional else []
    return " ".join([*told, page.introduction])


def status_of(page: MeetingPage, *, tentative: bool) -> str:
    if page.is_cancelled:
        return "CANCELLED"
    return "TENTATIVE" if tentative else "CONFIRMED"


def occasions_of(pages: Iterable[MeetingPage]) -> dict[object, Occasion]:
    keys = [page.translation_key for page in pages]
    return {each.key: each for each in Occasion.objects.filter(key__in=keys)}


def one_calendar(page: MeetingPage) -> bytes:
    """The file of one meeting; opened when it is cancelled, it takes the meeting out again."""
    event = event_of(page, occasions_of([page]).get(page.translation_key))
    return calendar_of([event], method="CANCEL" if page.is_cancelled else "PUBLISH")


def all_calendar(language: str | None) -> bytes:
    """The feed of all meetings, in a language or in the first where one lacks that."""
    since = timezone.now() - PAST_SHOWN
    keys = MeetingPage.objects.live().public().filter(ends_at__gt=since).values("translation_key")
    found = MeetingPage.objects.public().in_language_of(keys, language).values()
    pages = sorted(found, key=lambda page: (page.starts_at, page.pk))
    told = occasions_of(pages)
    return calendar_of(
        [event_of(page, told.get(page.translation_key)) for page in pages], name=_("Meetings")
    )


def own_calendar(person: User) -> bytes:
    """The feed of what somebody has signed up for. Who waits may yet come: TENTATIVE."""
    since = timezone.now() - PAST_SHOWN
    rows = list(
        SignUp.objects.filter(person=person, occasion__ends_at__gt=since)
        .select_related("occasion")
        .order_by("occasion__starts_at", "pk")
    )
    keys = [row.occasion.key for row in rows]
    pages = MeetingPage.objects.all().in_language_of(keys, person.language)
    with translation.override(person.language):
        return calendar_of(
            [
                event_of(pages[row.occasion.key], row.occasion, tentative=not row.has_place)
                for row in rows
                if row.occasion.key in pages
            ],
            name=_("My meetings"),
        )


def make_key(person: User) -> str:
    """A new secret for the address of somebody's own feed, shown once; an earlier one ends."""
    secret = tokens.fresh()
    CalendarKey.objects.update_or_create(
        person=person,
        defaults={"token_hash": tokens.digest(secret), "made_at": timezone.now()},
    )
    return secret


def end_key(person: User) -> None:
    """Whoever has the address sees nothing any more. Safe to repeat."""
    CalendarKey.objects.filter(person=person).delete()


def owner_of(secret: str) -> User | None:
    """Whose feed an address is; nobody's when the secret was replaced or never was."""
    if not secret or len(secret) > tokens.LONGEST:
        return None
    key = (
        CalendarKey.objects.select_related("person")
        .filter(token_hash=tokens.digest(secret), person__is_active=True)
        .first()
    )
    return key.person if key is not None else None
