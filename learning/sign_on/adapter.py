"""What differs from allauth's own course of things for who comes in from elsewhere."""

from typing import Any

import structlog
from allauth.account.internal.flows.login import record_authentication
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.base.constants import AuthProcess
from django.http import HttpRequest
from django.shortcuts import render
from django.utils.translation import get_language

from learning.models import SignOn
from learning.sign_on.arriving import Refused, arrive, vouches_for
from learning.sign_on.claims import read
from learning.sign_on.fetching import CarefulSession
from learning.sign_on.setting_up import SEALED, secret_of

log = structlog.stdlib.get_logger("house.sign_on")


class HouseSocialAccountAdapter(DefaultSocialAccountAdapter):
    """Only a municipality's own sign-on, and only for people of its own domains."""

    def list_apps(
        self, request: HttpRequest, provider: str | None = None, client_id: str | None = None
    ) -> list[SocialApp]:
        """Those that are switched on, with their secret opened (never stored so)."""
        apps = super().list_apps(request, provider=provider, client_id=client_id)
        active = set(
            SignOn.objects.active().filter(app__in=apps).values_list("app", flat=True)
            if apps
            else ()
        )
        found = [app for app in apps if app.pk in active]
        for app in found:
            if app.settings.get(SEALED):
                app.secret = secret_of(app)
        return found

    def get_requests_session(self) -> CarefulSession:
        return CarefulSession()

    def populate_user(
        self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]
    ) -> Any:
        """Take what was said out of what would be stored: we keep the subject and no more."""
        sociallogin.said = sociallogin.account.extra_data
        sociallogin.account.extra_data = {}
        return sociallogin.user

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Nobody gets so far: whoever may come in is a person by then (`pre_social_login`)."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        sign_on = (
            SignOn.objects.active()
            .select_related("municipality__successor", "app")
            .prefetch_related("domains")
            .get(app__provider_id=sociallogin.account.provider)
        )
        if sociallogin.state.get("process", AuthProcess.LOGIN) != AuthProcess.LOGIN:
            raise ImmediateHttpResponse(render(request, "403.html", status=403))
        # Named by an address alone (saml.py), the account leads to whoever has that address now.
        by_address = getattr(sociallogin, "by_address", False)
        known = sociallogin.user if sociallogin.account.pk and not by_address else None
        try:
            person = arrive(
                sign_on,
                read(sign_on, sociallogin.said),
                known=known,
                language=(get_language() or "nl")[:2],
            )
        except Refused as refused:
            log.warning("sign-on refused", sign_on=sign_on.pk, reason=refused.reason.value)
            raise ImmediateHttpResponse(
                render(
                    request,
                    "learning/sign_on/refused.html",
                    {"sign_on": sign_on, "reason": refused.reason.name},
                    status=403,
                )
            ) from refused
        sociallogin.user = sociallogin.account.user = person
        if sociallogin.account.pk is None or by_address:
            sociallogin.account.save()
        # Whoever was signed in before in this browser is signed out first by allauth; what they
        # showed is noted by person and does not count for another.
        if vouches_for(sign_on, person):
            request.vouched_for_by = sign_on.pk  # type: ignore[attr-defined]

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        error: Any = None,
        exception: Exception | None = None,
        extra_context: dict[str, Any] | None = None,
    ) -> None:
        """Note that it failed, without what was sent: that may name a person."""
        log.warning(
            "sign-on failed",
            provider=getattr(provider, "sub_id", ""),
            error=str(error or ""),
            exception=type(exception).__name__ if exception else "",
        )


def note_second_factor(*, request: HttpRequest, user: Any, **_kwargs: Any) -> None:
    """Its own second step counts, once somebody has come in (signal `user_logged_in`)."""
    sign_on = getattr(request, "vouched_for_by", None)
    if sign_on is not None:
        record_authentication(request, user, "mfa", type="sign_on", sign_on=sign_on)
