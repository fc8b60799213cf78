"""The home page: what comes and what is new, of whatever app, and what it says while empty."""

from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from home.demo_days import working_day
from home.front import MOST
from tests import factories
from tests.practice import builders

pytestmark = pytest.mark.django_db


def soup(client, address="/"):
    cache.clear()
    return BeautifulSoup(client.get(address).content, "html.parser")


def titles(page, part):
    return [link.text for link in page.select(f'section[aria-labelledby="{part}"] h3 a')]


def test_the_next_meetings_are_there_the_nearest_first(client, home):
    for days in (9, 3, 30, 20):
        factories.make_meeting(in_days=days, title=f"Over {days} dagen")
    factories.make_meeting(in_days=1, title="Afgelast", is_cancelled=True, cancelled_because="x")
    factories.make_meeting(in_days=-2, title="Geweest")
    page = soup(client)
    assert titles(page, "bijeenkomsten") == ["Over 3 dagen", "Over 9 dagen", "Over 20 dagen"]
    assert page.select_one('a[href="/bijeenkomsten/"]').text == "Alle bijeenkomsten"
    assert "Markt 1, Voorbeeldstad" in page.select_one(".rv-meeting__when").text


def test_the_newest_cases_are_there_and_say_that_they_are_invented(client, home):
    for number in range(MOST + 1):
        builders.make_case(title=f"Nummer {number}", day=date(2026, 1, 1 + number))
    builders.make_case(title="Zonder dag", day=None)
    builders.make_case(title="Verzonnen", day=date(2026, 2, 1), is_fictional=True)
    page = soup(client)
    assert titles(page, "praktijk") == ["Verzonnen", "Nummer 3", "Nummer 2"]
    assert [tag.text for tag in page.select(".rv-front .rv-tag")] == ["verzonnen voorbeeld"]


def test_without_any_it_says_what_will_stand_there(client, home):
    factories.make_meeting_index()
    builders.make_practice()
    page = soup(client)
    assert "Zodra er een is, staat die hier en in de agenda." in page.text
    assert "Nog geen voorbeelden" in page.text
    assert page.select_one('.rv-front a[href="/bijeenkomsten/"]')


def test_a_site_without_meetings_and_cases_has_no_room_for_them(client, home):
    assert not soup(client).select(".rv-front")


def test_in_english_what_is_not_translated_is_told_to_be_dutch(client, home):
    factories.make_home("en")
    both = factories.make_meeting(in_days=2, title="Vertaald")
    factories.make_meeting(in_days=4, title="Alleen Nederlands")
    english = factories.locale("en")
    index = both.get_parent().specific.copy_for_translation(english)
    index.save_revision().publish()
    copy = both.copy_for_translation(english)
    copy.title = "Translated"
    copy.save_revision().publish()
    page = soup(client, "/en/")
    assert titles(page, "bijeenkomsten") == ["Translated", "Alleen Nederlands"]
    assert [link.get("lang") for link in page.select(".rv-front h3 a")] == [None, "nl"]


def test_in_english_what_one_can_read_comes_before_what_is_newer(client, home):
    factories.make_home("en")
    days = [timezone.localdate() - timedelta(days=number) for number in range(5)]
    cases = [builders.make_case(day=day, title=f"Voorbeeld {day}") for day in days]
    english = factories.locale("en")
    copy = cases[-1].copy_for_translation(english)
    copy.title = "The oldest one"
    copy.save_revision().publish()
    page = soup(client, "/en/")
    assert titles(page, "praktijk") == ["The oldest one", cases[0].title, cases[1].title]
    assert page.select_one(".rv-front").text.count("In Dutch") == 2
    assert titles(soup(client), "praktijk") == [case.title for case in cases[:3]]


def test_the_home_page_costs_as_much_with_many_as_with_few(
    client, home, django_assert_max_num_queries
):
    client.get("/hulp/")
    for number in range(8):
        factories.make_meeting(in_days=2 + number)
        builders.make_case(day=timezone.localdate() - timedelta(days=number))
    cache.clear()
    client.get("/hulp/")
    with django_assert_max_num_queries(25):
        client.get("/")


def test_the_network_stands_in_the_footer(client, home):
    factories.make_home("en")
    footer = ".rv-footer__more a"
    assert [(a["href"], a.text) for a in soup(client).select(footer)] == [("/netwerk/", "Netwerk")]
    english = [(a["href"], a.text) for a in soup(client, "/en/").select(footer)]
    assert english == [("/en/netwerk/", "Network of peers")]


@given(
    today=st.dates(date(2026, 1, 1), date(2030, 1, 1)),
    days=st.integers(-400, 400),
    lasts=st.integers(1, 3),
)
def test_the_demo_meets_on_working_days_as_near_as_it_can(today, days, lasts):
    day = working_day(today, days, lasts=lasts)
    meant = today + timedelta(days=days)
    assert all((day + timedelta(days=each)).weekday() < 5 for each in range(lasts))
    assert abs((day - meant).days) <= 4
    # What lies ahead stays ahead, and what has been stays in the past.
    assert (day >= meant) if days >= 0 else (day <= meant)
