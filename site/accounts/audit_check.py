"""Whether the audit log is whole: `verify` walks the chain from its beginning to its end.

It may run while others record, seal and trim: it goes to the end that the head told when it began,
and begins anew when the front was trimmed meanwhile.
"""

import hmac
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from django.db.models import Max

from accounts.audit import SEALED, is_ours, keys, seal_of, waiting_rows, waits_too_long
from accounts.models import AuditEvent, AuditHead

CHUNK: Final = 5000
# A wrong key breaks every row: nobody needs to read them all.
MOST_TOLD: Final = 20
MOST_TRIES: Final = 3


@dataclass(frozen=True, slots=True)
class Broken:
    """Where the chain does not hold, and how that shows (English, for the terminal)."""

    number: int | None
    why: str

    def __str__(self) -> str:
        return f"row {self.number}: {self.why}" if self.number else self.why


@dataclass(slots=True)
class Verdict:
    """What was looked at, through which row, and what is wrong."""

    number: int = 0
    seal: str = ""
    # The newest row that was removed for its age.
    begins_after: int = 0
    verified: int = 0
    broken: list[Broken] = field(default_factory=list)
    # How many more there were than are told.
    untold: int = 0

    @property
    def is_whole(self) -> bool:
        return not self.broken

    def tell(self, number: int | None, why: str) -> None:
        if len(self.broken) < MOST_TOLD:
            self.broken.append(Broken(number, why))
        else:
            self.untold += 1


def verify(*, expect: tuple[int, str] | None = None) -> Verdict:
    """Say whether the log is as it was recorded.

    `expect` is a head that was noted elsewhere: that row must still be there and be the same.
    """
    verdict = Verdict()
    for _try in range(MOST_TRIES):
        head = AuditHead.objects.filter(pk=1).first() or AuditHead()
        verdict = walk(head, expect)
        if verdict.is_whole or trimmed_through() == head.trimmed_number:
            break
    return verdict


def trimmed_through() -> int:
    head = AuditHead.objects.filter(pk=1).values_list("trimmed_number", flat=True).first()
    return head or 0


def walk(head: AuditHead, expect: tuple[int, str] | None) -> Verdict:
    verdict = Verdict(head.trimmed_number, head.trimmed_seal, head.trimmed_number)
    check_beginning(verdict, head)
    if expect and expect[0] == head.trimmed_number and expect[1] != head.trimmed_seal:
        verdict.tell(expect[0], "the row is not the one that was noted")
    for number, seal, values in chain(head):
        if number != verdict.number + 1:
            verdict.tell(number, f"rows are missing between {verdict.number} and {number}")
        if not is_sealed_after(verdict.seal, seal, values):
            verdict.tell(number, "the row was changed, or what came before it")
        if expect and number == expect[0] and seal != expect[1]:
            verdict.tell(number, "the row is not the one that was noted")
        verdict.number, verdict.seal = number, seal
        verdict.verified += 1
    check_end(verdict, head, expect)
    return verdict


def is_sealed_after(before: str, seal: str, values: tuple[Any, ...]) -> bool:
    return any(hmac.compare_digest(seal, seal_of(values, before, key)) for key in keys())


def chain(head: AuditHead) -> Iterator[tuple[int, str, tuple[Any, ...]]]:
    """The sealed rows from where the chain begins through the head, a chunk at a time."""
    # Also what has a number below the beginning, which nothing should have.
    at = -1
    rows = AuditEvent.objects.sealed().order_by("number").values_list("seal", *SEALED)
    while chunk := list(rows.filter(number__gt=at, number__lte=head.number)[:CHUNK]):
        for seal, *values in chunk:
            yield values[0], seal, tuple(values)
        at = chunk[-1][1]


def check_beginning(verdict: Verdict, head: AuditHead) -> None:
    """A chain begins at 1, or where a line of the log itself says that it was trimmed."""
    told = AuditEvent.objects.filter(what=AuditEvent.What.TRIMMED).order_by("-pk").first()
    begins = (told.details.get("through"), told.details.get("seal")) if told else (0, "")
    if begins != (head.trimmed_number, head.trimmed_seal):
        verdict.tell(head.trimmed_number, "the chain does not begin where the log itself says")


def check_end(verdict: Verdict, head: AuditHead, expect: tuple[int, str] | None) -> None:
    if (verdict.number, verdict.seal) != (head.number, head.seal):
        verdict.tell(verdict.number, f"the chain ends here, its head says {head.number}")
    # In this order: what is sealed in between has moved the head as well.
    newest = AuditEvent.objects.aggregate(newest=Max("number"))["newest"] or 0
    now = AuditHead.objects.filter(pk=1).values_list("number", flat=True).first() or 0
    if newest > now:
        verdict.tell(newest, f"rows come after {now}, where the head says that the chain ends")
    if expect and expect[0] > head.number:
        verdict.tell(None, f"row {expect[0]}, which was noted, is gone: the log ends before it")
    if expect and expect[0] < 0:
        verdict.tell(None, "no row has a number below 1")
    for _pk, waiting, *values in waiting_rows():
        if not is_ours(values, waiting):
            verdict.tell(None, f"a row of {values[1]:%Y-%m-%d %H:%M} was added without the key")
    if waits_too_long():
        verdict.tell(None, "rows wait too long for their seal: does a worker run?")
