"""How long a completion counts, against a reckoning that goes through the days one by one."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learning.rules.validity import (
    Period,
    Proof,
    Terms,
    ValidityKind,
    add_months,
    calendar_end,
    holding_on,
    natural_ends,
    periods,
)

FIRST = date(2026, 1, 1)
DAYS = 900
ALL_DAYS = [FIRST + timedelta(n) for n in range(DAYS)]
ONE_DAY = timedelta(days=1)

days = st.integers(0, 500).map(lambda n: FIRST + timedelta(n))
terms_of_a_while = st.builds(
    Terms,
    kind=st.sampled_from([kind for kind in ValidityKind if kind is not ValidityKind.FOR_GOOD]),
    months=st.integers(2, 15),
    calendar_start=st.dates(date(2020, 1, 1), date(2028, 12, 31)),
    renewal_days=st.integers(0, 50),
    counts_from=st.none() | days,
)
terms = terms_of_a_while | st.builds(Terms, counts_from=st.none() | days)
proofs = st.lists(st.builds(Proof, days, st.none() | days, is_renewal=st.booleans()), max_size=5)
standing_proofs = st.lists(st.builds(Proof, days, is_renewal=st.booleans()), max_size=5)


class Walk:
    """Somebody goes through the days, and remembers through when they are in order."""

    def __init__(self, asked: Terms) -> None:
        self.asked = asked
        self.is_whole = False
        self.for_good = False
        # Every day through which something that they finished may count.
        self.ends: set[date] = set()
        # Each first day of a period, counted from the day that was named.
        anchor = asked.calendar_start or FIRST
        self.calendar = [add_months(anchor, n * asked.months) for n in range(-100, 100)]

    def finish(self, proof: Proof) -> None:
        day = proof.completed_on
        if self.asked.counts_from is not None and day < self.asked.counts_from:
            return
        if proof.is_renewal and not self.is_whole:
            return
        self.is_whole = True
        if self.asked.kind is ValidityKind.FOR_GOOD:
            self.for_good = True
            return
        self.ends |= self.ends_of(day)

    def ends_of(self, day: date) -> set[date]:
        asked = self.asked
        if asked.kind is ValidityKind.CALENDAR:
            coming = [start for start in self.calendar if start > day]
            is_open = (coming[0] - ONE_DAY) - day < timedelta(days=asked.renewal_days)
            return {coming[1 if is_open else 0] - ONE_DAY}
        starts = {day}
        if asked.kind is ValidityKind.FROM_PREVIOUS_END:
            for end in self.ends:
                if timedelta(0) <= end - day < timedelta(days=asked.renewal_days):
                    starts.add(end + ONE_DAY)
        return {add_months(start, asked.months) - ONE_DAY for start in starts}

    def is_in_order(self, day: date) -> bool:
        return self.for_good or any(day <= end for end in self.ends)


def in_order_on(day: date, asked: Terms, finished: list[Proof]) -> bool:
    """The definition: only what had been finished by then, and had not been ended, counts."""
    walk = Walk(asked)
    for proof in sorted(finished, key=lambda p: (p.completed_on, p.is_renewal)):
        if proof.completed_on <= day and (proof.ended_on is None or proof.ended_on > day):
            walk.finish(proof)
    return walk.is_in_order(day)


@given(asked=terms, finished=proofs)
def test_the_periods_are_the_days_one_by_one(asked, finished):
    held = periods(asked, finished)
    for day in ALL_DAYS[::3]:
        expected = in_order_on(day, asked, finished)
        assert (holding_on(day, held) is not None) == expected, (day, held)


@given(asked=terms, finished=proofs, which=st.integers(0, 4), ended_on=days)
def test_ending_a_proof_leaves_the_days_before_it_as_they_were(asked, finished, which, ended_on):
    before = periods(asked, finished)
    later = [
        replace(proof, ended_on=ended_on) if n == which and proof.ended_on is None else proof
        for n, proof in enumerate(finished)
    ]
    after = periods(asked, later)
    for day in ALL_DAYS[::7]:
        was, is_now = (holding_on(day, held) is not None for held in (before, after))
        if day < ended_on:
            assert was == is_now, day
        else:
            # Ending never gives anybody anything.
            assert was or not is_now, day


@given(asked=terms, finished=standing_proofs, another=days)
def test_finishing_once_more_never_takes_anything_away(asked, finished, another):
    before = periods(asked, finished)
    after = periods(asked, [*finished, Proof(another)])
    for day in ALL_DAYS[::7]:
        assert holding_on(day, before) is None or holding_on(day, after) is not None


@given(months=st.integers(2, 15), window=st.integers(1, 50), first=days, data=st.data())
def test_who_renews_early_loses_nothing(months, window, first, data):
    asked = Terms(ValidityKind.FROM_PREVIOUS_END, months, renewal_days=window)
    (end,) = natural_ends(first, asked, set())
    early = data.draw(st.integers(0, window - 1).filter(lambda n: end - timedelta(n) > first))
    held = periods(asked, [Proof(first), Proof(end - timedelta(early))])
    assert held[-1].end == add_months(end + ONE_DAY, months) - ONE_DAY


@given(asked=terms_of_a_while, finished=standing_proofs)
def test_nothing_is_stacked_up(asked, finished):
    for period in periods(replace(asked, counts_from=None), finished):
        most = add_months(period.start, 2 * asked.months) + timedelta(days=3)
        assert period.end < most


@given(asked=terms_of_a_while, day=days)
def test_calendar_periods_tile_the_calendar(asked, day):
    end = calendar_end(day, asked)
    assert end >= day
    start = day
    while calendar_end(start - ONE_DAY, asked) == end:
        start -= ONE_DAY
    assert calendar_end(start - ONE_DAY, asked) == start - ONE_DAY
    assert all(calendar_end(start + timedelta(n), asked) == end for n in range((end - start).days))
    assert calendar_end(end + ONE_DAY, asked) > end
    anchor = asked.calendar_start
    assert calendar_end(anchor - ONE_DAY, asked) == anchor - ONE_DAY


@given(day=st.dates(date(2000, 1, 1), date(2090, 1, 1)), months=st.integers(0, 120))
def test_months_keep_the_day_where_they_have_it(day, months):
    later = add_months(day, months)
    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert later.day == day.day or (later + ONE_DAY).day == 1


def of_a_year(kind, **options):
    return Terms(kind, 12, **options)


@pytest.mark.parametrize(
    ("asked", "finished", "expected"),
    [
        # For good, and withdrawn.
        (Terms(), [Proof(date(2026, 4, 10))], [Period(date(2026, 4, 10))]),
        (
            Terms(),
            [Proof(date(2026, 4, 10), ended_on=date(2026, 5, 1))],
            [Period(date(2026, 4, 10), date(2026, 4, 30))],
        ),
        # Withdrawn on the day itself: it never counted.
        (Terms(), [Proof(date(2026, 4, 10), ended_on=date(2026, 4, 10))], []),
        # Twelve months from 10 April run through 9 April.
        (
            of_a_year(ValidityKind.FROM_COMPLETION),
            [Proof(date(2026, 4, 10))],
            [Period(date(2026, 4, 10), date(2027, 4, 9))],
        ),
        # 29 February has no other every year.
        (
            of_a_year(ValidityKind.FROM_COMPLETION),
            [Proof(date(2028, 2, 29))],
            [Period(date(2028, 2, 29), date(2029, 2, 27))],
        ),
        # In December one does the coming year.
        (
            of_a_year(ValidityKind.CALENDAR, calendar_start=date(2020, 1, 1), renewal_days=31),
            [Proof(date(2026, 11, 30)), Proof(date(2026, 12, 1))],
            [
                Period(date(2026, 11, 30), date(2026, 12, 31)),
                Period(date(2026, 12, 1), date(2027, 12, 31)),
            ],
        ),
        # A renewal without a whole before it is none; nor does one that never counted help it.
        (Terms(), [Proof(date(2026, 4, 10), is_renewal=True)], []),
        (
            Terms(),
            [
                Proof(date(2026, 4, 1), ended_on=date(2026, 4, 1)),
                Proof(date(2026, 4, 10), is_renewal=True),
            ],
            [],
        ),
        # What was done before the requirement began, where that does not count.
        (Terms(counts_from=date(2026, 4, 1)), [Proof(date(2026, 3, 31))], []),
        # The earlier one was withdrawn long after it had lengthened the later: that year stays.
        (
            of_a_year(ValidityKind.FROM_PREVIOUS_END, renewal_days=60),
            [
                Proof(date(2026, 1, 1), ended_on=date(2027, 12, 20)),
                Proof(date(2026, 12, 1)),
            ],
            [
                Period(date(2026, 1, 1), date(2026, 12, 31)),
                Period(date(2026, 12, 1), date(2027, 12, 19)),
            ],
        ),
    ],
)
def test_by_example(asked, finished, expected):
    assert periods(asked, finished) == expected


def test_what_is_longest_holds():
    held = [Period(FIRST, date(2026, 3, 1)), Period(FIRST), Period(FIRST, date(2026, 5, 1))]
    assert holding_on(FIRST, held).end is None
    assert holding_on(FIRST, held[::2]).end == date(2026, 5, 1)
    assert holding_on(FIRST - ONE_DAY, held) is None
