"""Pages around a municipality's sign-on; the ways there and back are allauth's."""

import requests
import structlog
from allauth.socialaccount.providers.openid_connect import views as oidc
from allauth.socialaccount.providers.saml import views as saml_views
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from onelogin.saml2.settings import OneLogin_Saml2_Settings

from learning.models import SignOn
from learning.sign_on.saml import config_of

log = structlog.stdlib.get_logger("house.sign_on")


def login_path(sign_on: SignOn) -> str:
    """Where the way to the sign-on begins."""
    if sign_on.protocol is SignOn.Protocol.OIDC:
        return reverse("openid_connect_login", args=[sign_on.app.provider_id])
    return reverse("saml_login", args=[sign_on.app.client_id])


@never_cache
@require_safe
def sign_on(request: HttpRequest, key: str) -> HttpResponse:
    """Says where one goes, with a link: a form may lead to no other site (our own policy)."""
    found = (
        SignOn.objects.active()
        .select_related("municipality", "app")
        .filter(app__provider_id=key)
        .first()
    )
    if found is None:
        raise Http404
    path = login_path(found)
    wanted = request.GET.get("next", "")
    if url_has_allowed_host_and_scheme(wanted, allowed_hosts=None):
        path = f"{path}?{urlencode({'next': wanted})}"
    return render(request, "learning/sign_on/go.html", {"sign_on": found, "path": path})


def is_another_sites_link(request: HttpRequest) -> bool:
    return request.headers.get("Sec-Fetch-Site") == "cross-site"


@require_safe
def openid_login(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Off to an OpenID provider; a page with what to do when it does not answer.

    Another site's link leads to our page first: nobody is signed in without having meant it.
    """
    if is_another_sites_link(request):
        return redirect("sign_on", provider_id)
    try:
        response: HttpResponse = oidc.login(request, provider_id)
    except requests.RequestException as error:
        log.warning("sign-on does not answer", provider=provider_id, error=type(error).__name__)
        return render(request, "learning/sign_on/silent.html", status=503)
    return response


@require_safe
def saml_login(request: HttpRequest, organization_slug: str) -> HttpResponse:
    """Off to a SAML provider, with the same care for another site's link."""
    if is_another_sites_link(request):
        return redirect("sign_on", organization_slug)
    response: HttpResponse = saml_views.login(request, organization_slug=organization_slug)
    return response


@require_safe
def metadata(request: HttpRequest, organization_slug: str) -> HttpResponse:
    """What the municipality's SAML needs to know of us, before it is switched on as well.

    Without single logout, which we lack.
    """
    found = get_object_or_404(
        SignOn.objects.select_related("app"),
        app__provider=SignOn.Protocol.SAML,
        app__client_id=organization_slug,
    )
    config = config_of(request, found.app.settings, organization_slug)
    described = OneLogin_Saml2_Settings(settings=config, sp_validation_only=True)
    return HttpResponse(described.get_sp_metadata(), content_type="application/samlmetadata+xml")


def no_logout(request: HttpRequest, organization_slug: str) -> HttpResponse:
    """Signing out here signs nobody out there, nor the other way round."""
    raise Http404
