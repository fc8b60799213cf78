"""Whether somebody is known here shows in no answer, and not in how long it takes."""

import statistics
import time

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import factories

pytestmark = pytest.mark.django_db
PASSWORD = "een-lang-wachtwoord-voor-nu"
KNOWN, UNKNOWN = "bekende@voorbeeld.example", "vreemde@voorbeeld.example"
WAYS = {
    "password": ("/account/login/", "login", {"password": "fout-wachtwoord"}),
    "code": ("/account/login/code/", "email", {}),
    "reset": ("/account/password/reset/", "email", {}),
}
PAIRS = 15
TRIES = 3
# Less than this nobody measures through a network, nor do we on a busy machine.
FLOOR_SECONDS = 0.004


@pytest.fixture(autouse=True)
def _known(home, settings):
    # What is limited answers at once, and tells nothing of the rest.
    settings.ACCOUNT_RATE_LIMITS = False
    person = factories.make_user(KNOWN)
    person.set_password(PASSWORD)
    person.save()


def ask(way, address):
    path, field, words = WAYS[way]
    return Client().post(path, {field: address, **words})


def plain(answer, address):
    """A page without what differs each time: the token, and the address that was typed."""
    token = answer.context and str(answer.context.get("csrf_token", ""))
    text = answer.content.decode().replace(address, "")
    return text.replace(token, "") if token else text


@pytest.mark.parametrize("way", WAYS)
def test_the_answer_is_the_same(way, mailoutbox):
    known, unknown = ask(way, KNOWN), ask(way, UNKNOWN)
    assert known.status_code == unknown.status_code
    assert known.headers.get("Location") == unknown.headers.get("Location")
    assert plain(known, KNOWN) == plain(unknown, UNKNOWN)
    assert set(known.cookies) == set(unknown.cookies)


@pytest.mark.parametrize("way", WAYS)
def test_as_much_is_done(way, monkeypatch):
    """What takes time: secrets that are hashed, and questions to the database."""
    hashed = []
    encode = MD5PasswordHasher.encode

    def counted(*args):
        hashed.append(1)
        return encode(*args)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)
    found = {}
    for address in (KNOWN, UNKNOWN, KNOWN, UNKNOWN):
        hashed.clear()
        with CaptureQueriesContext(connection) as queries:
            ask(way, address)
        found[address] = (len(hashed), len(queries))
    assert found[KNOWN][0] == found[UNKNOWN][0]
    # One or two questions more are lost in the noise of a network; the measuring test says so.
    assert abs(found[KNOWN][1] - found[UNKNOWN][1]) <= 3, found


def sample(way):
    """Seconds by address, asked in turn so that what else the machine does falls on both."""
    times = {KNOWN: [], UNKNOWN: []}
    for number in range(PAIRS):
        order = (KNOWN, UNKNOWN) if number % 2 else (UNKNOWN, KNOWN)
        for address in order:
            start = time.perf_counter()
            ask(way, address)
            times[address].append(time.perf_counter() - start)
    return times


def stands_out(times):
    """Whether the medians differ more than the spread within each explains."""
    medians = {address: statistics.median(each) for address, each in times.items()}
    spread = max(
        statistics.median(abs(one - medians[address]) for one in each)
        for address, each in times.items()
    )
    return abs(medians[KNOWN] - medians[UNKNOWN]) > max(FLOOR_SECONDS, 3 * spread)


@pytest.mark.parametrize("way", WAYS)
def test_it_takes_as_long(way):
    ask(way, KNOWN)
    ask(way, UNKNOWN)
    # A leak shows each time; what a busy machine does shows once.
    assert not all(stands_out(sample(way)) for _ in range(TRIES))


def test_a_difference_that_is_there_is_seen():
    """The measure itself: a known address that takes twenty milliseconds longer."""
    quick = [0.010 + number % 5 / 1000 for number in range(PAIRS)]
    slow = [seconds + 0.02 for seconds in quick]
    assert stands_out({KNOWN: slow, UNKNOWN: quick})
    assert not stands_out({KNOWN: quick, UNKNOWN: list(reversed(quick))})
