"""Signing in, with allauth, for the site and for the admin."""

import re

import pytest
from django.test import override_settings
from django.urls import reverse

from accounts.demo import DEMO_ACCOUNTS, DEMO_PASSWORD
from tests import factories

pytestmark = pytest.mark.django_db


def sign_in(client, email: str, password: str = factories.PASSWORD, **extra):
    return client.post(reverse("account_login"), {"login": email, "password": password} | extra)


def test_with_e_mail_and_password(client, home, user):
    response = sign_in(client, user.email.upper())
    assert (response.status_code, response.url) == (302, "/mijn/")


def test_a_wrong_password_says_so_in_dutch_and_keeps_the_address(client, home, user):
    response = sign_in(client, user.email, "fout")
    html = response.content.decode()
    assert "_auth_user_id" not in client.session
    assert user.email in html
    assert 'lang="nl"' in html
    assert "Dit e-mailadres en wachtwoord horen niet bij elkaar" in html


def test_an_unknown_address_gets_the_same_answer_as_a_known_one(client, home, user):
    def answer(email: str) -> str:
        html = sign_in(client, email, "fout").content.decode()
        return re.sub(r'value="[^"]*"', "", html)

    assert answer(user.email) == answer("onbekend@voorbeeld.example")


def test_afterwards_one_is_where_one_was_going(client, home, user):
    assert sign_in(client, user.email, next="/leren/").url == "/leren/"


def test_never_to_another_site(client, home, user):
    assert sign_in(client, user.email, next="https://kwaad.example/").url == "/mijn/"


def test_somebody_switched_off_cannot_sign_in(client, home):
    user = factories.make_user(is_active=False)
    sign_in(client, user.email)
    assert "_auth_user_id" not in client.session


def test_nobody_makes_an_account_here_with_an_address_of_no_municipality(client, home):
    response = client.post(reverse("account_signup"), {"email": "x@voorbeeld.example"})
    assert response.status_code == 422
    assert not response.wsgi_request.user.is_authenticated


def test_too_many_wrong_passwords_have_to_wait(client, home, user):
    for _ in range(12):
        last = sign_in(client, user.email, "fout")
    assert sign_in(client, user.email).status_code in (200, 429)
    assert "_auth_user_id" not in client.session
    assert last.status_code in (200, 429)


def test_the_admin_signs_in_through_the_same_door(client, home):
    response = client.get("/beheer/")
    assert response.status_code == 302
    assert response.url.startswith("/account/login/?next=")
    assert client.get("/beheer/login/?next=/beheer/").url == "/account/login/?next=/beheer/"


def test_who_may_not_enter_the_admin_is_told_so_and_not_sent_round(client, home, user):
    client.force_login(user)
    for address in ("/beheer/", "/beheer/pages/", "/beheer/login/?next=/beheer/"):
        response = client.get(address, follow=True)
        assert response.status_code == 403
        assert "Deze pagina is niet voor u" in response.content.decode()
    # Elsewhere one goes on as before.
    assert client.get("/account/login/?next=/hulp/").url == "/hulp/"


def test_signing_out_needs_a_press(client, home, user):
    client.force_login(user)
    assert client.get(reverse("account_logout")).status_code == 200
    assert "_auth_user_id" in client.session
    client.post(reverse("account_logout"))
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("account", DEMO_ACCOUNTS, ids=lambda account: account.email)
def test_the_demo_signs_in_with_one_press(client, home, account):
    factories.make_user(account.email, password=DEMO_PASSWORD)
    response = client.post(reverse("demo_sign_in"), {"email": account.email})
    assert response.status_code == 302
    assert client.session["_auth_user_id"]


def test_the_demo_is_for_its_own_people_only(client, home, user):
    assert client.post(reverse("demo_sign_in"), {"email": user.email}).status_code == 404
    assert client.get(reverse("demo_sign_in")).status_code == 405


@override_settings(DEMO=False)
def test_without_a_demo_there_is_no_such_door(client, home):
    email = DEMO_ACCOUNTS[0].email
    factories.make_user(email)
    assert client.post(reverse("demo_sign_in"), {"email": email}).status_code == 404
    assert email not in client.get(reverse("account_login")).content.decode()
