"""Keeping the audit log: `record` what was done, `seal` it into the chain, `verify` the chain.

A row is added within the transaction of what it tells, so that one is not there without the
other, and sealed right after it: then it gets the next number and a keyed hash (HMAC-SHA-256)
over itself and the seal before. Whoever changes, removes or adds a row afterwards without
the key breaks the chain from there on. What a chain cannot show is that its newest rows were cut
off together with the note of its end; hence `head` goes to the process's own log each day.
"""

import hmac
import json
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.core.cache import cache
from django.db import models, transaction
from django.utils import timezone

from accounts.models import AuditEvent, AuditHead, User
from accounts.models.audit import LOG_KEPT, ONCE_AN_HOUR

HOUR: Final = 3600
BATCH: Final = 1000
# A row that waits longer for its seal was left by something that broke.
SEALED_WITHIN: Final = timedelta(minutes=10)


def record(
    what: AuditEvent.What,
    *,
    by: User | None,
    municipality_code: str = "",
    about: User | None = None,
    details: dict[str, Any] | None = None,
) -> None:
    """Add a line; for looking at lists at most one per person, municipality, kind and hour.

    `details` must hold nothing of a person. The cache remembers that this hour's line is there,
    so that leafing costs no question to the database; should it forget, the constraint still
    keeps it to one.
    """
    now = timezone.now()
    event = AuditEvent(
        what=what,
        at=now,
        actor_key=by.audit_key if by else None,
        subject_key=about.audit_key if about else None,
        municipality_code=municipality_code,
        details=details or {},
    )
    if what not in ONCE_AN_HOUR or by is None:
        event.save()
        transaction.on_commit(seal, robust=True)
        return
    event.hour = now.replace(minute=0, second=0, microsecond=0)
    key = f"looked:{by.pk}:{municipality_code}:{what}:{event.hour:%Y%m%d%H}"
    if cache.get(key):
        return
    AuditEvent.objects.bulk_create([event], ignore_conflicts=True)
    transaction.on_commit(seal, robust=True)
    # Not before it is certain that the line stays.
    transaction.on_commit(lambda: cache.set(key, 1, HOUR))


def body_of(event: AuditEvent) -> bytes:
    """What a seal covers, the same on every database."""
    told = {
        "number": event.number,
        "at": event.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "what": event.what,
        "actor": str(event.actor_key or ""),
        "subject": str(event.subject_key or ""),
        "municipality": event.municipality_code,
        "details": event.details,
        "hour": event.hour.astimezone(UTC).isoformat() if event.hour else "",
    }
    return json.dumps(told, sort_keys=True, ensure_ascii=True, separators=(",", ":")).encode()


def seal_of(event: AuditEvent, before: str, key: str) -> str:
    """The seal that a row must have after the seal `before`."""
    return hmac.new(key.encode(), before.encode() + body_of(event), "sha256").hexdigest()


def seal() -> int:
    """Put all rows that wait into the chain, oldest first. Returns how many. Safe to repeat."""
    sealed = 0
    with transaction.atomic():
        head, _new = AuditHead.objects.select_for_update().get_or_create(pk=1)
        # A plain queryset: the manager refuses every change.
        rows: models.QuerySet[AuditEvent] = models.QuerySet(AuditEvent)
        for event in AuditEvent.objects.filter(number__isnull=True).order_by("pk"):
            event.number = head.number + 1
            event.seal = seal_of(event, head.seal, settings.AUDIT_LOG_KEY)
            rows.filter(pk=event.pk).update(number=event.number, seal=event.seal)
            head.number, head.seal = event.number, event.seal
            sealed += 1
        if sealed:
            head.save(update_fields=["number", "seal"])
    return sealed


def forget_old(now: datetime | None = None) -> int:
    """Remove sealed rows older than a year from the front of the chain. Returns how many.

    The chain then begins after the newest removed row, which the head and a line in the log
    itself remember.
    """
    before = (now or timezone.now()) - LOG_KEPT
    seal()
    with transaction.atomic():
        head = AuditHead.objects.select_for_update().get(pk=1)
        sealed = AuditEvent.objects.filter(number__isnull=False).order_by("number")
        first_kept = sealed.filter(at__gt=before).first()
        old = sealed.filter(number__lt=first_kept.number) if first_kept else sealed
        last = old.last()
        if last is None:
            return 0
        count: int = models.QuerySet(AuditEvent).filter(number__lte=last.number).delete()[0]
        head.trimmed_number, head.trimmed_seal = last.number or 0, last.seal
        head.save(update_fields=["trimmed_number", "trimmed_seal"])
        record(
            AuditEvent.What.TRIMMED,
            by=None,
            details={"through": last.number, "seal": last.seal, "lines": count},
        )
    return count


@dataclass(frozen=True, slots=True)
class Broken:
    """Where the chain does not hold, and how that shows (English, for the terminal)."""

    number: int | None
    why: str


def verify(*, expect: tuple[int, str] | None = None) -> Iterator[Broken]:
    """Walk the chain from its beginning to its end; yields where it does not hold.

    `expect` is a head that was noted elsewhere: that row must still be there and be the same.
    """
    head = AuditHead.objects.filter(pk=1).first() or AuditHead()
    keys = (settings.AUDIT_LOG_KEY, *settings.AUDIT_LOG_OLD_KEYS)
    number, before = head.trimmed_number, head.trimmed_seal
    noted = trimmed_as_told()
    if noted is not None and noted != (number, before):
        yield Broken(number, "where the chain begins is not where the log itself says")
    chain = AuditEvent.objects.filter(number__isnull=False).order_by("number")
    for event in chain.iterator(chunk_size=BATCH):
        if event.number != number + 1:
            yield Broken(event.number, f"rows are missing after {number}")
        if not any(hmac.compare_digest(event.seal, seal_of(event, before, key)) for key in keys):
            yield Broken(event.number, "the row was changed, or what came before it")
        if expect and event.number == expect[0] and event.seal != expect[1]:
            yield Broken(event.number, "the row is not the one that was noted")
        number, before = event.number or 0, event.seal
    if (number, before) != (head.number, head.seal):
        yield Broken(number, "the chain ends elsewhere than its head says")
    if expect and expect[0] > number:
        yield Broken(number, f"the log ends before {expect[0]}, which was noted")
    waiting = AuditEvent.objects.filter(number__isnull=True, at__lt=timezone.now() - SEALED_WITHIN)
    if waiting.exists():
        yield Broken(None, "rows wait for their seal")


def trimmed_as_told() -> tuple[int, str] | None:
    """Where the newest line about removing says that the chain begins; None without one."""
    told = AuditEvent.objects.filter(what=AuditEvent.What.TRIMMED).order_by("number").last()
    return (told.details["through"], told.details["seal"]) if told else None


def head() -> tuple[int, str]:
    """The newest number and its seal: to be noted where the database's keeper cannot reach."""
    return AuditHead.objects.filter(pk=1).values_list("number", "seal").first() or (0, "")


def cut_loose(person: User) -> None:
    """Give somebody another key: what the log says of them no longer leads to anybody."""
    person.audit_key = uuid.uuid4()
    person.save(update_fields=["audit_key"])
