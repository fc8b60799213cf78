"""Signing up for a meeting, waiting, cancelling, moving up."""

from datetime import timedelta

import pytest
from django.core import mail as post
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from learning.anonymising import anonymise
from learning.mail.sending import deliver_waiting
from learning.models import OutgoingMail
from learning.roles import Role
from meetings.models import Occasion, SignUp
from meetings.occasions import fill_up_meetings
from meetings.rules.moments import Refusal
from meetings.signing_up import Refused, cancel, sign_up
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(home):
    return factories.make_meeting(maximum=2, title="De kennismaking")


@pytest.fixture
def people(meeting):
    place = factories.make_municipality("Utrecht")
    return [factories.make_member(place).person for _ in range(4)]


def seats(meeting):
    rows = SignUp.objects.filter(occasion__key=meeting.translation_key).in_order()
    return {row.person_id: row.seat for row in rows}


def said():
    """What was mailed since the last time, as (to, subject)."""
    post.outbox.clear()
    deliver_waiting()
    return [(message.to[0], message.subject) for message in post.outbox]


def test_who_comes_first_has_a_place_and_the_rest_waits(meeting, people):
    for person in people:
        sign_up(person, meeting.translation_key)
    assert list(seats(meeting).values()) == [1, 2, None, None]
    subjects = [subject for _to, subject in said()]
    assert (
        subjects
        == ["U hebt een plaats: De kennismaking"] * 2
        + ["U staat op de wachtlijst: De kennismaking"] * 2
    )


def test_signing_up_twice_is_once(meeting, people):
    first = sign_up(people[0], meeting.translation_key)
    assert sign_up(people[0], meeting.translation_key) == first
    assert len(said()) == 1


def test_a_place_that_comes_free_goes_to_who_waits_longest(meeting, people):
    for person in people:
        sign_up(person, meeting.translation_key)
    said()
    assert cancel(people[0], meeting.translation_key)
    assert seats(meeting) == {people[1].pk: 2, people[2].pk: 1, people[3].pk: None}
    assert said() == [(people[2].email, "Er is een plaats voor u: De kennismaking")]
    # Twice is once: nobody moves up for it.
    assert not cancel(people[0], meeting.translation_key)
    assert (seats(meeting)[people[3].pk], said()) == (None, [])


def test_who_comes_back_waits_at_the_end(meeting, people):
    for person in people:
        sign_up(person, meeting.translation_key)
    cancel(people[0], meeting.translation_key)
    sign_up(people[0], meeting.translation_key)
    cancel(people[1], meeting.translation_key)
    assert seats(meeting)[people[3].pk] == 2
    assert seats(meeting)[people[0].pk] is None


def test_more_places_fill_up_and_fewer_send_nobody_away(meeting, people):
    for person in people:
        sign_up(person, meeting.translation_key)
    said()
    meeting.maximum = 3
    meeting.save_revision().publish()
    assert list(seats(meeting).values()) == [1, 2, 3, None]
    assert [to for to, _subject in said()] == [people[2].email]
    meeting.maximum = 1
    meeting.save_revision().publish()
    assert list(seats(meeting).values()) == [1, 2, 3, None]
    assert said() == []


def test_a_place_of_who_was_erased_is_given_again(meeting, people):
    for person in people:
        sign_up(person, meeting.translation_key)
    said()
    anonymise(people[1])
    fill_up_meetings()
    assert seats(meeting) == {people[0].pk: 1, people[2].pk: 2, people[3].pk: None}
    assert [to for to, _subject in said()] == [people[2].email]


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"is_cancelled": True, "cancelled_because": "Ziek"}, Refusal.CANCELLED),
        ({"sign_up_until": timezone.now() - timedelta(hours=1)}, Refusal.CLOSED),
        ({"starts_at": timezone.now() - timedelta(hours=1)}, Refusal.CLOSED),
        ({"roles": [Role.ALDERMAN.value]}, Refusal.OTHER_ROLE),
    ],
)
def test_when_one_cannot_sign_up(meeting, people, changes, why):
    for name, value in changes.items():
        setattr(meeting, name, value)
    meeting.save_revision().publish()
    with pytest.raises(Refused) as refused:
        sign_up(people[0], meeting.translation_key)
    assert refused.value.why is why
    assert not SignUp.objects.exists()


def test_once_it_has_begun_nobody_cancels_or_moves_up(meeting, people):
    for person in people:
        sign_up(person, meeting.translation_key)
    Occasion.objects.update(starts_at=timezone.now() - timedelta(minutes=1))
    assert not cancel(people[0], meeting.translation_key)
    assert len(seats(meeting)) == 4


def test_the_database_itself_gives_no_seat_twice(meeting, people):
    one, other = (sign_up(person, meeting.translation_key) for person in people[:2])
    other.seat = one.seat
    with pytest.raises(IntegrityError), transaction.atomic():
        other.save()
    with pytest.raises(IntegrityError), transaction.atomic():
        SignUp.objects.create(occasion=one.occasion, person=people[0])
    with pytest.raises(IntegrityError), transaction.atomic():
        SignUp.objects.filter(pk=one.pk).update(seat=None, attended=True)


def test_a_visitor_signs_in_and_comes_back(client, meeting):
    page = client.get(meeting.url)
    assert f"{meeting.url}aanmelden/" in page.content.decode()
    answer = client.get(f"{meeting.url}aanmelden/")
    assert answer.url == f"/account/login/?next={meeting.url}aanmelden/"


def test_on_the_site_from_first_look_to_cancelling(signed_in, meeting, people):
    browser = signed_in(people[0])
    asks = browser.get(f"{meeting.url}aanmelden/").content.decode()
    # Before anything is sent one knows who will see what.
    assert "Wie ziet dat u komt" in asks
    assert "uw naam, uw rol en uw gemeente" in asks
    for _twice in range(2):
        answer = browser.post(f"{meeting.url}aanmelden/", follow=True)
        assert answer.redirect_chain == [(meeting.url, 302)]
        assert "U hebt een plaats" in answer.content.decode()
    assert SignUp.objects.count() == 1
    assert browser.get("/mijn/bijeenkomsten/").content.decode().count("De kennismaking") >= 1
    assert "Ja, afmelden" in browser.get(f"{meeting.url}afmelden/").content.decode()
    for _twice in range(2):
        assert browser.post(f"{meeting.url}afmelden/").url == meeting.url
    assert not SignUp.objects.exists()


def test_what_is_at_the_same_time_is_said_before_and_after(signed_in, meeting, people):
    other = factories.make_meeting(title="De andere", starts_at=meeting.starts_at)
    later = factories.make_meeting(title="De latere", starts_at=meeting.ends_at)
    browser = signed_in(people[0])
    for each in (meeting, later):
        sign_up(people[0], each.translation_key)
    asks = browser.get(f"{other.url}aanmelden/").content.decode()
    assert "De kennismaking" in asks
    assert "De latere" not in asks
    sign_up(people[0], other.translation_key)
    assert "Tegelijk met: De andere" in browser.get("/mijn/bijeenkomsten/").content.decode()


def test_in_another_role_it_says_for_whom_it_is(signed_in, meeting, people):
    meeting.roles = [Role.ALDERMAN.value]
    meeting.save_revision().publish()
    browser = signed_in(people[0])
    asks = browser.get(f"{meeting.url}aanmelden/").content.decode()
    assert "wethouder" in asks
    assert "Meld mij aan" not in asks
    answer = browser.post(f"{meeting.url}aanmelden/", follow=True).content.decode()
    assert "Deze bijeenkomst is voor" in answer
    assert not SignUp.objects.exists()


def test_too_often_is_told(signed_in, meeting, people, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"meeting": "2/h/user"}
    browser = signed_in(people[0])
    codes = [browser.post(f"{meeting.url}aanmelden/").status_code for _ in range(3)]
    assert codes == [302, 302, 429]


def test_a_mail_that_is_no_longer_true_does_not_leave(meeting, people):
    sign_up(people[0], meeting.translation_key)
    cancel(people[0], meeting.translation_key)
    assert said() == []
    assert set(OutgoingMail.objects.values_list("state", flat=True)) == {"cancelled"}


def test_the_link_of_an_online_meeting_is_for_who_has_a_place_and_shortly_before(
    signed_in, client, people
):
    link = "https://vergadering.voorbeeld.example/geheim"
    soon = factories.make_meeting(in_days=0.5, way="online", online_url=link, maximum=1)
    later = factories.make_meeting(in_days=3, way="online", online_url=link)
    for each in (soon, later):
        sign_up(people[0], each.translation_key)
    sign_up(people[1], soon.translation_key)

    def shows(browser, page):
        return link in browser.get(page.url).content.decode()

    assert shows(signed_in(people[0]), soon)
    # Too early, on the waiting list, somebody else, nobody.
    assert not shows(signed_in(people[0]), later)
    assert not shows(signed_in(people[1]), soon)
    assert not shows(signed_in(people[2]), soon)
    assert not shows(client, soon)
    for name in ("bijeenkomst.ics",):
        assert link not in client.get(f"{soon.url}{name}").content.decode()


def test_pages_ask_as_much_for_many_as_for_few(signed_in, meeting, people):
    browser = signed_in(people[0])
    addresses = (meeting.url, "/bijeenkomsten/", "/mijn/bijeenkomsten/", f"{meeting.url}aanmelden/")
    for address in addresses:
        browser.get(address)

    def asked():
        found = {}
        for address in addresses:
            with CaptureQueriesContext(connection) as queries:
                browser.get(address)
            found[address] = len(queries)
        return found

    before = asked()
    for _ in range(12):
        each = factories.make_meeting(starts_at=meeting.starts_at)
        sign_up(people[1], each.translation_key)
        sign_up(factories.make_user(), meeting.translation_key)
    # A publication empties what is kept.
    asked()
    after = asked()
    assert all(after[address] <= before[address] + 1 for address in addresses), (before, after)
    assert max(after.values()) <= 25, after
