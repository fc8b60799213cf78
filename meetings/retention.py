"""What of meetings is removed when it is old (learning/rules/retention.py says when)."""

from datetime import datetime

from django.db.models import QuerySet

from learning.retention import add_steps, deleting
from learning.rules.retention import period
from meetings.models import Conversation, PeerMessage, Report, SignUp
from meetings.models.taking_part import SignUpQuerySet


def old_sign_ups(now: datetime) -> SignUpQuerySet:
    """Of meetings that ended so long ago."""
    late = now - period("meeting_sign_ups")
    found: SignUpQuerySet = SignUp.objects.filter(occasion__ends_at__lt=late)
    return found


def old_messages(now: datetime) -> "QuerySet[PeerMessage]":
    return PeerMessage.objects.filter(sent_at__lt=now - period("network_messages"))


def empty_conversations(now: datetime) -> "QuerySet[Conversation]":
    """Of which the last message is gone."""
    late = now - period("network_messages")
    return Conversation.objects.filter(messages=None, started_at__lt=late)


def old_reports(now: datetime) -> "QuerySet[Report]":
    return Report.objects.filter(made_at__lt=now - period("network_reports"))


add_steps(
    deleting("places at meetings", "meeting_sign_ups", old_sign_ups),
    deleting("messages of peers", "network_messages", old_messages),
    deleting("conversations of peers", "network_messages", empty_conversations),
    deleting("reports of messages", "network_reports", old_reports),
)
