"""What is stored, as the resource that clients see."""

from collections.abc import Sequence

from scim2_models import Meta, Reference

from learning.models import ScimGroup, ScimGroupMember, ScimUser
from learning.models.scim import ScimRecord
from learning.scim.addresses import address
from learning.scim.schemas import Email, Group, InGroup, Member, User


def meta_of(record: ScimRecord, kind: str) -> Meta:
    return Meta(
        resource_type=kind,
        created=record.created_at,
        last_modified=record.changed_at,
        location=address(f"{kind}s", record.pk),
        version=record.version,
    )


def shown_user(user: ScimUser) -> User:
    """As the municipality gave it: not what the person is called or reached by elsewhere."""
    groups = [
        InGroup(
            value=str(group.pk),
            ref=Reference["Group"](address("Groups", group.pk)),
            display=group.display_name,
        )
        for group in user.groups.all()
    ]
    return User(
        id=str(user.pk),
        external_id=user.external_id or None,
        meta=meta_of(user, "User"),
        user_name=user.user_name,
        display_name=user.display_name,
        active=user.active,
        emails=[Email(value=user.email, type="work", primary=True)],
        groups=groups or None,
    )


def shown_group(group: ScimGroup, members: Sequence[str]) -> Group:
    """With these members, by id; none when they were not asked for."""
    return Group(
        id=str(group.pk),
        external_id=group.external_id or None,
        meta=meta_of(group, "Group"),
        display_name=group.display_name,
        members=[
            Member(value=member, ref=Reference["User"](address("Users", member)), type="User")
            for member in members
        ]
        or None,
    )


def member_ids(groups: Sequence[ScimGroup]) -> dict[str, list[str]]:
    """Per group who is in it, in one question."""
    found: dict[str, list[str]] = {str(group.pk): [] for group in groups}
    places = ScimGroupMember.objects.filter(group__in=groups).order_by("pk")
    for group, user in places.values_list("group", "user"):
        found[str(group)].append(str(user))
    return found
