"""What follows when somebody signs in or out, or changes how they do: the log, other sessions."""

from typing import Any, Final

from allauth.account import signals as account
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa import signals as mfa
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth import signals as auth
from django.db.models.signals import pre_save
from django.http import HttpRequest

from accounts import audit, passkeys, sessions
from accounts.devices import recognise
from accounts.models import AuditEvent, User

What = AuditEvent.What
RECOVERY_CODES: Final = Authenticator.Type.RECOVERY_CODES


def keep_little(*, instance: UserSession, **_kwargs: Any) -> None:
    """No address of the network, and of the browser only what its owner would call it."""
    instance.ip = sessions.NO_ADDRESS
    instance.user_agent = recognise(instance.user_agent)


def signed_in(*, request: HttpRequest, user: User, **_kwargs: Any) -> None:
    records = get_authentication_records(request, user)
    ways = sorted({str(record.get("type") or record["method"]) for record in records})
    audit.record(What.SIGNED_IN, by=user, details={"by": ways})


def signed_out(*, user: User | None = None, **_kwargs: Any) -> None:
    if user is not None:
        audit.record(What.SIGNED_OUT, by=user)


def password_failed(**_kwargs: Any) -> None:
    """Whose address it was is not looked up: it would cost time for known addresses alone."""
    audit.record(What.SIGN_IN_FAILED, by=None, details={"by": ["password"]})


def code_failed(*, user: User, **_kwargs: Any) -> None:
    audit.record(What.SIGN_IN_FAILED, by=None, about=user, details={"by": ["code"]})


def factor_failed(*, user: User, authenticator: Authenticator, **_kwargs: Any) -> None:
    details = {"by": [str(authenticator.type)]}
    audit.record(What.SIGN_IN_FAILED, by=None, about=user, details=details)


def password_changed(*, request: HttpRequest, user: User, **_kwargs: Any) -> None:
    credentials_changed(request, user, "password")


def factor_changed(
    *, request: HttpRequest, user: User, authenticator: Authenticator, **_kwargs: Any
) -> None:
    """Recovery codes come and go with the others: alone they are no reason to sign out."""
    if authenticator.type == RECOVERY_CODES:
        audit.record(What.CREDENTIALS, by=user, details={"what": str(authenticator.type)})
    else:
        credentials_changed(request, user, str(authenticator.type))


def credentials_changed(request: HttpRequest, user: User, what: str) -> None:
    """Log it, and sign the person out everywhere but here; here the session gets another key."""
    audit.record(What.CREDENTIALS, by=user, details={"what": what})
    if request.user == user:
        sessions.renew(request)
        sessions.end_all_sessions(user, but=request.session.session_key)
    else:
        sessions.end_all_sessions(user)


def connect() -> None:
    pre_save.connect(keep_little, sender=UserSession, dispatch_uid="keep little of sessions")
    account.user_logged_in.connect(signed_in, dispatch_uid="audit sign-in")
    account.user_logged_in.connect(passkeys.offer, dispatch_uid="offer a passkey")
    account.login_code_rejected.connect(code_failed, dispatch_uid="audit code")
    auth.user_login_failed.connect(password_failed, dispatch_uid="audit failed sign-in")
    auth.user_logged_out.connect(signed_out, dispatch_uid="audit sign-out")
    for signal in (account.password_changed, account.password_set, account.password_reset):
        signal.connect(password_changed, dispatch_uid="audit password")
    for signal in (mfa.authenticator_added, mfa.authenticator_removed, mfa.authenticator_reset):
        signal.connect(factor_changed, dispatch_uid="audit factors")
    mfa.authentication_failed.connect(factor_failed, dispatch_uid="audit failed factor")
