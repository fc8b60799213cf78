"""What of meetings is removed when it is old (learning/rules/retention.py says when)."""

from datetime import datetime

from learning.retention import add_steps, deleting
from learning.rules.retention import period
from meetings.models import SignUp
from meetings.models.taking_part import SignUpQuerySet


def old_sign_ups(now: datetime) -> SignUpQuerySet:
    """Of meetings that ended so long ago."""
    late = now - period("meeting_sign_ups")
    found: SignUpQuerySet = SignUp.objects.filter(occasion__ends_at__lt=late)
    return found


add_steps(deleting("places at meetings", "meeting_sign_ups", old_sign_ups))
