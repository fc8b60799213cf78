"""What the pages of a municipality under `/gemeente/<slug>/…` have in common.

`PLACES` is the one list of them: whoever adds a page adds a line. `watched` is the door:
it hands the view a municipality that the signed-in person may watch, or answers itself.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Final

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy
from django.views.decorators.cache import never_cache

from home.publication import Kept
from learning import monitoring
from learning.models import Municipality
from learning.models.places import municipality_at
from learning.views.monitoring import successor_of, viewer_of

DRAWN: Final = Kept[str](most=1000)


@dataclass(frozen=True, slots=True)
class Place:
    """A page of a municipality in its own navigation; `name` is that of its address."""

    name: str
    label: str | Promise


# In the order in which they stand on screen. An address begins with that of its page.
PLACES: Final = (
    Place("municipality", pgettext_lazy("page of a municipality", "Overview")),
    Place("requirements", pgettext_lazy("page of a municipality", "Requirements")),
    Place("imports", pgettext_lazy("page of a municipality", "Import")),
    Place("municipality_reminders", pgettext_lazy("page of a municipality", "Reminders")),
    Place("municipality_invite", pgettext_lazy("page of a municipality", "Invite")),
    Place("municipality_export", pgettext_lazy("page of a municipality", "Take with you")),
    Place("municipality_settings", pgettext_lazy("page of a municipality", "Settings")),
    Place("municipality_monitors", pgettext_lazy("page of a municipality", "Monitors")),
    Place("municipality_log", pgettext_lazy("page of a municipality", "Access log")),
)


def navigation(municipality: Municipality, path: str) -> str:
    """The navigation as HTML. The page that one is on or below is marked."""
    language = get_language()
    return DRAWN.get(
        (municipality.slug, municipality.display_name, language, path),
        lambda: draw_navigation(municipality, path),
    )


def draw_navigation(municipality: Municipality, path: str) -> str:
    items = []
    for place in PLACES:
        url = reverse(place.name, args=[municipality.slug])
        # Every address lies below the overview's.
        below = place.name != "municipality" and path.startswith(url)
        items.append(
            {
                "label": place.label,
                "url": url,
                "current": "page" if path == url else "true" if below else "",
            }
        )
    return render_to_string(
        "learning/municipality_nav.html", {"items": items, "municipality": municipality}
    )


View = Callable[..., HttpResponseBase]


def watched(view: View) -> View:
    """For views of `(request, place, …)` at `/gemeente/<slug>/…`: for its monitors alone.

    Others get 403, visitors sign in first. Who watches a municipality that has merged is led
    to the same page of its successor, and nothing is done.
    """

    @never_cache
    @login_required
    @wraps(view)
    def inner(request: HttpRequest, slug: str, **kwargs: Any) -> HttpResponseBase:
        place = municipality_at(slug)
        successor = successor_of(request, place)
        if successor is not None:
            return to_successor(request, successor)
        monitoring.members_for(viewer_of(request), place)
        return view(request, place, **kwargs)

    return inner


def to_successor(request: HttpRequest, successor: Municipality) -> HttpResponse:
    """The same page of the successor; its overview where the page was about one thing."""
    match = request.resolver_match
    if match is not None and set(match.kwargs) == {"slug"} and match.view_name:
        return redirect(match.view_name, slug=successor.slug)
    return redirect(successor)


def ask_first(
    request: HttpRequest, place: Municipality, *, title: str, text: str, button: str, back: str
) -> HttpResponse:
    """A page that asks whether it is meant. The button posts to the same address."""
    context = {"municipality": place, "title": title, "text": text, "button": button, "back": back}
    return render(request, "learning/ask_first.html", context)
