"""Who calls: the municipality whose key it is. Everything else is reached through this alone."""

from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import Final

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from learning import tokens
from learning.local import counting
from learning.models import (
    Municipality,
    MunicipalitySettings,
    ScimConnection,
    ScimGroup,
    ScimToken,
    ScimUser,
)
from learning.models.people import today
from learning.models.scim import ScimTokenQuerySet
from learning.rules.provisioning import RoleRules
from learning.scim.errors import NoKey, TooManyRequests
from learning.views.limits import too_many

# How precisely it is known when a key was last used: not every call is a write.
USED_WITHIN: Final = timedelta(minutes=5)


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


def tenant_of(request: HttpRequest) -> Tenant:
    """The municipality whose key came along. Cookies are not looked at.

    Raises NoKey, and TooManyRequests for who tries many, or asks too much.
    """
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    token = find(secret.strip()) if scheme.lower() == "bearer" else None
    if token is None:
        if too_many(request, "scim_refused"):
            raise TooManyRequests
        raise NoKey(detail="A valid key of a municipality is needed.")
    if too_many(request, "scim", key=str(token.pk)):
        raise TooManyRequests
    now = timezone.now()
    stale = Q(last_used_at__isnull=True) | Q(last_used_at__lt=now - USED_WITHIN)
    if token.last_used_at is None or token.last_used_at < now - USED_WITHIN:
        ScimToken.objects.filter(stale, pk=token.pk).update(last_used_at=now)
    return Tenant(token.connection, token.pk)


def find(secret: str) -> ScimToken | None:
    """The token that works, if there is one.

    It is looked up by the hash of 256 random bits, so time tells nothing of it; the comparison
    that decides takes the same time all the same.
    """
    valid: ScimTokenQuerySet = ScimToken.objects.valid()
    hashed = tokens.digest(secret)
    found = valid.filter(token_hash=hashed).select_related("connection__municipality__successor")
    token = found.first()
    if token is None or not constant_time_compare(token.token_hash, hashed):
        return None
    return token
