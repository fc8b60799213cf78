"""The ways in besides import: invitations, join links and requests to join.

A name and an address stand here only until somebody has come in (then they are the
person's) or can no longer do so; see `forget` in learning/invitations.py and joining.py.
Of every token only the hash is kept.
"""

from typing import Any, ClassVar, Final, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learning.models.places import Municipality
from learning.roles import Role

HASH_LENGTH: Final = 64


def person_field() -> Any:
    """A reference that goes empty when that person is erased."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self) -> Self:
        """Those that can still be accepted."""
        return self.unanswered().filter(expires_at__gt=timezone.now())

    def unanswered(self) -> Self:
        return self.filter(accepted_at__isnull=True, withdrawn_at__isnull=True)


class Invitation(models.Model):
    """One person is asked, at one address, to become a member or a monitor.

    Nobody is a member by being invited: it may be somebody who learned elsewhere, and what
    they learned is not for the inviter to see until they say yes.
    """

    class Purpose(models.TextChoices):
        MEMBER = "member", _("member")
        MONITOR = "monitor", _("monitor")

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=10, choices=Purpose)
    role = models.CharField(_("role"), max_length=20, choices=Role, blank=True)
    name = models.CharField(_("name"), max_length=150, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    token_hash = models.CharField(max_length=HASH_LENGTH, unique=True)
    invited_by = person_field()
    person = person_field()
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints: ClassVar = [
            # A second press sends the mail again and makes no second invitation.
            models.UniqueConstraint(
                fields=["municipality", "purpose", "role", "email"],
                condition=Q(accepted_at__isnull=True, withdrawn_at__isnull=True) & ~Q(email=""),
                name="one_open_invitation_per_address",
            ),
            # A member has a role; a monitor's invitation must never make one a member besides.
            models.CheckConstraint(
                condition=Q(purpose="member", role__in=Role.values) | Q(purpose="monitor", role=""),
                name="invitation_of_a_member_names_the_role",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.municipality}, {self.get_purpose_display()}"

    @property
    def is_for_monitor(self) -> bool:
        return self.purpose == self.Purpose.MONITOR

    @property
    def has_expired(self) -> bool:
        return self.expires_at <= timezone.now()


class JoinLinkQuerySet(models.QuerySet["JoinLink"]):
    def valid(self) -> Self:
        return self.filter(withdrawn_at__isnull=True, expires_at__gt=timezone.now())


class JoinLink(models.Model):
    """A link, also as a QR code, by which people ask to join in one role until a moment.

    `seed` is not the token: that follows from it by the site's secret key (learning/tokens.py),
    so that the page can show the code again while the database alone opens nothing.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(_("role"), max_length=20, choices=Role)
    seed = models.CharField(max_length=32, unique=True)
    token_hash = models.CharField(max_length=HASH_LENGTH, unique=True)
    made_by = person_field()
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    objects = JoinLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("join link")
        verbose_name_plural = _("join links")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(role__in=Role.values), name="join_link_has_a_known_role"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.municipality}, {self.get_role_display()}"

    @property
    def is_valid(self) -> bool:
        return self.withdrawn_at is None and self.expires_at > timezone.now()


class JoinRequestQuerySet(models.QuerySet["JoinRequest"]):
    def waiting(self) -> Self:
        """Those that a monitor must decide on."""
        return self.filter(status=JoinRequest.Status.WAITING)

    def unconfirmed(self) -> Self:
        return self.filter(status=JoinRequest.Status.UNCONFIRMED, expires_at__gt=timezone.now())


class JoinRequest(models.Model):
    """Somebody wants to join. It counts from the moment that their address is confirmed.

    Before that it holds what was typed; afterwards it refers to the person and no more.
    Without a link they came by the domain of their address; the municipality is then
    chosen when confirming, should several share that domain.
    """

    class Status(models.TextChoices):
        UNCONFIRMED = "unconfirmed", _("address not confirmed yet")
        WAITING = "waiting", _("waits for an answer")
        JOINED = "joined", _("has joined")
        REFUSED = "refused", _("refused")

    municipality = models.ForeignKey(
        Municipality, null=True, on_delete=models.PROTECT, related_name="+"
    )
    link = models.ForeignKey(JoinLink, null=True, on_delete=models.SET_NULL, related_name="+")
    role = models.CharField(_("role"), max_length=20, choices=Role)
    status = models.CharField(max_length=12, choices=Status, default=Status.UNCONFIRMED)
    name = models.CharField(_("name"), max_length=150, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    # Of the link that was mailed; gone once it was followed.
    token_hash = models.CharField(max_length=HASH_LENGTH, unique=True, null=True, blank=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="join_requests"
    )
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = person_field()

    objects = JoinRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request to join")
        verbose_name_plural = _("requests to join")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(role__in=Role.values), name="join_request_has_a_known_role"
            ),
            # Who has confirmed is a person, at one municipality: else nobody could decide.
            models.CheckConstraint(
                condition=Q(status="unconfirmed", person__isnull=True)
                | Q(~Q(status="unconfirmed"), person__isnull=False, municipality__isnull=False),
                name="confirmed_request_has_person_and_municipality",
            ),
            # Asking twice is asking once.
            models.UniqueConstraint(
                fields=["person", "municipality", "role"],
                condition=Q(status="waiting"),
                name="one_waiting_request_per_role",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["municipality", "status"], name="join_request_by_status"),
        ]

    def __str__(self) -> str:
        return f"{self.municipality}, {self.get_role_display()}, {self.get_status_display()}"
