"""For who organises a meeting: who comes, who was there, and taking that list along."""

from http import HTTPStatus

import structlog
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import audit
from accounts.models import AuditEvent
from learning.exports.names import file_name, handed_over
from learning.exports.tables import NotWholeError
from learning.models.people import today
from learning.views.monitoring import viewer_of
from meetings.attendance import NotYet, mark
from meetings.models import MeetingPage, Occasion
from meetings.organisers import occasion_for, participants_for
from meetings.participants import as_file, listed
from meetings.shown import Shown
from meetings.views.finding import about_meeting

What = AuditEvent.What
log = structlog.stdlib.get_logger("house.meetings")


@about_meeting("GET", "HEAD", "POST")
def people(request: HttpRequest, page: MeetingPage) -> HttpResponse:
    """Who takes part and who waits. POST ticks who was there."""
    viewer = viewer_of(request)
    occasion = occasion_for(viewer, page.translation_key)
    if request.method == "POST":
        return tick(request, page, occasion)
    return show(request, page, occasion, template="meetings/participants.html")


@about_meeting("GET", "HEAD")
def sheet(request: HttpRequest, page: MeetingPage) -> HttpResponse:
    """The same to print and sign."""
    occasion = occasion_for(viewer_of(request), page.translation_key)
    return show(request, page, occasion, template="meetings/sheet.html")


def show(
    request: HttpRequest, page: MeetingPage, occasion: Occasion, *, template: str
) -> HttpResponse:
    viewer = viewer_of(request)
    found = listed(participants_for(viewer, occasion), page)
    audit.record(What.MEETING, by=viewer, details={"page": page.pk})
    has_begun = timezone.now() >= occasion.starts_at
    context = {
        "page": page,
        "shown": Shown(page, viewer),
        "placed": [each for each in found if each.has_place],
        "waiting": [each for each in found if not each.has_place],
        "may_tick": has_begun and not occasion.is_cancelled,
    }
    return render(request, template, context)


def tick(request: HttpRequest, page: MeetingPage, occasion: Occasion) -> HttpResponse:
    viewer = viewer_of(request)
    try:
        changed = mark(
            occasion.key,
            shown=numbers(request.POST.getlist("shown")),
            there=numbers(request.POST.getlist("there")),
            by=viewer,
        )
    except NotYet:
        messages.error(request, _("You can tick who was there once the meeting has begun."))
    else:
        audit.record(What.ATTENDANCE, by=viewer, details={"page": page.pk, "changed": changed})
        messages.success(
            request,
            ngettext(
                "Stored. %(changed)s person changed.",
                "Stored. %(changed)s people changed.",
                changed,
            )
            % {"changed": changed},
        )
    return redirect("meeting_people", page.slug)


def numbers(values: list[str]) -> set[int]:
    """Keys from a form; what is none is left out."""
    return {
        int(value) for value in values if value.isascii() and value.isdigit() and len(value) < 19
    }


@about_meeting("GET", "HEAD")
def file(request: HttpRequest, page: MeetingPage, kind: str) -> HttpResponse:
    """The list of participants to take along."""
    viewer = viewer_of(request)
    occasion = occasion_for(viewer, page.translation_key)
    rows = participants_for(viewer, occasion)
    try:
        content = as_file(listed(rows, page), page, kind)
    except NotWholeError as error:
        log.warning("file not made", error=type(error).__name__)
        return render(request, "learning/export_failed.html", status=HTTPStatus.SERVICE_UNAVAILABLE)
    audit.record_for_many(
        What.EXPORT,
        by=viewer,
        about=rows.values_list("person__audit_key", flat=True),
        details={"page": page.pk},
    )
    return handed_over(content, file_name(page.slug, _("participants"), today(), kind))
