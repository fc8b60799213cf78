"""What those who take part are mailed: changes, cancelling, reminders; each once."""

from datetime import timedelta

import pytest
from django.core import mail as post
from django.utils import timezone

from learning.mail.sending import deliver_waiting
from meetings.models import Occasion, SignUp
from meetings.reminders import plan
from meetings.signing_up import sign_up
from tests import factories
from tests.mails import link_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(home):
    return factories.make_meeting(in_days=20, maximum=1, title="De kennismaking")


@pytest.fixture
def people(meeting):
    people = [factories.make_user(), factories.make_user(language="en")]
    for person in people:
        sign_up(person, meeting.translation_key)
    deliver_waiting()
    post.outbox.clear()
    return people


def said():
    post.outbox.clear()
    deliver_waiting()
    return {message.to[0]: message.subject for message in post.outbox}


def test_a_confirmation_leads_to_the_page_the_calendar_and_cancelling(meeting):
    sign_up(factories.make_user(), meeting.translation_key)
    deliver_waiting()
    (mail,) = post.outbox
    assert link_in(mail) == meeting.url
    assert f"{meeting.url}bijeenkomst.ics" in mail.body
    assert f"{meeting.url}afmelden/" in mail.body
    assert "Markt 1, Voorbeeldstad" in mail.body


def test_another_time_is_told_to_all_once_in_their_language(meeting, people):
    meeting.starts_at += timedelta(hours=1)
    meeting.ends_at += timedelta(hours=1)
    for _twice in range(2):
        meeting.save_revision().publish()
    assert said() == {
        people[0].email: "Gewijzigd: De kennismaking",
        people[1].email: "Changed: De kennismaking",
    }
    assert Occasion.objects.get().sequence == 1


def test_other_words_are_no_news(meeting, people):
    meeting.title, meeting.introduction = "Een andere naam", "Andere woorden"
    meeting.save_revision().publish()
    assert said() == {}
    assert Occasion.objects.get().sequence == 0


def test_cancelling_is_told_with_the_reason(meeting, people):
    meeting.is_cancelled, meeting.cancelled_because = True, "De zaal is 100% bezet"
    meeting.save_revision().publish()
    assert said()[people[0].email] == "Gaat niet door: De kennismaking"
    assert "De zaal is 100% bezet" in post.outbox[0].body
    assert f"{meeting.url}bijeenkomst.ics" in post.outbox[0].body
    # That it does take place after all is told as well.
    meeting.is_cancelled = False
    meeting.save_revision().publish()
    assert said()[people[0].email] == "Gewijzigd: De kennismaking"


def test_only_the_last_of_two_changes_is_told(meeting, people):
    for _change in range(2):
        meeting.place = f"{meeting.place} (boven)"
        meeting.save_revision().publish()
    assert len(said()) == 2
    assert all("(boven) (boven)" in message.body for message in post.outbox)


def test_what_changes_afterwards_is_told_to_nobody(meeting, people):
    past = timezone.now() - timedelta(days=2)
    meeting.starts_at, meeting.ends_at = past, past + timedelta(hours=1)
    meeting.save_revision().publish()
    assert said() == {}


def test_who_has_a_place_is_reminded_twice_and_never_more(meeting, people):
    SignUp.objects.update(signed_up_at=timezone.now() - timedelta(days=30))
    begins = meeting.starts_at
    told = []
    for days in range(8, -1, -1):
        for _twice in range(2):
            queued = plan(begins - timedelta(days=days, hours=1))
            told += [days] * queued
    assert told == [4, 1]
    assert list(said()) == [people[0].email]
    assert len(post.outbox) == 2


def test_a_moved_meeting_reminds_anew_and_the_old_reminder_does_not_leave(meeting, people):
    SignUp.objects.update(signed_up_at=timezone.now() - timedelta(days=30))
    assert plan(meeting.starts_at - timedelta(days=1, hours=1)) == 1
    meeting.starts_at += timedelta(days=7)
    meeting.ends_at += timedelta(days=7)
    meeting.save_revision().publish()
    assert plan(meeting.starts_at - timedelta(days=1, hours=1)) == 1
    said()
    assert [message.subject for message in post.outbox if "Binnenkort" in message.subject] == [
        "Binnenkort: De kennismaking"
    ]


def test_nobody_is_reminded_of_what_does_not_take_place(meeting, people):
    SignUp.objects.update(signed_up_at=timezone.now() - timedelta(days=30))
    Occasion.objects.update(is_cancelled=True)
    assert plan(meeting.starts_at - timedelta(days=1)) == 0
