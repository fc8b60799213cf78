"""What every answer carries, and what it never does."""

import pytest
from django.core.cache import cache
from django.test import Client, override_settings

from accounts.demo import DEMO_ACCOUNTS
from tests import factories

pytestmark = pytest.mark.django_db
# Comes with Wagtail, so it is there before our own are built.
STATIC = "/static/wagtailadmin/js/vendor.js"
DEMO = DEMO_ACCOUNTS[0].email


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


def test_the_admin_has_a_policy_without_inline_scripts(signed_in):
    admin = factories.make_user(is_superuser=True)
    directives = policy(signed_in(admin).get("/beheer/"))
    assert directives["default-src"] == ["'none'"]
    assert directives["script-src"] == ["'self'"]
    assert "'unsafe-eval'" not in str(directives)
    assert not any(source.startswith("http") for words in directives.values() for source in words)


def read(answer) -> bytes:
    """A file to its end: closing it by hand would close the test's own database connection."""
    return b"".join(answer.streaming_content)


@pytest.fixture
def answers(home, signed_in, monkeypatch):
    """One answer of every kind, by what it is."""
    found = {}
    visitor, person = Client(raise_request_exception=False), signed_in(factories.make_user())
    factories.make_municipality("Utrecht")
    for name, address in (
        ("page", "/"),
        ("redirect", "/mijn/"),
        ("404", "/bestaat-niet/"),
        ("400", "/?q=%00"),
        ("text", "/robots.txt"),
        ("static", STATIC),
        ("no such picture", "/media/images/x.png"),
    ):
        found[name] = visitor.get(address)
    read(found["static"])
    found["403"] = person.get("/gemeente/utrecht/")
    found["405"] = person.get("/mijn/opfrissen/")
    found["host"] = visitor.get("/", headers={"host": "elders.example"})
    found["csrf"] = Client(enforce_csrf_checks=True).post("/account/login/")
    with override_settings(SECURE_SSL_REDIRECT=True):
        plain = Client(raise_request_exception=False)
        found["to https"] = plain.get("/hulp/")
        # SecurityMiddleware itself falls over this one, before any view.
        found["host, to https"] = plain.get("/hulp/", headers={"host": "elders.example"})

    def broken(*_args, **_kwargs):
        raise RuntimeError

    monkeypatch.setattr("home.models.HomePage.get_context", broken)
    cache.clear()
    found["500"] = visitor.get("/")
    return found


STATUS = {
    "page": 200,
    "redirect": 302,
    "404": 404,
    "400": 400,
    "text": 200,
    "static": 200,
    "no such picture": 404,
    "403": 403,
    "405": 405,
    "host": 400,
    "csrf": 403,
    "to https": 301,
    "host, to https": 400,
    "500": 500,
}


def test_every_answer_carries_every_header(answers):
    assert {name: answer.status_code for name, answer in answers.items()} == STATUS
    for name, answer in answers.items():
        headers = answer.headers
        assert "default-src" in policy(answer), name
        assert headers["X-Content-Type-Options"] == "nosniff", name
        assert headers["Referrer-Policy"] == "same-origin", name
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin", name
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin", name
        assert headers["Cross-Origin-Embedder-Policy"] == "require-corp", name
        assert "camera=()" in headers["Permissions-Policy"], name
        assert "publickey-credentials-get=(self)" in headers["Permissions-Policy"], name
        assert "Access-Control-Allow-Origin" not in headers, name
        # By policy for all, and for browsers that know none by this, where a page is shown.
        assert policy(answer)["frame-ancestors"] == ["'self'"], name


@pytest.mark.parametrize("address", ["/", "/account/login/"])
def test_a_page_is_drawn_in_nobody_elses(client, home, address):
    assert client.get(address).headers["X-Frame-Options"] == "DENY"


def test_a_visitor_gets_no_cookie_for_reading(client, home):
    assert not client.get("/").cookies


def test_what_somebody_sees_is_stored_nowhere(signed_in, home):
    person = signed_in(factories.make_user())
    for address in ("/", "/mijn/", "/hulp/", "/bestaat-niet/"):
        assert person.get(address).headers["Cache-Control"] == "private, no-store", address


def test_signing_in_and_what_follows_is_stored_nowhere(client, home):
    answer = client.post("/account/demo/", {"email": factories.make_user(DEMO).email})
    assert "sessionid" in answer.cookies
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_public_pages_may_be_kept_and_asked_again(client, home):
    first = client.get("/")
    assert first.headers["Cache-Control"] == "no-cache"
    again = client.get("/", headers={"if-none-match": first.headers["ETag"]})
    assert again.status_code == 304


def test_static_files_are_for_everybody_and_stay_so_for_who_has_signed_in(signed_in, home):
    answer = signed_in(factories.make_user()).get(STATIC)
    read(answer)
    assert "public" in answer.headers["Cache-Control"]
