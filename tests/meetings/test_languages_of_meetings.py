"""A meeting is at one time and place in every language, and mails in any language say so."""

from datetime import timedelta

import pytest
from django.core import mail as post

from learning.mail.sending import deliver_waiting
from meetings.models import MeetingPage
from meetings.signing_up import sign_up
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(home):
    factories.make_home("en")
    return factories.make_meeting(in_days=20, title="De kennismaking", maximum=5)


@pytest.fixture
def english(meeting):
    locale = factories.locale("en")
    meeting.get_parent().specific.copy_for_translation(locale).save_revision().publish()
    page = meeting.copy_for_translation(locale)
    page.title, page.place = "Getting to know", "1 Market Square, Voorbeeldstad"
    page.save_revision().publish()
    return page


def move(meeting, **fields):
    meeting = MeetingPage.objects.get(pk=meeting.pk)
    meeting.starts_at += timedelta(days=1)
    meeting.ends_at += timedelta(days=1)
    for name, value in fields.items():
        setattr(meeting, name, value)
    meeting.save_revision().publish()
    return meeting


def test_who_reads_english_hears_of_the_new_time(client, meeting, english):
    person = factories.make_user(language="en")
    sign_up(person, meeting.translation_key)
    deliver_waiting()
    assert client.get(english.url).status_code == 200
    moved = move(meeting, maximum=3)
    english.refresh_from_db()
    assert (english.starts_at, english.ends_at) == (moved.starts_at, moved.ends_at)
    assert english.maximum == 3
    # In its own words as long as it is held where it was.
    assert english.place == "1 Market Square, Voorbeeldstad"
    page = client.get(english.url).content.decode()
    assert f'datetime="{moved.starts_at:%Y-%m-%d}' in page
    post.outbox.clear()
    deliver_waiting()
    (mail,) = post.outbox
    assert mail.subject == "Changed: Getting to know"
    assert str(moved.starts_at.day) in mail.body


def test_publishing_an_english_draft_sets_nothing_back(meeting, english):
    draft = english.get_latest_revision_as_object()
    draft.title = "Meeting each other"
    draft.save_revision()
    moved = move(meeting, place="Elders 3, Voorbeeldstad")
    english.refresh_from_db()
    english.get_latest_revision().publish()
    english.refresh_from_db()
    assert english.title == "Meeting each other"
    assert english.starts_at == moved.starts_at
    assert english.place == "Elders 3, Voorbeeldstad"
    moved.refresh_from_db()
    assert moved.title == "De kennismaking"


def test_what_is_cancelled_is_so_in_every_language(client, meeting, english):
    sign_up(factories.make_user(language="en"), meeting.translation_key)
    deliver_waiting()
    move(meeting, is_cancelled=True, cancelled_because="Ziek")
    assert "This meeting does not take place" in client.get(english.url).content.decode()
    post.outbox.clear()
    deliver_waiting()
    assert post.outbox[0].subject == "Cancelled: Getting to know"
    assert "Ziek" not in post.outbox[0].body


def test_the_first_language_counts_also_when_the_other_is_published_last(meeting, english):
    english.starts_at += timedelta(days=3)
    english.ends_at += timedelta(days=3)
    english.save_revision().publish()
    english.refresh_from_db()
    meeting.refresh_from_db()
    assert english.starts_at == meeting.starts_at
