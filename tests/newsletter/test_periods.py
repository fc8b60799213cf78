"""When a newsletter goes out, and what is news to whom: the rules, on whatever there is."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsletter import rules
from newsletter.rules import Item, Reader, Rhythm, news_for

DAYS = st.dates(date(2024, 1, 1), date(2060, 12, 31))
BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
MOMENTS = st.integers(0, 500).map(lambda hours: BEGIN + timedelta(hours=hours))
KEYS = st.integers(1, 6).map(lambda number: UUID(int=number))
THEMES = st.frozensets(st.integers(1, 3).map(lambda number: UUID(int=number)), max_size=2)
LANGUAGES = st.sampled_from(["nl", "en"])
ITEMS = st.lists(
    st.tuples(KEYS, LANGUAGES, MOMENTS, THEMES), unique_by=lambda each: each[:2], max_size=12
).map(lambda rows: [Item(number, *row) for number, row in enumerate(rows)])


@pytest.mark.parametrize(
    ("month", "day"),
    [
        ((2026, 1), (2026, 1, 2)),  # New Year's Day is a Thursday
        ((2027, 1), (2027, 1, 4)),  # and a Friday, before the weekend
        ((2026, 11), (2026, 11, 2)),  # a Sunday
        ((2024, 4), (2024, 4, 2)),  # Easter Monday
        ((2026, 12), (2026, 12, 1)),
        ((2020, 6), (2020, 6, 2)),  # Whit Monday
    ],
)
def test_the_first_working_day_of_a_month(month, day):
    assert rules.sending_day(Rhythm.MONTHLY, date(*month, 20)) == date(*day)


def test_kings_day_is_a_day_earlier_when_it_is_a_sunday():
    assert rules.is_holiday(date(2025, 4, 26))
    assert not rules.is_holiday(date(2025, 4, 27))
    assert rules.is_holiday(date(2026, 4, 27))


@given(st.sampled_from(Rhythm), DAYS)
def test_every_period_has_one_day(rhythm, day):
    found = rules.sending_day(rhythm, day)
    assert rules.period_of(rhythm, found) == rules.period_of(rhythm, day)
    assert rules.sending_day(rhythm, found) == found
    assert found.weekday() < 5
    if rhythm is Rhythm.WEEKLY:
        assert found.weekday() == 1
    else:
        assert rules.is_working_day(found)
        earlier = (found.replace(day=number) for number in range(1, found.day))
        assert not any(rules.is_working_day(each) for each in earlier)


@given(st.sampled_from(Rhythm), DAYS)
def test_the_next_day_is_the_first_that_comes(rhythm, day):
    found = rules.next_sending_day(rhythm, day)
    assert found >= day
    days = (day + timedelta(days=number) for number in range((found - day).days + 1))
    assert [each for each in days if rules.sending_day(rhythm, each) == each] == [found]


@given(st.sampled_from(Rhythm), DAYS, st.lists(st.integers(0, 9), max_size=70))
def test_however_late_the_worker_is_a_period_is_never_due_on_two_days(rhythm, first, delays):
    """Each day is told once, some of them late: what is due names a period once."""
    periods = [
        rules.period_of(rhythm, day)
        for number, delay in enumerate(delays)
        if rules.due(
            rhythm,
            day := first + timedelta(days=number),
            first + timedelta(days=number + delay),
        )
    ]
    assert len(periods) == len(set(periods))


def test_it_may_be_some_days_late_and_not_more():
    tuesday = date(2026, 11, 24)
    for days, is_due in ((-1, False), (0, True), (3, True), (4, False)):
        assert rules.due(Rhythm.WEEKLY, tuesday, tuesday + timedelta(days=days)) is is_due
    assert not rules.due(Rhythm.WEEKLY, tuesday + timedelta(days=1), tuesday + timedelta(days=1))


def news(reader, items, since, until):
    return news_for(reader, items, since=since, until=until, first_language="nl")


@given(ITEMS, LANGUAGES, THEMES, st.lists(MOMENTS, min_size=2, max_size=6))
def test_whatever_the_moments_each_item_is_told_once(items, language, themes, moments):
    reader = Reader(language, themes)
    moments = sorted(moments)
    by_pk = {item.pk: item for item in items}
    told = [
        by_pk[pk].key
        for since, until in pairwise(moments)
        for pk in news(reader, items, since, until)
    ]
    assert len(told) == len(set(told))
    at_once = news(reader, items, moments[0], moments[-1])
    assert {by_pk[pk].key for pk in at_once} == set(told)


@given(ITEMS, LANGUAGES, THEMES)
def test_all_that_was_asked_for_and_nothing_else(items, language, themes):
    reader = Reader(language, themes)
    found = news(reader, items, BEGIN - timedelta(1), BEGIN + timedelta(days=30))
    by_pk = {item.pk: item for item in items}
    shown = [by_pk[pk] for pk in found]
    for item in shown:
        assert item.language in (language, "nl")
        own = {each.language for each in items if each.key == item.key}
        assert item.language == (language if language in own else "nl")
    readable = [item for item in items if item.language in (language, "nl")]
    wanted = {item.key for item in readable if not themes or item.themes & themes}
    assert {item.key for item in shown} == wanted


def test_the_newest_comes_first():
    items = [Item(n, UUID(int=n), "nl", BEGIN + timedelta(hours=n)) for n in (2, 3, 1)]
    assert news(Reader("nl"), items, BEGIN, BEGIN + timedelta(days=1)) == [3, 2, 1]
