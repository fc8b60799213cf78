"""What is done about mail without anybody asking."""

from datetime import date, time, timedelta
from typing import Final

from django.utils import timezone

from learning.mail.outbox import recover
from learning.mail.planning import plan
from learning.mail.report import queue_reports
from learning.mail.sending import MOST_PER_TASK, deliver_waiting
from learning.models import Mailing, OutgoingMail
from learning.models.people import today
from learning.schedule import daily, every

DRAFTS_KEPT: Final = timedelta(days=7)
# Longer than a moment of reminding lasts, or somebody would be reminded again.
MAILS_KEPT: Final = timedelta(days=400)


@every(minutes=1)
def send_mail() -> None:
    """What is to be tried again, and what a dead worker left behind."""
    recover(timezone.now())
    deliver_waiting(most=MOST_PER_TASK)


@daily("reminders", at=time(7))
def remind(day: date) -> None:
    """Reminders by themselves. A day that was missed is made up for by the next."""
    if day == today():
        plan(day)


@daily("monthly_report", at=time(7, 30))
def report(day: date) -> None:
    queue_reports(day)


@daily("tidy_mail", at=time(4, 45))
def tidy_mail(_day: date) -> None:
    """Remove drafts that were left, and the log of more than a year ago."""
    now = timezone.now()
    Mailing.objects.filter(
        requirement__isnull=False, sent_at=None, created_at__lt=now - DRAFTS_KEPT
    ).delete()
    OutgoingMail.objects.filter(created_at__lt=now - MAILS_KEPT).exclude(
        state__in=OutgoingMail.UNFINISHED
    ).delete()
    Mailing.objects.filter(created_at__lt=now - MAILS_KEPT, mails=None).delete()
