"""Coming, changing role and leaving."""

from datetime import date

from django.db import transaction
from django.db.models import QuerySet

from accounts.models import User
from learning.models import Membership, Municipality
from learning.models.people import today
from learning.roles import Role


def join(
    person: User, municipality: Municipality, role: Role, *, starts_on: date | None = None
) -> Membership:
    """Make somebody a member; the same membership when they already are one in this role."""
    membership, _created = Membership.objects.get_or_create(
        person=person,
        municipality=municipality,
        role=role,
        ends_on=None,
        defaults={"starts_on": starts_on or today()},
    )
    return membership


def leave(membership: Membership, *, ends_on: date | None = None) -> Membership:
    """End a membership; the given day (today) is its last. Nothing that was learned is lost.

    Raises ValueError when it would end before it began.
    """
    last_day = ends_on or today()
    if last_day < membership.starts_on:
        raise ValueError("A membership cannot end before it began.")
    membership.ends_on = last_day
    membership.save(update_fields=["ends_on"])
    return membership


def leave_all(memberships: QuerySet[Membership], *, ends_on: date) -> int:
    """End these memberships, each on the day, all or none. Returns how many.

    Who began after that day never served: their last day is their first.
    """
    with transaction.atomic():
        ending = list(memberships.select_related("municipality"))
        for membership in ending:
            leave(membership, ends_on=max(ends_on, membership.starts_on))
    return len(ending)
