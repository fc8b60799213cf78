"""Marking, held against a slow and obvious way of counting."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learning.rules.grading import ChoiceKey, InvalidResponse, Kind, check_response, mark, points

OPTIONS = "abcdefgh"


CHOSEN = tuple(kind for kind in Kind if kind.has_options)


@st.composite
def keys(draw: st.DrawFn, kinds: tuple[Kind, ...] = CHOSEN) -> ChoiceKey:
    kind = draw(st.sampled_from(kinds))
    count = 2 if kind is Kind.TRUE_FALSE else draw(st.integers(2, len(OPTIONS)))
    options = OPTIONS[:count]
    if kind.takes_one:
        correct = {draw(st.sampled_from(options))}
    else:
        correct = draw(st.sets(st.sampled_from(options), min_size=1, max_size=count - 1))
    return ChoiceKey(kind, frozenset(options), frozenset(correct))


@st.composite
def keys_with_response(draw: st.DrawFn) -> tuple[ChoiceKey, set[str]]:
    key = draw(keys())
    most = 1 if key.kind.takes_one else None
    return key, draw(st.sets(st.sampled_from(sorted(key.options)), max_size=most))


def obvious_points(key: ChoiceKey, response: set[str]) -> Fraction:
    """One option at a time, as one would do with a pencil."""
    if key.kind.takes_one:
        return Fraction(1) if response == set(key.correct) else Fraction(0)
    score = Fraction(0)
    for option in key.options:
        if option not in response:
            continue
        if option in key.correct:
            score += Fraction(1, len(key.correct))
        else:
            score -= Fraction(1, len(key.options) - len(key.correct))
    return score if score > 0 else Fraction(0)


@given(keys_with_response())
def test_points_equal_the_obvious_count(case: tuple[ChoiceKey, set[str]]) -> None:
    key, response = case
    assert points(key, response) == obvious_points(key, response)


@given(keys_with_response())
def test_only_the_key_itself_earns_a_whole_point(case: tuple[ChoiceKey, set[str]]) -> None:
    key, response = case
    earned = points(key, response)
    assert 0 <= earned <= 1
    assert (earned == 1) == (response == set(key.correct))


@given(keys(kinds=(Kind.MULTIPLE_RESPONSE,)))
def test_ticking_everything_or_nothing_never_pays(key: ChoiceKey) -> None:
    assert points(key, key.options) == 0
    assert points(key, []) == 0


@given(keys(kinds=(Kind.MULTIPLE_RESPONSE,)), st.data())
def test_one_more_right_option_never_costs(key: ChoiceKey, data: st.DataObject) -> None:
    response = data.draw(st.sets(st.sampled_from(sorted(key.options))))
    extra = data.draw(st.sampled_from(sorted(key.correct)))
    assert points(key, response | {extra}) >= points(key, response)


@given(keys())
def test_an_option_of_another_question_is_refused(key: ChoiceKey) -> None:
    with pytest.raises(InvalidResponse):
        check_response(key, ["not-an-option"])


@given(keys(kinds=(Kind.SINGLE_CHOICE, Kind.TRUE_FALSE)))
def test_two_options_where_one_is_asked_are_refused(key: ChoiceKey) -> None:
    with pytest.raises(InvalidResponse):
        points(key, sorted(key.options)[:2])


@pytest.mark.parametrize(
    ("kind", "options", "correct"),
    [
        (Kind.SINGLE_CHOICE, "ab", ""),
        (Kind.SINGLE_CHOICE, "abc", "ab"),
        (Kind.MULTIPLE_RESPONSE, "ab", "ab"),
        (Kind.MULTIPLE_RESPONSE, "ab", "c"),
    ],
)
def test_a_key_that_cannot_be_is_refused(kind: Kind, options: str, correct: str) -> None:
    with pytest.raises(ValueError, match="A "):
        ChoiceKey(kind, frozenset(options), frozenset(correct))


@given(
    st.lists(st.fractions(0, 1, max_denominator=12), min_size=1, max_size=30), st.integers(1, 100)
)
def test_an_attempt_passes_at_its_mark_and_not_a_hair_before(
    earned: list[Fraction], pass_mark: int
) -> None:
    marked = mark(earned, pass_mark=pass_mark)
    exact = Fraction(100) * sum(earned) / len(earned)
    assert marked.percentage <= exact < marked.percentage + 1
    assert marked.passed == (exact >= pass_mark)
    assert marked.maximum == len(earned)


@pytest.mark.parametrize("pass_mark", [0, 101, -5])
def test_a_pass_mark_is_a_percentage(pass_mark: int) -> None:
    with pytest.raises(ValueError, match="percentage"):
        mark([Fraction(1)], pass_mark=pass_mark)


def test_an_attempt_without_questions_cannot_be_marked() -> None:
    with pytest.raises(ValueError, match="without questions"):
        mark([], pass_mark=70)
