"""The municipality whose key it is. Everything else is reached through this alone."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import QuerySet

from learning.local import counting
from learning.models import (
    Municipality,
    MunicipalitySettings,
    ScimConnection,
    ScimGroup,
    ScimUser,
)
from learning.models.people import today
from learning.rules.provisioning import RoleRules


@dataclass(frozen=True)
class Tenant:
    """A municipality's connection, and what is its own."""

    connection: ScimConnection
    # Which key it was; none when the site itself puts roles in order.
    token: int | None = None

    @property
    def users(self) -> QuerySet[ScimUser]:
        return ScimUser.objects.filter(connection=self.connection)

    @property
    def groups(self) -> QuerySet[ScimGroup]:
        return ScimGroup.objects.filter(connection=self.connection)

    @cached_property
    def place(self) -> Municipality:
        """The municipality that counts its people today, should it have merged."""
        return counting(self.connection.municipality, today())

    @cached_property
    def place_ids(self) -> list[int]:
        """Where memberships are this municipality's: itself, and who merged into it."""
        return self.place.counted_ids(today())

    @cached_property
    def domains(self) -> frozenset[str]:
        found = MunicipalitySettings.objects.filter(municipality__in=self.place_ids)
        return frozenset(domain for each in found for domain in each.email_domains)

    @cached_property
    def role_of_group(self) -> dict[str, str]:
        """The role by name or external id of a group."""
        return dict(self.connection.roles.values_list("group_key", "role"))

    def rules(self, *, also_managed: frozenset[str] = frozenset()) -> RoleRules:
        default = self.connection.default_role
        managed = {*self.role_of_group.values(), *also_managed, *filter(None, [default])}
        return RoleRules(managed=frozenset(managed), default=default)


def key_of(text: str) -> str:
    """How names are compared, on every database alike."""
    return text.strip().casefold()
