"""Whole pages, kept for visitors who are nobody in particular.

A visitor without a session sees what every other such visitor sees, so the second one
gets the stored page: no session, no database, no template. Pages are stored under a
version that every publication raises (`home.publication`), so an editor sees a change
at once; nothing is ever deleted by hand.
"""

from collections.abc import Callable
from typing import Final
from zlib import crc32

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.templatetags.static import static
from django.utils.cache import get_conditional_response, set_response_etag
from django.utils.http import parse_http_date_safe

from home.closing import closed_by
from home.frame import banners_number
from home.publication import PUBLICATION

SECONDS: Final = 600
PUBLIC_PREFIXES_LEFT_OUT: Final = (
    *("/account/", "/mijn/", "/mededelingen/", "/beheer/", "/media/", "/documenten/", "/scim/"),
    # Kept as files already.
    "/kaart/",
    # With a limit of its own, which counts every question.
    "/api/",
    # Whether it is well with us: nothing is asked that need not be.
    *("/healthz", "/readyz"),
    # A certificate can be withdrawn at any moment, and its address says which it is.
    "/certificaat/",
    *(f"/{code}/certificaat/" for code, _name in settings.LANGUAGES),
)


def key_of(request: HttpRequest) -> str:
    """Where a page is stored: version, host, scheme, address and query."""
    where = f"{request.scheme}:{request.get_host()}:{request.get_full_path()}"
    # An announcement begins and ends at moments at which nothing is published, and is closed.
    shown = banners_number(closed_by(request))
    return f"page:{assets_number():x}:{PUBLICATION.current()}:{shown}:{where}"


def assets_number() -> int:
    """Another one when the style or the script is another: a new version of the site may have
    the old ones no more, and a page that was kept before it asks for those.
    """
    return crc32("".join(static(name) for name in ("site.css", "site.js")).encode())


def may_be_shared(request: HttpRequest) -> bool:
    """Whether the answer can depend on nothing but the address.

    A search is left out: its addresses are endless, and what somebody looked for is theirs.
    """
    return (
        request.method in ("GET", "HEAD")
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and settings.LANGUAGE_COOKIE_NAME not in request.COOKIES
        and len(request.META.get("QUERY_STRING", "")) < 40
        # No page of ours is found so deep, and no store takes a longer name.
        and len(request.path) < 150
        and "/zoeken/" not in request.path
        and not request.path.startswith(PUBLIC_PREFIXES_LEFT_OUT)
    )


class AnonymousPageCache:
    """Answers from the store where it can, stores where it may."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not may_be_shared(request):
            return self.get_response(request)
        key = key_of(request)
        stored = cache.get(key)
        if stored is not None:
            body, headers = stored
            response = HttpResponse(body, headers=headers)
        else:
            response = self.get_response(request)
            if not self.may_be_stored(request, response):
                return response
            response.headers["Cache-Control"] = "no-cache"
            set_response_etag(response)
            cache.set(key, (response.content, dict(response.headers)), SECONDS)
        changed = response.headers.get("Last-Modified")
        conditional = get_conditional_response(
            request,
            etag=response.headers.get("ETag"),
            last_modified=parse_http_date_safe(changed) if changed else None,
            response=response,
        )
        if isinstance(conditional, HttpResponseNotModified):
            return conditional
        return response

    @staticmethod
    def may_be_stored(request: HttpRequest, response: HttpResponse) -> bool:
        """Only a plain page that set no cookie and shows no token of this visitor."""
        return (
            request.method == "GET"
            and response.status_code == 200
            and not response.streaming
            and not response.cookies
            and "CSRF_COOKIE" not in request.META
            and "Content-Disposition" not in response.headers
            and "no-store" not in response.headers.get("Cache-Control", "")
            and "private" not in response.headers.get("Cache-Control", "")
        )
