"""Sessions, cookies, and where one is led: nothing that somebody else can set."""

import json
import os
import subprocess
import sys
from urllib.parse import quote

import pytest
from django.conf import settings
from django.test import Client

from accounts.demo import DEMO_ACCOUNTS
from tests import factories
from tests.config.test_settings import PRODUCTION, ROOT

pytestmark = pytest.mark.django_db
PASSWORD = "een-lang-wachtwoord-voor-nu"
ELSEWHERE = (
    "https://elders.example/",
    "//elders.example/",
    "///elders.example/",
    "/\\elders.example/",
    "\\\\elders.example/",
    "https:elders.example",
    "http:///elders.example/",
    "HTTPS://elders.example",
    " https://elders.example/",
    "\thttps://elders.example/",
    "/\t/elders.example/",
    "https://testserver@elders.example/",
    "https://testserver.elders.example/",
    "javascript:alert(1)",
    "data:text/html,x",
    "\x01https://elders.example/",
)


def leads_elsewhere(answer):
    target = answer.headers.get("Location", "")
    # A browser takes a backslash for a slash, and leaves out tabs and new lines.
    plain = target.replace("\\", "/").strip().replace("\t", "").replace("\n", "")
    return bool(plain) and not (
        (plain.startswith("/") and not plain.startswith("//"))
        or plain.startswith("http://testserver/")
    )


@pytest.fixture
def person(home):
    person = factories.make_user("iemand@voorbeeld.example")
    person.set_password(PASSWORD)
    person.save()
    return person


@pytest.mark.parametrize("evil", ELSEWHERE)
def test_no_way_in_or_out_leads_elsewhere(person, evil):
    factories.make_user(DEMO_ACCOUNTS[0].email)
    words = {
        "/account/login/": {"login": person.email, "password": PASSWORD},
        "/account/login/code/": {"email": person.email},
        "/account/signup/": {"email": person.email},
        "/account/logout/": {},
        "/account/reauthenticate/": {"password": PASSWORD},
        "/account/demo/": {"email": DEMO_ACCOUNTS[0].email},
    }
    for address, fields in words.items():
        for signed_in in (False, True):
            browser = Client()
            if signed_in:
                browser.force_login(person)
            query = f"{address}?next={quote(evil)}"
            assert not leads_elsewhere(browser.get(query)), address
            assert not leads_elsewhere(browser.post(query, fields | {"next": evil})), address


def test_a_next_of_our_own_is_followed(person):
    browser = Client()
    words = {"email": factories.make_user(DEMO_ACCOUNTS[0].email).email, "next": "/hulp/"}
    answer = browser.post("/account/demo/?next=/hulp/", words)
    assert answer.url in {"/hulp/", "/mijn/"}


def test_slashes_in_an_address_lead_nowhere_else(client, home):
    for path in (
        "//elders.example",
        "//elders.example/..",
        "/\\elders.example",
        "/%5celders.example",
    ):
        answer = client.generic("GET", path)
        assert not leads_elsewhere(answer), path


def test_a_session_that_was_handed_over_is_not_the_one_that_signs_in(person):
    browser = Client()
    demo = factories.make_user(DEMO_ACCOUNTS[0].email)
    # What somebody else planted in this browser, known to them.
    planted = browser.session
    planted["planted"] = True
    planted.save()
    browser.cookies[settings.SESSION_COOKIE_NAME] = planted.session_key
    browser.post("/account/demo/", {"email": demo.email})
    fresh = browser.cookies[settings.SESSION_COOKIE_NAME].value
    assert fresh != planted.session_key
    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = planted.session_key
    assert thief.get("/mijn/").status_code == 302


def test_signing_out_ends_the_session_and_not_the_cookie_alone(person):
    browser = Client()
    browser.force_login(person)
    key = browser.cookies[settings.SESSION_COOKIE_NAME].value
    assert browser.get("/mijn/").status_code == 200
    browser.post("/account/logout/")
    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = key
    assert thief.get("/mijn/").status_code == 302


def test_another_password_gives_another_session(person):
    browser = Client()
    browser.force_login(person)
    before = browser.cookies[settings.SESSION_COOKIE_NAME].value
    person.set_password("een-heel-ander-wachtwoord")
    person.save()
    assert browser.get("/mijn/").status_code == 302
    assert before


def test_a_name_that_is_not_ours_gets_no_page(client, home):
    for host in ("elders.example", "testserver.elders.example", "testserver@elders.example", ""):
        assert client.get("/", headers={"host": host}).status_code == 400, host


def test_what_a_proxy_did_not_say_changes_no_address_in_a_page(client, home):
    """X-Forwarded-Host and its like, of anybody: not in the page, and not in the page kept."""
    evil = {
        "x-forwarded-host": "elders.example",
        "x-host": "elders.example",
        "x-forwarded-server": "elders.example",
        "forwarded": "host=elders.example",
        "x-original-url": "/beheer/",
        "x-rewrite-url": "/beheer/",
    }
    for address in ("/", "/nieuws/", "/sitemap.xml", "/robots.txt", "/account/login/"):
        assert b"elders.example" not in client.get(address, headers=evil).content, address
        assert b"elders.example" not in client.get(address).content, address


def test_no_mail_is_sent_in_the_name_of_another_host(person, mailoutbox):
    for address in ("/account/password/reset/", "/account/login/code/", "/account/login/"):
        words = {"email": person.email, "login": person.email}
        answer = Client().post(address, words, headers={"host": "elders.example"})
        assert answer.status_code == 400
    assert mailoutbox == []


def test_cookies_in_production_are_of_this_host_alone():
    """Asked of the real settings, in a process of its own."""
    script = (
        "import json, django; django.setup(); from django.conf import settings as s;"
        "from config.messages import HouseCookieStorage as m;"
        "from home import closing; from practice import unsent;"
        "print(json.dumps({k: [getattr(s, f'{k}_COOKIE_{f}', None) for f in"
        " ('NAME', 'SECURE', 'HTTPONLY', 'SAMESITE', 'DOMAIN', 'PATH')]"
        " for k in ('SESSION', 'CSRF', 'LANGUAGE')} "
        " | {'OWN': [m.cookie_name, closing.COOKIE, unsent.COOKIE]}))"
    )
    keep = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    done = subprocess.run(  # noqa: S603  our own words
        [sys.executable, "-c", script],
        cwd=ROOT,
        env=keep | PRODUCTION | {"PYTHONPATH": f"{ROOT}:{ROOT}/site"},
        capture_output=True,
        text=True,
        check=True,
    )
    found = json.loads(done.stdout)
    assert found.pop("OWN") == ["__Host-messages", "__Host-announcements", "__Host-unsent"]
    for name, (cookie, *flags) in found.items():
        assert cookie.startswith("__Host-"), name
        assert flags == [True, True, "Lax", None, "/"], name
