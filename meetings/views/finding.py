"""The meeting at an address, and doors that views share."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from home.visible import for_everybody
from meetings.models import MeetingPage

View = Callable[..., HttpResponseBase]


def meeting_at(slug: str) -> MeetingPage:
    """The live page in the language of the address, or in the site's first. Raises Http404."""
    language, default = get_language(), settings.LANGUAGE_CODE
    pages = (
        for_everybody(MeetingPage.objects.filter(slug=slug))
        .filter(locale__language_code__in={language, default})
        .select_related("locale", "organiser", "counts_for")
    )
    found = sorted(pages, key=lambda page: page.locale.language_code != language)
    if not found:
        raise Http404
    return found[0]


def signed_in(*methods: str) -> Callable[[View], View]:
    """For views of `(request, …)`: only for who has signed in, and for no cache."""

    def decorate(view: View) -> View:
        guarded: View = never_cache(login_required(require_http_methods(methods)(view)))
        return wraps(view)(guarded)

    return decorate


def about_meeting(*methods: str) -> Callable[[View], View]:
    """The same for views of `(request, page, …)` at `/bijeenkomsten/<slug>/…`."""

    def decorate(view: View) -> View:
        @signed_in(*methods)
        @wraps(view)
        def inner(request: HttpRequest, slug: str, **kwargs: Any) -> HttpResponseBase:
            return view(request, meeting_at(slug), **kwargs)

        return inner

    return decorate
