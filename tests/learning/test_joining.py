"""Joining by oneself: through a link with a code, or with an address of a known domain."""

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from learning import entry_mail, joining, retention, tokens
from learning.mail.messages import absolute
from learning.mail.sending import deliver_waiting
from learning.models import JoinLink, JoinRequest, Membership, MunicipalitySettings
from learning.roles import Role
from tests import factories
from tests.mails import link_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("mail_at_once")]

INVITE = "/gemeente/utrecht/uitnodigen/"
REQUESTS = "/gemeente/utrecht/uitnodigen/aanvragen/"
SIGN_UP = "/account/signup/"
KNOWN = "raad@utrecht.example"
OTHER = "iemand@elders.example"
Status = JoinRequest.Status


@pytest.fixture
def utrecht(home):
    place = factories.make_municipality("Utrecht")
    MunicipalitySettings.objects.create(municipality=place, email_domains=["utrecht.example"])
    return place


@pytest.fixture
def zwolle(home):
    return factories.make_municipality("Zwolle")


@pytest.fixture
def clerk(utrecht):
    return factories.make_monitor(utrecht, name="Marit Griffier")


@pytest.fixture
def monitor(clerk, signed_in):
    return signed_in(clerk)


@pytest.fixture
def link(utrecht, clerk):
    return joining.make_link(utrecht, Role.COUNCIL_MEMBER, by=clerk, days=14)


def text(response):
    return response.content.decode()


def ask(client, link, email=KNOWN, name="Nina Lid"):
    """Scan the code and fill in the form."""
    response = client.get(joining.address_of(link))
    assert (response.status_code, response.url) == (302, "/meedoen/")
    return client.post("/meedoen/", {"name": name, "email": email})


def confirm(client, mail, **choice):
    """Press the button in the mail, and the one on the page."""
    response = client.get(link_in(mail))
    assert response.url == "/meedoen/bevestigen/"
    assert client.get(response.url).status_code == 200
    return client.post(response.url, choice)


def waiting(place, email=OTHER, name="Wil Graag"):
    """Somebody who has confirmed and waits."""
    return joining.settle(factories.make_user(email, name=name), place, Role.STAFF, link=None)


def test_a_known_domain_joins_at_once(utrecht, link, client, mailoutbox):
    assert ask(client, link).url == "/meedoen/mail/"
    # Nothing has happened before the address is confirmed.
    assert not User.objects.filter(email=KNOWN).exists()
    assert not Membership.objects.exists()
    (mail,) = mailoutbox
    assert mail.to == [KNOWN]
    assert "Nina" not in mail.body
    client.get(link_in(mail))
    client.get("/meedoen/bevestigen/")
    assert not Membership.objects.exists()
    assert confirm(client, mail).url == "/mijn/"
    person = User.objects.get(email=KNOWN)
    assert (person.name, person.has_usable_password()) == ("Nina Lid", False)
    membership = Membership.objects.get()
    assert (membership.person, membership.municipality, membership.role) == (
        person,
        utrecht,
        Role.COUNCIL_MEMBER,
    )
    assert client.session["_auth_user_id"] == str(person.pk)
    assert JoinRequest.objects.get().status == Status.JOINED


def test_another_domain_waits_until_a_monitor_approves(utrecht, link, client, monitor, mailoutbox):
    ask(client, link, OTHER)
    confirm(client, mailoutbox[0])
    assert not Membership.objects.exists()
    request = JoinRequest.objects.get()
    assert (request.status, request.name, request.email) == (Status.WAITING, "", "")
    assert "1 persoon wacht" in text(monitor.get(INVITE))
    page = text(monitor.get(REQUESTS))
    assert "Nina Lid" in page
    assert OTHER in page
    monitor.post(REQUESTS, {"request": request.pk, "decision": "approve"})
    assert Membership.objects.get().person == request.person
    deliver_waiting(most=10)
    assert mailoutbox[-1].to == [OTHER]
    assert "goedgekeurd" in mailoutbox[-1].body
    assert link_in(mailoutbox[-1]) == "/mijn/"
    request.refresh_from_db()
    assert request.decided_by.name == "Marit Griffier"


def test_the_same_answer_and_the_same_mail_for_known_and_unknown(
    utrecht, link, client, signed_in, mailoutbox
):
    factories.make_user(KNOWN, name="Bestaat Al")
    answers = [ask(client, link, email) for email in (KNOWN, "niemand@utrecht.example")]
    assert {(answer.status_code, answer.url) for answer in answers} == {(302, "/meedoen/mail/")}
    bodies = [re.sub(r"s=\S+", "", mail.body) for mail in mailoutbox]
    assert bodies[0] == bodies[1]
    assert mailoutbox[0].subject == mailoutbox[1].subject


def test_a_mailed_link_never_signs_in_to_an_account_that_exists(utrecht, link, client, mailoutbox):
    person = factories.make_user(KNOWN, name="Bestaat Al")
    ask(client, link, name="Ander Mens")
    assert confirm(client, mailoutbox[0]).url == "/account/login/"
    assert "_auth_user_id" not in client.session
    person.refresh_from_db()
    assert person.name == "Bestaat Al"
    assert Membership.objects.get().person == person


def test_who_is_signed_in_confirms_once_and_joins_by_a_press_afterwards(
    zwolle, link, clerk, signed_in, mailoutbox
):
    person = factories.make_user(KNOWN)
    client = signed_in(person)
    client.get(joining.address_of(link))
    assert client.get("/meedoen/").status_code == 200
    assert client.post("/meedoen/").url == "/meedoen/mail/"
    assert confirm(client, mailoutbox[0]).url == "/mijn/"
    assert Membership.objects.count() == 1
    other = joining.make_link(zwolle, Role.STAFF, by=clerk, days=1)
    client.get(joining.address_of(other))
    assert client.post("/meedoen/").url == "/mijn/"
    assert len(mailoutbox) == 1
    # Zwolle does not know the domain.
    assert JoinRequest.objects.waiting().get().municipality == zwolle
    client.get(joining.address_of(other))
    client.post("/meedoen/")
    assert JoinRequest.objects.waiting().count() == 1


def test_a_press_by_somebody_else_who_is_signed_in_is_not_theirs(
    utrecht, link, client, signed_in, mailoutbox
):
    ask(client, link, OTHER)
    bystander = factories.make_user()
    browser = signed_in(bystander)
    assert confirm(browser, mailoutbox[0]).url == "/mijn/"
    assert browser.session["_auth_user_id"] == str(User.objects.get(email=OTHER).pk)
    assert not JoinRequest.objects.filter(person=bystander).exists()


def test_a_confirmation_works_once_and_for_a_day(utrecht, link, client, mailoutbox):
    ask(client, link)
    path = link_in(mailoutbox[0])
    confirm(client, mailoutbox[0])
    client.logout()
    client.get(path)
    assert client.post("/meedoen/bevestigen/").status_code == 410
    assert Membership.objects.count() == 1
    ask(client, link, OTHER)
    JoinRequest.objects.filter(email=OTHER).update(expires_at=timezone.now())
    client.get(link_in(mailoutbox[1]))
    assert client.post("/meedoen/bevestigen/").status_code == 410
    assert not User.objects.filter(email=OTHER).exists()


def test_asking_again_stops_the_earlier_mail(utrecht, link, client, mailoutbox):
    ask(client, link)
    ask(client, link)
    client.get(link_in(mailoutbox[0]))
    assert client.post("/meedoen/bevestigen/").status_code == 410
    assert confirm(client, mailoutbox[1]).url == "/mijn/"


def test_a_withdrawn_or_old_link_lets_nobody_in(utrecht, link, client, monitor, mailoutbox):
    ask(client, link)
    address = f"{INVITE}link/{link.pk}/intrekken/"
    assert monitor.get(address).status_code == 200
    assert JoinLink.objects.valid().exists()
    monitor.post(address)
    assert client.get("/meedoen/").status_code == 410
    assert client.post("/meedoen/", {"name": "N", "email": OTHER}).status_code == 410
    # Neither whoever had asked before, and had not confirmed yet.
    client.get(link_in(mailoutbox[0]))
    assert client.post("/meedoen/bevestigen/").status_code == 410
    JoinLink.objects.update(withdrawn_at=None, expires_at=timezone.now())
    assert client.get("/meedoen/").status_code == 410
    assert not Membership.objects.exists()


@pytest.mark.parametrize("token", ["", "x", "0" * 26, "z" * 5000, "%00", "é"])
def test_a_made_up_token_opens_nothing(utrecht, link, client, token):
    for path, parameter in (("/meedoen/", "c"), ("/meedoen/bevestigen/", "s")):
        client.get(path, {parameter: token})
        assert client.get(path).status_code == 410
        assert client.post(path, {"name": "N", "email": OTHER}).status_code == 410


def test_one_address_gets_few_mails_and_nobody_is_told(utrecht, link, client, mailoutbox):
    answers = {ask(client, link, name=f"Keer {n}").url for n in "abcdefgh"}
    assert answers == {"/meedoen/mail/"}
    assert len(mailoutbox) == 4


@pytest.mark.parametrize(
    "wrong",
    [
        {"email": "geen adres"},
        {"email": ""},
        {"name": ""},
        {"name": "Kom naar https://kwaad.example"},
        {"name": "<script>alert(1)</script>"},
    ],
)
def test_what_is_wrong_is_told_and_kept(utrecht, link, client, mailoutbox, wrong):
    client.get(joining.address_of(link))
    response = client.post("/meedoen/", {"name": "Nina Lid", "email": KNOWN} | wrong)
    assert response.status_code == 422
    assert not mailoutbox
    assert "<script>alert" not in text(response)


def test_a_monitor_makes_a_link_with_a_code_to_print(utrecht, monitor, clerk):
    response = monitor.post(f"{INVITE}link/", {"link-role": "wethouder", "link-days": "7"})
    link = JoinLink.objects.get()
    assert response.url == f"{INVITE}link/{link.pk}/"
    assert (link.municipality, link.role, link.made_by) == (utrecht, "wethouder", clerk)
    assert timedelta(days=6) < link.expires_at - timezone.now() <= timedelta(days=7)
    page = text(monitor.get(response.url))
    assert absolute(joining.address_of(link)) in page
    assert 'class="rv-qr"' in page
    assert "style=" not in page
    # What is stored opens nothing.
    token = tokens.shared(link.seed)
    assert token not in str(list(JoinLink.objects.values()))
    assert token in joining.address_of(link)


def test_after_a_change_of_key_a_link_still_works_but_cannot_be_shown(
    utrecht, link, monitor, client, settings
):
    path = joining.address_of(link)
    settings.SECRET_KEY = "een-andere-sleutel"
    assert joining.address_of(link) == ""
    client.get(path)
    assert client.get("/meedoen/").status_code == 200


@pytest.mark.parametrize("data", [{"link-role": "koning"}, {"link-role": ""}, {"link-days": "999"}])
def test_a_link_of_which_something_is_wrong_is_not_made(monitor, data):
    response = monitor.post(f"{INVITE}link/", {"link-role": "raadslid", "link-days": "14"} | data)
    assert response.status_code == 422
    assert not JoinLink.objects.exists()


def test_signing_up_with_a_known_domain_waits_for_approval(utrecht, client, monitor, mailoutbox):
    data = {"name": "Nina Lid", "email": KNOWN, "role": "medewerker"}
    assert client.post(SIGN_UP, data).url == "/meedoen/mail/"
    assert "Utrecht" not in mailoutbox[0].body
    assert confirm(client, mailoutbox[0]).url == "/mijn/"
    request = JoinRequest.objects.get()
    assert (request.municipality, request.role, request.status) == (
        utrecht,
        "medewerker",
        Status.WAITING,
    )
    assert not Membership.objects.exists()
    monitor.post(REQUESTS, {"all": "yes", "decision": "approve"})
    assert Membership.objects.get().role == Role.STAFF


def test_signing_up_answers_alike_whether_or_not_an_address_is_known(utrecht, client, mailoutbox):
    factories.make_user(KNOWN)
    factories.make_user(OTHER)
    new = {"name": "N", "role": "raadslid"}

    def answer(email):
        response = client.post(SIGN_UP, new | {"email": email})
        body = re.sub(r'value="[^"]*"', "", text(response)) if response.content else ""
        return response.status_code, response.headers.get("Location"), body

    assert answer(KNOWN) == answer("niemand@utrecht.example")
    assert answer(OTHER) == answer("niemand@elders.example")
    assert answer(OTHER)[0] == 422
    assert len(mailoutbox) == 2


def test_allauths_own_way_of_signing_up_is_shut(utrecht, client):
    data = {"email": KNOWN, "password1": factories.PASSWORD, "password2": factories.PASSWORD}
    client.post(SIGN_UP, data)
    assert not User.objects.filter(email=KNOWN).exists()


def test_where_two_municipalities_share_a_domain_one_chooses(utrecht, zwolle, client, mailoutbox):
    MunicipalitySettings.objects.create(municipality=zwolle, email_domains=["utrecht.example"])
    client.post(SIGN_UP, {"name": "N", "email": KNOWN, "role": "raadslid"})
    assert confirm(client, mailoutbox[0]).status_code == 422
    # A municipality that does not know the domain cannot be chosen.
    factories.make_municipality("Verweg")
    assert client.post("/meedoen/bevestigen/", {"municipality": "verweg"}).status_code == 422
    assert not User.objects.filter(email=KNOWN).exists()
    assert client.post("/meedoen/bevestigen/", {"municipality": "zwolle"}).url == "/mijn/"
    assert JoinRequest.objects.get().municipality == zwolle


def test_refusing_asks_first_and_tells_by_mail(utrecht, monitor, mailoutbox):
    request = waiting(utrecht)
    page = monitor.post(REQUESTS, {"request": request.pk, "decision": "refuse"})
    assert "Wil Graag" in text(page)
    assert JoinRequest.objects.waiting().exists()
    monitor.post(REQUESTS, {"request": request.pk, "decision": "refuse", "sure": "yes"})
    request.refresh_from_db()
    assert request.status == Status.REFUSED
    assert not Membership.objects.exists()
    deliver_waiting(most=10)
    assert mailoutbox[-1].to == [OTHER]
    assert "niet goedgekeurd" in mailoutbox[-1].body
    # They may ask again, and a second press of a stale page does nothing.
    joining.settle(request.person, utrecht, Role.STAFF, link=None)
    assert not joining.decide(request, by=request.decided_by, approved=True)
    assert JoinRequest.objects.waiting().count() == 1


def test_some_are_approved_and_the_others_wait(utrecht, monitor):
    one, two, three = (waiting(utrecht, f"{n}@elders.example") for n in "abc")
    ticked = {"request": [one.pk, two.pk, "x", "-1"], "decision": "approve"}
    assert "2 mensen" in text(monitor.post(REQUESTS, ticked, follow=True))
    assert list(JoinRequest.objects.waiting()) == [three]
    monitor.post(REQUESTS, ticked)
    assert Membership.objects.count() == 2
    monitor.post(REQUESTS, {"decision": "approve"})
    assert Membership.objects.count() == 2


def test_a_neighbour_decides_and_reads_nothing(utrecht, zwolle, link, signed_in):
    request = waiting(utrecht)
    neighbour = signed_in(factories.make_monitor(zwolle))
    mine = waiting(zwolle, "mijn@elders.example", "Mijn Mens")
    address = "/gemeente/zwolle/uitnodigen/aanvragen/"
    assert "Wil Graag" not in text(neighbour.get(address))
    for data in (
        {"request": request.pk, "decision": "approve"},
        {"request": request.pk, "decision": "refuse", "sure": "yes"},
        {"request": [request.pk, mine.pk], "decision": "approve"},
        {"all": "yes", "decision": "approve"},
    ):
        neighbour.post(address, data)
        assert neighbour.post(REQUESTS, data).status_code == 403
    request.refresh_from_db()
    assert request.status == Status.WAITING
    assert Membership.objects.get().municipality == zwolle
    for slug, expected in (("utrecht", 403), ("zwolle", 404)):
        page = f"/gemeente/{slug}/uitnodigen/link/{link.pk}/"
        assert neighbour.get(page).status_code == expected
        assert neighbour.get(f"{page}intrekken/").status_code == expected
        assert neighbour.post(f"{page}intrekken/").status_code == expected
    data = {"link-role": "raadslid", "link-days": "14", "municipality": utrecht.pk}
    assert neighbour.post(f"{INVITE}link/", data).status_code == 403
    assert JoinLink.objects.valid().count() == 1


def test_requests_go_along_when_a_municipality_merges(utrecht, zwolle, signed_in):
    request = waiting(utrecht)
    utrecht.successor, utrecht.merged_on = zwolle, timezone.localdate()
    utrecht.save()
    client = signed_in(factories.make_monitor(zwolle))
    assert client.get(REQUESTS).url == "/gemeente/zwolle/uitnodigen/aanvragen/"
    client.post(
        "/gemeente/zwolle/uitnodigen/aanvragen/", {"request": request.pk, "decision": "approve"}
    )
    assert Membership.objects.get().municipality == zwolle


def test_somebody_switched_off_does_not_come_in_by_a_link(utrecht, link, client, mailoutbox):
    factories.make_user(KNOWN, is_active=False)
    ask(client, link)
    assert confirm(client, mailoutbox[0]).status_code == 410
    assert not Membership.objects.exists()


def test_whose_address_was_changed_since_is_still_the_same_person(
    utrecht, link, client, mailoutbox
):
    person = factories.make_user(OTHER)
    EmailAddress.objects.create(user=person, email=KNOWN, verified=True, primary=True)
    ask(client, link)
    confirm(client, mailoutbox[0])
    assert JoinRequest.objects.get().person == person
    assert not User.objects.filter(email=KNOWN).exists()


def test_who_is_a_member_already_stays_one(utrecht, link, client, mailoutbox):
    person = factories.make_member(utrecht, email=OTHER).person
    ask(client, link, OTHER)
    confirm(client, mailoutbox[0])
    assert Membership.objects.get().person == person
    assert not JoinRequest.objects.waiting().exists()


def test_what_led_to_nothing_is_forgotten(utrecht, link):
    joining.ask(email=OTHER, name="N", role=Role.STAFF)
    fresh = joining.ask(email=KNOWN, name="N", role=Role.STAFF)
    waits = waiting(utrecht, "wacht@elders.example")
    now = timezone.now()
    JoinRequest.objects.filter(email=OTHER).update(expires_at=now - timedelta(minutes=1))
    JoinRequest.objects.filter(pk=waits.pk).update(created_at=now - timedelta(days=400))
    JoinLink.objects.update(expires_at=now - timedelta(days=91))
    retention.apply_retention()
    assert set(JoinRequest.objects.all()) == {fresh, waits}
    assert not JoinLink.objects.exists()


def test_the_database_knows_what_a_request_is(utrecht, zwolle):
    request = waiting(utrecht)
    wrong = {"municipality": utrecht, "role": "medewerker", "expires_at": timezone.now()}
    for change in (
        {"status": Status.WAITING},
        {"status": Status.UNCONFIRMED, "person": request.person},
        {"status": Status.WAITING, "person": request.person},
        {"status": Status.JOINED, "person": request.person, "role": "koning"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            JoinRequest.objects.create(**(wrong | change))


def test_queries_do_not_grow_with_requests(utrecht, monitor, django_assert_max_num_queries):
    for n in range(2):
        waiting(utrecht, f"{n}@a.example")
    monitor.get(REQUESTS)
    with django_assert_max_num_queries(12) as few:
        monitor.get(REQUESTS)
    for n in range(9):
        waiting(utrecht, f"{n}@b.example")
    monitor.get(REQUESTS)
    with django_assert_max_num_queries(12) as many:
        monitor.get(REQUESTS)
    assert len(many) == len(few)


def test_who_came_in_without_a_password_gets_back_in_by_a_code(utrecht, link, client, mailoutbox):
    ask(client, link)
    confirm(client, mailoutbox[0])
    client.logout()
    confirming = client.post("/account/login/", {"email": KNOWN}).url
    code = re.search(r"^\s*([A-Z0-9-]{6,9})\s*$", mailoutbox[-1].body, re.MULTILINE).group(1)
    assert client.post(confirming, {"code": code}).url == "/mijn/"


def test_monitors_are_told_once_a_day_that_requests_wait(utrecht, zwolle, clerk, mailoutbox):
    factories.make_monitor(zwolle)
    factories.make_monitor()
    waiting(utrecht)
    waiting(utrecht, "twee@elders.example")
    tomorrow = timezone.localdate() + timedelta(days=1)
    for _ in range(2):
        entry_mail.tell_of_requests(tomorrow)
    deliver_waiting(most=10)
    (mail,) = mailoutbox
    assert mail.to == [clerk.email]
    assert "2 mensen vragen" in mail.body
    assert "Wil Graag" not in mail.body
    assert link_in(mail) == REQUESTS
    # Of the same requests not again the day after.
    entry_mail.tell_of_requests(tomorrow + timedelta(days=1))
    deliver_waiting(most=10)
    assert len(mailoutbox) == 1


@pytest.mark.parametrize("happens", ["decided", "withdrawn"])
def test_nothing_is_told_that_is_no_longer_so(utrecht, clerk, mailoutbox, happens):
    request = waiting(utrecht)
    entry_mail.tell_of_requests(timezone.localdate() + timedelta(days=1))
    if happens == "decided":
        JoinRequest.objects.filter(pk=request.pk).update(status=Status.REFUSED)
    else:
        clerk.monitor_grants.update(withdrawn_at=timezone.now())
    deliver_waiting(most=10)
    assert not mailoutbox


def test_who_waits_sees_where(utrecht, signed_in):
    request = waiting(utrecht)
    assert "ligt bij Utrecht" in text(signed_in(request.person).get("/mijn/"))


def test_an_unknown_address_gets_a_mail_in_our_own_words(home, client, mailoutbox):
    client.post("/account/login/", {"email": OTHER})
    (mail,) = mailoutbox
    assert "Wij kennen dit adres niet" in mail.subject
    assert SIGN_UP in mail.body
    assert "Hello" not in mail.body
