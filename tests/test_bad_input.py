"""Every kind of address with what nobody should send: an answer in the house style, never a 500."""

import itertools

import pytest
from django.test import Client

from tests.forms import LINK, WORDS, forms_in, runs
from tests.test_access import OK, TABLE, attempt, job, numbers, people

# Fixtures of the other test of every address.
__all__ = ["attempt", "job", "numbers", "people"]

pytestmark = pytest.mark.django_db

HUGE = "9" * 30
# Several faults at once: each is about another part of a page.
QUERIES = [
    "q=%ff%fe%ed%a0%80&p=-1&sort=;drop&order=%27&role=x&status=x&requirement=-1&province=%ff",
    "day=2026-13-45&from=0000-00-00&next=//elders.example&person=%ff&subject=%27&year=-1",
    f"q=eed&p={HUGE}&requirement={HUGE}&person={HUGE}&subject={HUGE}&year={HUGE}&vraag={HUGE}",
    "q=" + "x" * 20_000 + "&p=\u00b2&" + "&".join(f"a{number}=1" for number in range(300)),
    "&".join("person=x" for _number in range(6000)),
]
PATHS = [
    "/gemeente/%ff/",
    "/gemeente/" + "a" * 5000 + "/",
    "/gemeente/UTRECHT/",
    "/gemeente/../landelijk/",
    f"/gemeente/utrecht/mensen/{HUGE}/",
    f"/gemeente/utrecht/mensen/{HUGE}/intrekken/{HUGE}/",
    f"/gemeente/utrecht/mensen/1/vrijstelling/{HUGE}/beeindigen/",
    f"/gemeente/utrecht/verplichtingen/{HUGE}/",
    f"/gemeente/utrecht/verplichtingen/{HUGE}/hervatten/",
    f"/gemeente/utrecht/importeren/{HUGE}/",
    f"/gemeente/utrecht/importeren/{HUGE}/mensen/",
    f"/gemeente/utrecht/taken/{HUGE}/bestand/",
    f"/gemeente/utrecht/uitnodigen/link/{HUGE}/",
    f"/gemeente/utrecht/uitnodigen/{HUGE}/intrekken/",
    f"/gemeente/utrecht/volgers/{HUGE}/intrekken/",
    f"/gemeente/utrecht/volgers/uitnodiging/{HUGE}/intrekken/",
    f"/landelijk/taken/{HUGE}/",
    f"/mijn/certificaat/{HUGE}/",
    f"/mijn/certificaat/{HUGE}/certificaat.pdf",
    f"/certificaat/{HUGE}/",
    f"/certificaat/{'0' * 5000}/",
    "/certificaat/%ff/",
    f"/mijn/poging/{HUGE}/",
    f"/mijn/poging/1/{HUGE}/",
    "/mijn/poging/0/0/",
    "/mijn/poging/-1/",
    "/mijn/verder/geen-nummer/",
    f"/mail/stoppen/{'x' * 5000}/",
    f"/nieuws/{HUGE}/",
    "/nieuws/0/",
    "/leren/eed/les/nog/een/stuk/",
    "/leren/" + "/".join("x" * 400) + "/",
    "/en/%ff/",
    "/%F0%9F%99%82/",
    "/%2e%2e/%2e%2e/etc/passwd",
    "/media/%ff.png",
    "/media/%2e%2e/db.sqlite3",
    f"/documenten/{HUGE}/x.pdf",
    "/documenten/1/%ff",
    f"/beheer/pages/{HUGE}/edit/",
    f"/beheer/snippets/learning/question/edit/{HUGE}/",
    "/account/password/reset/key/x-%ff/",
]
FORM = "application/x-www-form-urlencoded"
BODIES = [
    (b"\xff\xfe=\xff&q=%ff%ed%a0%80&answer=" + b"x" * 100_000, FORM),
    (b"--x\r\nContent-Disposition: form-data", "multipart/form-data; boundary=x"),
    (b"--x\r\n", "multipart/form-data"),
    (b'{"answer": 1}', "application/json"),
]
TOO_MUCH = [
    (b"a=" + b"x" * 6_000_000, FORM),
    (b"&".join(b"a%d=1" % number for number in range(6000)), FORM),
]
FILLINGS = [WORDS, LINK, "-1", HUGE, "\u00b2", "x" * 5000]


@pytest.fixture
def browsers(people):
    """A browser per kind of person."""
    found = {who: Client() for who in ("visitor", *people)}
    for who, person in people.items():
        found[who].force_login(person)
    return found


@pytest.fixture
def addresses(numbers, browsers):
    """Every address with the browser of somebody who sees it."""
    return [
        (browsers[next((who for who in row if row[who] == OK), "monitor")], path.format(**numbers))
        for path, row in TABLE.items()
    ]


def failures(answers):
    """What did not end in an answer that the site meant to give."""
    return {what: status for what, status in answers if status >= 500}


def statuses(addresses, method, *bodies):
    """What every address answers to this method, with each of these bodies."""
    for browser, path in addresses:
        for body, kind in bodies or [(b"", "text/plain")]:
            response = browser.generic(method, path, body, content_type=kind)
            yield (method, path, body[:30], kind), response.status_code


def test_queries_that_make_no_sense(addresses):
    answers = (
        ((path, query[:30]), browser.get(path + ("&" if "?" in path else "?") + query).status_code)
        for query in QUERIES
        for browser, path in addresses
    )
    assert failures(answers) == {}


def test_addresses_that_cannot_be(browsers, numbers):
    found = {
        (who, path): browsers[who].get(path).status_code
        for who in ("visitor", "monitor", "administrator")
        for path in PATHS
    }
    assert failures(found.items()) == {}
    assert found["visitor", "/media/%2e%2e/db.sqlite3"] in {400, 404}


def test_a_null_byte_anywhere_is_a_bad_request(addresses):
    for browser, path in addresses:
        bare = path.partition("?")[0]
        assert browser.get(f"{bare}%00").status_code == 400, path
        assert browser.get(f"{bare}?q=a%00b").status_code == 400, path
        # Where nothing is sent to, or whoever sends it may not, that is said first.
        answer = browser.post(path, b"answer=%00&name=%00", content_type=FORM).status_code
        assert answer in {400, 403, 404, 405}, path


def test_methods_that_a_page_does_not_have(addresses):
    for method in ("OPTIONS", "PUT", "DELETE", "BREW"):
        assert failures(statuses(addresses, method)) == {}


def test_a_head_says_what_a_get_says(addresses):
    for browser, path in addresses:
        got, head = browser.get(path), browser.head(path)
        assert head.status_code == got.status_code, path
        assert head.getvalue() == b"", path


def test_bodies_that_make_no_sense(addresses):
    assert failures(statuses(addresses, "POST", *BODIES)) == {}


def test_bodies_that_are_too_large(client, home):
    for path, (body, kind) in itertools.product(("/account/login/", "/meedoen/mail/"), TOO_MUCH):
        response = client.post(path, body, content_type=kind)
        assert response.status_code in {400, 413}, path
        assert "site.css" in response.content.decode()


def test_every_form_filled_with_what_it_does_not_ask(addresses):
    """Each form on each page, and each field in it: said back as words, or refused."""
    seen, wrong = {}, []
    for browser, path in addresses:
        if path.startswith("/beheer/"):
            continue
        page = browser.get(path)
        if "text/html" not in page.headers["Content-Type"]:
            continue
        for form in forms_in(page.content.decode(), path):
            if form.to_fill and "logout" not in form.action:
                seen.setdefault(form.action, (browser, form))
    for filling, (browser, form) in itertools.product(FILLINGS, seen.values()):
        send = browser.post if form.method == "post" else browser.get
        response = send(form.action, form.filled(filling))
        if response.status_code >= 500 or runs(response.getvalue().decode(errors="replace")):
            wrong.append((form.action, filling[:20], response.status_code))
    assert wrong == []
    assert len(seen) > 10
