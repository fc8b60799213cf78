"""The rule of refreshers: what is due, in which order, and never more than one a week."""

from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from uuid import UUID

import pytest
from fsrs import Rating
from hypothesis import given
from hypothesis import strategies as st

from learning.rules.spacing import (
    EVERY,
    LONGEST_INTERVAL,
    Memory,
    in_order_of_need,
    may_ask,
    rating_of,
    remembered,
    still_known,
)

DAY = date(2026, 11, 25)
POINTS = st.fractions(0, 1, max_denominator=6)
DAYS = st.dates(date(2026, 1, 1), date(2030, 12, 31))


@st.composite
def memories(draw):
    memory = None
    day = draw(DAYS)
    for points in draw(st.lists(POINTS, min_size=1, max_size=6)):
        memory = remembered(memory, points, day)
        day = memory.due_on + timedelta(days=draw(st.integers(0, 90)))
    return memory


@pytest.mark.parametrize(
    ("points", "rating"),
    [
        (Fraction(0), Rating.Again),
        (Fraction(1, 100), Rating.Hard),
        (Fraction(99, 100), Rating.Hard),
        (Fraction(1), Rating.Good),
    ],
)
def test_wrong_partly_right_and_right(points, rating):
    assert rating_of(points) is rating


def test_what_is_known_comes_back_less_and_less_often():
    memory, intervals = remembered(None, Fraction(0), DAY), []
    for _ in range(4):
        before = memory.due_on
        memory = remembered(memory, Fraction(1), before)
        intervals.append((memory.due_on - before).days)
    assert intervals == sorted(set(intervals))
    again = remembered(memory, Fraction(0), memory.due_on)
    assert (again.due_on - again.reviewed_on) < timedelta(days=intervals[-1])


@given(memories(), POINTS, DAYS)
def test_an_answer_makes_it_due_on_a_later_day_within_a_year(memory, points, day):
    after = remembered(memory, points, day)
    assert after.reviewed_on == max(day, memory.reviewed_on)
    assert 1 <= (after.due_on - after.reviewed_on).days <= LONGEST_INTERVAL
    assert 0 < still_known(after, after.due_on) <= 1
    assert remembered(memory, points, day) == after


@given(memories(), DAYS)
def test_a_better_answer_is_never_asked_sooner(memory, day):
    wrong, partly, right = (
        remembered(memory, points, day) for points in (Fraction(0), Fraction(1, 2), Fraction(1))
    )
    assert wrong.due_on <= partly.due_on <= right.due_on


@given(st.dictionaries(st.uuids(), memories(), max_size=8), DAYS, st.data())
def test_only_what_is_due_is_asked_and_the_likeliest_forgotten_first(known, day, data):
    last = data.draw(st.sampled_from([None, *known]))
    order = in_order_of_need(known, day, asked_last=last)
    assert set(order) == {key for key, memory in known.items() if memory.due_on <= day}
    chances = [still_known(known[key], day) for key in order if key != last]
    assert chances == sorted(chances)
    if last in order:
        assert order[-1] == last


def test_the_order_is_the_same_every_time():
    memory = Memory(2.0, 5.0, DAY, DAY)
    keys = [UUID(int=number) for number in (3, 1, 2)]
    assert in_order_of_need(dict.fromkeys(keys, memory), DAY) == sorted(keys, key=str)


@given(st.lists(DAYS, max_size=60).map(sorted))
def test_never_more_than_one_in_any_seven_days(days):
    asked = []
    for day in days:
        if may_ask(day, asked[-1] if asked else None):
            asked.append(day)
    gaps = [later - earlier for earlier, later in pairwise(asked)]
    assert all(gap >= EVERY for gap in gaps)
    # Each lies in a calendar week of its own, as the database insists.
    assert len({day - timedelta(days=day.weekday()) for day in asked}) == len(asked)
