"""From groups to roles: memberships begin and end as the municipality's system says."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from django.db import transaction
from django.db.models import Q

from accounts.audit import record
from accounts.models import AuditEvent, User
from learning.memberships import join, leave_all
from learning.models import Membership, MonitorGrant, ScimGroupMember, ScimUser
from learning.models.people import today
from learning.roles import Role
from learning.rules.provisioning import Serves, Steps
from learning.scim.tenants import Tenant, key_of

BATCH: Final = 200


def settle(
    tenant: Tenant, users: Iterable[Any], *, also_managed: frozenset[str] = frozenset()
) -> None:
    """Put the memberships of these users (by id) in order. Safe to repeat.

    `also_managed` are roles that the system decided on until a moment ago.
    """
    ids = sorted({str(user) for user in users})
    for start in range(0, len(ids), BATCH):
        with transaction.atomic():
            settle_some(tenant, ids[start : start + BATCH], also_managed)


def settle_some(tenant: Tenant, ids: Sequence[str], also_managed: frozenset[str]) -> None:
    # Two requests about one person wait for each other.
    locked = tenant.users.select_for_update(of=("self",)).order_by("pk")
    users = list(locked.filter(pk__in=ids).select_related("person"))
    rules = tenant.rules(also_managed=also_managed)
    given = roles_by_groups(tenant, users)
    held = held_by(tenant, users)
    for user in users:
        steps = rules.steps(held[user.person_id], given[user.pk], active=user.active, day=today())
        if steps:
            take(tenant, user, steps)


def roles_by_groups(tenant: Tenant, users: Sequence[ScimUser]) -> dict[Any, set[str]]:
    """Per user the roles of the groups that they are in."""
    roles: dict[Any, set[str]] = defaultdict(set)
    if not tenant.role_of_group:
        return roles
    places = ScimGroupMember.objects.filter(user__in=users)
    for user, name, external in places.values_list("user", "group__name_key", "group__external_id"):
        for key in (name, key_of(external)):
            if key in tenant.role_of_group:
                roles[user].add(tenant.role_of_group[key])
    return roles


def held_by(tenant: Tenant, users: Sequence[ScimUser]) -> dict[int, list[Serves]]:
    """Per person what they hold in this municipality, today or from later on."""
    held: dict[int, list[Serves]] = defaultdict(list)
    memberships = Membership.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=today()),
        person__in=[user.person_id for user in users],
        municipality__in=tenant.place_ids,
    ).order_by("pk")
    for each in memberships:
        held[each.person_id].append(Serves(each.pk, each.role, each.starts_on, each.ends_on))
    return held


def take(tenant: Tenant, user: ScimUser, steps: Steps) -> None:
    """Do it, each by what the rest of the site uses too, and note it in the audit log."""
    ending = Membership.objects.filter(pk__in=steps.end)
    told: dict[str, list[str]] = {"ended": sorted(ending.values_list("role", flat=True))}
    leave_all(ending, ends_on=today(), via="provisioning")
    begun = list(steps.start)
    for role in steps.start:
        join(user.person, tenant.place, Role(role), via="provisioning")
    for membership in Membership.objects.filter(pk__in=[*steps.reopen, *steps.change]):
        membership.role = steps.change.get(membership.pk, membership.role)
        membership.ends_on = None
        membership.save()
        begun.append(membership.role)
    told["begun"] = sorted(begun)
    note(tenant, "memberships", user.person, **{key: value for key, value in told.items() if value})


def note(tenant: Tenant, act: str, person: User, **details: Any) -> None:
    """A line of the audit log: which key did what to whom, without a word of what was sent."""
    record(
        AuditEvent.What.PROVISIONING,
        by=None,
        municipality_code=tenant.connection.municipality.code,
        about=person,
        details={"token": tenant.token, "act": act, **details},
    )


def in_batches(items: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(items), BATCH):
        yield items[start : start + BATCH]


def serves_anywhere(person: User) -> bool:
    """Whether there is still a reason to be signed in: a membership, a grant or other rights."""
    lasting = Membership.objects.filter(person=person).filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=today())
    )
    return lasting.exists() or has_rights(person)


def has_rights(person: User) -> bool:
    """Whether somebody may do more than learn."""
    return (
        person.is_staff
        or person.is_superuser
        or person.groups.exists()
        or MonitorGrant.objects.active().filter(person=person).exists()
    )
