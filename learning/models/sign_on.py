"""A municipality's own sign-on: who there says who somebody is (ADR 0026)."""

from typing import Any, ClassVar, Final, Self

from allauth.socialaccount.models import SocialApp
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from home.publication import ChangeNumber
from learning.models.places import Municipality
from learning.roles import Role

# Raised whenever a sign-on or its domains change: the sign-in page asks by domain each time.
SIGN_ONS: Final = ChangeNumber("sign-ons")


class SignOnQuerySet(models.QuerySet["SignOn"]):
    def active(self) -> Self:
        return self.filter(is_active=True)


class SignOn(models.Model):
    """How people of a municipality sign in there, and what we believe of what it says."""

    class Protocol(models.TextChoices):
        OIDC = "openid_connect", "OpenID Connect"
        SAML = "saml", "SAML 2.0"

    municipality = models.ForeignKey(
        Municipality,
        verbose_name=_("municipality"),
        on_delete=models.PROTECT,
        related_name="sign_ons",
    )
    # allauth's own row: addresses, client and certificate. Its secret is in `settings`, encrypted.
    app = models.OneToOneField(
        SocialApp, on_delete=models.PROTECT, related_name="sign_on", editable=False
    )
    email_claim = models.CharField(
        _("claim with the e-mail address"),
        max_length=200,
        blank=True,
        help_text=_("Empty: the usual one."),
    )
    name_claim = models.CharField(
        _("claim with the name"), max_length=200, blank=True, help_text=_("Empty: the usual one.")
    )
    role_claim = models.CharField(
        _("claim with the role"),
        max_length=200,
        blank=True,
        help_text=_("Empty: everybody gets the role below."),
    )
    # What that claim may say -> Role.
    roles = models.JSONField(default=dict, blank=True, editable=False)
    default_role = models.CharField(
        _("role of somebody new"), max_length=20, choices=Role, default=Role.STAFF
    )
    needs_approval = models.BooleanField(
        _("a monitor lets new people in"),
        default=False,
        help_text=_("Otherwise whoever signs in this way is a member at once."),
    )
    only_way = models.BooleanField(
        _("only this way"),
        default=False,
        help_text=_(
            "People with an address of these domains can then sign in neither with a code nor "
            "with a password. Administrators still can."
        ),
    )
    shows_second_factor = models.BooleanField(
        _("asks for a second step itself"),
        default=False,
        help_text=_(
            "Monitors of this municipality then need no second step here. Editors and "
            "administrators always do."
        ),
    )
    is_active = models.BooleanField(
        _("switched on"),
        default=False,
        help_text=_("From then on people with an address of these domains are led there."),
    )

    objects = SignOnQuerySet.as_manager()

    class Meta:
        verbose_name = _("municipality’s sign-on")
        verbose_name_plural = _("municipalities’ sign-ons")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(default_role__in=Role.values), name="sign_on_gives_a_known_role"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.municipality} ({self.protocol.label})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        SIGN_ONS.announce()

    @property
    def protocol(self) -> Protocol:
        return self.Protocol(self.app.provider)

    @property
    def addresses(self) -> list[tuple[str, str]]:
        """What the municipality fills in on its side, by name."""
        key = self.app.provider_id
        if self.protocol is self.Protocol.OIDC:
            named = [(_("Redirect URI"), reverse("openid_connect_callback", args=[key]))]
        else:
            named = [
                (_("Metadata and name (entity ID)"), reverse("saml_metadata", args=[key])),
                (_("Address for answers (ACS)"), reverse("saml_acs", args=[key])),
            ]
        return [(str(label), f"{settings.BASE_URL}{path}") for label, path in named]

    @property
    def domain_names(self) -> list[str]:
        return sorted(each.name for each in self.domains.all())


class SignOnDomain(models.Model):
    """An e-mail domain whose people this sign-on may speak for: nobody else may."""

    sign_on = models.ForeignKey(SignOn, on_delete=models.CASCADE, related_name="domains")
    name = models.CharField(_("domain"), max_length=253)

    class Meta:
        verbose_name = _("domain of a sign-on")
        verbose_name_plural = _("domains of sign-ons")
        constraints: ClassVar = [
            # Two that may speak for the same people could each take over the other's.
            models.UniqueConstraint(fields=["name"], name="one_sign_on_per_domain"),
        ]

    def __str__(self) -> str:
        return self.name
