"""When one may try again, what counts, and what is asked again."""

import random
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from learning.rules.quiz_terms import (
    Counts,
    Feedback,
    Terms,
    asked_again,
    counted,
    draw,
    leave_to_begin,
    time_allowed,
)

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
MOMENTS = st.lists(st.integers(0, 500).map(lambda minutes: NOW - timedelta(minutes=minutes)))


@given(MOMENTS, st.none() | st.integers(1, 5), st.integers(0, 300))
def test_leave_to_begin(moments, most, wait):
    leave = leave_to_begin(Terms(max_attempts=most, wait_minutes=wait), moments, NOW)
    too_many = most is not None and len(moments) >= most
    too_soon = any(NOW - moment < timedelta(minutes=wait) for moment in moments)
    assert leave.may_begin == (not too_many and not too_soon)
    assert leave.attempts_left == (None if most is None else max(most - len(moments), 0))
    if too_soon and not too_many:
        later = leave_to_begin(
            Terms(max_attempts=most, wait_minutes=wait), moments, leave.from_moment
        )
        assert later.may_begin


@given(st.lists(st.integers(0, 100), min_size=1))
def test_what_counts(percentages):
    assert counted(Counts.BEST, percentages) in percentages
    assert all(counted(Counts.BEST, percentages) >= each for each in percentages)
    assert counted(Counts.LAST, percentages) == percentages[-1]
    average = counted(Counts.AVERAGE, percentages)
    assert average * len(percentages) <= sum(percentages) < (average + 1) * len(percentages)


def test_nothing_counts_before_an_attempt():
    assert counted(Counts.BEST, []) is None


@given(st.lists(st.integers(), unique=True), st.dictionaries(st.integers(), st.integers(0, 4)))
def test_what_was_right_twice_is_left_out(keys, times):
    left = asked_again(keys, times)
    expected = [key for key in keys if times.get(key, 0) < 2]
    assert left == (expected or keys)


@given(st.sets(st.integers(0, 50)), st.sets(st.integers(0, 50)), st.integers(0, 60), st.integers())
def test_a_draw_takes_none_twice(pool, taken, number, seed):
    chance = random.Random(seed)  # noqa: S311  it is to be the same each time
    drawn = draw(sorted(pool), number, taken=taken, seed=chance)
    assert len(drawn) == len(set(drawn)) == min(number, len(pool - taken))
    assert set(drawn) <= pool - taken


def test_extra_time():
    assert time_allowed(None, 50) is None
    assert time_allowed(20, 0) == timedelta(minutes=20)
    assert time_allowed(20, 25) == timedelta(minutes=25)
    assert time_allowed(15, 100) == timedelta(minutes=30)


@given(
    st.builds(
        Terms,
        on_one_page=st.booleans(),
        forward_only=st.booleans(),
        feedback=st.sampled_from(Feedback),
        counts=st.sampled_from(Counts),
        max_attempts=st.none() | st.integers(1, 9),
        wait_minutes=st.integers(0, 99),
        time_limit=st.none() | st.integers(1, 99),
        asks_again=st.booleans(),
        asks_certainty=st.booleans(),
    )
)
def test_terms_come_back_as_they_were_kept(terms):
    assert Terms.from_json(terms.to_json()) == terms


def test_an_attempt_from_before_there_were_terms_has_the_usual_ones():
    assert Terms.from_json({}) == Terms()
