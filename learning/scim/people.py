"""Users of a municipality's own system: made, changed, ended (ADR 0027 says what may be done)."""

from dataclasses import dataclass
from typing import Any, Final

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError as Refused
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from accounts.audit import record
from accounts.entry import person_with
from accounts.models import AuditEvent, User
from accounts.sessions import end_sessions
from learning.models import Membership, ScimUser
from learning.rules.provisioning import Account, Address, chosen, is_own
from learning.scim import schemas
from learning.scim.errors import BadValue, Closed, Taken
from learning.scim.roles import has_rights, note, serves_anywhere, settle
from learning.scim.tenants import Tenant, key_of

LENGTHS: Final = {"userName": 254, "displayName": 150, "externalId": 255, "emails": 254}
FOREIGN: Final = (
    "This address is not of an e-mail domain of the municipality. A monitor sets the domains in "
    "the settings of the municipality."
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A user as they are to be, checked."""

    user_name: str
    display_name: str
    external_id: str
    email: str
    active: bool

    @property
    def fields(self) -> dict[str, Any]:
        return {
            "user_name": self.user_name,
            "user_name_key": key_of(self.user_name),
            "display_name": self.display_name,
            "external_id": self.external_id,
            "email": self.email,
            "active": self.active,
        }


def wanted_from(resource: schemas.User, *, current: str = "") -> Wanted:
    """What a resource asks for. Raises BadValue."""
    given = [
        Address(each.value or "", (each.type or "").lower(), bool(each.primary))
        for each in resource.emails or ()
    ]
    email = within("emails", chosen(given, current))
    try:
        validate_email(email)
    except Refused as refused:
        raise BadValue(detail="A valid address is needed: emails.") from refused
    return Wanted(
        user_name=required("userName", resource.user_name),
        display_name=required("displayName", resource.display_name),
        external_id=within("externalId", resource.external_id or ""),
        email=email,
        active=resource.active is not False,
    )


def within(name: str, value: str) -> str:
    text = " ".join(value.split())
    if len(text) > LENGTHS[name]:
        raise BadValue(detail=f"At most {LENGTHS[name]} characters: {name}.")
    return text


def required(name: str, value: str | None) -> str:
    text = within(name, value or "")
    if not text:
        raise BadValue(detail=f"A value is needed: {name}.")
    return text


def create(tenant: Tenant, resource: schemas.User, *, language: str) -> ScimUser:
    """Somebody whom the municipality's system names from now on. Raises SCIMException."""
    wanted = wanted_from(resource)
    with transaction.atomic():
        if tenant.users.filter(user_name_key=key_of(wanted.user_name)).exists():
            raise Taken(detail="There is a user with this userName.")
        person, is_new = person_for(tenant, wanted, language)
        user = ScimUser.objects.create(connection=tenant.connection, person=person, **wanted.fields)
        note(tenant, "created", person, account="made" if is_new else "known")
        settle(tenant, [user.pk])
    return user


def person_for(tenant: Tenant, wanted: Wanted, language: str) -> tuple[User, bool]:
    """Whose address it is; an account is made where there is none.

    The address counts as shown to be theirs only once they sign in with it. Raises SCIMException.
    """
    person = person_with(wanted.email)
    if not is_own(wanted.email, tenant.domains) and (
        person is None or not is_member(tenant, person)
    ):
        # The same for who has an account elsewhere and for who has none.
        raise BadValue(detail=FOREIGN)
    if person is None:
        return User.objects.get_or_create(
            email=wanted.email,
            defaults={
                "name": wanted.display_name,
                "language": language,
                "password": make_password(None),
            },
        )
    if not person.is_active:
        raise Closed(detail="An administrator of this site has closed this account.")
    if tenant.users.filter(person=person).exists():
        raise Taken(detail="There is a user with this address.")
    return person, False


def is_member(tenant: Tenant, person: User) -> bool:
    current = Membership.objects.current().filter(person=person)
    return current.filter(municipality__in=tenant.place_ids).exists()


def change(
    tenant: Tenant, user: ScimUser, resource: schemas.User, *, is_patch: bool = False
) -> ScimUser:
    """Let a user, locked by the caller, be as the resource says. Raises SCIMException."""
    wanted = wanted_from(resource, current=user.email if is_patch else "")
    changed = [name for name, value in wanted.fields.items() if getattr(user, name) != value]
    if not changed:
        # What somebody else changed in the meantime is put right as well.
        settle(tenant, [user.pk])
        return user
    others = tenant.users.exclude(pk=user.pk)
    if others.filter(user_name_key=key_of(wanted.user_name)).exists():
        raise Taken(detail="There is another user with this userName.")
    account = account_of(tenant, user.person)
    if wanted.email != user.email:
        move(tenant, user, wanted.email, account)
    if wanted.display_name != user.display_name and account.may_be_renamed:
        user.person.name = wanted.display_name
        user.person.save(update_fields=["name"])
    for name, value in wanted.fields.items():
        setattr(user, name, value)
    user.changed_at = timezone.now()
    user.save()
    note(tenant, "changed", user.person, fields=sorted({*changed} - {"user_name_key"}))
    settle(tenant, [user.pk])
    if "active" in changed and not user.active:
        sign_out_who_left(user.person)
    return user


def account_of(tenant: Tenant, person: User) -> Account:
    """What is known of somebody besides this municipality. What they were elsewhere counts."""
    elsewhere = (
        Membership.objects.filter(person=person).exclude(municipality__in=tenant.place_ids).exists()
        or ScimUser.objects.filter(person=person).exclude(connection=tenant.connection).exists()
    )
    return Account(person.email, belongs_elsewhere=elsewhere, has_rights=has_rights(person))


def move(tenant: Tenant, user: ScimUser, to: str, account: Account) -> None:
    """Another address: of the record, and of the account if that is the municipality's alone."""
    owner = person_with(to)
    if owner is not None and owner != user.person:
        if is_own(to, tenant.domains):
            raise Taken(detail="Somebody else has this address.")
        raise BadValue(detail=FOREIGN)
    if owner is None and not is_own(to, tenant.domains):
        raise BadValue(detail=FOREIGN)
    if owner is not None or not account.may_move(
        known_as=user.email, to=to, domains=tenant.domains
    ):
        return
    # The new mailbox shows itself when somebody signs in by it.
    EmailAddress.objects.filter(user=user.person, email=account.email).delete()
    user.person.email = to
    user.person.save(update_fields=["email"])
    sign_out(user.person)
    record(
        AuditEvent.What.ADDRESS,
        by=None,
        municipality_code=tenant.connection.municipality.code,
        about=user.person,
        details={"token": tenant.token},
    )


def remove(tenant: Tenant, user: ScimUser) -> None:
    """The system names somebody no more: they serve here until today. What they learned stays."""
    user.active = False
    user.save(update_fields=["active"])
    settle(tenant, [user.pk])
    person = user.person
    note(tenant, "deleted", person)
    user.delete()
    sign_out_who_left(person)


def sign_out_who_left(person: User) -> None:
    """Signed out everywhere, unless somebody serves elsewhere too or has a task on the site."""
    if not serves_anywhere(person):
        sign_out(person)


def sign_out(person: User) -> None:
    # Nobody who is signed in does it: the log says so.
    end_sessions(list(UserSession.objects.filter(user=person)), user=person, by=None)
