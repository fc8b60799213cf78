"""The joint calendar: by month, what has been, and as a file for calendar programs."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import RequestFactory
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar
from wagtail.models import Locale

from home import calendar
from home.calendar import CalendarItem, months_of, years_of
from home.calendar_file import calendar_file
from home.models import CalendarEntry
from tests import factories
from tests import factories_field as field

pytestmark = pytest.mark.django_db

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
MOMENTS = st.datetimes(
    min_value=datetime(2017, 1, 2),  # noqa: DTZ001  Hypothesis adds the zone
    max_value=datetime(2090, 1, 1),  # noqa: DTZ001  likewise
    timezones=st.just(UTC),
)
ITEMS = st.builds(
    lambda begins, minutes, title, place: CalendarItem(
        uuid4(), "Soort", title, "/x/", begins, begins + timedelta(minutes=minutes), place
    ),
    MOMENTS,
    st.integers(0, 10_000),
    st.text(max_size=40),
    st.text(max_size=20),
)


def soon(days=10):
    return timezone.now() + timedelta(days=days)


@pytest.fixture
def page(home):
    return field.make_calendar()


@given(st.lists(ITEMS, max_size=15))
def test_each_item_stands_in_the_month_in_which_it_begins_here(items):
    items.sort(key=lambda item: item.starts_at)
    months = months_of(items)
    assert [item for month in months for item in month.items] == items
    assert [month.day for month in months] == sorted({month.day for month in months})
    for month in months:
        assert month.day.day == 1
        for item in month.items:
            begins = item.starts_at.astimezone(AMSTERDAM)
            assert (begins.year, begins.month) == (month.day.year, month.day.month)
    assert years_of(items) == sorted({month.day.year for month in months}, reverse=True)


def test_new_year_begins_at_our_midnight():
    begins = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
    item = CalendarItem(uuid4(), "", "x", "/", begins, begins)
    assert months_of([item])[0].day == date(2027, 1, 1)


def test_what_is_on_stands_by_month(client, page):
    field.make_entry("Eerst", starts_at=soon(1), place="Zwolle")
    field.make_entry("Later", starts_at=soon(70))
    field.make_entry("Voorbij", starts_at=soon(-3))
    response = client.get("/agenda/")
    text = response.content.decode().split("<main")[1]
    assert text.index("Eerst") < text.index("Later")
    assert "Voorbij" not in text
    assert "Zwolle" in text
    assert "online" in text
    assert len(response.context["months"]) == 2


def test_what_is_under_way_is_still_on(client, page):
    field.make_entry("Bezig", starts_at=timezone.now() - timedelta(minutes=5))
    assert "Bezig" in client.get("/agenda/").content.decode()
    assert "Bezig" not in client.get("/agenda/archief/").content.decode()


def test_what_has_been_is_in_the_archive_of_its_year(client, page):
    field.make_entry("Pas nog", starts_at=datetime(2026, 3, 1, 9, tzinfo=UTC))
    field.make_entry("Lang geleden", starts_at=datetime(2024, 3, 1, 9, tzinfo=UTC))
    newest = client.get("/agenda/archief/").content.decode()
    assert "Pas nog" in newest
    assert "Lang geleden" not in newest
    assert 'href="/agenda/archief/2024/"' in newest
    assert "Lang geleden" in client.get("/agenda/archief/2024/").content.decode()


@pytest.mark.parametrize("year", ["2025", "1999", "99999999999999999999", "x"])
def test_a_year_without_anything_is_not_there(client, page, year):
    field.make_entry(starts_at=datetime(2024, 3, 1, 9, tzinfo=UTC))
    assert client.get(f"/agenda/archief/{year}/").status_code == 404


def test_an_empty_calendar_says_what_comes(client, page):
    assert "Er staat nog niets in de agenda" in client.get("/agenda/").content.decode()
    assert "Er is nog niets geweest" in client.get("/agenda/archief/").content.decode()


def test_a_cancelled_one_says_so(client, page):
    field.make_entry("Feest", starts_at=soon(), is_cancelled=True)
    assert "Gaat niet door" in client.get("/agenda/").content.decode()
    assert b"STATUS:CANCELLED" in client.get("/agenda/agenda.ics").content


def test_several_days_and_an_address_elsewhere(client, page):
    begins = datetime(2030, 6, 3, 8, tzinfo=UTC)
    field.make_entry(
        "Tweedaagse",
        starts_at=begins,
        ends_at=begins + timedelta(days=1),
        url="https://voorbeeld.example/tweedaagse",
    )
    text = client.get("/agenda/").content.decode()
    assert "tot en met dinsdag 4 juni" in text
    assert 'href="https://voorbeeld.example/tweedaagse"' in text


def test_other_sources_stand_among_them(client, page, monkeypatch):
    day = soon(2)
    item = CalendarItem(uuid4(), "Bijeenkomst", "Van ons", "/bijeenkomsten/x/", day, day)

    def ours(locale: Locale, moment: datetime):
        return [item] if locale.language_code == "nl" else []

    monkeypatch.setattr(calendar, "_sources", [*calendar._sources, ours])
    field.make_entry("Van hen", starts_at=soon(1))
    text = client.get("/agenda/").content.decode().split("<main")[1]
    assert text.index("Van hen") < text.index('<a href="/bijeenkomsten/x/">Van ons</a>')


def test_english_shows_what_there_is_in_dutch_only_as_dutch(client, page):
    factories.make_home("en")
    page.copy_for_translation(factories.locale("en")).save_revision().publish()
    entry = field.make_entry("Alleen Nederlands", starts_at=soon())
    other = field.make_entry("Vertaald", starts_at=soon())
    english = other.copy_for_translation(factories.locale("en"))
    english.title = "Translated"
    english.save()
    text = client.get("/en/agenda/").content.decode()
    assert f'<h3 lang="nl">{entry.title}</h3>' in text
    assert text.count("In Dutch") == 1
    assert "Translated" in text
    assert "Vertaald" not in text


def test_the_feed_is_a_calendar(client, page):
    moment = datetime(2030, 7, 1, 9, 30, tzinfo=UTC)
    entry = field.make_entry(
        "Zomer; met, leestekens", starts_at=moment, summary="Regel 1\nRegel 2 🙂" + "x" * 90
    )
    field.make_entry("Net geweest", starts_at=soon(-30))
    field.make_entry("Lang geweest", starts_at=soon(-300))
    response = client.get("/agenda/agenda.ics")
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert all(len(line) <= 75 for line in response.content.split(b"\r\n"))
    assert response.content.endswith(b"END:VCALENDAR\r\n")
    events = {str(e["SUMMARY"]): e for e in Calendar.from_ical(response.content).walk("VEVENT")}
    assert set(events) == {"Zomer; met, leestekens", "Net geweest"}
    event = events["Zomer; met, leestekens"]
    assert str(event["UID"]) == str(entry.translation_key)
    assert event["DTSTART"].params["TZID"] == "Europe/Amsterdam"
    assert event.decoded("DTSTART") == moment
    assert event.decoded("DTSTART").hour == 11
    assert "Regel 1\nRegel 2 🙂" in str(event["DESCRIPTION"])
    assert str(event["URL"]).startswith("http")


def test_an_item_keeps_its_identity(client, page):
    entry = field.make_entry("Eerst zo", starts_at=soon())
    first = client.get("/agenda/agenda.ics").content
    entry.title = "Nu zo"
    entry.starts_at, entry.ends_at = soon(20), soon(21)
    entry.save()
    second = client.get("/agenda/agenda.ics").content
    assert b"Nu zo" in second

    def uid(content):
        return Calendar.from_ical(content).walk("VEVENT")[0]["UID"]

    assert uid(first) == uid(second)


@given(st.lists(ITEMS, max_size=6))
def test_whatever_stands_in_it_can_be_read_back(items):
    content = calendar_file(
        items, name="Agenda", language="nl", made_at=datetime(2026, 1, 1, tzinfo=UTC)
    )
    events = Calendar.from_ical(content).walk("VEVENT")
    assert [str(event["UID"]) for event in events] == [str(item.key) for item in items]
    for event, item in zip(events, items, strict=True):
        # A calendar counts whole seconds.
        assert event.decoded("DTSTART") == item.starts_at.replace(microsecond=0)
        assert event.decoded("DTEND") == item.ends_at.replace(microsecond=0)


def test_without_a_calendar_there_is_no_feed(client, home):
    assert client.get("/agenda/agenda.ics").status_code == 404
    assert client.post("/agenda/agenda.ics").status_code == 405


def test_nothing_ends_before_it_begins(page):
    entry = field.make_entry(starts_at=soon())
    entry.ends_at = entry.starts_at - timedelta(seconds=1)
    with pytest.raises(ValidationError) as error:
        entry.full_clean()
    assert set(error.value.message_dict) >= {"ends_at"}
    with pytest.raises(IntegrityError), transaction.atomic():
        CalendarEntry.objects.filter(pk=entry.pk).update(ends_at=entry.ends_at)


def test_search_engines_are_told_of_what_is_real(page):
    real = field.make_entry("Echt", starts_at=soon(), place="Zwolle", summary="Kom ook.")
    field.make_entry("Verzonnen", starts_at=soon(), is_fictional=True)
    field.make_entry("Voorbij", starts_at=soon(-9))
    field.make_entry("Online", starts_at=soon(), is_cancelled=True)
    request = RequestFactory().get(page.url, HTTP_HOST="localhost")
    events = {event["name"]: event for event in page.structured_data(request)}
    assert set(events) == {"Echt", "Online"}
    assert events["Echt"]["location"]["name"] == "Zwolle"
    assert events["Echt"]["url"].endswith(f"/agenda/#{real.anchor}")
    assert events["Online"]["eventStatus"].endswith("EventCancelled")
    assert events["Online"]["location"]["@type"] == "VirtualLocation"


@pytest.mark.parametrize("address", ["/agenda/", "/agenda/archief/", "/agenda/agenda.ics"])
def test_questions_to_the_database_do_not_grow(
    client, page, django_assert_max_num_queries, address
):
    for number in range(1, 20):
        field.make_entry(starts_at=soon(number))
        field.make_entry(starts_at=soon(-number))
    client.get("/hulp/")
    with django_assert_max_num_queries(18):
        assert client.get(address).status_code == 200
