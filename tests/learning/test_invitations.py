"""Inviting one person by e-mail, as a member or as a monitor."""

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from learning import invitations, retention
from learning.models import Invitation, Membership, MonitorGrant
from learning.roles import Role
from tests import factories
from tests.mails import link_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("mail_at_once")]

INVITE = "/gemeente/utrecht/uitnodigen/"
MONITORS = "/gemeente/utrecht/volgers/"
ADDRESS = "nieuw.lid@utrecht.example"
PERSON = {"person-name": "Nina Lid", "person-email": ADDRESS, "person-role": "raadslid"}


@pytest.fixture
def utrecht(home):
    return factories.make_municipality("Utrecht")


@pytest.fixture
def zwolle(home):
    return factories.make_municipality("Zwolle")


@pytest.fixture
def clerk(utrecht):
    return factories.make_monitor(utrecht, name="Marit Griffier")


@pytest.fixture
def monitor(clerk, signed_in):
    return signed_in(clerk)


def follow(client, mail):
    """Open the link as a person does, and return the page where that leads."""
    response = client.get(link_in(mail))
    assert response.status_code == 302
    assert "?" not in response.url
    return client.get(response.url)


def text(response):
    return response.content.decode()


def test_who_is_invited_becomes_a_member_by_saying_yes(utrecht, monitor, client, mailoutbox):
    assert monitor.post(INVITE, PERSON).url == INVITE
    (mail,) = mailoutbox
    assert mail.to == [ADDRESS]
    assert "Marit Griffier" in mail.body
    assert "raadslid" in mail.body
    # Nobody is a person or a member by being invited.
    assert not User.objects.filter(email=ADDRESS).exists()
    assert "Nina Lid" in text(monitor.get(INVITE))
    page = follow(client, mail)
    assert "Nina Lid" in text(page)
    assert not Membership.objects.exists()
    assert client.post("/uitnodiging/", {"name": "Nina van Lid"}).url == "/mijn/"
    person = User.objects.get(email=ADDRESS)
    assert (person.name, person.has_usable_password()) == ("Nina van Lid", False)
    membership = Membership.objects.get()
    assert (membership.person, membership.municipality) == (person, utrecht)
    assert membership.role == Role.COUNCIL_MEMBER
    assert EmailAddress.objects.get(user=person).verified
    assert client.session["_auth_user_id"] == str(person.pk)
    assert "Utrecht" in text(client.get("/mijn/"))


def test_the_answer_is_the_same_whoever_has_the_address(utrecht, monitor, mailoutbox):
    factories.make_user(ADDRESS)
    known = monitor.post(INVITE, PERSON, follow=True)
    other = "niemand@utrecht.example"
    unknown = monitor.post(INVITE, PERSON | {"person-email": other}, follow=True)
    assert known.status_code == unknown.status_code
    assert [str(m) for m in known.context["messages"]] == [
        str(m) for m in unknown.context["messages"]
    ]
    assert [mail.to for mail in mailoutbox] == [[ADDRESS], [other]]
    assert mailoutbox[0].subject == mailoutbox[1].subject
    assert not Membership.objects.exists()


def test_who_has_an_account_signs_in_first(utrecht, monitor, client, signed_in, mailoutbox):
    person = factories.make_user(ADDRESS)
    monitor.post(INVITE, PERSON)
    page = text(follow(client, mailoutbox[0]))
    assert "/account/login/?next=/uitnodiging/" in page
    # The link alone never signs in to an account that exists.
    client.post("/uitnodiging/", {"name": "Iemand"})
    assert "_auth_user_id" not in client.session
    assert not Membership.objects.exists()
    client.force_login(person)
    assert client.post("/uitnodiging/").url == "/mijn/"
    assert Membership.objects.get().person == person


def test_who_has_no_password_signs_in_by_a_code_and_is_back_at_the_invitation(
    utrecht, monitor, client, mailoutbox
):
    person = factories.make_user(ADDRESS)
    person.set_unusable_password()
    person.save()
    monitor.post(INVITE, PERSON)
    follow(client, mailoutbox[0])
    page = text(client.get("/account/login/?next=/uitnodiging/"))
    assert '<input type="hidden" name="next" value="/uitnodiging/">' in page
    confirm = client.post("/account/login/", {"email": ADDRESS, "next": "/uitnodiging/"})
    code = re.search(r"^([A-Z0-9-]{6,9})$", mailoutbox[-1].body, re.MULTILINE).group(1)
    assert code not in text(client.get(confirm.url))
    answer = client.post(confirm.url, {"code": code, "next": "/uitnodiging/"})
    assert answer.url == "/uitnodiging/"
    assert client.post("/uitnodiging/").url == "/mijn/"
    assert Membership.objects.get().person == person


def test_nobody_else_can_accept_it(utrecht, monitor, signed_in, mailoutbox):
    monitor.post(INVITE, PERSON)
    stranger = signed_in(factories.make_user())
    page = text(follow(stranger, mailoutbox[0]))
    assert ADDRESS not in page
    assert "ander adres" in page
    assert stranger.post("/uitnodiging/").status_code == 200
    assert not Membership.objects.exists()
    with pytest.raises(invitations.NotForYou):
        invitations.accept(Invitation.objects.get(), factories.make_user())


def test_a_link_works_once(utrecht, monitor, client, mailoutbox):
    monitor.post(INVITE, PERSON)
    path = link_in(mailoutbox[0])
    client.get(path)
    client.post("/uitnodiging/", {"name": "Nina"})
    # Whoever used it may press again; in another browser it opens nothing.
    client.get(path)
    assert client.get("/uitnodiging/").url == "/mijn/"
    client.logout()
    client.get(path)
    assert client.get("/uitnodiging/").status_code == 410
    assert client.post("/uitnodiging/", {"name": "Nina"}).status_code == 410
    assert Membership.objects.count() == 1
    invitation = Invitation.objects.get()
    assert (invitation.name, invitation.email) == ("", "")
    invitations.accept(invitation, User.objects.get(email=ADDRESS))
    assert Membership.objects.count() == 1


@pytest.mark.parametrize("token", ["", "x", "a" * 5000, "%C3%A9", "' or 1=1"])
def test_a_made_up_link_opens_nothing(utrecht, home, client, token):
    client.get("/uitnodiging/", {"s": token})
    assert client.get("/uitnodiging/").status_code == 410
    assert client.post("/uitnodiging/", {"name": "X"}).status_code == 410


def test_an_old_or_withdrawn_invitation_opens_nothing(utrecht, monitor, client, mailoutbox):
    monitor.post(INVITE, PERSON)
    client.get(link_in(mailoutbox[0]))
    Invitation.objects.update(expires_at=timezone.now())
    assert client.post("/uitnodiging/", {"name": "X"}).status_code == 410
    Invitation.objects.update(expires_at=timezone.now() + timedelta(days=1))
    withdraw = f"{INVITE}{Invitation.objects.get().pk}/intrekken/"
    assert "Nina Lid" in text(monitor.get(withdraw))
    assert Invitation.objects.open().exists()
    monitor.post(withdraw)
    assert client.post("/uitnodiging/", {"name": "X"}).status_code == 410
    assert monitor.post(withdraw).status_code == 404
    assert Invitation.objects.get().email == ""
    assert not User.objects.filter(email=ADDRESS).exists()


def test_inviting_again_replaces_the_link(utrecht, monitor, client, mailoutbox):
    monitor.post(INVITE, PERSON)
    monitor.post(INVITE, PERSON | {"person-email": ADDRESS.upper()})
    first, second = mailoutbox
    assert Invitation.objects.count() == 1
    client.get(link_in(first))
    assert client.get("/uitnodiging/").status_code == 410
    assert follow(client, second).status_code == 200


def test_only_the_hash_of_a_token_is_kept(utrecht, monitor, mailoutbox):
    monitor.post(INVITE, PERSON)
    token = link_in(mailoutbox[0]).partition("=")[2]
    assert len(token) >= 43
    assert token not in str(list(Invitation.objects.values()))


@pytest.mark.parametrize(
    "changes",
    [
        {"person-email": "geen adres"},
        {"person-email": f"{'a' * 300}@utrecht.example"},
        {"person-role": "koning"},
        {"person-role": ""},
        {"person-name": ""},
        {"person-name": "Klik op https://kwaad.example"},
        {"person-name": "<script>alert(1)</script>"},
        {"person-name": "x" * 151},
    ],
)
def test_what_is_wrong_sends_nothing_and_keeps_what_was_typed(
    utrecht, monitor, mailoutbox, changes
):
    response = monitor.post(INVITE, PERSON | changes)
    assert response.status_code == 422
    assert not mailoutbox
    assert not Invitation.objects.exists()
    assert "<script>alert" not in text(response)
    if "person-email" not in changes:
        assert ADDRESS in text(response)


def test_a_name_cannot_break_the_heads_of_a_mail(utrecht, monitor, mailoutbox):
    monitor.post(INVITE, PERSON | {"person-name": "Nina\r\nBcc", "person-email": ADDRESS})
    for mail in mailoutbox:
        assert set(mail.recipients()) == {ADDRESS}
        assert "\n" not in mail.subject


def test_too_many_invitations_have_to_wait(utrecht, monitor, mailoutbox):
    answers = [
        monitor.post(INVITE, PERSON | {"person-email": f"p{n}@utrecht.example"}).status_code
        for n in range(62)
    ]
    assert answers[:60] == [302] * 60
    assert answers[60:] == [429, 429]
    assert len(mailoutbox) == 60


def test_a_colleague_becomes_a_monitor_only_after_saying_yes(utrecht, monitor, client, mailoutbox):
    monitor.post(MONITORS, {"name": "Coen Collega", "email": "collega@utrecht.example"})
    assert MonitorGrant.objects.count() == 1
    page = text(monitor.get(MONITORS))
    assert "Coen Collega" in page
    assert "gekozen" not in mailoutbox[0].subject
    assert "Utrecht" in text(follow(client, mailoutbox[0]))
    client.post("/uitnodiging/", {"name": "Coen Collega"})
    # First a second step; then the municipality.
    assert client.get("/gemeente/utrecht/").url == "/account/2fa/?next=%2Fgemeente%2Futrecht%2F"
    client.force_login(User.objects.get(email="collega@utrecht.example"))
    assert client.get("/gemeente/utrecht/").status_code == 200
    assert not Membership.objects.exists()
    assert MonitorGrant.objects.active().filter(municipality=utrecht).count() == 2


def test_an_invitation_to_watch_can_be_withdrawn(utrecht, monitor, client, mailoutbox):
    monitor.post(MONITORS, {"name": "Coen", "email": "collega@utrecht.example"})
    invitation = Invitation.objects.get()
    # It is not among the members' invitations, nor the other way round.
    assert monitor.post(f"{INVITE}{invitation.pk}/intrekken/").status_code == 404
    address = f"{MONITORS}uitnodiging/{invitation.pk}/intrekken/"
    assert "collega@utrecht.example" in text(monitor.get(address))
    assert monitor.post(address).url == MONITORS
    client.get(link_in(mailoutbox[0]))
    assert client.get("/uitnodiging/").status_code == 410


def test_a_neighbour_cannot_touch_an_invitation(utrecht, zwolle, monitor, signed_in):
    neighbour = signed_in(factories.make_monitor(zwolle))
    monitor.post(INVITE, PERSON)
    monitor.post(MONITORS, {"name": "Coen", "email": "collega@utrecht.example"})
    member, colleague = Invitation.objects.order_by("pk")
    for slug, expected in (("utrecht", 403), ("zwolle", 404)):
        for path in (
            f"uitnodigen/{member.pk}/intrekken/",
            f"volgers/uitnodiging/{colleague.pk}/intrekken/",
        ):
            address = f"/gemeente/{slug}/{path}"
            assert neighbour.get(address).status_code == expected
            assert neighbour.post(address).status_code == expected
    assert neighbour.post(INVITE, PERSON | {"person-email": "x@y.example"}).status_code == 403
    assert "Nina" not in text(neighbour.get("/gemeente/zwolle/uitnodigen/"))
    assert "Coen" not in text(neighbour.get("/gemeente/zwolle/volgers/"))
    assert Invitation.objects.open().count() == 2


def test_an_invitation_of_a_municipality_that_merges_leads_to_its_successor(
    utrecht, zwolle, monitor, client, mailoutbox
):
    monitor.post(INVITE, PERSON)
    utrecht.successor, utrecht.merged_on = zwolle, timezone.localdate()
    utrecht.save()
    assert "Zwolle" in text(follow(client, mailoutbox[0]))
    client.post("/uitnodiging/", {"name": "Nina"})
    assert Membership.objects.get().municipality == zwolle


def test_what_led_to_nothing_is_forgotten(utrecht, clerk):
    make = lambda email: invitations.invite(  # noqa: E731  short for four of them
        utrecht, by=clerk, email=email, name="N", role=Role.STAFF
    )
    late, long_ago, fresh = (make(f"{n}@utrecht.example") for n in ("laat", "lang", "vers"))
    now = timezone.now()
    Invitation.objects.filter(pk=late.pk).update(expires_at=now - timedelta(days=2))
    invitations.withdraw(long_ago)
    Invitation.objects.filter(pk=long_ago.pk).update(created_at=now - timedelta(days=91))
    retention.apply_retention()
    assert list(Invitation.objects.all()) == [fresh]


def test_the_database_knows_what_an_invitation_is(utrecht, clerk):
    soon = timezone.now() + timedelta(days=1)
    odd = {"municipality": utrecht, "token_hash": "x", "expires_at": soon, "email": ADDRESS}
    for wrong in ({"purpose": "monitor", "role": "raadslid"}, {"purpose": "member", "role": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Invitation.objects.create(**odd, **wrong)
    Invitation.objects.create(**odd, purpose="monitor")
    with pytest.raises(IntegrityError), transaction.atomic():
        Invitation.objects.create(**(odd | {"token_hash": "y"}), purpose="monitor")


def test_queries_do_not_grow_with_invitations(
    utrecht, monitor, clerk, django_assert_max_num_queries
):
    for n in range(3):
        invitations.invite(utrecht, by=clerk, email=f"{n}@a.example", name="N", role=Role.STAFF)
    monitor.get(INVITE)
    with django_assert_max_num_queries(14) as few:
        monitor.get(INVITE)
    for n in range(9):
        invitations.invite(utrecht, by=clerk, email=f"{n}@b.example", name="N", role=Role.STAFF)
    with django_assert_max_num_queries(14) as many:
        monitor.get(INVITE)
    assert len(many) == len(few)
