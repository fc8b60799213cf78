"""Headers on every answer, also on static files and errors: outermost in MIDDLEWARE (ADR 0030)."""

from collections.abc import Callable
from typing import Final

from csp.middleware import CSPMiddleware
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase

# What a browser offers to pages, and none of ours uses. Passkeys are the one exception. Only names
# that Chromium knows: it complains of others in its console, and browsers that lack one ignore it.
REFUSED: Final = (
    *("accelerometer", "autoplay", "browsing-topics", "camera", "compute-pressure"),
    *("display-capture", "encrypted-media", "fullscreen", "gamepad", "geolocation", "gyroscope"),
    *("hid", "identity-credentials-get", "idle-detection", "keyboard-map", "local-fonts"),
    *("magnetometer", "microphone", "midi", "otp-credentials", "payment", "picture-in-picture"),
    *("private-state-token-issuance", "screen-wake-lock", "serial", "storage-access", "sync-xhr"),
    *("usb", "window-management", "xr-spatial-tracking"),
)
ALLOWED: Final = ("publickey-credentials-create", "publickey-credentials-get")
PERMISSIONS_POLICY: Final = ", ".join(
    [f"{name}=()" for name in REFUSED] + [f"{name}=(self)" for name in ALLOWED]
)
# Django's own SecurityMiddleware sets the last three too, but not on the answers it gives itself.
ALWAYS: Final = {
    "Permissions-Policy": PERMISSIONS_POLICY,
    # Nothing of ours is drawn into a page of somebody else, and nothing of theirs into ours.
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Origin-Agent-Cluster": "?1",
    "Cross-Origin-Opener-Policy": settings.SECURE_CROSS_ORIGIN_OPENER_POLICY,
    "Referrer-Policy": settings.SECURE_REFERRER_POLICY,
    "X-Content-Type-Options": "nosniff",
}


class HouseHeaders:
    """What each answer carries, whoever made it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in ALWAYS.items():
            response.headers.setdefault(name, value)
        if is_somebodys(request, response):
            response.headers["Cache-Control"] = "private, no-store"
        return response


def is_somebodys(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether the answer may tell of somebody: whoever asked has a session, or gets one.

    What is the same for everybody says so itself: static files and pictures, kept for a year.
    """
    has_session = settings.SESSION_COOKIE_NAME in request.COOKIES
    gets_session = settings.SESSION_COOKIE_NAME in response.cookies
    return (has_session or gets_session) and "public" not in response.headers.get(
        "Cache-Control", ""
    )


class HouseCSPMiddleware(CSPMiddleware):
    """One strict policy for our own pages, and one as tight as Wagtail's admin allows."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if request.path.startswith(settings.ADMIN_PREFIX):
            # The attribute by which django-csp's own decorators replace a policy.
            response._csp_replace = settings.ADMIN_CONTENT_SECURITY_POLICY  # type: ignore[attr-defined] # noqa: SLF001
        return super().process_response(request, response)
