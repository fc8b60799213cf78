"""Erasing one's account: asked, waited for two weeks in which it can be undone, then done."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts import audit
from accounts.models import AuditEvent, User
from learning.anonymising import anonymise
from learning.mail.outbox import cancel, queue
from learning.models import ErasureRequest, MonitorGrant, Municipality, OutgoingMail
from learning.models.erasing import UNDO_WITHIN

SALT: Final = "learning.erasing.undo"


@dataclass(frozen=True, slots=True)
class Obstacles:
    """What somebody must see to first: else nobody could do what they do."""

    is_last_administrator: bool
    only_monitor_of: tuple[Municipality, ...]

    def __bool__(self) -> bool:
        return self.is_last_administrator or bool(self.only_monitor_of)


class NotYet(Exception):
    """Somebody cannot be missed yet (`obstacles`)."""


def obstacles(person: User) -> Obstacles:
    """What stands in the way of erasing somebody's account."""
    others = User.objects.filter(is_superuser=True, is_active=True, erase_after=None)
    is_last = person.is_superuser and not others.exclude(pk=person.pk).exists()
    grants = MonitorGrant.objects.active().filter(scope=MonitorGrant.Scope.MUNICIPALITY)
    own = grants.filter(person=person).select_related("municipality")
    shared = set(
        grants.filter(municipality__in=own.values("municipality"), person__is_active=True)
        # Whoever waits to be erased is not there to take over.
        .filter(person__erase_after=None)
        .exclude(person=person)
        .values_list("municipality", flat=True)
    )
    alone = [each.municipality for each in own if each.municipality_id not in shared]
    return Obstacles(is_last, tuple(place for place in alone if place is not None))


def ask(person: User, *, keep_certificates: bool = False) -> ErasureRequest:
    """Have somebody's account erased in two weeks. Asked again while it waits: that one.

    Raises NotYet.
    """
    now = timezone.now()
    with transaction.atomic():
        person = User.objects.select_for_update().get(pk=person.pk)
        waiting = ErasureRequest.objects.waiting().filter(person=person).first()
        if waiting is not None:
            return waiting
        if obstacles(person):
            raise NotYet
        request, _made = ErasureRequest.objects.update_or_create(
            person=person,
            defaults={
                "asked_at": now,
                "due_at": now + UNDO_WITHIN,
                "keep_certificates": keep_certificates,
                "undone_at": None,
            },
        )
        User.objects.filter(pk=person.pk).update(erase_after=request.due_at)
        audit.record(
            AuditEvent.What.ERASURE,
            by=person,
            about=person,
            details={"change": "asked", "keep_certificates": keep_certificates},
        )
        queue([mail_about(request)])
    return request


def mail_about(request: ErasureRequest) -> OutgoingMail:
    """The mail with the link that undoes it (learning/mail/account.py)."""
    return OutgoingMail(
        kind=OutgoingMail.Kind.ACCOUNT,
        person=request.person,
        language=request.person.language,
        parameters={"about": "erasing"},
        dedupe_key=f"erasing:{request.pk}:{request.asked_at.timestamp():.0f}",
    )


def undo(person: User) -> bool:
    """Keep the account after all; no when nothing waited. Safe to repeat."""
    now = timezone.now()
    with transaction.atomic():
        # In this order everywhere, so that two of these never wait for each other.
        User.objects.select_for_update().get(pk=person.pk)
        undone = ErasureRequest.objects.waiting().filter(person=person).update(undone_at=now)
        if not undone:
            return False
        User.objects.filter(pk=person.pk).update(erase_after=None)
        cancel(person=person, dedupe_key__startswith="erasing:")
        audit.record(AuditEvent.What.ERASURE, by=person, about=person, details={"change": "undone"})
    return True


def undo_path(request: ErasureRequest) -> str:
    """The address of the page that undoes it without signing in: for in the mail."""
    token = signing.dumps([request.pk, round(request.asked_at.timestamp())], salt=SALT)
    return reverse("erasing_undo", args=[token])


def waiting_of(token: str) -> ErasureRequest | None:
    """What a link from the mail is about, while it waits; None for any other link."""
    try:
        number, asked = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    found = ErasureRequest.objects.waiting().filter(pk=number).select_related("person").first()
    is_same = found is not None and round(found.asked_at.timestamp()) == asked
    return found if is_same else None


def apply_due(now: datetime | None = None, *, most: int | None = None) -> list[int]:
    """Erase whose two weeks are over, each by themselves. Returns the keys of the people.

    Who has become the only one of something in these weeks is erased all the same: they could
    be asked to see to it first, but not be kept for it.
    """
    now = now or timezone.now()
    due = ErasureRequest.objects.due(now).order_by("due_at", "pk")
    return [pk for pk in list(due.values_list("person", flat=True)[:most]) if erase(pk, now)]


def erase(person_id: int, now: datetime) -> bool:
    """Erase one person whose time has come; no when they have undone it in the meantime."""
    with transaction.atomic():
        person = User.objects.select_for_update().get(pk=person_id)
        request = ErasureRequest.objects.due(now).filter(person=person).first()
        if request is None:
            return False
        anonymise(person, keep_certificates=request.keep_certificates, by=person)
    return True
