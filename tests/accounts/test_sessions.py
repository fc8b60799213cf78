"""How long one stays signed in, where, and ending that."""

import time

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from accounts.demo import DEMO_ACCOUNTS
from accounts.devices import in_words, recognise
from accounts.models import AuditEvent
from accounts.session_rules import ELSEWHERE, OWN_DEVICE, SILENCE, Stay
from accounts.sessions import end_all_sessions
from tests import factories

PAGE = "/account/sessions/"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like "
    "Gecko) Version/18.0 Mobile/15E148 Safari/604.1"
)
EDGE = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0"
)
NOW = 1_800_000_000.0


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        (FIREFOX, "Firefox op Windows"),
        (IPHONE, "Safari op iPhone"),
        (EDGE, "Edge op Windows"),
        ("curl/8", "Onbekend apparaat"),
        ("", "Onbekend apparaat"),
    ],
)
def test_a_device_in_words(user_agent, words):
    assert in_words(recognise(user_agent)) == words


@given(st.text(max_size=200))
def test_whatever_a_browser_says_little_of_it_is_kept(user_agent):
    kept = recognise(user_agent)
    assert recognise(kept) == kept
    assert in_words(kept)


@given(st.floats(0, 2 * OWN_DEVICE), st.floats(0, OWN_DEVICE), st.booleans())
def test_nobody_who_is_trusted_with_more_stays_longer_than_others(lasted, silent, own):
    stay = Stay(NOW - lasted, NOW - min(silent, lasted), own)
    trusted = stay.is_over(NOW, is_trusted=True)
    assert trusted or not stay.is_over(NOW, is_trusted=False)
    assert stay.is_over(NOW, is_trusted=False) == (lasted > (OWN_DEVICE if own else ELSEWHERE))
    if silent > SILENCE + 300 and lasted > SILENCE + 300:
        assert trusted


def sign_in(person, *, browser=FIREFOX, **extra):
    client = Client(headers={"user-agent": browser})
    data = {"login": person.email, "password": factories.PASSWORD} | extra
    assert client.post("/account/login/", data).status_code == 302
    return client


def is_in(client):
    return client.get("/mijn/").status_code == 200


def aged(client, seconds):
    """Make what is kept of a session older."""
    session = client.session
    signed_in_at, seen_at, own = session["stay"]
    session["stay"] = [signed_in_at - seconds, seen_at - seconds, own]
    session.save()


@pytest.mark.django_db
class TestLimits:
    def test_own_device_stays_for_ninety_days(self, home, user):
        client = sign_in(user, own_device="on")
        assert client.session.get_expiry_age() == OWN_DEVICE
        aged(client, OWN_DEVICE - 60)
        assert is_in(client)
        aged(client, 120)
        assert not is_in(client)

    def test_elsewhere_it_ends_with_the_browser_and_after_half_a_day(self, home, user):
        client = sign_in(user)
        assert client.session.get_expire_at_browser_close()
        aged(client, ELSEWHERE - 60)
        assert is_in(client)
        aged(client, 120)
        assert not is_in(client)

    def test_a_monitor_is_signed_out_after_an_hour_of_silence(self, home, signed_in):
        client = signed_in(factories.make_monitor())
        aged(client, SILENCE - 60)
        assert is_in(client)
        aged(client, SILENCE + 400)
        response = client.get("/landelijk/", follow=True)
        assert "lang geleden" in response.content.decode()

    def test_activity_is_noted_seldom(self, home, user, django_assert_max_num_queries):
        client = sign_in(user, own_device="on")
        aged(client, 4000)
        before = UserSession.objects.get(user=user).last_seen_at
        client.get("/mijn/")
        noted = UserSession.objects.get(user=user).last_seen_at
        assert noted > before
        client.get("/mijn/")
        assert UserSession.objects.get(user=user).last_seen_at == noted


@pytest.mark.django_db
class TestOwnSessions:
    def test_they_are_told_in_words_and_without_address(self, home, user):
        sign_in(user, browser=IPHONE)
        here = sign_in(user)
        html = here.get(PAGE).content.decode()
        assert "Safari op iPhone" in html
        assert "dit apparaat" in html
        assert set(UserSession.objects.values_list("ip", flat=True)) == {"0.0.0.0"}  # noqa: S104
        assert not UserSession.objects.filter(user_agent__contains="Mozilla").exists()

    def test_one_is_ended(self, home, user):
        phone, here = sign_in(user, browser=IPHONE), sign_in(user)
        number = UserSession.objects.get(user_agent="safari/iphone").pk
        response = here.post(PAGE, {"end": number}, follow=True)
        assert "uitgelogd op 1 ander apparaat" in response.content.decode()
        assert not is_in(phone)
        assert is_in(here)
        assert AuditEvent.objects.filter(what=AuditEvent.What.SESSION_ENDED).count() == 1
        assert "al uitgelogd" in here.post(PAGE, {"end": number}, follow=True).content.decode()

    def test_all_others_are_ended(self, home, user):
        others, here = [sign_in(user) for _ in range(3)], sign_in(user)
        here.post(PAGE, {})
        assert not any(is_in(other) for other in others)
        assert is_in(here)

    def test_this_one_is_ended_by_signing_out(self, home, user):
        here = sign_in(user)
        here.post(PAGE, {"end": UserSession.objects.get().pk})
        assert not is_in(here)

    @pytest.mark.parametrize("number", ["0", "-1", "x", "9" * 30, "1e3"])
    def test_nonsense_ends_nobody_elses(self, home, user, number):
        neighbour = sign_in(factories.make_user())
        sign_in(user).post(PAGE, {"end": number})
        assert is_in(neighbour)

    def test_not_that_of_somebody_else(self, home, user):
        other = factories.make_user()
        theirs = sign_in(other)
        sign_in(user).post(PAGE, {"end": UserSession.objects.get(user=other).pk})
        assert is_in(theirs)

    def test_more_of_them_ask_no_more_questions(self, home, user, django_assert_max_num_queries):
        here = sign_in(user)
        for _ in range(6):
            sign_in(user)
        here.get(PAGE)
        with django_assert_max_num_queries(12):
            here.get(PAGE)

    def test_what_ended_by_itself_is_forgotten(self, home, user):
        sign_in(user, browser=IPHONE)
        here = sign_in(user)
        Session.objects.exclude(session_key=here.session.session_key).delete()
        assert "iPhone" not in here.get(PAGE).content.decode()
        assert UserSession.objects.count() == 1

    def test_all_of_somebody_are_ended_from_elsewhere(self, home, user):
        client = sign_in(user)
        assert end_all_sessions(user, by=factories.make_user()) == 1
        assert end_all_sessions(user) == 0
        assert not is_in(client)

    def test_another_password_ends_all_others(self, home, user):
        other, here = sign_in(user), sign_in(user)
        key = here.session.session_key
        new = "een-heel-ander-wachtwoord"
        here.post(
            "/account/password/change/",
            {"oldpassword": factories.PASSWORD, "password1": new, "password2": new},
        )
        assert is_in(here)
        assert not is_in(other)
        assert here.session.session_key != key
        assert UserSession.objects.get(user=user).session_key == here.session.session_key

    def test_in_the_log(self, home, user):
        client = sign_in(user)
        client.post("/account/logout/")
        Client().post("/account/login/", {"login": user.email, "password": "fout"})
        # Setting up the site is in the log too.
        mine = AuditEvent.objects.filter(what__startswith="sign_")
        kinds = list(mine.order_by("pk").values_list("what", flat=True))
        assert kinds == ["sign_in", "sign_out", "sign_in_failed"]
        assert user.email not in str(list(AuditEvent.objects.values_list("details", flat=True)))


@pytest.mark.django_db
def test_the_demo_is_a_session_like_others(client, home):
    factories.make_user(DEMO_ACCOUNTS[0].email)
    client.post("/account/demo/", {"email": DEMO_ACCOUNTS[0].email})
    assert time.time() - client.session["stay"][0] < 60
    assert "offer_passkey" not in client.session
