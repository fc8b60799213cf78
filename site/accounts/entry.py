"""Becoming a person here: by an address that has just been shown to be one's own."""

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db import transaction

from accounts.models import User


def person_with(email: str) -> User | None:
    """Who has this address, or has shown before that it is theirs."""
    address = email.strip().lower()
    person = User.objects.filter(email=address).first()
    if person is None:
        shown = EmailAddress.objects.filter(email=address, verified=True).select_related("user")
        person = next((each.user for each in shown), None)
    return person


def confirmed_person(email: str, *, name: str, language: str) -> tuple[User, bool]:
    """The person with this address, made if there is none; and whether they were made.

    Call it only when somebody has followed a link that was mailed there: the address counts
    as confirmed from now on. Nobody gets a password by this. Safe to repeat.
    """
    address = email.strip().lower()
    with transaction.atomic():
        person, made = person_with(address), False
        if person is None:
            # Two presses at once are one person.
            person, made = User.objects.get_or_create(
                email=address,
                defaults={"name": name, "language": language, "password": make_password(None)},
            )
        owned = EmailAddress.objects.filter(user=person)
        stored, _new = owned.get_or_create(user=person, email=address)
        stored.verified = True
        stored.primary = stored.primary or not owned.filter(primary=True).exists()
        stored.save()
    return person, made


def has_confirmed(person: User) -> bool:
    """Whether somebody has ever shown that their address is theirs."""
    return EmailAddress.objects.filter(user=person, email=person.email, verified=True).exists()
