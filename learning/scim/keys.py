"""Connections and their keys: made, withdrawn, and which group gives which role."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone

from accounts.audit import record
from accounts.models import AuditEvent, User
from learning import tokens
from learning.models import Municipality, ScimConnection, ScimRoleOfGroup, ScimToken
from learning.scim.roles import settle
from learning.scim.tenants import Tenant, key_of

DAYS: Final = 365


def connect(municipality: Municipality) -> ScimConnection:
    """The municipality's connection; the same when there is one."""
    connection, _made = ScimConnection.objects.get_or_create(municipality=municipality)
    return connection


def make_key(connection: ScimConnection, *, by: User, days: int = DAYS) -> tuple[ScimToken, str]:
    """A new key, and its text: that is shown once and stored nowhere. Others go on working."""
    secret = tokens.fresh()
    now = timezone.now()
    with transaction.atomic():
        token = ScimToken.objects.create(
            connection=connection,
            token_hash=tokens.digest(secret),
            made_by=by,
            created_at=now,
            expires_at=now + timedelta(days=days),
        )
        told(connection, AuditEvent.What.GRANTED, by, scim_key=token.pk)
    return token, secret


def withdraw_key(token: ScimToken, *, by: User) -> None:
    """From now on nobody gets in by it. Safe to repeat."""
    with transaction.atomic():
        working = ScimToken.objects.filter(pk=token.pk, withdrawn_at__isnull=True)
        if working.update(withdrawn_at=timezone.now()):
            told(token.connection, AuditEvent.What.WITHDRAWN, by, scim_key=token.pk)


def set_roles(
    connection: ScimConnection, roles: Mapping[str, str], *, default: str, by: User
) -> None:
    """Which group gives which role, and the role of who is in none; memberships follow at once."""
    with transaction.atomic():
        connection = ScimConnection.objects.select_for_update().get(pk=connection.pk)
        before = frozenset({*connection.roles.values_list("role", flat=True)})
        before |= {connection.default_role} - {""}
        connection.default_role = default
        connection.save()
        connection.roles.all().delete()
        ScimRoleOfGroup.objects.bulk_create(
            ScimRoleOfGroup(connection=connection, group=group, group_key=key_of(group), role=role)
            for group, role in roles.items()
        )
        told(connection, AuditEvent.What.SETTINGS, by, fields=["scim_roles"])
        users = connection.users.values_list("pk", flat=True)
        settle(Tenant(connection), users, also_managed=before)


def told(connection: ScimConnection, what: AuditEvent.What, by: User, **details: object) -> None:
    record(what, by=by, municipality_code=connection.municipality.code, details=details)
