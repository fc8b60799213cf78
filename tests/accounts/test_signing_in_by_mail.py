"""First the address alone; then another door, or a mail with a code and a link."""

import statistics
import time

import pytest
from django.core import mail
from django.test import Client, override_settings
from django.urls import reverse

from accounts import doors
from accounts.models import AuditEvent
from tests import factories
from tests.accounts.conftest import code_in, path_in

pytestmark = pytest.mark.django_db
LOGIN, CONFIRM = "/account/login/", "/account/login/code/confirm/"


def ask(client, email, **extra):
    return client.post(LOGIN, {"email": email, "own_device": "on"} | extra)


def test_the_first_page_asks_the_address_alone(client, home):
    html = client.get(LOGIN).content.decode()
    assert 'name="email"' in html
    assert 'type="password"' not in html


def test_a_code_signs_in_and_leads_on(client, home, user, mailed):
    response = ask(client, user.email.upper(), next="/leren/")
    assert response.url == f"{CONFIRM}?next=%2Fleren%2F"
    page = client.get(response.url)
    assert user.email in page.content.decode()
    response = client.post(CONFIRM, {"code": code_in(mailed(user.email)), "next": "/leren/"})
    assert response.url == "/leren/"
    assert client.session["_auth_user_id"] == str(user.pk)


def test_the_link_fills_the_code_in_and_signs_nobody_in(client, home, user, mailed):
    ask(client, user.email)
    link = path_in(mailed(user.email), "login/link")
    for _scanner in range(3):
        html = client.get(link).content.decode()
    assert "_auth_user_id" not in client.session
    assert f'value="{code_in(mailed(user.email))}"' in html
    client.post(CONFIRM, {"code": code_in(mailed(user.email))})
    assert client.session["_auth_user_id"]


def test_the_link_in_another_browser_says_where_to_type_the_code(client, home, user, mailed):
    ask(client, user.email)
    other = Client()
    html = other.get(path_in(mailed(user.email), "login/link")).content.decode()
    assert code_in(mailed(user.email)) in html
    assert "Ga verder waar u begon" in html
    other.post(CONFIRM, {"code": code_in(mailed(user.email))})
    assert "_auth_user_id" not in other.session


@pytest.mark.parametrize("code", ["", "<b>x</b>", "ABCD-1234-EFGH", "'"])
def test_a_link_that_is_not_whole_shows_nothing_of_it(client, home, code):
    html = client.get("/account/login/link/", {"code": code}).content.decode()
    assert "niet heel" in html
    assert "<b>x" not in html


def test_the_session_key_is_another_after_signing_in(client, home, user, mailed):
    ask(client, user.email)
    before = client.session.session_key
    client.post(CONFIRM, {"code": code_in(mailed(user.email))})
    assert client.session.session_key != before


def test_a_mistyped_address_can_be_typed_again(client, home, user, mailed):
    ask(client, "mistyped@voorbeeld.example")
    assert client.get(LOGIN).status_code == 200
    ask(client, user.email)
    client.post(CONFIRM, {"code": code_in(mailed(user.email))})
    assert client.session["_auth_user_id"]


def test_three_wrong_codes_are_the_end(client, home, user, mailed):
    ask(client, user.email)
    for _ in range(3):
        response = client.post(CONFIRM, {"code": "AAAA-BBBB"})
    assert response.status_code == 302
    client.post(CONFIRM, {"code": code_in(mailed(user.email))})
    assert "_auth_user_id" not in client.session
    failed = AuditEvent.objects.filter(what=AuditEvent.What.SIGN_IN_FAILED)
    assert {event.subject_key for event in failed} == {user.audit_key}


@pytest.mark.parametrize("email", ["", "geen adres", "a@b", "x" * 250 + "@y.example"])
def test_what_is_no_address_is_said_beside_the_field(client, home, email):
    response = ask(client, email)
    assert "rv-field__error" in response.content.decode()
    assert mail.outbox == []


def test_an_address_of_a_door_goes_through_it(client, home, user, monkeypatch):
    monkeypatch.setattr(doors, "_doors", [])
    doors.register(lambda address: "/deur/" if address.endswith("@utrecht.example") else None)
    assert ask(client, "Iemand@Utrecht.example", next="/mijn/").url == "/deur/?next=%2Fmijn%2F"
    assert mail.outbox == []


def test_never_to_another_site(client, home, user, mailed):
    response = ask(client, user.email, next="https://kwaad.example/")
    assert response.url == CONFIRM


def test_unknown_and_switched_off_get_the_same_answer(client, home, user, mailed):
    off = factories.make_user(is_active=False)
    pages = set()
    for email in (user.email, off.email, "onbekend@voorbeeld.example"):
        response = ask(Client(), email)
        browser = Client()
        assert (response.status_code, response.url) == (302, CONFIRM)
        ask(browser, email)
        html = browser.get(CONFIRM).content.decode().replace(email, "")
        pages.add("".join(part[64:] for part in html.split('name="csrfmiddlewaretoken"')))
    assert len({len(page) for page in pages}) == 1
    assert "kennen" in mailed("onbekend@voorbeeld.example")


def test_the_answer_takes_as_long_for_an_unknown_address(home, mailed):
    """The difference of the medians is within what the same kind of address differs by itself."""
    known = [factories.make_user().email for _ in range(24)]
    unknown = [f"onbekend{number}@voorbeeld.example" for number in range(24)]
    took: dict[str, list[float]] = {"known": [], "unknown": []}
    with override_settings(ACCOUNT_RATE_LIMITS={"login": "9999/m/ip"}):
        for first, second in zip(known, unknown, strict=True):
            for kind, email in (("known", first), ("unknown", second)):
                browser = Client()
                began = time.perf_counter()
                ask(browser, email)
                took[kind].append(time.perf_counter() - began)
    medians = {kind: statistics.median(times) for kind, times in took.items()}
    spread = statistics.quantiles(took["known"] + took["unknown"], n=4)
    noise = max(spread[2] - spread[0], 0.25 * medians["known"])
    assert abs(medians["known"] - medians["unknown"]) < noise


@pytest.mark.parametrize(("language", "word"), [("nl", "Goedendag"), ("en", "Hello")])
def test_the_mail_is_in_the_language_of_its_reader(client, home, mailed, language, word):
    reader = factories.make_user(language=language)
    ask(client, reader.email)
    assert word in mailed(reader.email)


def test_in_the_queue_the_mail_is_sealed(client, home, user, monkeypatch):
    queued = []
    monkeypatch.setattr("accounts.mail.on_commit", lambda send: send())
    monkeypatch.setattr("accounts.mail._queue", queued.append)
    ask(client, user.email)
    assert len(queued) == 1
    assert user.email not in queued[0]


def test_to_one_address_we_write_seldom_and_say_when_again(client, home, user):
    for _ in range(3):
        assert ask(client, user.email).status_code == 302
    response = ask(client, user.email)
    assert response.status_code == 429
    assert 1 <= int(response["Retry-After"]) <= 60
    assert "Wacht 1 minuut" in response.content.decode()


@override_settings(
    ALLAUTH_TRUSTED_PROXY_COUNT=1,
    ACCOUNT_RATE_LIMITS={"login": "3/m/ip", "request_login_code": None},
)
def test_behind_a_proxy_each_visitor_has_their_own_limit(client, home):
    def status(address, number):
        return (
            ask(client, f"x{number}@y.example").status_code
            if not address
            else client.post(
                LOGIN,
                {"email": f"x{number}@y.example"},
                headers={"x-forwarded-for": address},
            ).status_code
        )

    # What a visitor puts in front of the proxy's own is believed by nobody.
    assert [status(f"203.0.113.{n}, 192.0.2.1", n) for n in range(4)] == [302, 302, 302, 429]
    assert status("192.0.2.2", 9) == 302


def test_without_a_proxy_nobody_is_believed(client, home):
    with override_settings(ACCOUNT_RATE_LIMITS={"login": "3/m/ip", "request_login_code": None}):
        found = [
            client.post(
                LOGIN,
                {"email": f"x{number}@y.example"},
                headers={"x-forwarded-for": f"192.0.2.{number}"},
            ).status_code
            for number in range(4)
        ]
    assert found == [302, 302, 302, 429]


def test_asking_costs_a_fixed_number_of_questions(
    client, home, user, django_assert_max_num_queries
):
    with django_assert_max_num_queries(16):
        ask(client, user.email)


def test_a_passkey_is_offered_once(client, home, user, mailed):
    ask(client, user.email)
    client.post(CONFIRM, {"code": code_in(mailed(user.email))})
    assert "Passkey toevoegen" in client.get("/mijn/").content.decode()
    assert client.post(reverse("passkey_not_now")).url == "/mijn/"
    assert "Passkey toevoegen" not in client.get("/mijn/").content.decode()
    user.refresh_from_db()
    assert user.passkey_was_offered
    again = Client()
    ask(again, user.email)
    again.post(CONFIRM, {"code": code_in(mailed(user.email))})
    assert "Passkey toevoegen" not in again.get("/mijn/").content.decode()
