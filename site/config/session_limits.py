"""Nobody stays signed in for longer than the rules say (accounts/session_rules.py)."""

import time
from collections.abc import Callable
from typing import Any, Final

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from accounts import sessions
from accounts.models import User
from accounts.session_rules import Stay
from config.second_factor import needs_second_factor

OWN_DEVICE: Final = "own_device"
STAY: Final = "stay"


def begin(*, request: HttpRequest, user: User, **_kwargs: Any) -> None:
    """Whoever signs in begins a stay (Django's signal `user_logged_in`)."""
    now = time.time()
    # Other doors than the sign-in page do not ask: invitations come to one's own phone.
    own = bool(request.session.get(OWN_DEVICE, True))
    request.session[STAY] = [now, now, own]
    if not own:
        # Until the browser closes.
        request.session.set_expiry(0)


class SessionLimits:
    """Ends a session that has lasted long enough, and notes now and then that somebody is here."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            self.check(request, request.user)
        return self.get_response(request)

    def check(self, request: HttpRequest, user: User) -> None:
        if STAY not in request.session:
            # A session from before there were limits begins now.
            begin(request=request, user=user)
        now = time.time()
        stay = Stay(*request.session[STAY])
        is_trusted = needs_second_factor(user)
        if stay.is_over(now, is_trusted=is_trusted):
            logout(request)
            messages.info(
                request, _("You were signed out, because it was long ago. Sign in again.")
            )
        elif stay.is_to_be_noted(now, is_trusted=is_trusted):
            request.session[STAY] = [stay.signed_in_at, now, stay.own_device]
            sessions.note_seen(request)
