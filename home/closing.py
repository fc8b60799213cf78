"""Closing an announcement where there is no script: the browser keeps it in a cookie.

With a script it keeps it by itself (site/frontend/js/banner.js) and we are sent nothing. The cookie
holds no more than which announcements are closed, and is set when somebody asks for that.
"""

import re
from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from home.frame import banners_in
from home.host_cookies import host_cookie
from home.models import Banner

COOKIE: Final = host_cookie("announcements")
VERSION: Final = re.compile(r"[0-9a-f]{12}")
MOST: Final = 20
KEPT_FOR: Final = timedelta(days=90)


def closed_by(request: HttpRequest) -> frozenset[str]:
    """The announcements that this browser closed."""
    return frozenset(VERSION.findall(request.COOKIES.get(COOKIE, "")[: MOST * 13]))


def without_closed(banners: Iterable[Banner], request: HttpRequest) -> list[Banner]:
    """Those that are left; what may not be closed any more shows again."""
    closed = closed_by(request)
    return [each for each in banners if not (each.may_be_closed and each.version in closed)]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def close_banner(request: HttpRequest, version: str) -> HttpResponse:
    """Ask whether it is to be closed, and close it. One that is gone needs no closing."""
    shown = banners_in(get_language() or settings.LANGUAGE_CODE)
    banner = next((each for each in shown if each.may_be_closed and each.version == version), None)
    if banner is None:
        raise Http404
    if request.method != "POST":
        back = own_path(request, request.headers.get("referer", ""))
        return render(request, "home/close_banner.html", {"banner": banner, "back": back})
    response = HttpResponseRedirect(own_path(request, request.POST.get("back", "")))
    # Only what still shows is remembered: the cookie does not grow.
    closed = closed_by(request) & {each.version for each in shown}
    response.set_cookie(
        COOKIE,
        ".".join(sorted({*closed, version})[-MOST:]),
        max_age=KEPT_FOR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def own_path(request: HttpRequest, address: str) -> str:
    """Where somebody came from within this site; its beginning for anywhere else."""
    mine = url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    path = re.sub(r"^https?://[^/]*", "", address) if mine else ""
    return path if path.startswith("/") and not path.startswith("//") else "/"
