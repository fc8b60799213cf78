"""What every answer carries, and what it never does."""

import pytest

from tests import factories

pytestmark = pytest.mark.django_db


def policy(response) -> dict[str, list[str]]:
    parts = response.headers["Content-Security-Policy"].split(";")
    return {words[0]: words[1:] for part in parts if (words := part.split())}


@pytest.mark.parametrize("address", ["/", "/zoeken/", "/account/login/", "/bestaat-niet/"])
def test_our_own_pages_have_a_policy_without_inline_code(client, home, address):
    directives = policy(client.get(address))
    assert directives["default-src"] == ["'none'"]
    assert directives["script-src"] == ["'self'"]
    assert directives["style-src"] == ["'self'"]
    assert "unsafe" not in str(directives)


def test_the_admin_has_a_policy_too(signed_in):
    admin = factories.make_user(is_superuser=True)
    directives = policy(signed_in(admin).get("/beheer/"))
    assert directives["default-src"] == ["'none'"]
    assert "'unsafe-eval'" not in str(directives)
    assert not any(source.startswith("http") for words in directives.values() for source in words)


@pytest.mark.parametrize("address", ["/", "/account/login/"])
def test_other_headers(client, home, address):
    headers = client.get(address).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "DENY"


def test_a_visitor_gets_no_cookie_for_reading(client, home):
    assert not client.get("/").cookies
