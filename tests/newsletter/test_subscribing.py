"""Asking for the newsletter, confirming, choosing otherwise and leaving."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEvent
from home import form_guard
from learning.anonymising import anonymise
from learning.models import OutgoingMail
from learning.own_data.collecting import collect
from learning.retention import apply_retention
from newsletter import subscribing
from newsletter.models import Subscription, SubscriptionRequest
from newsletter.subscribing import Wish
from tests import factories
from tests.mails import link_in

pytestmark = pytest.mark.django_db

ADDRESS = "/nieuwsbrief/"
EMAIL = "lezer@voorbeeld.example"


def form(**fields):
    return {"email": EMAIL, "rhythm": "weekly", "language": "nl"} | fields


def test_from_asking_to_leaving(client, themes, mailoutbox, mail_at_once):
    answer = client.post(ADDRESS, form(email=" Lezer@Voorbeeld.example ", themes=["integriteit"]))
    assert answer.url == "/nieuwsbrief/mail/"
    assert not Subscription.objects.exists()
    assert mailoutbox[0].to == [EMAIL]
    link = link_in(mailoutbox[0])
    # A program that opens links confirms nothing.
    scanner = Client()
    for _again in range(2):
        assert scanner.get(link, follow=True).status_code == 200
    assert not Subscription.objects.exists()
    browser = Client()
    page = browser.get(link, follow=True)
    assert page.redirect_chain == [("/nieuwsbrief/bevestigen/", 302)]
    assert "Integriteit" in page.content.decode()
    assert EMAIL not in page.content.decode()
    assert browser.post("/nieuwsbrief/bevestigen/").url == "/nieuwsbrief/aangemeld/"
    subscription = Subscription.objects.get()
    assert (subscription.email, subscription.rhythm) == (EMAIL, "weekly")
    assert [theme.name for theme in subscription.themes.all()] == ["Integriteit"]
    assert not SubscriptionRequest.objects.exists()
    # The link worked once.
    assert scanner.post("/nieuwsbrief/bevestigen/").status_code == 410
    stop = subscribing.stop_path(subscription)
    assert client.get(stop).status_code == 200
    assert Subscription.objects.exists()
    assert "U krijgt geen nieuwsbrief meer" in client.post(stop).content.decode()
    assert not Subscription.objects.exists()
    for method in (client.get, client.post):
        assert "U krijgt geen nieuwsbrief meer" in method(stop).content.decode()


def test_leaving_asks_for_no_cookie(subscribe):
    """As a mail program does it (RFC 8058)."""
    strict = Client(enforce_csrf_checks=True)
    stop = subscribing.stop_path(subscribe())
    assert strict.post(stop, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not Subscription.objects.exists()


def test_leaving_calls_back_what_waits(subscribe):
    subscription = subscribe()
    mail = OutgoingMail.objects.create(
        kind=OutgoingMail.Kind.NEWSLETTER, address=subscription.email, dedupe_key="x"
    )
    subscribing.leave(subscription)
    mail.refresh_from_db()
    assert (mail.state, mail.address) == (OutgoingMail.State.CANCELLED, "")


@pytest.mark.parametrize("token", ["x", "a:b:c", "é", "0" * 300])
def test_a_link_that_we_did_not_make(client, subscribe, token):
    subscribe()
    for way in ("stoppen", "keuze"):
        for method in (client.get, client.post):
            assert method(f"/nieuwsbrief/{way}/{token}/").status_code == 410
    client.get(f"/nieuwsbrief/bevestigen/?s={token}")
    assert client.post("/nieuwsbrief/bevestigen/").status_code == 410
    assert Subscription.objects.count() == 1


def test_links_tell_nothing_of_whose_they_are(subscribe, mailoutbox, mail_at_once):
    subscription = subscribe()
    subscribing.ask(EMAIL, Wish("nl", "weekly"))
    assert "lezer" not in link_in(mailoutbox[0])
    assert subscribing.stop_path(subscription).count("lezer") == 0
    token = link_in(mailoutbox[0]).split("s=")[1]
    assert token not in str(SubscriptionRequest.objects.values().get())


def test_choosing_otherwise(client, subscribe, themes):
    subscription = subscribe(themes=themes[:1])
    address = f"/nieuwsbrief/keuze/{subscribing.token_of(subscription)}/"
    soup = BeautifulSoup(client.get(address).content, "html.parser")
    assert [each["value"] for each in soup.select('[name="themes"][checked]')] == ["integriteit"]
    client.post(address, {"rhythm": "monthly", "themes": ["samenwerking"], "language": "en"})
    subscription.refresh_from_db()
    assert (subscription.rhythm, subscription.language) == ("monthly", "en")
    assert list(subscription.themes.all()) == [themes[1]]
    assert client.post(address, {"rhythm": "daily", "language": "nl"}).status_code == 422
    subscription.refresh_from_db()
    assert subscription.rhythm == "monthly"


def test_asking_again_changes_what_one_has_only_when_confirmed(subscribe, mail_at_once):
    before = subscribe()
    request = subscribing.ask(EMAIL, Wish("en", "monthly"))
    assert Subscription.objects.get().rhythm == "weekly"
    subscribing.confirm(request)
    after = Subscription.objects.get()
    assert (after.pk, after.rhythm, after.language) == (before.pk, "monthly", "en")
    assert after.told_until == before.told_until


def test_a_known_address_gets_the_same_answer(subscribe, mailoutbox, mail_at_once):
    subscribe()
    client, found = Client(), {}
    client.post(ADDRESS, form(email="opwarmen@voorbeeld.example"))
    for email in (EMAIL, "ander@voorbeeld.example"):
        with CaptureQueriesContext(connection) as queries:
            answer = client.post(ADDRESS, form(email=email))
        mail = mailoutbox[-1]
        body = mail.body.replace(link_in(mail), "")
        cookies = sorted(answer.cookies)
        found[email] = (answer.status_code, answer.url, cookies, len(queries), mail.subject, body)
    assert len(set(map(str, found.values()))) == 1


def test_an_earlier_link_stops_and_an_old_one_too(client, mailoutbox, mail_at_once, clock, home):
    for _again in range(2):
        client.post(ADDRESS, form())
    first, second = (link_in(mail) for mail in mailoutbox)
    assert client.get(first, follow=True).status_code == 410
    clock.now += timedelta(days=6, hours=23)
    assert client.get(second, follow=True).status_code == 200
    apply_retention()
    assert SubscriptionRequest.objects.count() == 1
    clock.now += timedelta(hours=2)
    assert client.get(second, follow=True).status_code == 410
    with pytest.raises(subscribing.NoLonger):
        subscribing.confirm(SubscriptionRequest.objects.get())
    apply_retention()
    assert not SubscriptionRequest.objects.exists()


def test_one_address_gets_few_mails_and_is_not_told_so(client, mailoutbox, mail_at_once, home):
    answers = {client.post(ADDRESS, form()).url for _again in range(5)}
    assert answers == {"/nieuwsbrief/mail/"}
    assert len(mailoutbox) == 3


def test_too_many_from_one_place_are_told_when_to_come_back(client, settings, home):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"newsletter": "2/h/ip"}
    codes = [
        client.post(ADDRESS, form(email=f"l{number}@x.example")).status_code for number in range(3)
    ]
    assert codes == [302, 302, 429]


def test_who_fills_in_what_nobody_sees_is_told_and_sends_nothing(
    client, mailoutbox, mail_at_once, home
):
    trap = {form_guard.TRAP: "https://spam.example"}
    answer = client.post(ADDRESS, form() | trap)
    assert answer.status_code == 422
    soup = BeautifulSoup(answer.content, "html.parser")
    assert "Een veld dat leeg moet blijven" in soup.select_one(".rv-error-summary").get_text()
    # A browser that filled it in by itself costs a person one more press, and nothing they typed.
    assert not soup.select_one(f'[name="{form_guard.TRAP}"]').get("value")
    assert soup.select_one('[name="email"]')["value"] == EMAIL
    assert mailoutbox == []
    assert not SubscriptionRequest.objects.exists()


@pytest.mark.parametrize(
    "bad",
    [
        {"email": ""},
        {"email": "geen adres"},
        {"email": "a@b.example\nBcc: c@d.example"},
        {"email": f"{'a' * 300}@voorbeeld.example"},
        {"rhythm": "hourly"},
        {"rhythm": ""},
        {"language": "xx"},
        {"themes": ["bestaat-niet"]},
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_lost(client, themes, mailoutbox, bad):
    answer = client.post(ADDRESS, form(rhythm="monthly") | bad)
    assert answer.status_code == 422
    soup = BeautifulSoup(answer.content, "html.parser")
    assert soup.select_one(".rv-error-summary")
    assert soup.title.get_text().startswith("Fout")
    if "email" not in bad:
        assert soup.select_one('[name="email"]')["value"] == EMAIL
    if "rhythm" not in bad:
        assert soup.select_one('[name="rhythm"][checked]')["value"] == "monthly"
    assert mailoutbox == []


def test_the_mail_is_in_the_language_that_was_chosen(client, mailoutbox, mail_at_once, home):
    factories.make_home("en")
    client.post(ADDRESS, form(language="en"))
    assert mailoutbox[0].subject == "Confirm that you want the newsletter"
    assert link_in(mailoutbox[0]).startswith("/en/nieuwsbrief/bevestigen/?s=")


def test_an_address_has_one_subscription(subscribe):
    subscribe()
    with pytest.raises(IntegrityError), transaction.atomic():
        subscribe()


def confirmed(person):
    person.emailaddress_set.update_or_create(
        email=person.email, defaults={"verified": True, "primary": True}
    )
    return person


def test_own_data_tells_of_an_address_that_is_theirs(subscribe, themes):
    subscribe(themes=themes)
    subscribe("ander@voorbeeld.example")
    (row,) = collect(confirmed(factories.make_user(EMAIL)))["newsletter"]
    assert row["email"] == EMAIL
    assert [theme["name"] for theme in row["themes"]] == ["Integriteit", "Samenwerking"]
    # Not of one that they only say is theirs.
    liar = factories.make_user("liegt@voorbeeld.example")
    liar.emailaddress_set.create(email="ander@voorbeeld.example", verified=False)
    assert collect(liar)["newsletter"] == []


def test_who_erases_their_account_gets_no_newsletter(subscribe, mail_at_once):
    subscribe()
    subscribe("ander@voorbeeld.example")
    subscribing.ask(EMAIL, Wish("nl", "monthly"))
    anonymise(factories.make_user(EMAIL))
    assert [each.email for each in Subscription.objects.all()] == ["ander@voorbeeld.example"]
    assert not SubscriptionRequest.objects.exists()
    assert AuditEvent.objects.filter(what=AuditEvent.What.ERASURE).exists()


def test_privacy_says_how_long(public_site, client):
    page = client.get("/privacy/").content.decode()
    assert "Uw adres voor de nieuwsbrief" in page
    assert "tot u stopt" in page


def test_the_news_leads_here(client):
    factories.make_news()
    assert 'href="/nieuwsbrief/"' in client.get("/nieuws/").content.decode()
