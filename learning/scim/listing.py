"""Lists: which rows, in which order, which page of them (RFC 7644 §3.4.2)."""

from collections.abc import Mapping
from typing import Any, Final

from django.db.models import QuerySet
from django.http import HttpRequest
from scim2_models import Context, ListResponse, Resource, ResponseParameters, SearchRequest

from learning.models import ScimGroup, ScimUser
from learning.scim.errors import BadFilter
from learning.scim.filters import GROUP_COLUMNS, USER_COLUMNS, AsQuestion, Column
from learning.scim.schemas import MOST_RESULTS, POLICY, USUAL_RESULTS, Group, User, about
from learning.scim.shown import member_ids, shown_group, shown_user
from learning.scim.tenants import Tenant

LONGEST_FILTER: Final = 2000
ASKED: Final = (
    *("attributes", "excludedAttributes", "filter"),
    *("sortBy", "sortOrder", "startIndex", "count"),
)


def asked_in_address(request: HttpRequest) -> dict[str, str]:
    """What of the query is SCIM's; clients add words of their own, which say nothing here."""
    return {name: request.GET[name] for name in ASKED if name in request.GET}


def search_for(asked: dict[str, Any], kinds: Any) -> SearchRequest[Any]:
    """What is looked for among these kinds. Raises ValidationError, and BadFilter if too long."""
    question = asked.get("filter")
    if isinstance(question, str) and len(question) > LONGEST_FILTER:
        raise BadFilter(detail="This filter is too long.")
    found: SearchRequest[Any] = about(SearchRequest, kinds).model_validate(
        asked, scim_policy=POLICY
    )
    return found


def shown_attributes(request: HttpRequest, model: type[Resource[Any]]) -> ResponseParameters[Any]:
    asked = {
        name: value for name, value in asked_in_address(request).items() if "ttributes" in name
    }
    found: ResponseParameters[Any] = about(ResponseParameters, model).model_validate(
        asked, scim_policy=POLICY
    )
    return found


def wants_members(asked: ResponseParameters[Any]) -> bool:
    """Whether anybody will look at who is in a group: there may be thousands."""
    included = [str(path).rpartition(":")[2].lower() for path in asked.attributes or ()]
    excluded = [str(path).rpartition(":")[2].lower() for path in asked.excluded_attributes or ()]
    if included:
        return any(name.partition(".")[0] == "members" for name in included)
    return "members" not in excluded


def rows(
    found: QuerySet[Any], search: SearchRequest[Any], columns: Mapping[str, Column]
) -> QuerySet[Any]:
    """The rows that a filter finds, in the order that was asked for."""
    if search.filter is not None:
        question = AsQuestion(dict(columns)).visit(search.filter.ast)
        # A member of several groups is one user.
        found = found.filter(pk__in=found.filter(question).values("pk"))
    column = columns.get(str(search.sort_by).rpartition(":")[2].lower()) if search.sort_by else None
    if column is None:
        return found.order_by("created_at", "pk")
    down = search.sort_order == SearchRequest.SortOrder.descending
    return found.order_by(f"{'-' if down else ''}{column.field}", "created_at", "pk")


def users(tenant: Tenant, search: SearchRequest[Any]) -> QuerySet[ScimUser]:
    return rows(tenant.users, search, USER_COLUMNS).prefetch_related("groups")


def groups(tenant: Tenant, search: SearchRequest[Any]) -> QuerySet[ScimGroup]:
    return rows(tenant.groups, search, GROUP_COLUMNS)


def page(search: SearchRequest[Any], *lists: QuerySet[Any]) -> dict[str, Any]:
    """One page of what these lists hold, one after another."""
    totals = [each.count() for each in lists]
    total = sum(totals)
    first = min((search.start_index or 1) - 1, total)
    room = min(USUAL_RESULTS if search.count is None else search.count, MOST_RESULTS)
    shown: list[Resource[Any]] = []
    for each, length in zip(lists, totals, strict=True):
        start = min(max(first, 0), length)
        shown += shown_rows(list(each[start : min(start + room - len(shown), length)]), search)
        first -= length
    listed: ListResponse[Any] = about(ListResponse, User | Group)(
        total_results=total,
        start_index=search.start_index or 1,
        items_per_page=len(shown),
        resources=shown,
    )
    return listed.model_dump(scim_ctx=Context.RESOURCE_QUERY_RESPONSE, response_parameters=search)


def shown_rows(found: list[Any], search: SearchRequest[Any]) -> list[Resource[Any]]:
    of_groups = [each for each in found if isinstance(each, ScimGroup)]
    members = member_ids(of_groups) if of_groups and wants_members(search) else {}
    return [
        shown_group(each, members.get(str(each.pk), []))
        if isinstance(each, ScimGroup)
        else shown_user(each)
        for each in found
    ]
