"""What is due, against the sentences by which it is defined."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learning.rules.due import (
    FULFILLED,
    OPEN,
    Rule,
    Service,
    Standing,
    applies,
    first_due,
    lapses_within,
    position_on,
)
from learning.rules.validity import Period

FIRST = date(2026, 1, 1)
DAY = date(2026, 6, 1)
ROLES = ["raadslid", "wethouder", "medewerker"]

days = st.integers(0, 300).map(lambda n: FIRST + timedelta(n))
spans = st.tuples(days, st.none() | st.integers(0, 200)).map(
    lambda pair: Period(pair[0], None if pair[1] is None else pair[0] + timedelta(pair[1]))
)
rules = st.builds(
    Rule,
    roles=st.frozensets(st.sampled_from(ROLES), min_size=1),
    days=spans,
    due_on=st.none() | days,
    due_days=st.none() | st.integers(1, 100),
    renewal_days=st.integers(0, 90),
)
services = st.lists(st.builds(Service, st.sampled_from(ROLES), spans), max_size=3)
situations = st.fixed_dictionaries(
    {
        "services": services,
        "held": st.lists(spans, max_size=3),
        "started_on": st.none() | days,
        "waived": st.lists(spans, max_size=2),
    }
)


def true_sentences(day, rule, situation):
    """Every standing with the sentence that says when it is somebody's: just one is true."""
    asking = [
        s
        for s in situation["services"]
        if s.role in rule.roles
        and s.days.start <= day <= (s.days.end or date.max)
        and rule.days.start <= day <= (rule.days.end or date.max)
    ]
    let_off = any(w.start <= day <= (w.end or date.max) for w in situation["waived"])
    asked = bool(asking) and not let_off
    ends = [h.end or date.max for h in situation["held"] if h.start <= day]
    last = max(ends, default=date.min)
    finished_once = bool(ends)
    valid = finished_once and last >= day
    soon = last != date.max and (last - day).days < rule.renewal_days
    due = rule.due_on
    if due is None and rule.due_days is not None and asking:
        due = min(max(s.days.start, rule.days.start) for s in asking) + timedelta(rule.due_days)
    late = due is not None and day > due
    begun = situation["started_on"] is not None and situation["started_on"] <= day
    return {
        Standing.NOT_REQUIRED: not asked,
        Standing.COMPLETED: asked and valid and not soon,
        Standing.RENEWAL_OPEN: asked and valid and soon,
        Standing.LAPSED: asked and finished_once and not valid,
        Standing.OVERDUE: asked and not finished_once and late,
        Standing.UNDER_WAY: asked and not finished_once and not late and begun,
        Standing.TO_DO: asked and not finished_once and not late and not begun,
    }


@given(day=days, rule=rules, situation=situations)
def test_everybody_stands_in_just_one_way(day, rule, situation):
    sentences = true_sentences(day, rule, situation)
    assert list(sentences.values()).count(True) == 1
    position = position_on(day, rule, **situation)
    assert sentences[position.standing]
    assert position.is_open == (position.standing in OPEN)
    assert position.is_fulfilled == (position.standing in FULFILLED)
    if position.standing is Standing.OVERDUE:
        assert position.due_on < day
    if position.is_fulfilled:
        assert position.valid_through is None or position.valid_through >= day


@given(day=days, rule=rules, situation=situations)
def test_the_order_of_what_is_known_does_not_matter(day, rule, situation):
    turned = {
        name: value[::-1] if isinstance(value, list) else value for name, value in situation.items()
    }
    assert position_on(day, rule, **situation) == position_on(day, rule, **turned)


@given(day=days, rule=rules, situation=situations)
def test_nobody_owes_what_is_not_asked_of_their_role(day, rule, situation):
    others = [s for s in situation["services"] if s.role not in rule.roles]
    position = position_on(day, rule, **situation | {"services": others})
    assert position.standing is Standing.NOT_REQUIRED


@given(rule=rules, situation=situations)
def test_what_is_late_stays_late_until_it_is_finished(rule, situation):
    """Time alone makes nobody less late, while they serve and it is asked."""
    lasting = [Service(s.role, Period(s.days.start)) for s in situation["services"]]
    rule = Rule(rule.roles, Period(rule.days.start), rule.due_on, rule.due_days, rule.renewal_days)
    never = {"services": lasting, "started_on": situation["started_on"]}
    was_late = False
    for n in range(0, 500, 5):
        standing = position_on(FIRST + timedelta(n), rule, **never).standing
        assert standing is Standing.OVERDUE or not was_late
        was_late = standing is Standing.OVERDUE


def rule(**changes):
    return Rule(
        **{
            "roles": frozenset(["raadslid"]),
            "days": Period(FIRST),
            "renewal_days": 60,
        }
        | changes
    )


SERVING = [Service("raadslid", Period(date(2026, 4, 1)))]


@pytest.mark.parametrize(
    ("changes", "situation", "standing", "due_on"),
    [
        ({}, {}, Standing.TO_DO, None),
        ({"due_on": DAY}, {}, Standing.TO_DO, DAY),
        # The day itself is still in time.
        ({"due_on": date(2026, 5, 31)}, {}, Standing.OVERDUE, date(2026, 5, 31)),
        ({"due_days": 61}, {}, Standing.TO_DO, DAY),
        ({"due_days": 60}, {}, Standing.OVERDUE, date(2026, 5, 31)),
        # Late is late, also for who has begun.
        ({"due_days": 60}, {"started_on": DAY}, Standing.OVERDUE, date(2026, 5, 31)),
        # Asked from May on, the days run from May on.
        ({"due_days": 60, "days": Period(date(2026, 5, 1))}, {}, Standing.TO_DO, date(2026, 6, 30)),
        ({}, {"held": [Period(DAY, date(2026, 7, 31))]}, Standing.COMPLETED, date(2026, 7, 31)),
        ({}, {"held": [Period(DAY, date(2026, 7, 30))]}, Standing.RENEWAL_OPEN, date(2026, 7, 30)),
        ({}, {"held": [Period(FIRST, date(2026, 5, 31))]}, Standing.LAPSED, date(2026, 5, 31)),
        ({}, {"waived": [Period(FIRST, DAY)]}, Standing.NOT_REQUIRED, None),
        ({"days": Period(FIRST, date(2026, 5, 31))}, {}, Standing.NOT_REQUIRED, None),
    ],
)
def test_by_example(changes, situation, standing, due_on):
    position = position_on(DAY, rule(**changes), **{"services": SERVING} | situation)
    assert (position.standing, position.due_on) == (standing, due_on)


def test_who_serves_twice_is_in_time_for_the_first():
    twice = [*SERVING, Service("raadslid", Period(date(2026, 5, 1)))]
    assert first_due(rule(due_days=10), twice, DAY) == date(2026, 4, 11)


def test_a_service_counts_through_its_last_day():
    service = Service("raadslid", Period(FIRST, DAY))
    assert applies(rule(), service, DAY)
    assert not applies(rule(), service, DAY + timedelta(1))


def test_what_ends_within_so_many_days():
    assert not lapses_within(None, DAY, 60)
    assert not lapses_within(Period(FIRST), DAY, 60)
    assert lapses_within(Period(FIRST, DAY), DAY, 1)
    assert not lapses_within(Period(FIRST, DAY + timedelta(1)), DAY, 1)
