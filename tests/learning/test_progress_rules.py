"""Where somebody is, and what their status is on a day."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from learning.rules.progress import Status, Validity, progress, status_on

steps = st.lists(st.integers(0, 20), unique=True, max_size=12)
days = st.dates(date(2026, 1, 1), date(2027, 12, 31))


@given(steps, st.sets(st.integers(0, 20)))
def test_progress_counts_the_steps_that_there_are(module: list[int], done: set[int]) -> None:
    result = progress(module, done)
    assert result.total == len(module)
    assert result.done == sum(step in done for step in module)
    left = [step for step in module if step not in done]
    assert result.next_step == (left[0] if left else None)
    assert result.is_complete == (bool(module) and not left)


@given(steps, st.sets(st.integers(0, 20)))
def test_doing_the_next_step_brings_one_nearer(module: list[int], done: set[int]) -> None:
    before = progress(module, done)
    if before.next_step is None:
        return
    after = progress(module, done | {before.next_step})
    assert after.done == before.done + 1


@st.composite
def validities(draw: st.DrawFn) -> Validity:
    start = draw(days)
    length = draw(st.none() | st.integers(0, 400))
    return Validity(start, None if length is None else start + timedelta(days=length))


@given(days, st.none() | days, st.lists(validities(), max_size=4))
def test_status_on_a_day(day: date, started: date | None, held: list[Validity]) -> None:
    status = status_on(day, started_on=started, completions=held)
    valid = False
    begun = started is not None and started <= day
    for completion in held:
        if completion.start <= day:
            begun = True
            if completion.end is None or completion.end >= day:
                valid = True
    expected = Status.COMPLETED if valid else Status.UNDER_WAY if begun else Status.NOT_STARTED
    assert status is expected
