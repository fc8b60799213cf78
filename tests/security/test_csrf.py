"""Every write asks for the token of its form, but for those that prove themselves otherwise."""

import base64

import pytest
from django.test import Client

from tests import factories
from tests.security.routes import routes
from tests.security.test_matrix import area_of

pytestmark = pytest.mark.django_db
# Views that take a write without a token, and what they take instead.
EXEMPT = {
    # One click in a mail program ends mail (RFC 8058): the address holds a signed token.
    "mail/stoppen/<str:token>/": "a signed token in the address",
    "nieuwsbrief/stoppen/<str:token>/": "a signed token in the address",
    # Written by a municipality's sign-on: the assertion is signed, and answers our own question.
    "account/saml/<slug:organization_slug>/acs/": "a signed assertion",
}
# By the way that Wagtail and wagtail-localize write an interface: REST framework asks for the
# token itself, of whoever comes with a session, and a session is all that we let it take.
BY_REST_FRAMEWORK = ("beheer/api/main/", "beheer/localize/")
# By a token of a municipality's own, in a header that no form can send.
BY_BEARER = ("scim/",)


def exempt_routes():
    return {route.pattern for route in routes() if getattr(route.view, "csrf_exempt", False)}


def test_only_these_take_a_write_without_a_token():
    found = {p for p in exempt_routes() if not p.startswith((*BY_REST_FRAMEWORK, *BY_BEARER))}
    assert found == set(EXEMPT)


def test_rest_framework_takes_sessions_alone_and_asks_for_the_token(signed_in, home):
    from rest_framework.settings import api_settings  # noqa: PLC0415  reads the settings

    classes = [each.__name__ for each in api_settings.DEFAULT_AUTHENTICATION_CLASSES]
    assert classes == ["SessionAuthentication"]
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(factories.make_user(is_superuser=True))
    answer = strict.post(f"/beheer/api/main/pages/{home.pk}/action/publish/")
    assert answer.status_code == 403
    assert strict.get(f"/beheer/api/main/pages/{home.pk}/").status_code == 200


def test_a_password_in_a_header_opens_no_interface(client, home):
    admin = factories.make_user(is_superuser=True)
    admin.set_password("een-lang-wachtwoord")
    admin.save()
    words = base64.b64encode(f"{admin.email}:een-lang-wachtwoord".encode()).decode()
    answer = client.get(
        f"/beheer/api/main/pages/{home.pk}/", headers={"authorization": f"Basic {words}"}
    )
    assert answer.status_code == 302


def test_every_write_of_ours_without_its_token_is_refused(home):
    factories.make_municipality("Utrecht")
    strict = Client(enforce_csrf_checks=True, raise_request_exception=False)
    strict.force_login(factories.make_user())
    skipped = exempt_routes()
    # What answers no POST at all says so, whatever token came along.
    wrong = [
        (route.pattern, status)
        for route in routes()
        if route.app != "wagtail" and area_of(route) and route.pattern not in skipped
        if (status := strict.post(route.address()).status_code) != 403
    ]
    assert wrong == []


def test_a_token_of_somebody_else_is_refused(signed_in, home):
    strict = Client(enforce_csrf_checks=True)
    other = Client()
    other.get("/account/login/")
    strict.get("/account/login/")
    token = other.cookies["csrftoken"].value
    answer = strict.post("/account/login/", {"login": "a@b.example", "csrfmiddlewaretoken": token})
    assert answer.status_code == 403


@pytest.mark.parametrize("origin", ["https://elders.example", "null", "http://testserver.elders"])
def test_a_form_of_another_site_is_refused_whatever_its_token(home, origin):
    strict = Client(enforce_csrf_checks=True)
    strict.get("/account/login/")
    token = strict.cookies["csrftoken"].value
    answer = strict.post(
        "/account/login/",
        {"login": "a@b.example", "csrfmiddlewaretoken": token},
        headers={"origin": origin},
    )
    assert answer.status_code == 403
