"""Who must show a second factor, and that nobody of them gets round it (DESIGN §5).

Whoever signs in has shown it once in their session: allauth asks for it when there is one, and
notes it. Who should have one and has none yet reaches only the pages that set it up.
"""

from collections.abc import Callable
from typing import Any, Final

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.mfa.models import Authenticator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from accounts.models import User
from config.context import RIGHTS
from home.publication import Kept
from learning.models import MonitorGrant

NEEDS: Final = Kept[bool](RIGHTS, most=20_000)
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
# By these one takes away again what protects: closed until the second factor was shown.
CLOSED_VIEWS: Final = frozenset(
    {"mfa_deactivate_totp", "mfa_remove_webauthn", "mfa_edit_webauthn", "mfa_list_webauthn"}
)


def needs_second_factor(user: User) -> bool:
    """Whether somebody sees others' data or changes the site: monitors, editors, administrators."""
    return NEEDS.get(user.pk, lambda: is_trusted_with_more(user))


def is_trusted_with_more(user: User) -> bool:
    return (
        user.is_superuser
        or user.has_perm("wagtailadmin.access_admin")
        or MonitorGrant.objects.active().filter(person=user).exists()
    )


def has_shown_second_factor(request: HttpRequest) -> bool:
    records = get_authentication_records(request, request.user)
    return any(record.get("method") == "mfa" for record in records)


def note_second_factor(
    *, request: HttpRequest, user: User, authenticator: Authenticator, **_kwargs: Any
) -> None:
    """Whoever has just set it up has shown it (signal `authenticator_added`)."""
    if authenticator.type != Authenticator.Type.RECOVERY_CODES and request.user == user:
        record_authentication(
            request, user, "mfa", id=authenticator.pk, type=str(authenticator.type)
        )


class SecondFactorRequired:
    """Leads whoever must show a second factor to where they do so, everywhere on the site."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_args: object) -> HttpResponse | None:
        user = request.user
        if (
            not user.is_authenticated
            or has_shown_second_factor(request)
            or not needs_second_factor(user)
        ):
            return None
        view = (request.resolver_match.view_name if request.resolver_match else "") or ""
        has_one = Authenticator.objects.filter(
            user=user, type__in=[Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
        ).exists()
        if view in OPEN_VIEWS or (
            view.startswith(OPEN_PREFIX) and not (has_one and view in CLOSED_VIEWS)
        ):
            return None
        if request.method not in ("GET", "HEAD"):
            return render(request, "403_second_factor.html", status=403)
        # An older session of somebody who has one by now, or one to set up.
        way = "mfa_reauthenticate" if has_one else "mfa_index"
        return redirect(f"{reverse(way)}?{urlencode({'next': request.get_full_path()})}")
