"""Coming, changing role and leaving."""

from datetime import date

from django.db import transaction
from django.db.models import QuerySet

from accounts.models import User
from learning.membership_log import record_membership
from learning.models import Membership, Municipality
from learning.models.people import today
from learning.roles import Role


def join(
    person: User,
    municipality: Municipality,
    role: Role,
    *,
    starts_on: date | None = None,
    by: User | None = None,
    via: str = "",
) -> Membership:
    """Make somebody a member; the same membership when they already are one in this role.

    Who did it and by which way goes into the audit log, as with all of these.
    """
    with transaction.atomic():
        membership, created = Membership.objects.get_or_create(
            person=person,
            municipality=municipality,
            role=role,
            ends_on=None,
            defaults={"starts_on": starts_on or today()},
        )
        if created:
            record_membership(membership, "begun", by=by, via=via)
    return membership


def leave(
    membership: Membership, *, ends_on: date | None = None, by: User | None = None, via: str = ""
) -> Membership:
    """End a membership; the given day (today) is its last. Nothing that was learned is lost.

    Raises ValueError when it would end before it began.
    """
    last_day = ends_on or today()
    if last_day < membership.starts_on:
        raise ValueError("A membership cannot end before it began.")
    with transaction.atomic():
        membership.ends_on = last_day
        membership.save(update_fields=["ends_on"])
        record_membership(membership, "ended", by=by, via=via)
    return membership


def leave_all(
    memberships: QuerySet[Membership], *, ends_on: date, by: User | None = None, via: str = ""
) -> int:
    """End these memberships, each on the day, all or none. Returns how many.

    Who began after that day never served: their last day is their first.
    """
    with transaction.atomic():
        ending = list(memberships.select_related("municipality", "person"))
        for membership in ending:
            leave(membership, ends_on=max(ends_on, membership.starts_on), by=by, via=via)
    return len(ending)
