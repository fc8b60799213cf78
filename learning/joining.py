"""Joining by oneself: through a join link, or with an address of the municipality's domain.

Whoever asks gets a mail with a link that works once. Only by following it does anything
happen: the address is then theirs, an account is made where there was none, and they join
(the link's municipality knows their domain) or wait for a monitor.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.entry import confirmed_person
from accounts.models import User
from learning import tokens
from learning.letters import send
from learning.local import counting
from learning.mail.messages import Message
from learning.mail.outbox import queue
from learning.memberships import join
from learning.models import (
    JoinLink,
    JoinRequest,
    Membership,
    Municipality,
    MunicipalitySettings,
    OutgoingMail,
)
from learning.models.people import today
from learning.roles import Role
from learning.rules.domains import domain_of
from learning.rules.retention import period

CONFIRM_WITHIN: Final = timedelta(days=1)
Status = JoinRequest.Status


class NoLonger(Exception):
    """The link was used, withdrawn or is too old."""


def make_link(municipality: Municipality, role: Role, *, by: User, days: int) -> JoinLink:
    """A new link for one role, that works for so many days."""
    seed = tokens.seed()
    now = timezone.now()
    return JoinLink.objects.create(
        municipality=municipality,
        role=role,
        seed=seed,
        token_hash=tokens.digest(tokens.shared(seed)),
        made_by=by,
        created_at=now,
        expires_at=now + timedelta(days=days),
    )


def withdraw_link(link: JoinLink) -> None:
    """From now on nobody comes in by it, nor whoever had not confirmed yet. Safe to repeat."""
    JoinLink.objects.filter(pk=link.pk, withdrawn_at__isnull=True).update(
        withdrawn_at=timezone.now()
    )


def find_link(token: str) -> JoinLink | None:
    """The link that a token belongs to, while it works."""
    links = JoinLink.objects.valid().select_related("municipality")
    return links.filter(token_hash=tokens.digest(token)).first()


def address_of(link: JoinLink) -> str:
    """Where it leads; empty when the site's key has changed since and it cannot be told again."""
    token = tokens.shared(link.seed)
    known = tokens.digest(token) == link.token_hash
    return f"{reverse('join')}?c={token}" if known else ""


def knowing(email: str) -> list[Municipality]:
    """The municipalities that call an address's domain their own, by name."""
    domain = domain_of(email)
    if not domain:
        return []
    # A list within JSON is not looked into alike by all databases, and there are few of these.
    every = MunicipalitySettings.objects.exclude(email_domains=[]).select_related("municipality")
    found = {counting(each.municipality, today()) for each in every if domain in each.email_domains}
    return sorted(found, key=lambda place: place.display_name)


def ask(*, email: str, name: str, role: Role, link: JoinLink | None = None) -> JoinRequest:
    """Store that somebody wants to join, and mail the link by which they confirm it.

    Asked again for the same, the earlier link stops.
    """
    token = tokens.fresh()
    now = timezone.now()
    place = link.municipality if link else None
    with transaction.atomic():
        JoinRequest.objects.filter(
            status=Status.UNCONFIRMED, email=email.strip().lower(), link=link
        ).delete()
        request = JoinRequest.objects.create(
            municipality=place,
            link=link,
            role=role,
            name=name,
            email=email.strip().lower(),
            token_hash=tokens.digest(token),
            created_at=now,
            expires_at=now + CONFIRM_WITHIN,
        )
        send(letter(place, token), to=request.email)
    return request


def letter(place: Municipality | None, token: str) -> Message:
    """The same for everybody, whether they have an account or not; what was typed is not in it."""
    names = {"place": place.display_name if place else _("your municipality")}
    return Message(
        subject=_("Confirm your e-mail address"),
        paragraphs=(
            _("Somebody, probably you, wants to learn with %(place)s and gave this address.")
            % names,
            _("Press the button to confirm that it is yours. It works for a day, and once."),
        ),
        button=_("Confirm my address"),
        path=f"{reverse('join_confirm')}?s={token}",
        reason=_(
            "Did you not ask for this? Then you need not do anything: nothing happens, and we "
            "forget your address by ourselves."
        ),
    )


def find_request(token: str) -> JoinRequest | None:
    """The request of a link that was mailed, whatever has become of it."""
    requests = JoinRequest.objects.select_related("municipality", "link", "person")
    return requests.filter(token_hash=tokens.digest(token)).first()


@dataclass(frozen=True, slots=True)
class Confirmed:
    """Who turned out to ask, whether their account was made for it, and what came of it."""

    request: JoinRequest
    person: User
    is_new: bool


def confirm(request: JoinRequest, *, municipality: Municipality, language: str) -> Confirmed:
    """The address is theirs: an account if there is none, and join or wait.

    Raises NoLonger.
    """
    with transaction.atomic():
        unconfirmed = JoinRequest.objects.unconfirmed().select_for_update(of=("self",))
        found = unconfirmed.filter(pk=request.pk).select_related("link").first()
        if found is None or (found.link is not None and found.link.withdrawn_at is not None):
            raise NoLonger
        person, is_new = confirmed_person(found.email, name=found.name, language=language)
        if not person.is_active:
            raise NoLonger
        found.delete()
        place = counting(municipality, today())
        settled = settle(person, place, Role(found.role), link=found.link)
        return Confirmed(settled, person, is_new)


def settle(person: User, place: Municipality, role: Role, *, link: JoinLink | None) -> JoinRequest:
    """Join at once by a link where the domain is known; else wait for a monitor.

    Only for somebody who has shown that their address is theirs. Safe to repeat.
    """
    now = timezone.now()
    with transaction.atomic():
        is_member = Membership.objects.current().filter(
            person=person, municipality=place, role=role
        )
        at_once = link is not None and place in knowing(person.email)
        status = Status.JOINED if at_once or is_member.exists() else Status.WAITING
        request, _made = JoinRequest.objects.get_or_create(
            person=person,
            municipality=place,
            role=role,
            status=status,
            defaults={
                "link": link,
                "created_at": now,
                "expires_at": now,
                "confirmed_at": now,
                "decided_at": now if status == Status.JOINED else None,
            },
        )
        if status == Status.JOINED:
            join(person, place, role, by=person, via="link")
    return request


def decide(request: JoinRequest, *, by: User, approved: bool) -> bool:
    """Let somebody in, or not; they are told by mail. False when it was decided already."""
    with transaction.atomic():
        waiting = JoinRequest.objects.waiting().select_for_update(of=("self",))
        current = waiting.filter(pk=request.pk).select_related("person", "municipality").first()
        if current is None or current.person is None or current.municipality is None:
            return False
        current.status = Status.JOINED if approved else Status.REFUSED
        current.decided_by = by
        current.decided_at = timezone.now()
        current.save()
        place = counting(current.municipality, today())
        if approved:
            join(current.person, place, Role(current.role), by=by, via="request")
        queue([answer_to(current, place)])
    return True


def answer_to(request: JoinRequest, place: Municipality) -> OutgoingMail:
    """The mail that tells somebody what came of their request (learning/entry_mail.py)."""
    return OutgoingMail(
        kind=OutgoingMail.Kind.ENTRY,
        person=request.person,
        municipality=place,
        language=request.person.language if request.person else "nl",
        parameters={"request": request.pk},
        dedupe_key=f"entry:{request.pk}:{request.status}",
    )


def unconfirmed(now: datetime) -> "QuerySet[JoinRequest]":
    """Requests that were never confirmed in time (learning/retention.py)."""
    late = now - period("entry_unconfirmed")
    return JoinRequest.objects.filter(status=Status.UNCONFIRMED, expires_at__lte=late)


def old_requests(now: datetime) -> "QuerySet[JoinRequest]":
    """What is long done. What waits, waits."""
    done = JoinRequest.objects.exclude(status=Status.WAITING)
    return done.filter(created_at__lte=now - period("entry"))


def old_links(now: datetime) -> "QuerySet[JoinLink]":
    """Links that have long stopped."""
    return JoinLink.objects.filter(expires_at__lte=now - period("entry"))
