"""What is done about mail without anybody asking."""

from datetime import date, datetime, time

from django.db.models import QuerySet
from django.utils import timezone

from learning.mail.outbox import recover
from learning.mail.planning import plan
from learning.mail.report import queue_reports
from learning.mail.sending import MOST_PER_TASK, deliver_waiting
from learning.models import Mailing, OutgoingMail
from learning.models.people import today
from learning.rules.retention import period
from learning.schedule import daily, every


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


def old_drafts(now: datetime) -> "QuerySet[Mailing]":
    """Drafts that were left."""
    late = now - period("mail_drafts")
    return Mailing.objects.filter(requirement__isnull=False, sent_at=None, created_at__lt=late)


def old_mails(now: datetime) -> "QuerySet[OutgoingMail]":
    """The log of more than a year ago."""
    late = now - period("mail")
    return OutgoingMail.objects.filter(created_at__lt=late).exclude(
        state__in=OutgoingMail.UNFINISHED
    )


def old_mailings(now: datetime) -> "QuerySet[Mailing]":
    """What many were told, once no mail of it is left."""
    return Mailing.objects.filter(created_at__lt=now - period("mail"), mails=None)
