"""Connections with municipalities' own systems (SCIM), for administrators: keys, groups and roles.

A key is shown once, on the answer to making it. Pages and their addresses hold none.
"""

from typing import Any, Final

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from accounts.models import User
from learning.models import Municipality, MunicipalitySettings, ScimConnection, ScimToken
from learning.roles import Role
from learning.scim import keys
from learning.scim.addresses import address
from learning.scim.tenants import key_of

MAY: Final = "learning.change_scimconnection"
MOST_GROUPS: Final = 100
LONGEST_NAME: Final = 255
allowed = permission_required(MAY, raise_exception=True)


class ConnectForm(forms.Form):
    """Which municipality gets a connection."""

    municipality = forms.ModelChoiceField(
        Municipality.objects.filter(successor=None, scim_connection=None),
        label=gettext_lazy("Municipality"),
        empty_label=gettext_lazy("Choose a municipality"),
    )


class KeyForm(forms.Form):
    """How long a new key works."""

    days = forms.TypedChoiceField(
        label=gettext_lazy("How long the key works"),
        coerce=int,
        choices=[
            (90, gettext_lazy("three months")),
            (365, gettext_lazy("a year")),
            (730, gettext_lazy("two years")),
        ],
        initial=365,
    )


class RolesForm(forms.Form):
    """The role of each group, one per line, and of who is in none."""

    default_role = forms.ChoiceField(
        label=gettext_lazy("Role of people without a group"),
        choices=[("", gettext_lazy("none: they do not take part")), *Role.choices],
        required=False,
    )

    def __init__(self, *args: Any, connection: ScimConnection, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["default_role"].initial = connection.default_role
        given: dict[str, list[str]] = {role: [] for role in Role.values}
        for each in connection.roles.all():
            given[each.role].append(each.group)
        for role in Role:
            self.fields[role.value] = forms.CharField(
                label=_("Groups whose people are: %(role)s") % {"role": role.label},
                required=False,
                max_length=20_000,
                initial="\n".join(given[role.value]),
                widget=forms.Textarea(attrs={"rows": 2, "spellcheck": "false"}),
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        found: dict[str, tuple[str, str]] = {}
        for role in Role.values:
            for group in filter(None, map(str.strip, data.get(role, "").splitlines())):
                self.note(found, group, role)
        if len(found) > MOST_GROUPS:
            raise forms.ValidationError(
                _("There is room for %(most)d groups.") % {"most": MOST_GROUPS}
            )
        data["roles"] = dict(found.values())
        return data

    def note(self, found: dict[str, tuple[str, str]], group: str, role: str) -> None:
        _group, known = found.setdefault(key_of(group), (group, role))
        if len(group) > LONGEST_NAME:
            self.add_error(role, _("A name has at most 255 characters."))
        elif known != role:
            told = _("“%(group)s” stands at another role too.") % {"group": group}
            self.add_error(role, told)


def who(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101  permission_required saw to it
    return request.user


def page(request: HttpRequest, name: str, title: str, status: int = 200, **context: Any) -> Any:
    crumbs = [{"url": reverse("wagtailadmin_home"), "label": _("Home")}]
    crumbs.append({"url": reverse("scim_connections"), "label": _("Own systems")})
    context |= {"breadcrumbs_items": crumbs, "header_title": title, "header_icon": "key"}
    return TemplateResponse(request, f"learning/admin/{name}.html", context, status=status)


@never_cache
@allowed
def connections(request: HttpRequest) -> HttpResponse:
    """Which municipalities have one, and a new one."""
    form = ConnectForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        connection = keys.connect(form.cleaned_data["municipality"])
        return redirect("scim_connection", connection.pk)
    every = ScimConnection.objects.select_related("municipality").prefetch_related("tokens")
    return page(
        request,
        "scim_connections",
        _("Own systems of municipalities"),
        422 if form.errors else 200,
        form=form,
        connections=list(every),
    )


@never_cache
@allowed
def connection(request: HttpRequest, pk: int) -> HttpResponse:
    """Its keys, and which group gives which role; saving that counts at once."""
    found = get_object_or_404(ScimConnection.objects.select_related("municipality"), pk=pk)
    form = RolesForm(request.POST if request.method == "POST" else None, connection=found)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        keys.set_roles(found, data["roles"], default=data["default_role"], by=who(request))
        messages.success(request, _("Saved. The roles of people are as you set them."))
        return redirect("scim_connection", pk)
    return page(
        request,
        "scim_connection",
        str(found.municipality),
        422 if form.errors else 200,
        connection=found,
        form=form,
        key_form=KeyForm(),
        tokens=found.tokens.select_related("made_by"),
        domains=MunicipalitySettings.of(found.municipality).email_domains,
        people=found.users.filter(active=True).count(),
        groups=found.groups.order_by("name_key"),
        base=address(),
    )


@never_cache
@allowed
@require_POST
@sensitive_variables("secret")
def make_key(request: HttpRequest, pk: int) -> HttpResponse:
    """A new key, shown now and never again."""
    found = get_object_or_404(ScimConnection.objects.select_related("municipality"), pk=pk)
    form = KeyForm(request.POST)
    if not form.is_valid():
        return redirect("scim_connection", pk)
    token, secret = keys.make_key(found, by=who(request), days=form.cleaned_data["days"])
    return page(
        request,
        "scim_key",
        str(found.municipality),
        connection=found,
        token=token,
        secret=secret,
        base=address(),
    )


@never_cache
@allowed
def withdraw_key(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then withdraw it."""
    tokens = ScimToken.objects.select_related("connection__municipality")
    token = get_object_or_404(tokens, pk=pk, withdrawn_at=None)
    if request.method == "POST":
        keys.withdraw_key(token, by=who(request))
        messages.success(request, _("The key is withdrawn. Nobody gets in by it any more."))
        return redirect("scim_connection", token.connection_id)
    return page(request, "scim_withdraw", str(token.connection), token=token)


class ScimMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(MAY))


@hooks.register("register_settings_menu_item")
def menu_item() -> MenuItem:
    label = gettext_lazy("Own systems of municipalities")
    return ScimMenuItem(label, reverse("scim_connections"), icon_name="key", order=900)


@hooks.register("register_admin_urls")
def urls() -> list[Any]:
    return [
        path("eigen-systemen/", connections, name="scim_connections"),
        path("eigen-systemen/<int:pk>/", connection, name="scim_connection"),
        path("eigen-systemen/<int:pk>/sleutel/", make_key, name="scim_key_make"),
        path("eigen-systemen/sleutel/<int:pk>/", withdraw_key, name="scim_key_withdraw"),
    ]
