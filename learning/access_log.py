"""Keep who looked at people's data of a municipality.

Call `record` in every view that shows or hands over data of single people, after the gate.
"""

from datetime import datetime
from typing import Final

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from learning.models import AccessLog, Municipality
from learning.models.access import ONCE_AN_HOUR

HOUR: Final = 3600


def record(
    viewer: User, municipality: Municipality, what: AccessLog.What, *, person: User | None = None
) -> None:
    """Add a line to the log; for lists at most one per viewer, municipality, kind and hour.

    The cache remembers that this hour's line is there, so that leafing costs no question to
    the database. Should it forget, the constraint still keeps it to one.
    """
    now = timezone.now()
    if what not in ONCE_AN_HOUR:
        AccessLog.objects.create(
            viewer=viewer, municipality=municipality, what=what, person=person, at=now
        )
        return
    hour = now.replace(minute=0, second=0, microsecond=0)
    key = looked_key(viewer, municipality, what, hour)
    if cache.get(key):
        return
    AccessLog.objects.bulk_create(
        [AccessLog(viewer=viewer, municipality=municipality, what=what, at=now, hour=hour)],
        ignore_conflicts=True,
    )
    # Not before it is certain that the line stays.
    transaction.on_commit(lambda: cache.set(key, 1, HOUR))


def looked_key(viewer: User, municipality: Municipality, what: str, hour: datetime) -> str:
    return f"looked:{viewer.pk}:{municipality.pk}:{what}:{hour:%Y%m%d%H}"


def forget_old() -> int:
    """Remove what is older than a year. Returns how many lines."""
    return AccessLog.objects.expired().delete()[0]
