"""Meetings as iCalendar: valid, with the same UID for good, and nobody else's."""

from datetime import timedelta

import pytest
from django.test import Client
from icalendar import Calendar

from learning.anonymising import anonymise
from meetings import calendars
from meetings.models import CalendarKey
from meetings.signing_up import cancel, sign_up
from tests import factories
from tests import factories_field as field

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(home):
    return factories.make_meeting(title="Avond; met, tekens\\ en é", maximum=1)


def read(content):
    """A calendar as another program reads it; the rules that all must keep are looked at."""
    assert content.endswith(b"END:VCALENDAR\r\n")
    lines = content.split(b"\r\n")
    assert all(len(line) <= 75 and b"\n" not in line for line in lines)
    calendar = Calendar.from_ical(content)
    assert calendar["VERSION"] == "2.0"
    assert calendar["PRODID"]
    zones = {str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")}
    for event in calendar.walk("VEVENT"):
        assert not event.errors
        assert {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "SEQUENCE", "STATUS"} <= set(event)
        assert event["DTSTART"].params["TZID"] == "Europe/Amsterdam"
        assert event["DTEND"].dt > event["DTSTART"].dt
        assert zones == {"Europe/Amsterdam"}
    return calendar


def events(content):
    return list(read(content).walk("VEVENT"))


def test_the_file_of_a_meeting(client, meeting):
    answer = client.get(f"{meeting.url}bijeenkomst.ics")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    (event,) = events(answer.content)
    assert str(event["SUMMARY"]) == meeting.title
    assert str(event["LOCATION"]) == "Markt 1, Voorbeeldstad"
    assert event["DTSTART"].dt == meeting.starts_at.replace(microsecond=0)
    # Wherever the site stands, and in each of its feeds.
    assert str(event["UID"]) == str(meeting.translation_key)
    assert (event["SEQUENCE"], event["STATUS"]) == (0, "CONFIRMED")


def test_a_change_and_a_cancellation_raise_the_sequence_of_the_same_event(client, meeting):
    (first,) = events(client.get(f"{meeting.url}bijeenkomst.ics").content)
    meeting.starts_at += timedelta(hours=1)
    meeting.ends_at += timedelta(hours=1)
    meeting.save_revision().publish()
    (moved,) = events(client.get(f"{meeting.url}bijeenkomst.ics").content)
    meeting.is_cancelled, meeting.cancelled_because = True, "Ziek"
    meeting.save_revision().publish()
    (gone,) = events(client.get("/bijeenkomsten/agenda.ics").content)
    assert first["UID"] == moved["UID"] == gone["UID"]
    assert [each["SEQUENCE"] for each in (first, moved, gone)] == [0, 1, 2]
    assert (moved["STATUS"], gone["STATUS"]) == ("CONFIRMED", "CANCELLED")
    assert "Ziek" in str(gone["DESCRIPTION"])


def test_the_file_of_a_cancelled_meeting_takes_it_out_of_a_calendar(client, meeting):
    assert read(client.get(f"{meeting.url}bijeenkomst.ics").content)["METHOD"] == "PUBLISH"
    meeting.is_cancelled, meeting.cancelled_because = True, "Ziek"
    meeting.save_revision().publish()
    calendar = read(client.get(f"{meeting.url}bijeenkomst.ics").content)
    (event,) = calendar.walk("VEVENT")
    assert (calendar["METHOD"], event["STATUS"]) == ("CANCEL", "CANCELLED")
    assert (str(event["UID"]), event["SEQUENCE"]) == (str(meeting.translation_key), 1)
    # Who subscribed sees it as cancelled: a feed stays a feed.
    assert read(client.get("/bijeenkomsten/agenda.ics").content)["METHOD"] == "PUBLISH"


@pytest.mark.parametrize("address", ["/bijeenkomsten/agenda.ics", "/agenda/agenda.ics"])
def test_a_program_that_asks_again_gets_what_changed_and_nothing_else(client, meeting, address):
    field.make_calendar()
    first = client.get(address)
    calendar = read(first.content)
    assert calendar["REFRESH-INTERVAL"].dt == timedelta(hours=4)
    assert calendar["REFRESH-INTERVAL"].params["VALUE"] == "DURATION"
    assert b"X-PUBLISHED-TTL:PT4H\r\n" in first.content
    again = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    meeting.title = "Anders genoemd"
    meeting.save_revision().publish()
    (event,) = events(client.get(address, headers={"If-None-Match": first["ETag"]}).content)
    (before,) = calendar.walk("VEVENT")
    assert str(event["SUMMARY"]) == "Anders genoemd"
    # Its time did not change, which is what a program asks people about.
    assert event["SEQUENCE"] == before["SEQUENCE"]


def test_an_invented_meeting_says_so_in_a_calendar_too(client, meeting):
    meeting.is_fictional = True
    meeting.save_revision().publish()
    (event,) = events(client.get(f"{meeting.url}bijeenkomst.ics").content)
    assert str(event["DESCRIPTION"]).startswith("Een verzonnen voorbeeld.")


def test_the_joint_calendar_tells_of_the_same_event(client, meeting):
    field.make_calendar()
    meeting.starts_at += timedelta(hours=1)
    meeting.ends_at += timedelta(hours=1)
    meeting.save_revision().publish()
    (own,) = events(client.get("/bijeenkomsten/agenda.ics").content)
    (joint,) = events(client.get("/agenda/agenda.ics").content)
    for name in ("UID", "SEQUENCE", "DTSTAMP", "DTSTART", "DTEND", "STATUS"):
        assert own.decoded(name) == joint.decoded(name)
    assert own["SEQUENCE"] == 1
    assert meeting.introduction in str(joint["DESCRIPTION"])


def test_the_feed_of_all_holds_what_is_live_and_not_long_ago(client, meeting):
    factories.make_meeting(in_days=-200)
    taken_off = factories.make_meeting()
    taken_off.refresh_from_db()
    taken_off.unpublish()
    recent = factories.make_meeting(in_days=-5)
    found = events(client.get("/bijeenkomsten/agenda.ics").content)
    assert [str(each["SUMMARY"]) for each in found] == [recent.title, meeting.title]


def test_ones_own_feed_by_an_address_that_is_shown_once(signed_in, meeting):
    person, first = factories.make_user(), factories.make_user()
    browser = signed_in(person)
    page = browser.post("/mijn/bijeenkomsten/agenda/").content.decode()
    address = page.split("rv-address")[1].split("</code>")[0]
    address = address[address.index("/bijeenkomsten/") :]
    assert address not in browser.get("/mijn/bijeenkomsten/").content.decode()
    secret = address.split("=")[1]
    assert secret not in str(CalendarKey.objects.values())
    # A calendar program has no session.
    program = Client()
    assert events(program.get(address).content) == []
    sign_up(first, meeting.translation_key)
    sign_up(person, meeting.translation_key)
    (waiting,) = events(program.get(address).content)
    assert waiting["STATUS"] == "TENTATIVE"
    cancel(first, meeting.translation_key)
    answer = program.get(address)
    (placed,) = events(answer.content)
    assert placed["STATUS"] == "CONFIRMED"
    assert "no-store" in answer["Cache-Control"]


def test_a_replaced_ended_or_erased_address_leads_nowhere(signed_in, home):
    person = factories.make_user()
    browser, program = signed_in(person), Client()

    def answers(secret):
        return program.get("/bijeenkomsten/mijn-agenda.ics", {"sleutel": secret}).status_code

    first = calendars.make_key(person)
    second = calendars.make_key(person)
    assert (answers(first), answers(second)) == (404, 200)
    browser.post("/mijn/bijeenkomsten/agenda/", {"do": "end"})
    assert answers(second) == 404
    third = calendars.make_key(person)
    anonymise(person)
    assert answers(third) == 404


@pytest.mark.parametrize("secret", ["", "x", "é" * 50, "a" * 5000])
def test_what_is_no_address_of_ours_is_not_there(client, home, secret):
    answer = client.get("/bijeenkomsten/mijn-agenda.ics", {"sleutel": secret})
    assert answer.status_code == 404
