"""SAML's way back: an answer comes in, is looked at more strictly than usual, and lets in.

allauth's own views believe the name of our question (InResponseTo) as it stands on the unsigned
envelope, so that an answer to nobody's question could be put into another envelope. Here it is
the signed part that must name our question, our address and us (ADR 0026).
"""

import time
from hashlib import sha256
from typing import Any, Final

import structlog
from allauth.account.internal.decorators import login_not_required
from allauth.socialaccount.helpers import complete_social_login, render_authentication_error
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.base.constants import AuthError
from allauth.socialaccount.providers.saml.provider import SAMLProvider
from allauth.socialaccount.providers.saml.utils import build_saml_config, get_app_or_404
from allauth.socialaccount.sessions import LoginSession
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt  # noqa: TID251  a form of the municipality's
from lxml.etree import LxmlError
from onelogin.saml2.constants import OneLogin_Saml2_Constants as Names
from onelogin.saml2.errors import OneLogin_Saml2_Error, OneLogin_Saml2_ValidationError
from onelogin.saml2.response import OneLogin_Saml2_Response
from onelogin.saml2.settings import OneLogin_Saml2_Settings
from onelogin.saml2.utils import OneLogin_Saml2_Utils

from learning.models import SignOn
from learning.sign_on.claims import USUAL_EMAIL
from learning.views.limits import too_many

log = structlog.stdlib.get_logger("house.sign_on")

# An answer with many groups is some tens of thousands of characters long.
LONGEST_ANSWER: Final = 200_000
# How long an answer waits to be picked up, which the browser does at once.
WAITS: Final = 300
LASTING_SUBJECT: Final = "urn:oasis:names:tc:SAML:attribute:subject-id"
# What answers are about; all else allauth reads into what it knows of OpenID.
OPENID_DOCUMENTS: Final = {"userinfo", "id_token"}


class Unfit(Exception):
    """An answer that lets nobody in. Carries a word for the log, with nothing of the answer."""


class NoLastingSubject(Unfit):
    """The answer names somebody by a name that is another one next time."""


class Answer(OneLogin_Saml2_Response):
    """An answer of which only what was signed is believed."""

    def check(self, request_data: dict[str, Any]) -> None:
        """Raises Unfit, or leaves an answer whose one assertion is signed, for us, and in time."""
        try:
            self.is_valid(request_data, raise_exceptions=True)
        except OneLogin_Saml2_ValidationError as error:
            raise Unfit(f"invalid, {error.code}") from error
        except Exception as error:  # whatever broke: python3-saml itself lets none through
            raise Unfit(f"invalid, {type(error).__name__}") from error
        here = OneLogin_Saml2_Utils.get_self_url_no_query(request_data)
        if self._settings.get_sp_data()["entityId"] not in self.get_audiences():
            raise Unfit("no audience")
        # python3-saml takes an address that begins with ours.
        if self.document.get("Destination", here) != here:
            raise Unfit("other destination")
        self.valid_scd_not_on_or_after = max(
            (self.ends(each) for each in self.confirmations() if self.is_for_us(each, here)),
            default=None,
        )
        if self.valid_scd_not_on_or_after is None:
            raise Unfit("answers no question")

    def confirmations(self) -> list[Any]:
        path = "/saml:Subject/saml:SubjectConfirmation[@Method=$tagmethod]"
        path = path.replace("$tagmethod", f"'{Names.CM_BEARER}'")
        found: list[Any] = self._query_assertion(f"{path}/saml:SubjectConfirmationData")
        return found

    def is_for_us(self, confirmation: Any, here: str) -> bool:
        """Signed: it answers the question that the envelope names, here, and still does."""
        return bool(
            confirmation.get("InResponseTo")
            and confirmation.get("InResponseTo") == self.get_in_response_to()
            and confirmation.get("Recipient") == here
            and confirmation.get("NotOnOrAfter")
            and self.ends(confirmation) > time.time()
        )

    def ends(self, confirmation: Any) -> int:
        return int(OneLogin_Saml2_Utils.parse_SAML_to_time(confirmation.get("NotOnOrAfter") or "0"))

    def get_attributes(self) -> dict[str, list[str]]:
        """Words alone: a name within a name is read in more ways than one."""
        return {
            name: [value for value in values if isinstance(value, str)]
            for name, values in super().get_attributes().items()
            if name not in OPENID_DOCUMENTS
        }


def config_of(request: HttpRequest, app_settings: dict[str, Any], key: str) -> dict[str, Any]:
    """What python3-saml needs, with each certificate that the sign-on may sign with."""
    config: dict[str, Any] = build_saml_config(request, app_settings, key)
    if certificates := app_settings["idp"].get("x509certs"):
        config["idp"]["x509certMulti"] = {"signing": list(certificates)}
    # Signing out here signs nobody out there.
    config["sp"].pop("singleLogoutService")
    return config


def provider_of(request: HttpRequest, key: str) -> SAMLProvider:
    provider: SAMLProvider = get_app_or_404(request, key).get_provider(request)
    return provider


def waiting(request: HttpRequest) -> LoginSession:
    """Apart from the visitor's session, whose cookie does not come along from another site."""
    return LoginSession(request, "saml_acs_session", "saml-acs-session")


@never_cache
@csrf_exempt  # it comes from the municipality's page; what is signed says whose question it answers
@login_not_required
def acs(request: HttpRequest, organization_slug: str) -> HttpResponse:
    """Take an answer in, and pick it up where the visitor's own session is there."""
    if too_many(request, "saml"):
        return render(request, "429.html", status=429)
    provider = provider_of(request, organization_slug)
    answer = request.POST.get("SAMLResponse", "")
    if not 0 < len(answer) <= LONGEST_ANSWER:
        return refuse(request, provider, "no answer" if not answer else "too long")
    response = HttpResponseRedirect(reverse("saml_finish_acs", args=[organization_slug]))
    kept = waiting(request)
    kept.store["answer"] = answer
    kept.store.set_expiry(WAITS)
    kept.save(response)
    return response


@never_cache
@login_not_required
def finish_acs(request: HttpRequest, organization_slug: str) -> HttpResponse:
    """Let in whom the answer speaks of."""
    provider = provider_of(request, organization_slug)
    kept = waiting(request)
    text = kept.store.get("answer", "")
    kept.delete()
    if not text:
        return refuse(request, provider, "nothing waits")
    try:
        login = read(request, provider, text)
    except NoLastingSubject as unfit:
        log.warning("sign-on refused", provider=provider.sub_id, reason=str(unfit))
        sign_on = SignOn.objects.active().select_related("municipality").get(app=provider.app)
        context = {"sign_on": sign_on, "reason": "NO_SUBJECT"}
        return render(request, "learning/sign_on/refused.html", context, status=403)
    except Unfit as unfit:
        # Who stops there comes back with an answer that says so; anybody could write it.
        return refuse(request, provider, str(unfit))
    response: HttpResponse = complete_social_login(request, login)
    return response


def refuse(request: HttpRequest, provider: SAMLProvider, reason: str) -> HttpResponse:
    log.warning("sign-on answer refused", provider=provider.sub_id, reason=reason)
    response: HttpResponse = render_authentication_error(request, provider, AuthError.UNKNOWN)
    return response


def read(request: HttpRequest, provider: SAMLProvider, text: str) -> SocialLogin:
    """Whom an answer speaks of. Raises Unfit. An answer that was read is never read again."""
    key = provider.app.client_id
    config = config_of(request, provider.app.settings, key)
    request_data = {
        "https": "on" if request.is_secure() else "off",
        "http_host": request.get_host(),
        "script_name": "",
        "path_info": reverse("saml_acs", args=[key]),
        "get_data": {},
        "post_data": {"SAMLResponse": text},
    }
    try:
        answer = Answer(OneLogin_Saml2_Settings(config), text)
    except (ValueError, LxmlError, OneLogin_Saml2_Error) as error:
        raise Unfit("unreadable") from error
    answer.check(request_data)
    try:
        state = provider.unstash_redirect_state(request, answer.get_in_response_to())
    except PermissionDenied as error:
        raise Unfit("not our question") from error
    use_up(provider, answer)
    login = login_of(request, provider, answer)
    login.state = state
    return login


def use_up(provider: SAMLProvider, answer: Answer) -> None:
    """Raises Unfit for an assertion that was used before, for as long as it would be believed."""
    assertion = f"{provider.sub_id} {answer.get_assertion_id()}"
    used = f"saml-assertion-{sha256(assertion.encode()).hexdigest()}"
    seconds = answer.get_assertion_not_on_or_after() - time.time()
    if not cache.add(used, 1, timeout=int(seconds) + 1):
        raise Unfit("used before")


def login_of(request: HttpRequest, provider: SAMLProvider, answer: Answer) -> SocialLogin:
    """By a name that lasts. One that is an e-mail address is none: addresses are given anew."""
    said = answer.get_attributes()
    try:
        named = answer.get_nameid_data()
    except OneLogin_Saml2_ValidationError as error:
        raise Unfit("other name") from error
    name, form = named.get("Value") or "", named.get("Format")
    lasting = next(iter(said.get(LASTING_SUBJECT, ())), "")
    if not lasting and (form == Names.NAMEID_TRANSIENT or not name):
        raise NoLastingSubject("no lasting subject")
    try:
        login = provider.sociallogin_from_response(request, answer)
    except (ValueError, ImproperlyConfigured) as error:
        raise Unfit("no subject") from error
    is_address = form == Names.NAMEID_EMAIL_ADDRESS or "@" in name
    login.by_address = not lasting and is_address
    if form == Names.NAMEID_EMAIL_ADDRESS and not any(said.get(each) for each in USUAL_EMAIL):
        login.said = {**login.said, "email": [name]}
    return login
