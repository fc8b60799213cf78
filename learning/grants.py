"""Letting somebody watch a municipality, and ending that."""

from django.db import transaction
from django.utils import timezone

from accounts.models import AuditEvent, User
from learning.membership_log import record_grant
from learning.models import MonitorGrant, Municipality


class LastMonitor(Exception):
    """Without this monitor nobody could see to the municipality any more."""


def grant_monitor(
    person: User, municipality: Municipality, *, by: User | None = None
) -> MonitorGrant:
    """Make somebody a monitor; the same grant when they are one already."""
    with transaction.atomic():
        grant, made = MonitorGrant.objects.get_or_create(
            person=person,
            municipality=municipality,
            scope=MonitorGrant.Scope.MUNICIPALITY,
            withdrawn_at=None,
        )
        if made:
            record_grant(grant, AuditEvent.What.GRANTED, by=by)
    return grant


def withdraw_monitor(grant: MonitorGrant, *, by: User | None = None) -> MonitorGrant:
    """End a grant; nothing happens to one that has ended. Raises LastMonitor.

    Rows are locked, so that two monitors who withdraw each other do not leave nobody.
    """
    with transaction.atomic():
        active = list(
            MonitorGrant.objects.active()
            .filter(municipality=grant.municipality_id, scope=MonitorGrant.Scope.MUNICIPALITY)
            .select_for_update()
            .select_related(None)
        )
        mine = next((each for each in active if each.pk == grant.pk), None)
        if mine is None:
            grant.refresh_from_db()
            return grant
        if len(active) == 1:
            raise LastMonitor
        mine.withdrawn_at = timezone.now()
        mine.save(update_fields=["withdrawn_at"])
        record_grant(mine, AuditEvent.What.WITHDRAWN, by=by)
    return mine
