"""Putting mail in the outbox. It leaves after the transaction that put it there is stored."""

from collections.abc import Iterable
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from learning.mail.sending import send_waiting
from learning.models import OutgoingMail
from learning.rules.mailing import LEASE


def queue(mails: Iterable[OutgoingMail]) -> int:
    """Store mails and see that they are sent; how many there were not yet.

    One whose key is there already is left out: asking again sends nothing again.
    """
    wanted = list(mails)
    keys = [mail.dedupe_key for mail in wanted]
    with transaction.atomic():
        known = OutgoingMail.objects.filter(dedupe_key__in=keys).count()
        OutgoingMail.objects.bulk_create(wanted, ignore_conflicts=True, batch_size=500)
        stored = OutgoingMail.objects.filter(dedupe_key__in=keys).count()
        if stored > known:
            wake()
    return stored - known


def wake() -> None:
    """Have the outbox emptied as soon as what was put in it is stored."""
    transaction.on_commit(partial(send_waiting.enqueue))


def cancel(**which: Any) -> int:
    """Call back mails that no worker has taken yet."""
    return OutgoingMail.objects.filter(state=OutgoingMail.State.WAITING, **which).update(
        state=OutgoingMail.State.CANCELLED, address="", finished_at=timezone.now()
    )


def recover(now: datetime) -> tuple[int, int]:
    """Take over what dead workers left: how many are sent anew, and how many are uncertain."""
    dead = OutgoingMail.objects.claimed_before(now - LEASE)
    # Not handed over: it certainly has not left.
    again = dead.filter(handed_over_at=None).update(state=OutgoingMail.State.WAITING, claim=None)
    # Handed over: nobody knows, and one that is missing does less harm than one that comes
    # twice. The claim stays: a worker that was slow and not dead may still say how it went.
    uncertain = dead.filter(handed_over_at__isnull=False).update(
        state=OutgoingMail.State.UNCERTAIN, address="", finished_at=F("handed_over_at")
    )
    if again:
        wake()
    return again, uncertain
