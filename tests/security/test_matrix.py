"""Every address of the site × who asks × how: what is not theirs never answers.

tests/test_access.py says of each page who sees it. This goes further than pages: it takes each
pattern from the site's own list, Wagtail's and allauth's too, so that a new one is held to the
rules of its area without anybody thinking of it, and one in no area fails.
"""

import pytest
from django.db import transaction
from django.test import Client

from tests.security.routes import routes
from tests.test_access import WHO, attempt, job, numbers, people

__all__ = ["attempt", "job", "numbers", "people"]  # fixtures

pytestmark = pytest.mark.django_db
EDITORS = {"editor", "chief", "administrator"}
SIGNED_IN = set(WHO) - {"visitor"}
# Where an address begins, and who may get an answer there at all.
AREAS = {
    "beheer/": EDITORS,
    "mijn/": SIGNED_IN,
    "netwerk/": SIGNED_IN,
    "praktijk/insturen/": SIGNED_IN,
    "gemeente/": {"monitor"},
    "landelijk/": {"nation"},
    # What is open to everybody, and looks for itself who asks.
    **dict.fromkeys(
        (
            *("account/", "certificaat/", "documenten/", "hulp/", "mail/stoppen/", "media/"),
            "account-behouden/",
            "bijeenkomsten/",
            "mededelingen/",
            "nieuwsbrief/",
            *("api/v2/", "kaart/", "visiedocument/", "agenda/"),
            *("meedoen/", "opfrissen/", "uitnodiging/", "zoeken/", "_util/"),
            *("healthz", "readyz", "robots.txt", "sitemap.xml", ".well-known/security.txt"),
            # Wagtail's pages: tests/test_access.py.
            "((?:[\\w\\-]+/)*)",
            "<path:path>/feed.json",
        ),
        frozenset(WHO),
    ),
}
# Outsiders get these all the same: signing in and out of the admin, its icons and words; how the
# network works.
NOT_SECRET = {
    "beheer/login/",
    "beheer/sprite/",
    "beheer/logout/",
    "beheer/jsi18n/",
    "beheer/localize/jsi18n/",
    "netwerk/",
}
NOTHING_THERE = {301, 302, 400, 403, 404, 405, 410, 429}
# Nobody of ours asks for these; machines with a token do, at addresses of their own.
UNUSED = ("PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND")
BY_MACHINES = ("scim/",)


def area_of(route):
    plain = route.pattern.replace("^", "")
    return next((area for area in AREAS if plain.startswith(area)), None)


def ours():
    return [r for r in routes() if not r.pattern.startswith(BY_MACHINES)]


def browser_of(person):
    browser = Client(raise_request_exception=False)
    if person is not None:
        browser.force_login(person)
    return browser


def test_every_address_lies_in_an_area():
    assert [route.pattern for route in ours() if area_of(route) is None] == []
    assert len(ours()) > 400


def test_nobody_gets_an_answer_where_they_may_not_be(people, numbers):
    wrong = []
    browsers = {who: browser_of(people.get(who)) for who in WHO}
    # One of each kind of outsider, of which there are many to the admin's many addresses.
    kinds = {"beheer/": ("visitor", "learner", "monitor")}
    senders = {"visitor", "learner", "nation"}
    for route in ours():
        area = area_of(route)
        if area is None or route.pattern in NOT_SECRET:
            continue
        for who in kinds.get(area, WHO):
            if who in AREAS[area]:
                continue
            for method in ("get", "post") if who in senders else ("get",):
                status = getattr(browsers[who], method)(route.address()).status_code
                if status not in NOTHING_THERE:
                    wrong.append((who, method, route.pattern, status))
    assert wrong == []


def test_no_form_of_ours_falls_over_when_it_is_empty(people, numbers):
    """As who may post it, of what is their own: never a fault of ours, and nothing stays done."""
    wrong = []
    own = {"beheer/": "administrator", "gemeente/": "monitor", "landelijk/": "nation"}
    browsers = {who: browser_of(people[who]) for who in (*own.values(), "learner")}
    values = {f"{name}_id": value for name, value in numbers.items()} | {
        "membership_id": numbers["member"],
        "run_id": numbers["import"],
    }
    for route in ours():
        if route.app == "wagtail":
            continue
        who = own.get(area_of(route) or "", "learner")
        with transaction.atomic():
            response = browsers[who].post(route.address(**values))
            transaction.set_rollback(True)
        if response.status_code >= 500:
            wrong.append((who, route.pattern, response.status_code))
        # Whoever posted signing out, or ended their own access, comes back.
        browsers[who] = browser_of(people[who])
    assert wrong == []


def test_no_address_knows_a_method_that_nobody_needs(people):
    browsers = (browser_of(None), browser_of(people["administrator"]))
    wrong = [
        (method, route.pattern)
        for route in ours()
        for method in UNUSED
        for browser in browsers
        if not route.pattern.startswith("beheer/localize/translate/")
        and browser.generic(method, route.address()).status_code != 405
    ]
    assert wrong == []


def test_no_header_or_field_changes_the_method(people, home):
    """As frameworks of others do, by which a link becomes a deletion."""
    person = browser_of(people["learner"])
    for name in ("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"):
        assert person.get("/mijn/opfrissen/", headers={name: "POST"}).status_code == 405
        assert person.post("/robots.txt", headers={name: "GET"}).status_code == 405
    assert person.get("/mijn/opfrissen/?_method=POST").status_code == 405
