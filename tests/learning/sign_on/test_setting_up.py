"""An administrator sets up a municipality's sign-on in /beheer/."""

import pytest
from allauth.socialaccount.models import SocialApp
from django.contrib.auth.models import Group

from accounts import doors
from accounts.models import AuditEvent
from home.permissions import CHIEF_EDITORS
from learning.models import SignOn
from learning.sign_on import describing, fetching, setting_up
from tests import factories
from tests.learning.sign_on.conftest import SECRET, make_openid

pytestmark = pytest.mark.django_db
NEW = "/beheer/sign-on/new/"


@pytest.fixture
def administrator(site, signed_in):
    return signed_in(factories.make_user(is_superuser=True, is_staff=True))


@pytest.fixture
def utrecht(administrator):
    return factories.Municipality.objects.get(slug="utrecht")


def filled(place, issuer, **changes):
    return {
        "municipality": place.pk,
        "protocol": "openid_connect",
        "address": issuer,
        "client_id": "house",
        "secret": SECRET,
        "domain_list": "utrecht.example\n@raad.utrecht.example",
        "role_claim": "functie",
        "role_list": "Gemeenteraad = raadslid",
        "default_role": "medewerker",
    } | changes


def errors_of(response) -> str:
    assert response.status_code == 200, response.status_code
    form = response.context["form"]
    assert form.errors
    return str(form.errors)


def test_it_is_looked_at_kept_and_then_the_addresses_to_hand_over_are_shown(
    administrator, utrecht, openid_provider
):
    answer = administrator.post(NEW, filled(utrecht, openid_provider))
    assert answer.status_code == 302, answer.context["form"].errors
    sign_on = SignOn.objects.get()
    assert sign_on.domain_names == ["raad.utrecht.example", "utrecht.example"]
    assert sign_on.roles == {"Gemeenteraad": "raadslid"}
    assert not sign_on.is_active
    html = administrator.get(f"/beheer/sign-on/edit/{sign_on.pk}/").content.decode()
    assert f"/account/oidc/{sign_on.app.provider_id}/login/callback/" in html
    assert "Inlogdiensten" in administrator.get("/beheer/sign-on/").content.decode()
    # What was given in confidence is not shown again, nor stored as it is.
    assert SECRET not in html
    assert setting_up.secret_of(sign_on.app) == SECRET
    event = AuditEvent.objects.filter(what=AuditEvent.What.SIGN_ON).get()
    assert event.municipality_code == utrecht.code
    assert "domain_list" in event.details["fields"]
    assert "example" not in str(event.details)


def test_changing_it_keeps_the_secret_and_the_addresses(administrator, utrecht, openid_provider):
    administrator.post(NEW, filled(utrecht, openid_provider))
    sign_on = SignOn.objects.get()
    key = sign_on.app.provider_id
    changed = filled(utrecht, openid_provider, secret="", domain_list="utrecht.example")
    answer = administrator.post(
        f"/beheer/sign-on/edit/{sign_on.pk}/", changed | {"is_active": "on"}
    )
    assert answer.status_code == 302, answer.context["form"].errors
    sign_on = SignOn.objects.get()
    assert sign_on.app.provider_id == key
    assert setting_up.secret_of(sign_on.app) == SECRET
    assert doors.leads_to("roos@utrecht.example") == f"/account/gemeente/{key}/"
    assert doors.leads_to("roos@raad.utrecht.example") is None


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"address": ""}, "Dit is nodig voor OpenID Connect"),
        ({"client_id": ""}, "Dit is nodig voor OpenID Connect"),
        ({"secret": ""}, "Dit is nodig voor OpenID Connect"),
        ({"address": "http://127.0.0.1:9/"}, "Wij kunnen dit adres niet bereiken"),
        ({"address": "ftp://utrecht.example/"}, "Wij kunnen dit adres niet bereiken"),
        ({"domain_list": "gmail.com"}, "Iedereen kan een adres krijgen"),
        ({"domain_list": "geen domein"}, "is geen e-maildomein"),
        ({"role_list": "Gemeenteraad = koning"}, "schrijf wat er staat"),
        ({"role_claim": ""}, "In welke claim staat de rol?"),
        ({"protocol": "saml", "address": ""}, "Geef het adres van de metadata"),
        ({"protocol": "saml", "address": "", "metadata": "<a>"}, "geen SAML-metadata"),
        ({"protocol": "saml", "address": "", "metadata": "<!DOCTYPE a><a/>"}, "geen SAML-metadata"),
        ({"protocol": "saml", "address": "", "metadata": "<a/>"}, "In de metadata ontbreekt"),
    ],
)
def test_what_cannot_work_is_said_and_nothing_is_kept(
    administrator, utrecht, openid_provider, change, sentence
):
    answer = administrator.post(NEW, filled(utrecht, openid_provider, **change))
    assert sentence in errors_of(answer).replace("&#x27;", "'")
    assert not SignOn.objects.exists()
    assert not SocialApp.objects.exists()


def test_an_address_that_answers_something_else_is_said(administrator, utrecht, openid_provider):
    """The keys of the provider are JSON, and no configuration."""
    odd = f"{openid_provider}/.well-known/jwks.json?x=/.well-known/openid-configuration"
    answer = administrator.post(NEW, filled(utrecht, odd))
    assert "ontbreekt" in errors_of(answer)


def test_a_domain_belongs_to_one_sign_on(administrator, utrecht, openid_provider):
    zwolle = factories.Municipality.objects.get(slug="zwolle")
    make_openid(zwolle, openid_provider, domains=["utrecht.example"])
    answer = administrator.post(NEW, filled(utrecht, openid_provider))
    assert "hoort al bij de inlogdienst van Zwolle" in errors_of(answer)


def test_it_is_for_administrators_and_is_never_deleted(
    administrator, utrecht, openid_provider, signed_in
):
    sign_on = make_openid(utrecht, openid_provider, domains=["utrecht.example"])
    assert administrator.get(f"/beheer/sign-on/delete/{sign_on.pk}/").status_code == 302
    assert SignOn.objects.exists()
    chief = factories.make_user()
    chief.groups.add(Group.objects.get(name=CHIEF_EDITORS))
    for address in ("/beheer/sign-on/", NEW, f"/beheer/sign-on/edit/{sign_on.pk}/"):
        assert signed_in(chief).get(address).status_code == 302
    assert "/beheer/sign-on/" not in signed_in(chief).get("/beheer/").content.decode()


def test_the_discovery_of_another_issuer_is_refused(monkeypatch):
    monkeypatch.setattr(
        describing,
        "read",
        lambda _url: (
            b'{"issuer": "https://a.example", "authorization_endpoint": "https://a",'
            b'"token_endpoint": "https://a", "jwks_uri": "https://a", "userinfo_endpoint": "https://a"}'
        ),
    )
    with pytest.raises(describing.Unusable):
        describing.from_discovery("https://b.example")


def test_entras_address_for_everybody_is_refused(monkeypatch):
    issuer = "https://login.microsoftonline.com/{tenantid}/v2.0"
    names = ("authorization_endpoint", "token_endpoint", "jwks_uri", "userinfo_endpoint")
    rest = "".join(f', "{name}": "https://a"' for name in names)
    monkeypatch.setattr(describing, "read", lambda _url: f'{{"issuer": "{issuer}"{rest}}}'.encode())
    with pytest.raises(describing.Unusable, match="tenant"):
        describing.from_discovery("https://login.microsoftonline.com/common/v2.0")


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.0.0.8", "192.168.1.1", "172.16.0.1", "169.254.169.254"),
        *(
            "100.64.0.1",
            "192.0.0.8",
            "0.0.0.1",
            "224.0.0.1",
            "240.0.0.1",
            "::1",
            "fe80::1%eth0",
            "fd00::1",
        ),
        *("ff02::1", "64:ff9b::a9fe:a9fe", "2002:7f00:1::", "::ffff:127.0.0.1", "::"),
    ],
)
def test_no_address_of_our_own_network_is_asked(address):
    assert not fetching.is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "2001:4860:4860::8888"])
def test_addresses_of_the_internet_are(address):
    assert fetching.is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        "http://login.example/",
        "https://127.0.0.1/",
        "https://[::1]/",
        "https:///etc/passwd",
        "file:///etc/passwd",
        "http://127.0.0.1:8000/",
    ],
)
def test_only_https_and_only_elsewhere_in_production(settings, url):
    settings.SIGN_ON_ON_LOOPBACK = False
    with pytest.raises(fetching.Unreachable):
        fetching.fetch(url)


def test_the_secret_survives_a_new_key_of_the_site_and_is_lost_without_the_old(
    settings, utrecht, openid_provider
):
    app = make_openid(utrecht, openid_provider, domains=["utrecht.example"]).app
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another"
    assert setting_up.secret_of(app) == SECRET
    settings.SECRET_KEY_FALLBACKS = []
    assert setting_up.secret_of(app) == ""
