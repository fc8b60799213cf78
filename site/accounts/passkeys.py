"""Offering a passkey to whoever signed in in another way: once, and never again after *not now*."""

from typing import Any, Final

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from django.http import HttpRequest

from accounts.current import person_of
from accounts.models import User

# Kept in the session, so that no page need ask the database whether to offer one.
OFFER: Final = "offer_passkey"


def offer(*, request: HttpRequest, user: User, **_kwargs: Any) -> None:
    """Whoever has just signed in (allauth's signal `user_logged_in`) may be offered one."""
    if user.passkey_was_offered or shown(request, user):
        return
    keys = Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.WEBAUTHN)
    if not keys.exists():
        request.session[OFFER] = True


def shown(request: HttpRequest, user: User) -> bool:
    records = get_authentication_records(request, user)
    return any(record.get("type") == "webauthn" for record in records)


def no_passkey_now(request: HttpRequest) -> None:
    """Do not offer it again, on no device."""
    request.session.pop(OFFER, None)
    User.objects.filter(pk=person_of(request).pk).update(passkey_was_offered=True)
