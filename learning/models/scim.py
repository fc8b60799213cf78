"""What a municipality's own system (as Entra ID or Okta) says about who serves there: SCIM 2.0.

Everything hangs on one municipality's connection; nothing of it is found from another one's.
What is kept of a person is what their municipality gave: two names of an account, a name and an
address. What they may see or do follows from their memberships alone, never from these rows.
"""

import uuid
from datetime import datetime
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learning.models.entry import HASH_LENGTH, person_field
from learning.models.places import Municipality
from learning.roles import Role


class ScimConnection(models.Model):
    """A municipality's own system may say who serves there."""

    municipality = models.OneToOneField(
        Municipality,
        verbose_name=_("municipality"),
        on_delete=models.PROTECT,
        related_name="scim_connection",
    )
    default_role = models.CharField(
        _("role of people without a group"),
        max_length=20,
        choices=Role,
        blank=True,
        default=Role.STAFF,
    )

    class Meta:
        verbose_name = _("connection with a municipality’s own system")
        verbose_name_plural = _("connections with municipalities’ own systems")
        ordering: ClassVar = ["municipality__display_name"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(default_role="") | Q(default_role__in=Role.values),
                name="scim_connection_has_a_known_role",
            ),
        ]

    def __str__(self) -> str:
        return str(self.municipality)

    @property
    def working_keys(self) -> int:
        return sum(token.works for token in self.tokens.all())

    @property
    def last_used_at(self) -> datetime | None:
        """When the system last called, with whichever key."""
        return max((t.last_used_at for t in self.tokens.all() if t.last_used_at), default=None)


class ScimRoleOfGroup(models.Model):
    """Whoever is in this group over there serves in this role here. Other groups give nothing."""

    connection = models.ForeignKey(ScimConnection, on_delete=models.CASCADE, related_name="roles")
    group = models.CharField(_("name or external id of the group"), max_length=255)
    # As `group` is compared: in lower case, whatever the database makes of capitals.
    group_key = models.CharField(max_length=255, editable=False)
    role = models.CharField(_("role"), max_length=20, choices=Role)

    class Meta:
        verbose_name = _("role of a group")
        verbose_name_plural = _("roles of groups")
        ordering: ClassVar = ["group_key"]
        constraints: ClassVar = [
            # One group with two roles would leave open which one counts.
            models.UniqueConstraint(
                fields=["connection", "group_key"], name="one_role_per_scim_group"
            ),
            models.CheckConstraint(
                condition=Q(role__in=Role.values), name="scim_group_has_a_known_role"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group}: {self.get_role_display()}"


class ScimTokenQuerySet(models.QuerySet["ScimToken"]):
    def valid(self) -> Self:
        return self.filter(withdrawn_at__isnull=True, expires_at__gt=timezone.now())


class ScimToken(models.Model):
    """By this the municipality's system shows who it is. Only the hash is kept."""

    connection = models.ForeignKey(ScimConnection, on_delete=models.CASCADE, related_name="tokens")
    token_hash = models.CharField(max_length=HASH_LENGTH, unique=True)
    made_by = person_field()
    created_at = models.DateTimeField(_("made"), default=timezone.now)
    expires_at = models.DateTimeField(_("works until"))
    last_used_at = models.DateTimeField(_("last used"), null=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True)

    objects = ScimTokenQuerySet.as_manager()

    class Meta:
        verbose_name = _("key of a municipality’s own system")
        verbose_name_plural = _("keys of municipalities’ own systems")
        ordering: ClassVar = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.connection} {self.created_at:%Y-%m-%d}"

    @property
    def works(self) -> bool:
        return self.withdrawn_at is None and self.expires_at > timezone.now()


class ScimRecord(models.Model):
    """What users and groups have in common."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    external_id = models.CharField(max_length=255, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    # The version that clients compare (ETag) follows from it.
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        abstract = True

    @property
    def version(self) -> str:
        return f'W/"{int(self.changed_at.timestamp() * 1_000_000):x}"'


class ScimUser(ScimRecord):
    """A person, as one municipality's own system knows them."""

    connection = models.ForeignKey(ScimConnection, on_delete=models.CASCADE, related_name="users")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="scim_users"
    )
    user_name = models.CharField(max_length=254)
    user_name_key = models.CharField(max_length=254)
    display_name = models.CharField(max_length=150)
    email = models.EmailField()
    active = models.BooleanField(default=True)

    class Meta:
        verbose_name = _("person in a municipality’s own system")
        verbose_name_plural = _("people in municipalities’ own systems")
        constraints: ClassVar = [
            # RFC 7643 §4.1.1: a userName is one user's, however it is typed.
            models.UniqueConstraint(
                fields=["connection", "user_name_key"], name="one_scim_user_per_user_name"
            ),
            # Two records of one person would end each other's memberships.
            models.UniqueConstraint(
                fields=["connection", "person"], name="one_scim_user_per_person"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["connection", "external_id"], name="scim_user_by_external_id"),
            models.Index(fields=["connection", "email"], name="scim_user_by_email"),
            models.Index(fields=["connection", "created_at", "id"], name="scim_user_in_order"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class ScimGroup(ScimRecord):
    """A group of the municipality's system. It gives a role only if `ScimRoleOfGroup` says so."""

    connection = models.ForeignKey(ScimConnection, on_delete=models.CASCADE, related_name="groups")
    display_name = models.CharField(max_length=255)
    name_key = models.CharField(max_length=255)
    users = models.ManyToManyField(ScimUser, through="ScimGroupMember", related_name="groups")

    class Meta:
        verbose_name = _("group in a municipality’s own system")
        verbose_name_plural = _("groups in municipalities’ own systems")
        constraints: ClassVar = [
            # The same request twice at once makes one group; roles go by name.
            models.UniqueConstraint(
                fields=["connection", "name_key"], name="one_scim_group_per_name"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["connection", "created_at", "id"], name="scim_group_in_order"),
        ]

    def __str__(self) -> str:
        return self.display_name


class ScimGroupMember(models.Model):
    """Somebody is in a group of the municipality's system."""

    group = models.ForeignKey(ScimGroup, on_delete=models.CASCADE, related_name="members")
    user = models.ForeignKey(ScimUser, on_delete=models.CASCADE, related_name="places")

    class Meta:
        verbose_name = _("member of a group in a municipality’s own system")
        verbose_name_plural = _("members of groups in municipalities’ own systems")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["group", "user"], name="once_in_a_scim_group"),
        ]

    def __str__(self) -> str:
        return f"{self.group_id} {self.user_id}"
