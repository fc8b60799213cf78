"""What a list of people would change, before anything is done."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from learning.rules.people_file import Fault, Row
from learning.rules.people_plan import (
    Change,
    Held,
    Known,
    Outcome,
    Period,
    Plan,
    Step,
    plan_people,
)
from learning.rules.people_values import RowFault

DAY = date(2026, 11, 25)
APRIL = date(2026, 4, 1)
YESTERDAY = DAY - timedelta(days=1)
COUNCIL, ALDERMAN, STAFF = "raadslid", "wethouder", "medewerker"


def row(number=2, role=COUNCIL, starts_on=None, ends_on=None, **fields) -> Row:
    defaults = {"email": "anna@x.nl", "name": "Anna"}
    return Row(number, role=role, starts_on=starts_on, ends_on=ends_on, **(defaults | fields))


def anna(*periods, name="Anna", may_rename=True) -> dict[str, Known]:
    held = tuple(Held(key, Period(*period)) for key, period in enumerate(periods))
    return {"anna@x.nl": Known(1, name, held, may_rename)}


def plan(*rows, known=None, has_ends=True, **options) -> Plan:
    return plan_people(rows, known or {}, day=DAY, has_ends=has_ends, **options)


def only(*rows, **options) -> Step:
    [step] = plan(*rows, **options).steps
    return step


def test_who_is_not_known_here_is_new():
    step = only(row())
    assert step.outcome == Outcome.NEW
    assert step.changes == (Change(None, Period(COUNCIL, DAY, None)),)
    assert only(row(starts_on=APRIL)).changes[0].after.starts_on == APRIL


def test_who_is_a_member_already_stays_so():
    known = anna((COUNCIL, APRIL, None))
    assert only(row(), known=known).outcome == Outcome.UNCHANGED
    assert only(row(starts_on=APRIL), known=known).outcome == Outcome.UNCHANGED


def test_another_day_changes_the_membership():
    step = only(row(starts_on=date(2026, 3, 30)), known=anna((COUNCIL, APRIL, None)))
    assert step.outcome == Outcome.CHANGED
    assert step.changes[0].after == Period(COUNCIL, date(2026, 3, 30), None)


def test_a_last_day_ends_it():
    known = anna((COUNCIL, APRIL, None))
    step = only(row(ends_on=YESTERDAY), known=known)
    assert step.outcome == Outcome.ENDED
    assert step.changes[0].after == Period(COUNCIL, APRIL, YESTERDAY)
    ended = anna((COUNCIL, APRIL, YESTERDAY))
    assert only(row(ends_on=YESTERDAY), known=ended).outcome == Outcome.UNCHANGED
    step = only(row(ends_on=date(2026, 1, 1)), known=known)
    assert step.faults[0].kind == RowFault.START_NEEDED


def test_an_empty_last_day_means_something_only_where_there_is_a_column_for_it():
    known = anna((COUNCIL, APRIL, DAY + timedelta(days=30)))
    assert only(row(), known=known, has_ends=False).outcome == Outcome.UNCHANGED
    step = only(row(), known=known)
    assert step.changes[0].after.ends_on is None


def test_who_left_and_is_in_the_list_has_come_back():
    known = anna((COUNCIL, APRIL, YESTERDAY))
    for has_ends in (True, False):
        step = only(row(), known=known, has_ends=has_ends)
        assert step.changes == (Change(None, Period(COUNCIL, DAY, None)),)
        # With the first day of the membership that was ended: then it was ended by mistake.
        step = only(row(starts_on=APRIL), known=known, has_ends=has_ends)
        assert step.changes[0].after == Period(COUNCIL, APRIL, None)


def test_another_role_comes_in_the_place_of_the_one_there_was():
    known = anna((COUNCIL, APRIL, None))
    step = only(row(role=ALDERMAN, starts_on=date(2026, 6, 1)), known=known)
    assert step.outcome == Outcome.CHANGED
    assert [change.after for change in step.changes] == [
        Period(COUNCIL, APRIL, date(2026, 5, 31)),
        Period(ALDERMAN, date(2026, 6, 1), None),
    ]
    # From the very first day: then the role was wrong.
    step = only(row(role=ALDERMAN, starts_on=APRIL), known=known)
    assert [change.after for change in step.changes] == [Period(ALDERMAN, APRIL, None)]


def test_two_rows_are_two_roles():
    known = anna((COUNCIL, APRIL, None))
    steps = plan(row(2), row(3, role=STAFF), known=known).steps
    assert [step.outcome for step in steps] == [Outcome.UNCHANGED, Outcome.NEW]


def test_a_role_that_the_file_does_not_name_is_left_alone_beside_one_that_it_does():
    known = anna((COUNCIL, APRIL, None), (STAFF, APRIL, None))
    assert only(row(), known=known).outcome == Outcome.UNCHANGED
    assert only(row(role=ALDERMAN), known=known).outcome == Outcome.NEW


def test_a_name_changes_only_if_it_is_ours_to_give():
    known = anna((COUNCIL, APRIL, None), name="A. Bos")
    step = only(row(), known=known)
    assert (step.outcome, step.new_name) == (Outcome.CHANGED, "Anna")
    step = only(row(), known=anna((COUNCIL, APRIL, None), name="A. Bos", may_rename=False))
    assert (step.outcome, step.new_name, step.name_stays) == (Outcome.UNCHANGED, "", True)
    steps = plan(row(2), row(3, role=STAFF), known=known).steps
    assert [step.new_name for step in steps] == ["Anna", ""]


def test_doubles_are_named():
    steps = plan(row(2), row(3), row(4, name="Anne", role=STAFF)).steps
    assert [step.outcome for step in steps] == [Outcome.NEW, Outcome.WRONG, Outcome.WRONG]
    assert steps[1].faults == (Fault(RowFault.DOUBLE, "2"),)
    assert steps[2].faults == (Fault(RowFault.OTHER_NAME, "2"),)
    # Twice in one role, one after the other, is no double.
    twice = plan(
        row(2, starts_on=date(2018, 3, 29), ends_on=date(2022, 3, 29)), row(3, starts_on=APRIL)
    )
    assert [step.outcome for step in twice.steps] == [Outcome.NEW, Outcome.NEW]


def test_a_row_that_may_be_about_several_memberships_is_wrong():
    known = anna((COUNCIL, date(2018, 1, 1), date(2022, 1, 1)), (COUNCIL, APRIL, None))
    step = only(row(starts_on=date(2019, 1, 1)), known=known)
    assert step.faults == (Fault(RowFault.SEVERAL),)
    step = only(row(starts_on=date(2018, 1, 1)), known=known)
    assert step.faults == (Fault(RowFault.SEVERAL),)


def test_who_is_not_in_the_file_is_ended_only_when_asked():
    known = anna((COUNCIL, APRIL, None), (STAFF, APRIL, None))
    other = row(email="bas@x.nl", name="Bas")
    assert len(plan(other, known=known).steps) == 1
    step = plan(other, known=known, end_absent=True).steps[1]
    assert (step.number, step.name, step.outcome) == (0, "Anna", Outcome.ENDED)
    # The file says nothing of staff.
    assert step.changes == (
        Change(Held(0, Period(COUNCIL, APRIL, None)), Period(COUNCIL, APRIL, DAY)),
    )


def test_nobody_is_ended_who_may_be_behind_a_row_that_cannot_be_read():
    known = anna((COUNCIL, APRIL, None))
    other = row(email="bas@x.nl", name="Bas")
    unreadable = row(3, email="", faults=(Fault(RowFault.WRONG_EMAIL),))
    sure = plan(other, unreadable, known=known, end_absent=True)
    assert (len(sure.steps), sure.absent_unsure) == (2, True)
    wrong = row(3, role="", faults=(Fault(RowFault.UNKNOWN_ROLE),))
    assert len(plan(other, wrong, known=known, end_absent=True).steps) == 2


# Whatever there is and whatever the file says

days = st.dates(date(2026, 11, 15), date(2026, 12, 5))
roles = st.sampled_from([COUNCIL, ALDERMAN, STAFF])


@st.composite
def periods(draw) -> list[Period]:
    """Of one person: none overlaps another in the same role."""
    found: list[Period] = []
    for _ in range(draw(st.integers(0, 3))):
        start, length = draw(days), draw(st.none() | st.integers(0, 8))
        end = None if length is None else start + timedelta(length)
        role = draw(roles)
        if not any(each.role == role and each.overlaps(start, end) for each in found):
            found.append(Period(role, start, end))
    return found


@st.composite
def municipalities(draw) -> dict[str, Known]:
    known = {}
    for number, letter in enumerate("abc"):
        held = draw(periods())
        if held:
            known[letter] = Known(
                number,
                draw(st.sampled_from(["Anna", "Bas"])),
                tuple(Held(10 * number + n, period) for n, period in enumerate(held)),
                draw(st.booleans()),
            )
    return known


@st.composite
def files(draw) -> list[Row]:
    rows = []
    for number in range(2, 2 + draw(st.integers(1, 6))):
        start = draw(st.none() | days)
        length = draw(st.none() | st.integers(0, 8))
        end = None if length is None else (start or draw(days)) + timedelta(length)
        email = draw(st.sampled_from("abcd"))
        name = draw(st.sampled_from(["Anna", "Anna", "Bas"]))
        rows.append(Row(number, email, name, draw(roles), start, end))
    return rows


def applied(plan: Plan, known: dict[str, Known]) -> dict[str, Known]:
    """What there is when the plan has been carried out."""
    keys = iter(range(1000, 2000))
    result = dict(known)
    for step in plan.steps:
        person = result.get(step.email) or Known(next(keys), step.name, (), may_rename=True)
        held = list(person.held)
        for change in step.changes:
            if change.before is not None:
                held.remove(change.before)
            key = change.before.key if change.before else next(keys)
            held.append(Held(key, change.after))
        if held:
            name = step.new_name or person.name
            result[step.email] = replace(person, name=name, held=tuple(held))
    return result


@given(files(), municipalities(), st.booleans(), st.booleans())
@settings(max_examples=500, deadline=None)
def test_a_plan_is_sound_and_repeating_the_file_changes_nothing(rows, known, has_ends, end_absent):
    options = {"day": DAY, "has_ends": has_ends, "end_absent": end_absent}
    first = plan_people(rows, known, **options)
    assert [step.number for step in first.steps[: len(rows)]] == [row.number for row in rows]
    after = applied(first, known)
    for person in after.values():
        for n, one in enumerate(person.held):
            assert one.period.ends_on is None or one.period.ends_on >= one.period.starts_on
            for other in person.held[n + 1 :]:
                assert one.period.role != other.period.role or not one.period.overlaps(
                    other.period.starts_on, other.period.ends_on
                )
    for step in first.steps:
        if step.outcome in (Outcome.WRONG, Outcome.UNCHANGED):
            assert not step.changes
            assert not step.new_name
    again = plan_people(rows, after, **options)
    assert {step.outcome for step in again.steps} <= {Outcome.UNCHANGED, Outcome.WRONG}


@given(files(), municipalities())
@settings(deadline=None)
def test_who_is_in_the_file_is_a_member_today(rows, known):
    """Of the rows without a last day that can be done; unless it says to begin later."""
    plan = plan_people(rows, known, day=DAY, has_ends=True)
    after = applied(plan, known)
    for row, step in zip(rows, plan.steps, strict=True):
        if step.outcome != Outcome.WRONG and row.ends_on is None:
            assert any(
                held.period.role == row.role and held.period.ends_on is None
                for held in after[row.email].held
            )


@pytest.mark.parametrize("outcome", list(Outcome))
def test_counts(outcome):
    assert plan(row()).counts()[outcome] == (outcome == Outcome.NEW)
