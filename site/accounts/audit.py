"""Keeping the audit log: `record` what was done, `seal` it into the chain, trim what is too old.

A row is added within the transaction of what it tells, so that one is not there without the
other. It carries a keyed hash (HMAC-SHA-256) over itself from the first moment, and right after
the transaction it gets the next number and a hash over itself and the seal before. Whoever
changes, removes or adds a row without the key is found by `verify` (accounts/audit_check.py).
What a chain cannot show is that its newest rows were cut off together with the note of its end;
hence `head` goes to the process's own log each day (docs/audit-log.md).
"""

import hmac
import json
import uuid
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.core.cache import cache
from django.db import connection, models, transaction
from django.utils import timezone

from accounts.models import AuditEvent, AuditHead, User
from accounts.models.audit import LOG_KEPT, ONCE_AN_HOUR

HOUR: Final = 3600
BATCH: Final = 1000
# A row that waits longer for its seal was left by something that broke.
SEALED_WITHIN: Final = timedelta(minutes=10)
# What a seal covers, in the order in which `body` takes it.
SEALED: Final = (
    "number",
    "at",
    "what",
    "actor_key",
    "subject_key",
    "municipality_code",
    "details",
    "hour",
)
ENCODER: Final = json.JSONEncoder(sort_keys=True, ensure_ascii=True, separators=(",", ":"))


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
    event = AuditEvent(
        what=what,
        at=timezone.now(),
        actor_key=by.audit_key if by else None,
        subject_key=about.audit_key if about else None,
        municipality_code=municipality_code,
        details=details or {},
    )
    if what not in ONCE_AN_HOUR or by is None:
        add([event])
        return
    event.hour = event.at.replace(minute=0, second=0, microsecond=0)
    key = f"looked:{by.audit_key}:{municipality_code}:{what}:{event.hour:%Y%m%d%H}"
    if cache.get(key):
        return
    add([event], ignore_conflicts=True)
    # Not before it is certain that the line stays.
    transaction.on_commit(lambda: cache.set(key, 1, HOUR))


def record_for_many(
    what: AuditEvent.What,
    *,
    by: User | None,
    about: Iterable[uuid.UUID],
    municipality_code: str = "",
    details: dict[str, Any] | None = None,
) -> None:
    """A line for each of these people (by `audit_key`), for what was done to all at once."""
    now = timezone.now()
    add(
        AuditEvent(
            what=what,
            at=now,
            actor_key=by.audit_key if by else None,
            subject_key=key,
            municipality_code=municipality_code,
            details=details or {},
        )
        for key in about
    )


def add(events: Iterable[AuditEvent], *, ignore_conflicts: bool = False) -> None:
    """Write lines, each under a hash of its own, and see to it that they are sealed."""
    new = list(events)
    for event in new:
        event.seal = waiting_seal(values_of(event), settings.AUDIT_LOG_KEY)
    AuditEvent.objects.bulk_create(new, ignore_conflicts=ignore_conflicts, batch_size=BATCH)
    transaction.on_commit(seal, robust=True)


def values_of(event: Any) -> tuple[Any, ...]:
    return tuple(getattr(event, name) for name in SEALED)


def body(values: Sequence[Any]) -> bytes:
    """What a seal covers, the same on every database. Never change this: old rows hang on it."""
    number, at, what, actor, subject, municipality, details, hour = values
    told = {
        "number": number,
        "at": at.astimezone(UTC).isoformat(timespec="microseconds"),
        "what": str(what),
        "actor": str(actor or ""),
        "subject": str(subject or ""),
        "municipality": municipality,
        "details": details,
        "hour": hour.astimezone(UTC).isoformat() if hour else "",
    }
    return ENCODER.encode(told).encode()


def seal_of(values: Sequence[Any], before: str, key: str) -> str:
    """The seal that a row must have after the seal `before`."""
    return hmac.digest(key.encode(), before.encode() + body(values), "sha256").hex()


def waiting_seal(values: Sequence[Any], key: str) -> str:
    """What shows that a row without a place in the chain was added by whoever has the key."""
    return seal_of([None, *values[1:]], "", key)


def keys() -> tuple[str, ...]:
    return (settings.AUDIT_LOG_KEY, *settings.AUDIT_LOG_OLD_KEYS)


def is_ours(values: Sequence[Any], waiting: str) -> bool:
    """Whether a row that waits is as it was recorded."""
    return any(hmac.compare_digest(waiting, waiting_seal(values, key)) for key in keys())


def seal(most: int = BATCH) -> int:
    """Put rows that wait into the chain, oldest first. Returns how many. Safe to repeat.

    A row that was not recorded by us stays where it is: `verify` tells of it.
    """
    with transaction.atomic():
        head, _new = AuditHead.objects.select_for_update().get_or_create(pk=1)
        sealed: list[tuple[int, str, int]] = []
        for pk, waiting, *values in waiting_rows():
            if not is_ours(values, waiting):
                continue
            head.number += 1
            values[0] = head.number
            head.seal = seal_of(values, head.seal, settings.AUDIT_LOG_KEY)
            sealed.append((head.number, head.seal, pk))
            if len(sealed) == most:
                break
        if sealed:
            write_seals(sealed)
            head.save(update_fields=["number", "seal"])
    return len(sealed)


def waiting_rows() -> Iterator[tuple[Any, ...]]:
    rows = AuditEvent.objects.waiting().order_by("pk").values_list("pk", "seal", *SEALED)
    yield from rows.iterator(chunk_size=BATCH)


def write_seals(sealed: Sequence[tuple[int, str, int]]) -> None:
    """The one change that a row ever gets; the manager refuses all, so in words of SQL."""
    table = connection.ops.quote_name(AuditEvent._meta.db_table)
    statement = f"UPDATE {table} SET number = %s, seal = %s WHERE id = %s AND number IS NULL"  # noqa: S608  no input
    with connection.cursor() as cursor:
        cursor.executemany(statement, sealed)


def seal_all() -> int:
    """Seal until nothing waits, a batch at a time, so that nobody else waits long."""
    total = 0
    while (sealed := seal()) > 0:
        total += sealed
    return total


def forget_old(now: datetime | None = None) -> int:
    """Remove sealed rows older than a year from the front of the chain. Returns how many.

    The chain then begins after the newest removed row, which the head and a line in the log
    itself remember. The head moves first: the database itself refuses to remove what comes after.
    """
    before = (now or timezone.now()) - LOG_KEPT
    seal_all()
    with transaction.atomic():
        head, _new = AuditHead.objects.select_for_update().get_or_create(pk=1)
        sealed = AuditEvent.objects.sealed().order_by("number")
        first_kept = sealed.filter(at__gt=before).first()
        old = sealed.filter(number__lt=first_kept.number) if first_kept else sealed
        last = old.last()
        if last is None or last.number is None:
            return 0
        lines = last.number - head.trimmed_number
        head.trimmed_number, head.trimmed_seal = last.number, last.seal
        head.save(update_fields=["trimmed_number", "trimmed_seal"])
        # A plain queryset: the manager refuses every removal.
        models.QuerySet(AuditEvent).filter(number__lte=last.number).delete()
        record(
            AuditEvent.What.TRIMMED,
            by=None,
            details={"through": last.number, "seal": last.seal, "lines": lines},
        )
    return lines


def head() -> tuple[int, str]:
    """The newest number and its seal: to be noted where the database's keeper cannot reach."""
    return AuditHead.objects.filter(pk=1).values_list("number", "seal").first() or (0, "")


def waits_too_long() -> bool:
    """Whether rows wait for their seal that should long have had it."""
    return AuditEvent.objects.waiting().filter(at__lt=timezone.now() - SEALED_WITHIN).exists()


def cut_loose(person: User) -> None:
    """Give somebody another key: what the log says of them no longer leads to anybody."""
    person.audit_key = uuid.uuid4()
    person.save(update_fields=["audit_key"])
