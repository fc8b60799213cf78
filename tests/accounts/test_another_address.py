"""Another e-mail address: both mailboxes must agree."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from accounts import addresses
from accounts.models import AddressChange, AuditEvent
from accounts.models.addresses import OPEN_FOR
from tests import factories
from tests.accounts.conftest import path_in

pytestmark = pytest.mark.django_db
PAGE, ANSWER = "/account/email/", "/account/email/bevestigen/"
NEW = "nieuw-adres@voorbeeld.example"


@pytest.fixture
def person(db):
    # Signs in by mail alone, as most do.
    person = factories.make_user()
    person.set_unusable_password()
    person.save()
    return person


@pytest.fixture
def browser(person, home, signed_in):
    return signed_in(person)


def answer(text, *, yes=True):
    browser = Client()
    browser.get(path_in(text, "email/"))
    assert browser.get(ANSWER).status_code == 200
    return browser.post(ANSWER, {"yes" if yes else "no": "1"})


def test_both_agree_and_it_changes(person, browser, mailed, signed_in):
    old, elsewhere = person.email, signed_in(person)
    browser.post(PAGE, {"email": NEW.upper()})
    html = browser.get(PAGE).content.decode()
    assert NEW in html
    assert "nog geen antwoord" in html
    to_old, to_new = mailed(old), mailed(NEW)
    assert NEW in to_old
    answer(to_new.replace("sessions", ""))
    person.refresh_from_db()
    assert person.email == old
    answer(to_old.split("Was u dit niet")[0])
    person.refresh_from_db()
    assert person.email == NEW
    assert list(EmailAddress.objects.values_list("email", "verified", "primary")) == [
        (NEW, True, True)
    ]
    assert not AddressChange.objects.exists()
    assert "veranderd" in mailed(old)
    assert "veranderd" in mailed(NEW)
    steps = [e.details["step"] for e in AuditEvent.objects.filter(what="address").order_by("pk")]
    assert steps == ["asked", "changed"]
    assert elsewhere


def test_looking_at_a_link_does_nothing(person, browser, mailed):
    browser.post(PAGE, {"email": NEW})
    for to in (person.email, NEW):
        scanner = Client()
        scanner.get(path_in(mailed(to).split("Was u dit niet")[0], "email/"), follow=True)
    change = AddressChange.objects.get()
    assert (change.new_agreed_at, change.old_agreed_at) == (None, None)


def test_the_old_address_stops_it(person, browser, mailed):
    browser.post(PAGE, {"email": NEW})
    to_old, to_new = mailed(person.email), mailed(NEW)
    answer(to_old.split("Was u dit niet")[0], yes=False)
    assert not AddressChange.objects.exists()
    late = Client()
    late.get(path_in(to_new, "email/"))
    assert late.get(ANSWER).status_code == 410


def test_one_withdraws_it(person, browser, mailed):
    browser.post(PAGE, {"email": NEW})
    browser.post("/account/email/intrekken/")
    browser.post("/account/email/intrekken/")
    assert not AddressChange.objects.exists()


def test_it_is_too_old_after_a_day(person, mailed):
    change = addresses.ask(person, NEW)
    token = addresses.link_for(change, addresses.Side.NEW).split("?s=")[1]
    assert addresses.find(token).change == change
    with pytest.raises(addresses.NoLonger):
        addresses.find(token, change.asked_at + OPEN_FOR + timedelta(seconds=1))


def test_asking_again_makes_earlier_links_worthless(person, mailed):
    token = addresses.link_for(addresses.ask(person, NEW), addresses.Side.NEW).split("?s=")[1]
    addresses.ask(person, "weer-anders@voorbeeld.example")
    with pytest.raises(addresses.NoLonger):
        addresses.find(token)


@pytest.mark.parametrize("token", ["", "x", "a:b:c", "W10:1:2", "\u2603"])
def test_a_made_up_link_leads_nowhere(client, home, token):
    with pytest.raises(addresses.NoLonger):
        addresses.find(token)
    client.get(ANSWER, {"s": token})
    assert client.get(ANSWER).status_code == 410


def test_somebody_elses_address_gets_the_same_answer_and_never_changes(person, browser, mailed):
    other = factories.make_user()
    taken = browser.post(PAGE, {"email": other.email})
    page = browser.get(PAGE).content.decode().replace(other.email, "")
    text = mailed(other.email)
    assert "bevestigen" not in text
    browser.post("/account/email/intrekken/")
    browser.get(PAGE)
    free = browser.post(PAGE, {"email": NEW})
    assert (taken.status_code, taken.url) == (free.status_code, free.url)
    assert len(browser.get(PAGE).content.decode().replace(NEW, "")) == len(page)


def test_an_address_that_became_somebody_elses_meanwhile(person, mailed):
    change = addresses.ask(person, NEW)
    old = person.email
    factories.make_user(NEW)
    addresses.agree(addresses.Asked(change, addresses.Side.NEW))
    with pytest.raises(addresses.NoLonger):
        addresses.agree(addresses.Asked(change, addresses.Side.OLD))
    person.refresh_from_db()
    assert person.email == old


@pytest.mark.parametrize("email", ["", "geen adres", "x" * 250 + "@y.example"])
def test_what_is_no_address_is_said(browser, email, mailoutbox):
    response = browser.post(PAGE, {"email": email})
    assert response.status_code == 422
    assert mailoutbox == []


def test_who_has_a_password_shows_it_first(user, home, signed_in):
    response = signed_in(user).post(PAGE, {"email": NEW})
    assert "reauthenticate" in response.url
    assert not AddressChange.objects.exists()


def test_not_too_often(person, browser):
    statuses = [
        browser.post(PAGE, {"email": f"x{n}@voorbeeld.example"}).status_code for n in range(6)
    ]
    assert statuses == [302] * 5 + [429]
