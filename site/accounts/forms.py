"""What people fill in to sign in."""

from typing import Any

from allauth.account.forms import LoginForm, ResetPasswordForm
from allauth.account.internal.flows.login import perform_password_login
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _


def own_device_field() -> forms.BooleanField:
    return forms.BooleanField(
        label=_("This is my own device"),
        help_text=_("Then you stay signed in for 90 days. Untick it on a shared computer."),
        required=False,
        initial=True,
    )


class AddressForm(forms.Form):
    """The first step: who is it? Says nothing of whether we know them."""

    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
    )
    own_device = own_device_field()

    def __init__(self, *args: Any, request: HttpRequest | None = None, **kwargs: Any) -> None:
        self.request = request
        super().__init__(*args, **kwargs)

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).strip().lower()


class PasswordForm(LoginForm):
    """E-mail address and password."""

    own_device = own_device_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("Your e-mail address")
        self.fields["login"].max_length = 254
        for name in ("login", "password"):
            self.fields[name].widget.attrs.pop("placeholder", None)
        # Its way to a new password stands below the form.
        self.fields["password"].help_text = ""

    def login(self, request: HttpRequest, redirect_url: str | None = None) -> HttpResponse:
        """How long the session lasts is not the form's to say (config/session_limits.py)."""
        self._login.redirect_url = redirect_url
        response: HttpResponse = perform_password_login(
            request, self.user_credentials(), self._login
        )
        return response


class ForgottenForm(ResetPasswordForm):
    """For another password: the address, named as where one signs in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("Your e-mail address")


class NewPasskeyForm(AddWebAuthnForm):
    """Allauth's, whose name for the name is English in every language."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name of this passkey")


class PasskeyNameForm(EditWebAuthnForm):
    """The same, afterwards."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name of this passkey")
