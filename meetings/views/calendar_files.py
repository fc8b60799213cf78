"""Files and feeds for calendars."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.limits import too_often
from home.calendar_file import calendar_answer
from learning.views.limits import too_many
from meetings import calendars
from meetings.views.finding import meeting_at

LIMIT = "calendar"


def as_calendar(request: HttpRequest, content: bytes, *, name: str) -> HttpResponse:
    return calendar_answer(request, content, name=name, kind="attachment")


@require_safe
def one(request: HttpRequest, slug: str) -> HttpResponse:
    """One meeting, as a file for one's calendar."""
    return as_calendar(request, calendars.one_calendar(meeting_at(slug)), name=slug)


@require_safe
def everything(request: HttpRequest) -> HttpResponse:
    """The feed of all meetings."""
    return as_calendar(request, calendars.all_calendar(get_language()), name="agenda")


@never_cache
@require_safe
def own(request: HttpRequest) -> HttpResponse:
    """Somebody's own feed. The secret stands in the query, which no log of ours keeps."""
    if too_many(request, LIMIT):
        return too_often(request, action=("allauth.account", LIMIT))
    person = calendars.owner_of(request.GET.get("sleutel", ""))
    if person is None:
        raise Http404
    return as_calendar(request, calendars.own_calendar(person), name="mijn-bijeenkomsten")
