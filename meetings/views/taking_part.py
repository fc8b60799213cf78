"""Signing up, cancelling, and one's own meetings."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.limits import too_often
from learning.rules.retention import period
from learning.views.limits import too_many
from learning.views.monitoring import viewer_of
from meetings import calendars
from meetings.models import CalendarKey, MeetingIndexPage, MeetingPage, Occasion
from meetings.shown import Shown
from meetings.signing_up import Refused, cancel, clashes, own_meetings, refusal, roles_of, sign_up
from meetings.views.finding import about_meeting, signed_in
from meetings.words import refusal_words

LIMIT = "meeting"


@about_meeting("GET", "HEAD", "POST")
def join(request: HttpRequest, page: MeetingPage) -> HttpResponse:
    """First who will see what, and what clashes; then a place or the waiting list."""
    person = viewer_of(request)
    shown = Shown(page, person)
    if request.method == "POST":
        if too_many(request, LIMIT):
            return too_often(request, action=("allauth.account", LIMIT))
        try:
            entry = sign_up(person, page.translation_key)
        except Refused as refused:
            messages.error(request, refusal_words(refused.why, page))
            return redirect(page.url)
        if entry.has_place:
            messages.success(request, _("You have a place. You get a mail about it."))
        else:
            messages.success(request, _("You are on the waiting list. You get a mail about it."))
        return redirect(page.url)
    if shown.sign_up is not None:
        return redirect(page.url)
    why = refusal(page, roles_of(person), timezone.now())
    context = {
        "page": page,
        "shown": shown,
        "why_not": refusal_words(why, page) if why else "",
        "kept_days": period("meeting_sign_ups").days,
        "clashes": titles_of(clashes(person, page)),
    }
    return render(request, "meetings/sign_up.html", context)


def titles_of(occasions: list[Occasion]) -> list[MeetingPage]:
    keys = [each.key for each in occasions]
    pages = MeetingPage.objects.all().in_language_of(keys, get_language())
    return [pages[key] for key in keys if key in pages]


@about_meeting("GET", "HEAD", "POST")
def leave(request: HttpRequest, page: MeetingPage) -> HttpResponse:
    """Asks first. What was cancelled already is cancelled."""
    person = viewer_of(request)
    if request.method == "POST":
        if cancel(person, page.translation_key):
            messages.success(request, _("You have cancelled. Your place goes to somebody else."))
        else:
            messages.info(request, _("Nothing was changed: you were not signed up, or it began."))
        return redirect(page.url)
    shown = Shown(page, person)
    if shown.sign_up is None or shown.has_begun:
        messages.info(request, _("There is nothing to cancel here."))
        return redirect(page.url)
    return render(request, "meetings/cancel.html", {"page": page, "shown": shown})


@signed_in("GET", "HEAD")
def mine(request: HttpRequest) -> HttpResponse:
    """What somebody takes part in, took part in, and organises; and their calendar."""
    return show_mine(request)


def show_mine(request: HttpRequest, *, address: str = "") -> HttpResponse:
    person = viewer_of(request)
    now = timezone.now()
    own = own_meetings(person, get_language())
    organised = Occasion.objects.organised_by(person).order_by("-starts_at")
    pages = MeetingPage.objects.all().in_language_of(
        [each.key for each in organised], get_language()
    )
    index = MeetingIndexPage.objects.live().filter(locale__language_code=get_language()).first()
    context = {
        "coming": [each for each in own if each.page and each.occasion.ends_at > now],
        "past": [each for each in reversed(own) if each.occasion.ends_at <= now],
        "organised": [pages[each.key] for each in organised if each.key in pages],
        "calendar_key": CalendarKey.objects.filter(person=person).first(),
        "address": address,
        "index_url": index.url if index is not None else "",
    }
    return render(request, "meetings/mine.html", context)


@signed_in("POST")
def own_calendar(request: HttpRequest) -> HttpResponse:
    """Make an address for one's own calendar, replace it, or end it. Shown this once."""
    person = viewer_of(request)
    if request.POST.get("do") == "end":
        calendars.end_key(person)
        messages.success(request, _("The address of your calendar no longer works."))
        return redirect(reverse("own_meetings") + "#agenda")
    if too_many(request, LIMIT):
        return too_often(request, action=("allauth.account", LIMIT))
    secret = calendars.make_key(person)
    path = f"{reverse('meeting_own_feed')}?sleutel={secret}"
    return show_mine(request, address=path)
