"""The menu is kept for many: nobody sees another's, and everybody's form is their own."""

import re

import pytest
from django.test import Client

from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _site(home):
    factories.make_catalogue()


def page_of(person, address="/mijn/"):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(person)
    return browser, browser.get(address).content.decode()


def test_a_workplace_is_shown_to_whose_it_is():
    utrecht = factories.make_municipality("Utrecht")
    _browser, monitors = page_of(factories.make_monitor(utrecht))
    _browser, learners = page_of(factories.make_user())
    assert 'href="/gemeente/utrecht/"' in monitors
    assert 'href="/gemeente/utrecht/"' not in learners


def test_everybody_signs_out_with_a_token_of_their_own():
    found = []
    for _ in range(2):
        browser, page = page_of(factories.make_user())
        tokens = set(re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', page))
        assert len(tokens) == 1
        found += tokens
        assert "token-of-whoever-asks" not in page
        signed_out = browser.post("/account/logout/", {"csrfmiddlewaretoken": tokens.pop()})
        assert signed_out.status_code == 302
        assert "sessionid" not in browser.cookies or not browser.cookies["sessionid"].value
    assert found[0] != found[1]


def test_anothers_token_does_nothing():
    _browser, page = page_of(factories.make_user())
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]
    other, _page = page_of(factories.make_user())
    assert other.post("/account/logout/", {"csrfmiddlewaretoken": token}).status_code == 403


def test_a_visitors_menu_sets_no_cookie(client):
    page = client.get("/leren/")
    assert not page.cookies
    assert "csrfmiddlewaretoken" not in page.content.decode()
    assert "/account/login/" in page.content.decode()
