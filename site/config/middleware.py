"""Middleware of the house: what holds for every request."""

import time
import uuid
from collections.abc import Callable
from http import HTTPStatus
from typing import Final

import structlog
from django.conf import settings
from django.core.exceptions import TooManyFieldsSent
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    HttpResponsePermanentRedirect,
    QueryDict,
)
from django.shortcuts import render
from wagtail.contrib.redirects.middleware import RedirectMiddleware
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Site

GetResponse = Callable[[HttpRequest], HttpResponse]

KNOWN_METHODS: Final = ("GET", "HEAD", "POST")
MORE_METHODS: Final = ("/scim/", f"{settings.ADMIN_PREFIX}localize/translate/")

log = structlog.stdlib.get_logger("house.request")


class RejectUnreadable:
    """Answer 400 to what cannot be read: a query of thousands of fields, or a NUL byte in an
    address or a form field, which PostgreSQL cannot hold.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            return render(request, "400.html", status=400)
        try:
            request.GET  # noqa: B018  it is read here for the first time
        except TooManyFieldsSent:
            # Every page of ours looks at the query, also the one that says so.
            request.GET = QueryDict()
            return render(request, "400.html", status=400)
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_args: object) -> HttpResponse | None:
        # Reading POST here is safe: every form of ours is small, and a view would read it anyway.
        if request.method == "POST" and any(
            "\x00" in value for values in request.POST.lists() for value in values[1]
        ):
            return render(request, "400.html", status=400)
        return None


class KnownMethods:
    """Answer 405 to all but reading and sending a form: no page of ours is changed otherwise.

    Machines that write by other methods have addresses of their own, and wagtail-localize saves
    each sentence of a translation by PUT.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method in KNOWN_METHODS or request.path.startswith(MORE_METHODS):
            return self.get_response(request)
        return HttpResponseNotAllowed(KNOWN_METHODS)


class RequestLog:
    """One line per request: method, path without query, status, milliseconds. Never who."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        started = time.perf_counter()
        response = self.get_response(request)
        log.info(
            "request",
            id=uuid.uuid4().hex[:12],
            method=request.method,
            path=request.path,
            status=response.status_code,
            ms=round((time.perf_counter() - started) * 1000, 1),
        )
        return response


class Redirects(RedirectMiddleware):
    """Leads from an address that is not there to where an editor says that it went.

    Not for the code of a certificate: it takes as long whether there is one or not.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        match = request.resolver_match
        if match is not None and match.view_name == "certificate_check":
            return response
        redirected: HttpResponse = super().process_response(request, response)
        if redirected.status_code == HTTPStatus.NOT_FOUND:
            return below_a_page_that_moved(request) or redirected
        return redirected


def below_a_page_that_moved(request: HttpRequest) -> HttpResponse | None:
    """To the same place below a page that has another address now: a year of news, its feed.

    Wagtail knows the old address of the page itself and of the pages below it, and not those that
    a page answers by itself.
    """
    parts = [part for part in request.path.split("/") if part]
    above = {f"/{'/'.join(parts[:count])}": parts[count:] for count in range(1, len(parts))}
    moved = Redirect.get_for_site(Site.find_for_request(request)).filter(
        old_path__in=above, automatically_created=True, redirect_page__live=True
    )
    nearest = max(moved, key=lambda each: len(each.old_path), default=None)
    if nearest is None or not (url := nearest.redirect_page.url):
        return None
    return HttpResponsePermanentRedirect(f"{url}{'/'.join(above[nearest.old_path])}/")
