"""Municipalities' own sign-ons in Wagtail's admin: for administrators alone."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy

from learning.admin.policies import KeepsHistory
from learning.models import SignOn, SignOnDomain
from learning.roles import Role
from learning.rules.domains import Refusal, RefusedDomain, clean_domain
from learning.sign_on import describing, setting_up

LONGEST_SECRET = 1000
LONGEST_METADATA = 200_000


class SignOnForm(WagtailAdminModelForm):
    """What an administrator copies from the municipality's side; looked at before it is kept."""

    protocol = forms.ChoiceField(
        label=gettext_lazy("Kind"),
        choices=SignOn.Protocol.choices,
        help_text=gettext_lazy("Microsoft Entra ID and most others: OpenID Connect."),
    )
    address = forms.CharField(
        label=gettext_lazy("Address"),
        max_length=500,
        required=False,
        help_text=gettext_lazy(
            "OpenID Connect: the address of the issuer, as "
            "https://login.microsoftonline.com/number-of-the-tenant/v2.0. SAML: the address of the "
            "metadata."
        ),
    )
    metadata = forms.CharField(
        label=gettext_lazy("Metadata (SAML)"),
        max_length=LONGEST_METADATA,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Only where there is no address: paste the text of the file."),
    )
    client_id = forms.CharField(
        label=gettext_lazy("Client ID (OpenID Connect)"), max_length=191, required=False
    )
    secret = forms.CharField(
        label=gettext_lazy("Client secret (OpenID Connect)"),
        max_length=LONGEST_SECRET,
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=gettext_lazy("We never show it again. Leave it empty to keep what is there."),
    )
    domain_list = forms.CharField(
        label=gettext_lazy("E-mail domains"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy(
            "One on each line, as utrecht.nl. The municipality speaks for every address of these, "
            "so be sure that they are its own."
        ),
    )
    role_list = forms.CharField(
        label=gettext_lazy("What the claim with the role may say"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("One on each line, as: Gemeenteraad = raadslid"),
    )

    class Meta:
        model = SignOn
        fields: ClassVar = [
            "municipality",
            "email_claim",
            "name_claim",
            "role_claim",
            "default_role",
            "needs_approval",
            "only_way",
            "shows_second_factor",
            "is_active",
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.described: dict[str, Any] = {}
        if self.instance.pk is None:
            return
        app = self.instance.app
        # Whoever changes these makes another sign-on: the addresses that were handed over name it.
        for name in ("municipality", "protocol"):
            self.fields[name].disabled = True
        self.initial |= {
            "protocol": app.provider,
            "address": app.settings.get("server_url") or app.settings.get("metadata_url", ""),
            "client_id": app.client_id if app.provider == SignOn.Protocol.OIDC else "",
            "domain_list": "\n".join(self.instance.domain_names),
            "role_list": "\n".join(
                f"{said} = {role}" for said, role in self.instance.roles.items()
            ),
        }

    def clean_domain_list(self) -> list[str]:
        """Domains as they are stored. Each error names the line that it is about."""
        names, errors = [], []
        for line in self.cleaned_data["domain_list"].split():
            try:
                names.append(clean_domain(line))
            except RefusedDomain as refused:
                text = (
                    _("Anybody can get an address at “%(line)s”.")
                    if refused.reason is Refusal.PUBLIC_PROVIDER
                    else _("“%(line)s” is no e-mail domain.")
                )
                errors.append(text % {"line": line})
        taken = SignOnDomain.objects.filter(name__in=names).exclude(sign_on=self.instance.pk)
        errors += [
            _("“%(line)s” already belongs to the sign-on of %(place)s.")
            % {"line": each.name, "place": each.sign_on.municipality}
            for each in taken.select_related("sign_on__municipality")
        ]
        if errors:
            raise ValidationError(errors)
        return names

    def clean_role_list(self) -> dict[str, str]:
        roles: dict[str, str] = {}
        for line in self.cleaned_data["role_list"].splitlines():
            said, sign, role = (part.strip() for part in line.rpartition("="))
            if not line.strip():
                continue
            if not (said and sign) or role.lower() not in Role.values:
                raise ValidationError(
                    _("“%(line)s”: write what is said, = and one of: %(roles)s.")
                    % {"line": line.strip(), "roles": ", ".join(Role.values)}
                )
            roles[said] = role.lower()
        return roles

    def clean(self) -> dict[str, Any]:
        """Ask the sign-on what it says of itself: what cannot work is not kept."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("role_list") and not data.get("role_claim"):
            self.add_error("role_claim", _("Which claim says the role?"))
        if data.get("protocol") == SignOn.Protocol.OIDC:
            self.clean_openid(data)
        else:
            self.clean_saml(data)
        return data

    def clean_openid(self, data: dict[str, Any]) -> None:
        for name in ("address", "client_id"):
            if not data.get(name):
                self.add_error(name, _("This is needed for OpenID Connect."))
        has_secret = self.instance.pk and self.instance.app.settings.get(setting_up.SEALED)
        if not data.get("secret") and not has_secret:
            self.add_error("secret", _("This is needed for OpenID Connect."))
        if data.get("address"):
            try:
                self.described = describing.from_discovery(data["address"])
            except describing.Unusable as unusable:
                self.add_error("address", str(unusable))

    def clean_saml(self, data: dict[str, Any]) -> None:
        address, text = data.get("address", ""), data.get("metadata", "")
        if not address and not text:
            if self.instance.pk:
                self.described = self.instance.app.settings
            else:
                self.add_error("address", _("Give the address of the metadata, or paste them."))
            return
        try:
            self.described = describing.from_metadata(address, text)
        except describing.Unusable as unusable:
            self.add_error("metadata" if text else "address", str(unusable))
        else:
            self.described["metadata_url"] = "" if text else address

    def save(self, commit: bool = True) -> SignOn:  # noqa: FBT001, FBT002  Django's own
        sign_on: SignOn = super().save(commit=False)
        data = self.cleaned_data
        protocol = SignOn.Protocol(data["protocol"])
        app = sign_on.app if sign_on.pk else setting_up.new_app(sign_on.municipality, protocol)
        if protocol is SignOn.Protocol.OIDC:
            app.client_id = data["client_id"]
        sign_on.roles = data["role_list"]
        return setting_up.store(
            sign_on,
            app=app,
            settings=self.described,
            secret=data["secret"] if protocol is SignOn.Protocol.OIDC else "",
            domains=data["domain_list"],
            by=self.for_user,
            changed=self.changed_data,
        )

    def save_m2m(self) -> None:
        """All was stored at once (`setting_up.store`)."""


def domains_of(sign_on: SignOn) -> SafeString:
    return format_html_join(", ", "{}", ((name,) for name in sign_on.domain_names))


class SignOnViewSet(ModelViewSet):
    model = SignOn
    name = "sign-on"
    icon = "key"
    menu_label = gettext_lazy("Sign-ons")
    menu_order = 165
    add_to_admin_menu = True
    copy_view_enabled = False
    list_display = [
        "municipality",
        Column("kind", label=gettext_lazy("Kind"), accessor=lambda each: each.protocol.label),
        Column("domains", label=gettext_lazy("E-mail domains"), accessor=domains_of),
        BooleanColumn("only_way", label=gettext_lazy("Only this way")),
        BooleanColumn("is_active", label=gettext_lazy("Switched on")),
    ]
    search_fields = ["municipality__display_name", "domains__name"]
    list_per_page = 50
    edit_handler = ObjectList(
        [
            HelpPanel(template="learning/admin/sign_on_help.html"),
            MultiFieldPanel(
                [
                    FieldPanel("municipality"),
                    FieldPanel("protocol"),
                    FieldPanel("address"),
                    FieldPanel("metadata"),
                    FieldPanel("client_id"),
                    FieldPanel("secret"),
                ],
                heading=gettext_lazy("The municipality’s side"),
            ),
            MultiFieldPanel(
                [
                    FieldPanel("domain_list"),
                    FieldPanel("email_claim"),
                    FieldPanel("name_claim"),
                    FieldPanel("role_claim"),
                    FieldPanel("role_list"),
                    FieldPanel("default_role"),
                ],
                heading=gettext_lazy("Who they are"),
            ),
            MultiFieldPanel(
                [
                    FieldPanel("needs_approval"),
                    FieldPanel("shows_second_factor"),
                    FieldPanel("only_way"),
                    FieldPanel("is_active"),
                ],
                heading=gettext_lazy("What it may do"),
            ),
        ],
        base_form_class=SignOnForm,
    )

    @property
    def permission_policy(self) -> ModelPermissionPolicy:
        return KeepsHistory(self.model)


@hooks.register("register_admin_viewset")
def sign_ons() -> SignOnViewSet:
    return SignOnViewSet()
