"""The resources that we serve, as small as they may be (DESIGN §4.8): what is not here is dropped.

Clients send phone numbers, managers and departments as well. Those are not refused, for then
nothing would come in; they are not read further and not kept.
"""

from functools import cache
from typing import Annotated, Any, Final

from pydantic import Field
from scim2_models import (
    URN,
    AuthenticationScheme,
    Bulk,
    CaseExact,
    ChangePassword,
    ComplexAttribute,
    ETag,
    External,
    Filter,
    Mutability,
    Pagination,
    Patch,
    Reference,
    Required,
    Resource,
    ResourceType,
    Schema,
    ScimPolicy,
    ServiceProviderConfig,
    Sort,
    Uniqueness,
)

MOST_RESULTS: Final = 200
USUAL_RESULTS: Final = 100

# How Entra ID and Okta write, beside the standard: attributes of other schemas, a removal that
# says by its value whom to remove, and a path whose filter finds nothing yet.
POLICY: Final = ScimPolicy(
    unknown=ScimPolicy.Unknown.ignore,
    remove_value_as_filter=ScimPolicy.RemoveValue.apply,
    unmatched_path_filter=ScimPolicy.UnmatchedPathFilter.create,
)


class Email(ComplexAttribute):
    value: Annotated[str | None, Required.true] = None
    """An address of one of the municipality's own e-mail domains."""

    type: str | None = Field(None, examples=["work"])
    """What kind of address it is. One address is kept, as that of work."""

    primary: bool | None = None
    """Whether it is the one to use. One address is kept, as the primary one."""


class InGroup(ComplexAttribute):
    value: Annotated[str | None, Mutability.read_only, CaseExact.true] = None
    """The id of the group."""

    ref: Annotated[Reference["Group"] | None, Mutability.read_only] = Field(
        None, serialization_alias="$ref", validation_alias="$ref"
    )
    """The address of the group."""

    display: Annotated[str | None, Mutability.read_only] = None
    """The name of the group."""


class User(Resource[Any]):
    """A person who serves the municipality."""

    __schema__ = URN("urn:ietf:params:scim:schemas:core:2.0:User")

    user_name: Annotated[str | None, Required.true, Uniqueness.server] = None
    """What the municipality's system calls the account."""

    display_name: Annotated[str | None, Required.true] = None
    """The person's name as it is shown. Without it, the parts of `name` are put together."""

    active: Annotated[bool | None, Required.true] = None
    """Whether the person serves now. Without it, a new person does."""

    emails: Annotated[list[Email] | None, Required.true] = None
    """The person's address. Without it, the userName is taken if it is an address."""

    groups: Annotated[list[InGroup] | None, Mutability.read_only] = None
    """The groups that the person is in."""


class Member(ComplexAttribute):
    value: Annotated[str | None, Required.true, Mutability.immutable, CaseExact.true] = None
    """The id of a user of the same municipality."""

    ref: Annotated[Reference["User"] | None, Mutability.immutable] = Field(
        None, serialization_alias="$ref", validation_alias="$ref"
    )
    """The address of that user."""

    type: Annotated[str | None, Mutability.immutable] = Field(None, examples=["User"])
    """Groups within groups are not kept."""


class Group(Resource[Any]):
    """A group. Whoever is in it serves in the role that the administrator chose for it, if any."""

    __schema__ = URN("urn:ietf:params:scim:schemas:core:2.0:Group")

    display_name: Annotated[str | None, Required.true, Uniqueness.server] = None
    """The name of the group."""

    members: list[Member] | None = None
    """Who is in it."""


MODELS: Final[dict[str, type[Resource[Any]]]] = {"User": User, "Group": Group}


@cache
def about(form: Any, kinds: Any) -> Any:
    """The library's `form[kinds]`, kept: what nobody holds on to is made anew for each request."""
    return form[kinds]


@cache
def service_provider_config() -> ServiceProviderConfig:
    """What of the standard is supported."""
    return ServiceProviderConfig(
        patch=Patch(supported=True),
        bulk=Bulk(supported=False, max_operations=0, max_payload_size=0),
        filter=Filter(supported=True, max_results=MOST_RESULTS),
        change_password=ChangePassword(supported=False),
        sort=Sort(supported=True),
        etag=ETag(supported=True),
        pagination=Pagination(
            cursor=False,
            index=True,
            default_page_size=USUAL_RESULTS,
            max_page_size=MOST_RESULTS,
        ),
        authentication_schemes=[
            AuthenticationScheme(
                type=AuthenticationScheme.Type.oauthbearertoken,
                name="Bearer token",
                description="A key that an administrator of this site makes per municipality.",
                spec_uri=Reference[External]("https://www.rfc-editor.org/info/rfc6750"),
                primary=True,
            )
        ],
    )


@cache
def resource_types() -> list[ResourceType]:
    return [ResourceType.from_resource(model) for model in MODELS.values()]


@cache
def schemas() -> list[Schema]:
    described: tuple[type[Resource[Any]], ...] = (
        *MODELS.values(),
        *(ServiceProviderConfig, ResourceType, Schema),
    )
    return [model.to_schema() for model in described]
