"""Leaving a municipality by oneself, and thinking better of it."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from learning import invitations
from learning.membership_log import record_membership
from learning.memberships import leave
from learning.models import Departure, Invitation, JoinRequest, Membership, MonitorGrant
from learning.models.people import today


class CannotUndo(Exception):
    """The two weeks are over, or the municipality has said otherwise since."""


def locked(membership: Membership) -> Membership:
    """The row as it is now: two windows do this one after the other."""
    return (
        Membership.objects.select_for_update(of=("self",))
        .select_related("municipality", "person")
        .get(pk=membership.pk)
    )


def leave_municipality(membership: Membership) -> Departure | None:
    """End somebody's own membership: today is the last day. Safe to repeat.

    None when it had ended already. What waited there for them goes: requests to join, and
    invitations to be a member. A right to watch is another thing, and stays.
    """
    with transaction.atomic():
        current = locked(membership)
        earlier = Departure.objects.filter(membership=current).first()
        if earlier is not None and current.ends_on == earlier.left_on:
            return earlier
        last_day = max(today(), current.starts_on)
        if current.ends_on is not None and current.ends_on <= last_day:
            return None
        departure, _made = Departure.objects.update_or_create(
            membership=current,
            defaults={
                "left_at": timezone.now(),
                "left_on": last_day,
                "ends_on_before": current.ends_on,
            },
        )
        leave(current, ends_on=last_day, by=current.person, via="oneself")
        stop_waiting(current)
    return departure


def stop_waiting(membership: Membership) -> None:
    """Who leaves is not let in again by what still waited."""
    place, person = membership.municipality, membership.person
    JoinRequest.objects.waiting().filter(person=person, municipality=place).delete()
    for invitation in Invitation.objects.unanswered().filter(
        municipality=place, purpose=Invitation.Purpose.MEMBER, email=person.email
    ):
        invitations.withdraw(invitation)


def undo_leaving(membership: Membership) -> Membership:
    """Be a member again as if nothing had happened. Safe to repeat. Raises CannotUndo."""
    with transaction.atomic():
        current = locked(membership)
        departure = Departure.objects.filter(membership=current).first()
        if departure is None:
            if current.ends_on is None or current.ends_on >= today():
                return current
            raise CannotUndo
        departure.membership = current
        again = Membership.objects.filter(
            person=current.person,
            municipality=current.municipality,
            role=current.role,
            ends_on=None,
        )
        if not departure.can_be_undone(timezone.now()) or again.exists():
            raise CannotUndo
        current.ends_on = departure.ends_on_before
        current.save(update_fields=["ends_on"])
        departure.delete()
        record_membership(current, "changed", by=current.person, via="leaving_undone")
    return current


def watches(person: User, membership: Membership) -> bool:
    """Whether somebody may watch the municipality as well: leaving does not end that."""
    return (
        MonitorGrant.objects.active()
        .filter(person=person, municipality=membership.municipality)
        .exists()
    )


def may_leave(memberships: Iterable[Membership]) -> list[Membership]:
    """Those that have not ended, and do not end today."""
    return [each for each in memberships if each.ends_on is None or each.ends_on > today()]


def may_come_back(memberships: Iterable[Membership]) -> list[Membership]:
    """Those of which leaving can still be undone; of rows that were read with their departure."""
    now = timezone.now()
    left = [each for each in memberships if hasattr(each, "departure")]
    return [each for each in left if each.departure.can_be_undone(now)]
