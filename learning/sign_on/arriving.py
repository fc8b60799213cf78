"""Somebody comes in through a municipality's sign-on: who they are, and what they become."""

from enum import StrEnum

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from accounts.entry import confirmed_person, has_confirmed, person_with
from accounts.models import User
from accounts.sessions import end_all_sessions
from learning import invitations
from learning.local import counting
from learning.memberships import join
from learning.models import (
    Invitation,
    JoinRequest,
    Membership,
    MonitorGrant,
    Municipality,
    SignOn,
)
from learning.models.people import today
from learning.roles import Role
from learning.rules.domains import domain_of
from learning.sign_on.claims import Claims


class Reason(StrEnum):
    """Why somebody is not let in."""

    NO_ADDRESS = "no address"
    OTHER_DOMAIN = "other domain"
    NOT_VERIFIED = "not verified"
    NOT_THE_SAME = "not the same"
    SWITCHED_OFF = "switched off"


class Refused(Exception):
    """Carries the reason; nothing was stored."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


def arrive(sign_on: SignOn, claims: Claims, *, known: User | None, language: str) -> User:
    """The person whom the sign-on speaks of, made if need be, and member as it was set up.

    `known` is who came in by this very account before. Raises Refused. Safe to repeat.
    """
    check(sign_on, claims)
    with transaction.atomic():
        person = known or person_of(claims, language)
        if not person.is_active:
            raise Refused(Reason.SWITCHED_OFF)
        # Somebody moved on to an address that this municipality does not speak for.
        if domain_of(person.email) not in sign_on.domain_names:
            raise Refused(Reason.OTHER_DOMAIN)
        if claims.name and claims.name != person.name:
            person.name = claims.name
            person.save(update_fields=["name"])
        become_member(person, sign_on, claims.role)
    return person


def check(sign_on: SignOn, claims: Claims) -> None:
    if not claims.is_consistent:
        raise Refused(Reason.NOT_THE_SAME)
    if not claims.email:
        raise Refused(Reason.NO_ADDRESS)
    if domain_of(claims.email) not in sign_on.domain_names:
        raise Refused(Reason.OTHER_DOMAIN)
    if claims.email_verified is False:
        raise Refused(Reason.NOT_VERIFIED)


def person_of(claims: Claims, language: str) -> User:
    """By the address, which the municipality owns the domain of."""
    before = person_with(claims.email)
    if before is not None and not has_confirmed(before):
        # Somebody may have been here first with an address that was not theirs.
        close_ways_in(before, but=claims.email)
    person, _made = confirmed_person(
        claims.email, name=claims.name or claims.email.partition("@")[0], language=language
    )
    return person


def close_ways_in(person: User, *, but: str) -> None:
    """Leave to whoever made this account nothing to come in with; the address `but` stays."""
    person.password = make_password(None)
    person.save(update_fields=["password"])
    Authenticator.objects.filter(user=person).delete()
    SocialAccount.objects.filter(user=person).delete()
    EmailAddress.objects.filter(user=person).exclude(email=but).delete()
    end_all_sessions(person)


def become_member(person: User, sign_on: SignOn, role: Role) -> None:
    """As invited; else in the role that the sign-on says, at once or after a monitor's word.

    Who serves there already, or watches there, stays what they are.
    """
    day = today()
    place = counting(sign_on.municipality, day)
    invited = Invitation.objects.open().filter(
        email=person.email, purpose=Invitation.Purpose.MEMBER
    )
    for invitation in invited.select_related("municipality__successor"):
        if counting(invitation.municipality, day) == place:
            invitations.accept(invitation, person)
    serves = Membership.objects.of(place, on=day).filter(person=person)
    watches = MonitorGrant.objects.active().filter(person=person, municipality=place)
    if serves.exists() or watches.exists():
        return
    if not sign_on.needs_approval:
        join(person, place, role, by=person, via="sign_on")
        return
    now = timezone.now()
    # Who waits, waits; who was refused is not asked about at each sign-in anew.
    if not has_asked(person, place):
        # Two tabs at once are one request.
        JoinRequest.objects.get_or_create(
            person=person,
            municipality=place,
            role=role,
            status=JoinRequest.Status.WAITING,
            defaults={"created_at": now, "expires_at": now, "confirmed_at": now},
        )


def has_asked(person: User, place: Municipality) -> bool:
    asked = JoinRequest.objects.filter(person=person, municipality=place)
    return asked.exclude(status=JoinRequest.Status.JOINED).exists()


def vouches_for(sign_on: SignOn, person: User) -> bool:
    """Whether the sign-on's own second step will do: for monitors of that municipality alone.

    Who edits the site, or watches elsewhere too, is not the municipality's to vouch for.
    """
    if not sign_on.shows_second_factor or person.is_superuser:
        return False
    if person.has_perm("wagtailadmin.access_admin"):
        return False
    place = counting(sign_on.municipality, today())
    others = MonitorGrant.objects.active().filter(person=person).exclude(municipality=place)
    return not others.exists()
