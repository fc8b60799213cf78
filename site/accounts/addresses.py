"""Another e-mail address: it changes when the new address and the old one have both said yes.

Whoever holds only a signed-in window cannot take an account away, nor can whoever reads only one of
the two mailboxes. An address that somebody else has gets the same answer on screen; that somebody
gets a mail, and no link.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core import signing
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.crypto import get_random_string

from accounts import audit, mail
from accounts.entry import person_with
from accounts.models import AddressChange, AuditEvent, User

SALT: Final = "accounts.addresses"


class Side(StrEnum):
    """Which of the two mailboxes answers."""

    NEW = "new"
    OLD = "old"


class NoLonger(Exception):
    """Withdrawn, done, too old, or the address has become somebody else's."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a mailed link asks, and of which mailbox."""

    change: AddressChange
    side: Side


def ask(person: User, email: str) -> AddressChange:
    """Begin a change, in place of one that waits. Mails both addresses."""
    address = email.strip().lower()
    with transaction.atomic():
        change, _new = AddressChange.objects.update_or_create(
            person=person,
            defaults={
                "email": address,
                "asked_at": timezone.now(),
                "new_agreed_at": None,
                "old_agreed_at": None,
                "key": get_random_string(32),
            },
        )
        owner = person_with(address)
        if owner is None or owner == person:
            mail.write(
                "account/email/address_new",
                to=address,
                person=person,
                link=link_for(change, Side.NEW),
            )
        else:
            mail.write("account/email/address_taken", to=address, person=owner)
        mail.write(
            "account/email/address_old",
            to=person.email,
            person=person,
            new_email=address,
            link=link_for(change, Side.OLD),
        )
        audit.record(AuditEvent.What.ADDRESS, by=person, about=person, details={"step": "asked"})
    return change


def link_for(change: AddressChange, side: Side) -> str:
    """The address that is mailed. It holds no name and no mail address."""
    token = signing.dumps([change.pk, change.key, str(side)], salt=SALT)
    with translation.override(change.person.language):
        return f"{settings.BASE_URL}{reverse('account_email_answer')}?s={token}"


def find(token: str, now: datetime | None = None) -> Asked:
    """What a link asks. Raises NoLonger."""
    try:
        number, key, side = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise NoLonger from error
    change = (
        AddressChange.objects.open(now)
        .select_related("person")
        .filter(pk=number, key=key, person__is_active=True)
        .first()
    )
    if change is None:
        raise NoLonger
    return Asked(change, Side(side))


def agree(asked: Asked) -> bool:
    """One mailbox says yes. Returns whether the address has changed now. Raises NoLonger.

    Safe to repeat.
    """
    with transaction.atomic():
        change = (
            AddressChange.objects.open()
            .select_for_update(of=("self",))
            .select_related("person")
            .filter(pk=asked.change.pk, key=asked.change.key)
            .first()
        )
        if change is None:
            raise NoLonger
        field = "new_agreed_at" if asked.side is Side.NEW else "old_agreed_at"
        if getattr(change, field) is None:
            setattr(change, field, timezone.now())
            change.save(update_fields=[field])
        if change.new_agreed_at is None or change.old_agreed_at is None:
            return False
        apply(change)
    return True


def apply(change: AddressChange) -> None:
    """Both have said yes: from now on the new address is theirs, and the only one."""
    person, before = change.person, change.person.email
    owner = person_with(change.email)
    if owner is not None and owner != person:
        raise NoLonger
    try:
        with transaction.atomic():
            person.email = change.email
            person.save(update_fields=["email"])
            EmailAddress.objects.filter(user=person).delete()
            EmailAddress.objects.create(
                user=person, email=change.email, verified=True, primary=True
            )
    except IntegrityError as error:
        raise NoLonger from error
    change.delete()
    for address in (before, person.email):
        mail.write("account/email/address_changed", to=address, person=person)
    audit.record(AuditEvent.What.ADDRESS, by=person, about=person, details={"step": "changed"})


def withdraw(change: AddressChange) -> None:
    """Stop it: the address stays as it is. Safe to repeat."""
    gone, _each = AddressChange.objects.filter(pk=change.pk, key=change.key).delete()
    if gone:
        person = change.person
        audit.record(
            AuditEvent.What.ADDRESS, by=person, about=person, details={"step": "withdrawn"}
        )
