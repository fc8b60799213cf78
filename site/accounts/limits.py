"""Too often: when somebody may try again, as their page says it (ACCOUNT_RATE_LIMITS)."""

import math
import time
from typing import Final

from allauth.core.internal.ratelimit import get_cache_key, get_rates
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

AT_LEAST: Final = 60
# What a view counts, where its name does not say so.
ACTIONS: Final = {
    "account_login": ("allauth.account", "login"),
    "account_request_login_code": ("allauth.account", "login"),
    "account_email": ("allauth.account", "manage_email"),
    "account_change_password": ("allauth.account", "change_password"),
    "account_set_password": ("allauth.account", "change_password"),
    "account_reset_password": ("allauth.account", "reset_password"),
    "account_reset_password_from_key": ("allauth.account", "reset_password_from_key"),
    "account_reauthenticate": ("allauth.account", "reauthenticate"),
    "mfa_reauthenticate": ("allauth.account", "reauthenticate"),
    "mfa_reauthenticate_webauthn": ("allauth.account", "reauthenticate"),
    "mfa_login_webauthn": ("allauth.mfa", "webauthn_login"),
}


def seconds_left(request: HttpRequest, app: str, action: str, *, key: str | None = None) -> int:
    """How long until it may be tried again: the longest of the limits that are reached."""
    longest = 0.0
    for rate in get_rates(app=app, action=action):
        user = request.user if request.user.is_authenticated else None
        try:
            stored = get_cache_key(request, app=app, action=action, rate=rate, key=key, user=user)
        except ImproperlyConfigured:
            continue
        tries = cache.get(stored, [])
        if len(tries) >= rate.amount:
            longest = max(longest, tries[rate.amount - 1] + rate.duration - time.time())
    return max(math.ceil(longest), AT_LEAST)


def too_often(
    request: HttpRequest, *, action: tuple[str, str] | None = None, key: str | None = None
) -> HttpResponse:
    """The page of 429, with in how many minutes it may be tried again."""
    view = request.resolver_match.view_name if request.resolver_match else ""
    counted = action or ACTIONS.get(view or "")
    seconds = seconds_left(request, *counted, key=key) if counted else 5 * AT_LEAST
    response = render(request, "429.html", {"minutes": math.ceil(seconds / 60)}, status=429)
    response["Retry-After"] = str(seconds)
    return response
