"""The endpoints: thin, one function per method."""

from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest
from scim2_models import (
    Context,
    ListResponse,
    PatchOp,
    Resource,
    ResourceType,
    Schema,
)

from learning.models import ScimGroup, ScimUser
from learning.scim import groups, listing, people, schemas
from learning.scim.addresses import address
from learning.scim.errors import Missing
from learning.scim.listing import asked_in_address, search_for, shown_attributes
from learning.scim.schemas import POLICY, Group, User
from learning.scim.shown import member_ids, shown_group, shown_user
from learning.scim.tenants import Tenant
from learning.scim.web import Answer, check_version, endpoint, payload_of

PATCHING: Final = Context.RESOURCE_PATCH_REQUEST
NOTHING_HERE: Final = "There is nothing with this id."


def dump(resource: Resource[Any], **options: Any) -> dict[str, Any]:
    return resource.model_dump(scim_ctx=Context.RESOURCE_QUERY_RESPONSE, **options)


def found(queryset: Any, pk: str, *, lock: bool = False) -> Any:
    """A municipality's own; another one's is not there. Raises Missing."""
    try:
        key = UUID(pk)
    except ValueError as broken:
        raise Missing(detail=NOTHING_HERE) from broken
    rows = queryset.select_for_update(of=("self",)) if lock else queryset
    row = rows.filter(pk=key).first()
    if row is None:
        raise Missing(detail=NOTHING_HERE)
    return row


def patch_of(request: HttpRequest) -> dict[str, Any]:
    """A PATCH as the library reads it.

    Entra ID says by value whom to remove, with a `$ref` of null besides: the value is what counts.
    """
    payload = payload_of(request)
    operations = payload.get("Operations")
    for operation in operations if isinstance(operations, list) else ():
        if not isinstance(operation, dict) or str(operation.get("op")).lower() != "remove":
            continue
        entries = operation.get("value")
        if isinstance(entries, list):
            operation["value"] = [
                {"value": each["value"]} if isinstance(each, dict) and "value" in each else each
                for each in entries
            ]
    return payload


# Users


def answer_user(request: HttpRequest, user: ScimUser, status: int = 200) -> Answer:
    resource = shown_user(user)
    body = dump(resource, response_parameters=shown_attributes(request, User))
    return Answer(body, status, user.version, address("Users", user.pk))


def user_from(payload: dict[str, Any], context: Context, before: ScimUser | None = None) -> User:
    """What was sent, with what may be left out filled in. Raises ValidationError."""
    sent = User.model_validate(payload, scim_ctx=Context.DEFAULT, scim_policy=POLICY)
    full = sent.model_dump(mode="json", exclude_none=True, by_alias=True)
    full.setdefault("active", before.active if before else True)
    if not sent.emails and "@" in (sent.user_name or ""):
        full["emails"] = [{"value": sent.user_name, "type": "work", "primary": True}]
    if not sent.display_name and (name := name_in(sent.unknown_attributes.get("name"))):
        full["displayName"] = name
    return User.model_validate(full, scim_ctx=context, scim_policy=POLICY)


def name_in(name: Any) -> str:
    """A name from its parts, where there is no name as it is shown."""
    if not isinstance(name, dict):
        return ""
    parts = [name.get("formatted")] if name.get("formatted") else []
    parts = parts or [name.get("givenName"), name.get("familyName")]
    return " ".join(part for part in parts if isinstance(part, str) and part)


def language_in(payload: dict[str, Any]) -> str:
    """In which language somebody new is written to: Dutch, unless they are said to prefer ours."""
    preferred = payload.get("preferredLanguage") or payload.get("locale")
    return "en" if isinstance(preferred, str) and preferred.lower().startswith("en") else "nl"


def list_users(request: HttpRequest, tenant: Tenant) -> Answer:
    search = search_for(asked_in_address(request), User)
    return Answer(listing.page(search, listing.users(tenant, search)))


def create_user(request: HttpRequest, tenant: Tenant) -> Answer:
    payload = payload_of(request)
    resource = user_from(payload, Context.RESOURCE_CREATION_REQUEST)
    user = people.create(tenant, resource, language=language_in(payload))
    return answer_user(request, user, 201)


def get_user(request: HttpRequest, tenant: Tenant, pk: str) -> Answer:
    return answer_user(request, found(tenant.users.prefetch_related("groups"), pk))


def replace_user(request: HttpRequest, tenant: Tenant, pk: str) -> Answer:
    payload = payload_of(request)
    with transaction.atomic():
        user = found(tenant.users, pk, lock=True)
        check_version(request, user.version)
        resource = user_from(payload, Context.RESOURCE_REPLACEMENT_REQUEST, user)
        people.change(tenant, user, resource)
    return answer_user(request, user)


def patch_user(request: HttpRequest, tenant: Tenant, pk: str) -> Answer:
    payload = patch_of(request)
    wanted: PatchOp[Any] = schemas.about(PatchOp, User).model_validate(
        payload, scim_ctx=PATCHING, scim_policy=POLICY
    )
    with transaction.atomic():
        user = found(tenant.users, pk, lock=True)
        check_version(request, user.version)
        resource = shown_user(user)
        wanted.patch(resource, POLICY)
        people.change(tenant, user, resource, is_patch=True)
    return answer_user(request, user)


def delete_user(request: HttpRequest, tenant: Tenant, pk: str) -> Answer:
    with transaction.atomic():
        user = found(tenant.users, pk, lock=True)
        check_version(request, user.version)
        people.remove(tenant, user)
    return Answer(None, 204)


# Groups


def answer_group(request: HttpRequest, group: ScimGroup, status: int = 200) -> Answer:
    asked = shown_attributes(request, Group)
    members = member_ids([group])[str(group.pk)] if listing.wants_members(asked) else []
    body = dump(shown_group(group, members), response_parameters=asked)
    return Answer(body, status, group.version, address("Groups", group.pk))


def list_groups(request: HttpRequest, tenant: Tenant) -> Answer:
    search = search_for(asked_in_address(request), Group)
    return Answer(listing.page(search, listing.groups(tenant, search)))


def create_group(request: HttpRequest, tenant: Tenant) -> Answer:
    context = Context.RESOURCE_CREATION_REQUEST
    resource = Group.model_validate(payload_of(request), scim_ctx=context, scim_policy=POLICY)
    return answer_group(request, groups.create(tenant, resource), 201)


def get_group(request: HttpRequest, tenant: Tenant, pk: str) -> Answer:
    return answer_group(request, found(tenant.groups, pk))


def replace_group(request: HttpRequest, tenant: Tenant, pk: str) -> Answer:
    context = Context.RESOURCE_REPLACEMENT_REQUEST
    resource = Group.model_validate(payload_of(request), scim_ctx=context, scim_policy=POLICY)
    with transaction.atomic():
        group = found(tenant.groups, pk, lock=True)
        check_version(request, group.version)
        before = member_ids([group])[str(group.pk)]
        groups.change(tenant, group, resource, before=before)
    return answer_group(request, group)


def patch_group(request: HttpRequest, tenant: Tenant, pk: str) -> Answer:
    payload = patch_of(request)
    wanted: PatchOp[Any] = schemas.about(PatchOp, Group).model_validate(
        payload, scim_ctx=PATCHING, scim_policy=POLICY
    )
    with transaction.atomic():
        group = found(tenant.groups, pk, lock=True)
        check_version(request, group.version)
        before = member_ids([group])[str(group.pk)]
        resource = shown_group(group, before)
        wanted.patch(resource, POLICY)
        groups.change(tenant, group, resource, before=before)
    return answer_group(request, group)


def delete_group(request: HttpRequest, tenant: Tenant, pk: str) -> Answer:
    with transaction.atomic():
        group = found(tenant.groups, pk, lock=True)
        check_version(request, group.version)
        groups.remove(tenant, group)
    return Answer(None, 204)


# Searching by POST: what is looked for then stands in no address.


def search_users(request: HttpRequest, tenant: Tenant) -> Answer:
    search = search_for(payload_of(request), User)
    return Answer(listing.page(search, listing.users(tenant, search)))


def search_groups(request: HttpRequest, tenant: Tenant) -> Answer:
    search = search_for(payload_of(request), Group)
    return Answer(listing.page(search, listing.groups(tenant, search)))


def search_all(request: HttpRequest, tenant: Tenant) -> Answer:
    """Both kinds, users first. An attribute that only one has finds nothing of the other."""
    search = search_for(payload_of(request), User | Group)
    lists = (listing.users(tenant, search), listing.groups(tenant, search))
    return Answer(listing.page(search, *lists))


# What there is


def config(_request: HttpRequest, _tenant: Tenant) -> Answer:
    return Answer(dump(schemas.service_provider_config()))


def listed(resources: list[Any], model: type[Resource[Any]]) -> Answer:
    total = len(resources)
    answer: ListResponse[Any] = schemas.about(ListResponse, model)(
        total_results=total, start_index=1, items_per_page=total, resources=resources
    )
    return Answer(answer.model_dump(scim_ctx=Context.RESOURCE_QUERY_RESPONSE))


def one_of(resources: list[Any], pk: str) -> Answer:
    for resource in resources:
        if resource.id == pk:
            return Answer(dump(resource))
    raise Missing(detail=NOTHING_HERE)


def list_types(_request: HttpRequest, _tenant: Tenant) -> Answer:
    return listed(schemas.resource_types(), ResourceType)


def get_type(_request: HttpRequest, _tenant: Tenant, pk: str) -> Answer:
    return one_of(schemas.resource_types(), pk)


def list_schemas(_request: HttpRequest, _tenant: Tenant) -> Answer:
    return listed(schemas.schemas(), Schema)


def get_schema(_request: HttpRequest, _tenant: Tenant, pk: str) -> Answer:
    return one_of(schemas.schemas(), pk)


def nothing(_request: HttpRequest, _tenant: Tenant, **_where: Any) -> Answer:
    raise Missing(detail="There is nothing at this address.")


user_list = endpoint(GET=list_users, POST=create_user)
user_one = endpoint(GET=get_user, PUT=replace_user, PATCH=patch_user, DELETE=delete_user)
group_list = endpoint(GET=list_groups, POST=create_group)
group_one = endpoint(GET=get_group, PUT=replace_group, PATCH=patch_group, DELETE=delete_group)
elsewhere = endpoint(GET=nothing, POST=nothing, PUT=nothing, PATCH=nothing, DELETE=nothing)
