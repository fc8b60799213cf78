"""When daily and periodic work is due."""

from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from learning.rules.clock import DAY, MOST_DAYS_FILLED_IN, days_due, moment_due

moments = st.datetimes(datetime(2026, 1, 1), datetime(2030, 1, 1))  # noqa: DTZ001  on the clock
times = st.times()


@given(moments, times, st.integers(1, 100))
def test_every_day_comes_once_and_in_order(now, at, ago):
    last = now.date() - DAY * ago
    due = days_due(last, now, at)
    assert due == sorted(set(due))
    assert all(last < day <= now.date() for day in due)
    assert len(due) <= MOST_DAYS_FILLED_IN
    # Once it is done, nothing is left; a day later there is one more.
    done = max([last, *due])
    assert days_due(done, now, at) == []
    assert len(days_due(done, now + DAY, at)) == 1


@given(moments, times)
def test_today_is_due_from_its_time_on(now, at):
    yesterday = now.date() - DAY
    assert days_due(yesterday, now, at) == ([now.date()] if now.time() >= at else [])


def test_what_is_new_begins_with_today():
    assert days_due(None, datetime(2026, 11, 25, 3, 0, tzinfo=UTC), time(4)) == []
    assert days_due(None, datetime(2026, 11, 25, 5, 0, tzinfo=UTC), time(4)) == [date(2026, 11, 25)]


@given(moments, st.integers(1, 24 * 60))
def test_a_moment_is_the_last_that_has_passed(now, minutes):
    moment = moment_due(now, minutes)
    assert moment <= now < moment + timedelta(minutes=minutes)
    assert moment_due(moment, minutes) == moment
    assert moment.date() == now.date()
