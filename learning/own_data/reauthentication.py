"""Showing again who one is, before everything about oneself leaves the site."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Final

from allauth.account import app_settings
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import (
    did_recently_reauthenticate,
    get_reauthentication_flows,
)
from allauth.core.exceptions import ReauthenticationRequired
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

View = Callable[[HttpRequest], HttpResponse]
# Who has neither password nor passkey signs in anew by mail, which takes a while.
AFTER_SIGNING_IN: Final = 900


def has_just_signed_in(request: HttpRequest) -> bool:
    records = get_authentication_records(request, request.user)
    newest = max((float(record.get("at", 0)) for record in records), default=0.0)
    longest = max(AFTER_SIGNING_IN, app_settings.REAUTHENTICATION_TIMEOUT)
    return time.time() - newest < longest


def shown_again(view: View) -> View:
    """Ask who it is, unless they showed it some minutes ago.

    By password, passkey or app, through allauth. Who signs in by mail alone, or through their
    municipality, has none of these: they sign in anew, for which a page asks.
    """

    @wraps(view)
    def inner(request: HttpRequest) -> HttpResponse:
        if get_reauthentication_flows(request.user):
            if not did_recently_reauthenticate(request):
                raise ReauthenticationRequired
        elif not has_just_signed_in(request):
            return render(request, "learning/own_data/again.html")
        return view(request)

    return inner
