"""Reminding who has a place: some days before and the day before."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from learning.models.people import today
from learning.schedule import daily
from meetings.mail import remind
from meetings.models import SignUp
from meetings.rules.moments import SOME_DAYS, reminding


@daily("meeting_reminders", at=time(8))
def remind_of_meetings(day: date) -> None:
    """A day that was missed is made good by the next, as far as it still matters."""
    if day == today():
        plan(timezone.now())


def plan(now: datetime) -> int:
    """Queue what is due; how many mails. Safe to repeat."""
    day = timezone.localdate(now)
    rows = (
        SignUp.objects.with_place()
        .filter(
            occasion__is_cancelled=False,
            occasion__starts_at__gt=now,
            occasion__starts_at__lt=now + timedelta(days=SOME_DAYS + 1),
        )
        .select_related("occasion")
        .in_order()
    )
    queued = 0
    for row in rows:
        on = timezone.localdate(row.occasion.starts_at)
        moment = reminding(day, on, signed_up=row.signed_up_at, now=now)
        if moment is not None:
            queued += remind([row], moment, on)
    return queued
