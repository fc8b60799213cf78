"""Where somebody is, and what their status is on a day."""

from hypothesis import given
from hypothesis import strategies as st

from learning.rules.progress import progress

steps = st.lists(st.integers(0, 20), unique=True, max_size=12)


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
