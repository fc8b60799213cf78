"""Letting somebody watch a municipality, and ending that."""

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from learning.models import MonitorGrant, Municipality


class LastMonitor(Exception):
    """Without this monitor nobody could see to the municipality any more."""


def grant_monitor(person: User, municipality: Municipality) -> MonitorGrant:
    """Make somebody a monitor; the same grant when they are one already."""
    grant, _made = MonitorGrant.objects.get_or_create(
        person=person,
        municipality=municipality,
        scope=MonitorGrant.Scope.MUNICIPALITY,
        withdrawn_at=None,
    )
    return grant


def withdraw_monitor(grant: MonitorGrant) -> MonitorGrant:
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
    return mine
