"""Who must show a second factor, and that nobody of them gets round it (DESIGN §5).

Whoever signs in has shown it once in their session: allauth asks for it when there is one, and
notes it. Who should have one and has none yet reaches only the pages that set it up.
"""

from collections.abc import Callable
from typing import Any, Final

from allauth.account.internal.flows.login import (
    AUTHENTICATION_METHODS_SESSION_KEY,
    get_authentication_records,
    record_authentication,
)
from allauth.mfa.models import Authenticator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from accounts.models import User
from config.rights import rights_of

# Views that set it up or undo a mistake: signing out, and showing again who one is.
OPEN_VIEWS: Final = frozenset(
    {
        "account_logout",
        "account_reauthenticate",
        "demo_sign_in",
        "erasing_undo",
        "healthz",
        "help",
        "media",
        "readyz",
        "robots",
        "security_txt",
    }
)
OPEN_PREFIX: Final = "mfa_"
# Where somebody was going when they had to set up the second step.
AFTERWARDS: Final = "after_second_factor"
# By these one takes away again what protects: closed until the second factor was shown.
CLOSED_VIEWS: Final = frozenset(
    {"mfa_deactivate_totp", "mfa_remove_webauthn", "mfa_edit_webauthn", "mfa_list_webauthn"}
)


def needs_second_factor(user: User) -> bool:
    """Whether somebody sees others' data or changes the site.

    Monitors, editors, administrators, and who organises a meeting.
    """
    return user.is_superuser or rights_of(user).is_trusted_with_more


def has_shown_second_factor(request: HttpRequest) -> bool:
    records = get_authentication_records(request, request.user)
    return any(record.get("method") == "mfa" for record in records)


def note_second_factor(
    *, request: HttpRequest, user: User, authenticator: Authenticator, **_kwargs: Any
) -> None:
    """Whoever has just set it up has shown it (signal `authenticator_added`)."""
    if authenticator.type != Authenticator.Type.RECOVERY_CODES and request.user == user:
        record_authentication(
            request,
            user,
            "mfa",
            id=authenticator.pk,
            type=str(authenticator.type),
            # So the recovery codes are shown at once, without asking again.
            reauthenticated=True,
        )


def forget_second_factor(*, request: HttpRequest, user: User, **_kwargs: Any) -> None:
    """Whoever has taken away their last one has shown none any more (`authenticator_removed`)."""
    if request.user != user or owns_factor(user):
        return
    records = get_authentication_records(request, user)
    if records:
        request.session[AUTHENTICATION_METHODS_SESSION_KEY] = [
            record for record in records if record.get("method") != "mfa"
        ]


def owns_factor(user: User) -> bool:
    kinds = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    return Authenticator.objects.filter(user_id=user.pk, type__in=kinds).exists()


class SecondFactorRequired:
    """Leads whoever must show a second factor to where they do so, everywhere on the site."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_args: object) -> HttpResponse | None:
        user = request.user
        if not user.is_authenticated:
            return None
        if has_shown_second_factor(request) or not needs_second_factor(user):
            if request.session.get(AFTERWARDS) == request.get_full_path():
                del request.session[AFTERWARDS]
            return None
        # The page that sets it up says why.
        request.second_factor_is_due = True  # type: ignore[attr-defined]
        view = (request.resolver_match.view_name if request.resolver_match else "") or ""
        has_one = owns_factor(user)
        if view in OPEN_VIEWS or (
            view.startswith(OPEN_PREFIX) and not (has_one and view in CLOSED_VIEWS)
        ):
            return None
        if request.method not in ("GET", "HEAD"):
            return render(request, "403_second_factor.html", status=403)
        # An older session of somebody who has one by now, or one to set up.
        way = "mfa_reauthenticate" if has_one else "mfa_index"
        # Kept besides: setting one up takes several pages.
        request.session[AFTERWARDS] = request.get_full_path()
        return redirect(f"{reverse(way)}?{urlencode({'next': request.get_full_path()})}")
