"""When one may sign up, sees the link, and is reminded."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.rules.attendance import Effect, effect
from meetings.rules.moments import (
    Refusal,
    Reminding,
    link_shows,
    minutes_of,
    overlap,
    reminding,
    why_not,
)

START = datetime(2026, 12, 3, 18, 30, tzinfo=UTC)
END = START + timedelta(hours=2)
HOURS = st.integers(0, 72)


@pytest.mark.parametrize(
    ("now", "closes", "cancelled", "expected"),
    [
        (START - timedelta(days=1), None, False, None),
        (START, None, False, Refusal.CLOSED),
        (END, None, False, Refusal.ENDED),
        (START - timedelta(days=1), START - timedelta(days=2), False, Refusal.CLOSED),
        (START + timedelta(minutes=5), START + timedelta(minutes=30), False, None),
        (START - timedelta(days=1), None, True, Refusal.CANCELLED),
    ],
)
def test_when_one_may_sign_up(now, closes, cancelled, expected):
    found = why_not(now=now, starts_at=START, ends_at=END, closes_at=closes, is_cancelled=cancelled)
    assert found is expected


def test_the_link_shows_from_a_day_before_until_the_end():
    a_day = timedelta(days=1)
    moments = (START - a_day - timedelta(seconds=1), START - a_day, END - timedelta(seconds=1), END)
    assert [link_shows(now, START, END) for now in moments] == [False, True, True, False]


@pytest.mark.parametrize(
    ("days", "ago", "expected"),
    [
        (0, 10, None),
        (1, 0, Reminding.DAY_BEFORE),
        (2, 3, Reminding.SOME_DAYS),
        (4, 3, Reminding.SOME_DAYS),
        (4, 1, None),
        (5, 10, None),
        (-1, 10, None),
    ],
)
def test_when_somebody_is_reminded(days, ago, expected):
    now = datetime(2026, 12, 1, 7, tzinfo=UTC)
    day = date(2026, 12, 1)
    found = reminding(day, day + timedelta(days=days), signed_up=now - timedelta(days=ago), now=now)
    assert found is expected


@given(a=HOURS, long=st.integers(1, 9), b=HOURS, other=st.integers(1, 9))
def test_two_overlap_when_some_hour_is_in_both(a, long, b, other):
    def at(hours):
        return START + timedelta(hours=hours)

    shared = set(range(a, a + long)) & set(range(b, b + other))
    assert overlap(at(a), at(a + long), at(b), at(b + other)) is bool(shared)


def test_how_long_it_lasts():
    assert minutes_of(START, END) == 120


@given(
    ticks=st.lists(st.sampled_from([True, False, None]), max_size=8),
    counts=st.lists(st.booleans(), min_size=8, max_size=8),
)
def test_what_is_held_follows_the_last_tick(ticks, counts):
    """However often it is ticked and corrected: held only if ticked, and only if it counted."""
    held = False
    for tick, counting in zip(ticks, counts, strict=False):
        done = effect(attended=tick, counts=counting, has=held)
        expected = bool(tick) and (held or counting)
        held = {Effect.GIVE: True, Effect.TAKE: False}.get(done, held)
        assert held is expected
        assert effect(attended=tick, counts=counting, has=held) is Effect.NOTHING
