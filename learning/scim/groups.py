"""Groups of a municipality's own system: made, changed, removed; who is in them."""

from collections.abc import Collection, Sequence
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from learning.models import ScimGroup, ScimGroupMember
from learning.scim import schemas
from learning.scim.errors import BadValue, Taken
from learning.scim.people import required, within
from learning.scim.roles import in_batches, settle
from learning.scim.tenants import Tenant, key_of

NOT_A_USER = "A member is not a user of this municipality."


def create(tenant: Tenant, resource: schemas.Group) -> ScimGroup:
    """Raises SCIMException."""
    with transaction.atomic():
        name = required("displayName", resource.display_name)
        if tenant.groups.filter(name_key=key_of(name)).exists():
            raise Taken(detail="There is a group with this displayName.")
        group = ScimGroup.objects.create(
            connection=tenant.connection,
            display_name=name,
            name_key=key_of(name),
            external_id=within("externalId", resource.external_id or ""),
        )
        members = ids_of(resource)
        add(tenant, group, members)
        settle(tenant, members)
    return group


def change(
    tenant: Tenant, group: ScimGroup, resource: schemas.Group, *, before: Collection[str]
) -> ScimGroup:
    """Let a group, locked by the caller, be as the resource says. Raises SCIMException."""
    name = required("displayName", resource.display_name)
    external_id = within("externalId", resource.external_id or "")
    members = ids_of(resource)
    come, gone = set(members) - set(before), set(before) - set(members)
    is_renamed = (group.display_name, group.external_id) != (name, external_id)
    if not (come or gone or is_renamed):
        return group
    if tenant.groups.exclude(pk=group.pk).filter(name_key=key_of(name)).exists():
        raise Taken(detail="There is another group with this displayName.")
    group.display_name, group.name_key, group.external_id = name, key_of(name), external_id
    group.changed_at = timezone.now()
    group.save()
    for some in in_batches(sorted(gone)):
        ScimGroupMember.objects.filter(group=group, user__in=some).delete()
    add(tenant, group, [member for member in members if member in come])
    # A group by another name may give another role, to everybody who is in it.
    touched = {*come, *gone, *(members if is_renamed else ())}
    touch(tenant, sorted(touched))
    settle(tenant, touched)
    return group


def remove(tenant: Tenant, group: ScimGroup) -> None:
    """Whoever was in it has no role by it any more."""
    members = [str(pk) for pk in group.members.values_list("user", flat=True)]
    group.delete()
    touch(tenant, members)
    settle(tenant, members)


def ids_of(resource: schemas.Group) -> list[str]:
    """Who is to be in it, each once. Raises BadValue."""
    found: dict[str, None] = {}
    for member in resource.members or ():
        try:
            found[str(UUID(member.value or ""))] = None
        except ValueError as broken:
            raise BadValue(detail=NOT_A_USER) from broken
    return list(found)


def add(tenant: Tenant, group: ScimGroup, members: Sequence[str]) -> None:
    """Raises BadValue for whoever is no user of this municipality."""
    for some in in_batches(members):
        known = {str(pk) for pk in tenant.users.filter(pk__in=some).values_list("pk", flat=True)}
        if known != set(some):
            raise BadValue(detail=NOT_A_USER)
        ScimGroupMember.objects.bulk_create(
            ScimGroupMember(group=group, user_id=member) for member in some
        )


def touch(tenant: Tenant, users: Sequence[str]) -> None:
    """Their groups are part of how users are shown: it is another version."""
    for some in in_batches(users):
        tenant.users.filter(pk__in=some).update(changed_at=timezone.now())
