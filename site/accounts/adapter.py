"""What differs from allauth's own course of things."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.stagekit import clear_login
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import doors, mail
from accounts.entry import person_with
from accounts.models import User
from accounts.sealing import seal, unseal


class HouseAccountAdapter(DefaultAccountAdapter):
    """People come in through their municipality, so nobody makes an account here."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_login(
        self,
        request: HttpRequest,
        user: User,
        *,
        signal_kwargs: dict[str, Any] | None,
        **kwargs: Any,
    ) -> HttpResponse | None:
        """Whoever may come in through their municipality alone is led there, whatever they show.

        Administrators are not: somebody must be able to mend a sign-on that broke.
        """
        came_from_there = "sociallogin" in (signal_kwargs or {})
        path = None if came_from_there or user.is_superuser else doors.leads_only_to(user.email)
        if path is not None:
            clear_login(request)
            messages.info(request, _("You sign in through your municipality."))
            return redirect(path)
        response: HttpResponse | None = super().pre_login(
            request, user, signal_kwargs=signal_kwargs, **kwargs
        )
        return response

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Say nothing in the log: the credentials name a person."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """In the language of whoever gets it, outside of the request (accounts/mail.py)."""
        # Asked for every address, known or not.
        mail.write(template_prefix, to=email, person=person_with(email), **context)

    def send_notification_mail(
        self,
        template_prefix: str,
        user: User,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """To the person's own address. Nothing of where it was done from: that is kept nowhere."""
        mail.write(template_prefix, to=email or user.email, person=user, **(context or {}))

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("mfa_index")

    def get_reauthentication_methods(self, user: User) -> list[dict[str, Any]]:
        """The same ways, in words of our own."""
        words = {
            "reauthenticate": _("With your password"),
            "mfa_reauthenticate": _("With a code from your app, or a recovery code"),
            "mfa_reauthenticate:webauthn": _("With a passkey"),
        }
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        return [method | {"description": words[method["id"]]} for method in methods]


class HouseMFAAdapter(DefaultMFAAdapter):
    """Secrets are sealed in the database, and keys have names that people understand."""

    def encrypt(self, text: str) -> str:
        return seal(text, purpose="mfa")

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text, purpose="mfa")

    def build_totp_svg(self, url: str) -> str:
        """The template draws the code itself, without a style in the page."""
        return ""

    def _get_site_name(self) -> str:
        return self.get_totp_issuer()

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:  # noqa: A002
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return _("Passkey %(number)d") % {"number": number}
