"""Who somebody is here, and how they sign in. Secrets are never told."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.auth.models import Group
from django.utils.translation import gettext_lazy as _

from accounts.devices import in_words
from accounts.models import AddressChange, User
from learning.models import ErasureRequest, RetentionNotice
from learning.own_data.collecting import Found, Row, table


@table("profile", _("Who you are here"), kept="account", covers=())
def profile(person: User) -> Found:
    def tell(row: User) -> Row:
        return {
            "name": row.name,
            "email": row.email,
            "language": row.get_language_display(),
            "text_size": row.get_text_size_display(),
            "contrast": row.get_contrast_display(),
            "extra_time": row.get_extra_time_display(),
            "is_active": row.is_active,
            "is_administrator": row.is_superuser,
            "has_password": row.has_usable_password(),
            "since": row.date_joined,
            "last_signed_in": row.last_login,
        }

    return Found(User.objects.filter(pk=person.pk), tell)


@table(
    "erasing",
    _("That you want to be erased"),
    kept="erasures",
    covers=("learning.ErasureRequest.person",),
)
def erasing(person: User) -> Found:
    def tell(row: ErasureRequest) -> Row:
        return {
            "asked_at": row.asked_at,
            "erased_at": row.due_at,
            "certificates_stay": row.keep_certificates,
            "undone_at": row.undone_at,
        }

    return Found(ErasureRequest.objects.filter(person=person), tell)


@table(
    "notices",
    _("That you were told that nobody uses your account"),
    kept="quiet_accounts",
    covers=("learning.RetentionNotice.person",),
)
def notices(person: User) -> Found:
    def tell(row: RetentionNotice) -> Row:
        return {"kind": row.get_stage_display(), "sent_on": row.sent_on}

    return Found(RetentionNotice.objects.filter(person=person).order_by("sent_on", "pk"), tell)


@table(
    "email_addresses",
    _("Your e-mail addresses"),
    kept="account",
    covers=("account.EmailAddress.user",),
)
def email_addresses(person: User) -> Found:
    def tell(row: EmailAddress) -> Row:
        return {"email": row.email, "is_confirmed": row.verified, "is_primary": row.primary}

    return Found(EmailAddress.objects.filter(user=person).order_by("pk"), tell)


@table(
    "address_change",
    _("Another e-mail address that waits"),
    kept="account",
    covers=("accounts.AddressChange.person",),
)
def address_change(person: User) -> Found:
    def tell(row: AddressChange) -> Row:
        return {
            "email": row.email,
            "asked_at": row.asked_at,
            "new_agreed_at": row.new_agreed_at,
            "old_agreed_at": row.old_agreed_at,
        }

    return Found(AddressChange.objects.filter(person=person), tell)


@table(
    "ways_of_signing_in",
    _("Passkeys and second steps"),
    kept="account",
    covers=("mfa.Authenticator.user",),
)
def ways_of_signing_in(person: User) -> Found:
    """That they are there, and what a passkey was called: no key, no code."""

    def tell(row: Authenticator) -> Row:
        named = row.type == Authenticator.Type.WEBAUTHN
        return {
            "kind": row.get_type_display(),
            "called": str(row.data.get("name", "")) if named else "",
            "made_at": row.created_at,
            "last_used_at": row.last_used_at,
        }

    return Found(Authenticator.objects.filter(user=person).order_by("created_at"), tell)


@table(
    "sessions",
    _("Where you are signed in"),
    kept="sessions",
    covers=("usersessions.UserSession.user",),
)
def sessions(person: User) -> Found:
    def tell(row: UserSession) -> Row:
        return {
            "begun_at": row.created_at,
            "last_active_at": row.last_seen_at,
            "browser": in_words(row.user_agent),
        }

    return Found(UserSession.objects.filter(user=person).order_by("created_at"), tell)


@table(
    "accounts_elsewhere",
    _("Sign-in by your municipality"),
    kept="account",
    covers=("socialaccount.SocialAccount.user",),
)
def accounts_elsewhere(person: User) -> Found:
    """What the municipality's sign-on told us."""

    def tell(row: SocialAccount) -> Row:
        return {
            "provider": row.provider,
            "number_there": row.uid,
            "told_by_provider": told_by(row.extra_data),
            "since": row.date_joined,
            "last_signed_in": row.last_login,
        }

    return Found(SocialAccount.objects.filter(user=person).order_by("pk"), tell)


def told_by(claims: Any) -> list[Row]:
    """What another party said, as it said it."""
    if not isinstance(claims, dict):
        return []
    return [{"what": str(name), "value": str(value)} for name, value in sorted(claims.items())]


@table(
    "rights",
    _("What you may do in the editors’ part"),
    kept="account",
    covers=("accounts.User_groups.user", "accounts.User_user_permissions.user"),
)
def rights(person: User) -> Found:
    def tell(row: Group) -> Row:
        return {"group": row.name}

    return Found(Group.objects.filter(user=person).order_by("name"), tell)
