"""Marking what is put in its place or written, against obvious counts."""

from decimal import Decimal
from fractions import Fraction
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learning.rules.gaps import Gap, GapError, parse_gaps
from learning.rules.grading import InvalidResponse, mark, points
from learning.rules.keys import (
    NumberKey,
    OrderKey,
    PairsKey,
    ReflectionKey,
    TextKey,
    is_one_typo_away,
    parse_number,
    plain,
)

ITEMS = ("a", "b", "c", "d", "e")
PLACES = ("1", "2", "3", "4", "5")


def placements():
    return st.dictionaries(st.sampled_from(ITEMS), st.sampled_from(PLACES))


def longest_in_order(placed: dict[str, str]) -> int:
    """Try every choice of items, from long to short."""
    for size in range(len(ITEMS), 0, -1):
        for chosen in combinations([item for item in ITEMS if item in placed], size):
            given_places = [int(placed[item]) for item in chosen]
            if all(one < two for one, two in pairwise(given_places)):
                return size
    return 0


@given(placements())
def test_an_ordering_earns_its_longest_right_sequence(placed):
    earned = points(OrderKey(ITEMS), placed)
    assert earned == Fraction(max(longest_in_order(placed) - 1, 0), 4)


def test_the_right_order_earns_all_and_its_reverse_or_one_place_for_all_nothing():
    key = OrderKey(ITEMS)
    assert points(key, key.best) == 1
    assert points(key, dict(zip(ITEMS, reversed(PLACES), strict=True))) == 0
    assert points(key, dict.fromkeys(ITEMS, "3")) == 0
    assert points(key, {}) == 0


@pytest.mark.parametrize("response", [{"a": "6"}, {"z": "1"}, ["a", "b"]])
def test_an_ordering_refuses_what_it_has_not(response):
    with pytest.raises(InvalidResponse):
        points(OrderKey(ITEMS), response)


@given(st.dictionaries(st.sampled_from("abc"), st.sampled_from("xyz")))
def test_each_right_pair_earns_its_share(chosen):
    right = {"a": "x", "b": "y", "c": "x"}
    key = PairsKey(right, dict.fromkeys(right, frozenset("xyz")))
    hits = [row for row in right if row in chosen and chosen[row] == right[row]]
    assert points(key, chosen) == Fraction(len(hits), 3)
    assert points(key, chosen, all_or_nothing=True) == int(len(hits) == 3)


def test_a_choice_of_another_place_is_refused():
    key = PairsKey({"g1": "g1c1"}, {"g1": frozenset({"g1c1", "g1c2"})})
    for response in ({"g1": "g2c1"}, {"g2": "g1c1"}, ["g1c1"]):
        with pytest.raises(InvalidResponse):
            points(key, response)


@pytest.mark.parametrize(
    ("text", "is_right"),
    [
        ("gedragscode", True),
        ("  GedragsCode. ", True),
        ("gedragscóde", True),
        ("gedragscod", True),
        ("gedrgascode", True),
        ("gedragskoode", False),
        ("begroting", False),
        ("", False),
    ],
)
def test_case_accents_spaces_and_one_typo_are_forgiven(text, is_right):
    key = TextKey(("Gedragscode", "de code"), typo_allowed=True)
    assert points(key, [text]) == int(is_right)


def test_no_typo_where_it_makes_another_word_or_another_figure():
    assert points(TextKey(("eed",), typo_allowed=True), ["een"]) == 0
    assert points(TextKey(("artikel 15",), typo_allowed=True), ["artikel 16"]) == 0
    assert points(TextKey(("gedragscode",), typo_allowed=False), ["gedragscod"]) == 0


def distance(one: str, two: str) -> int:
    """Damerau-Levenshtein (optimal string alignment), by the book."""
    rows = [
        [max(i, j) if 0 in (i, j) else 0 for j in range(len(two) + 1)] for i in range(len(one) + 1)
    ]
    for i in range(1, len(one) + 1):
        for j in range(1, len(two) + 1):
            best = min(
                rows[i - 1][j] + 1,
                rows[i][j - 1] + 1,
                rows[i - 1][j - 1] + (one[i - 1] != two[j - 1]),
            )
            if i > 1 and j > 1 and one[i - 1] == two[j - 2] and one[i - 2] == two[j - 1]:
                best = min(best, rows[i - 2][j - 2] + 1)
            rows[i][j] = best
    return rows[-1][-1]


@given(st.text("abc", max_size=7), st.text("abc", max_size=7))
def test_one_typo_is_a_distance_of_one(one, two):
    assert is_one_typo_away(one, two) == (distance(one, two) <= 1)


@given(st.text(max_size=40))
def test_a_plain_text_is_plain_already(text):
    assert plain(plain(text)) == plain(text)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("45", "45"),
        ("45,5", "45.5"),
        ("45.5", "45.5"),
        ("1.234", "1234"),
        ("1.234,5", "1234.5"),
        ("1,234.5", "1234.5"),
        ("€ 50", "50"),
        ("45 %", "45"),
        ("-3", "-3"),
        ("0.125", "0.125"),
    ],
)
def test_numbers_are_read_as_people_write_them(text, number):
    assert parse_number(text) == Decimal(number)


@pytest.mark.parametrize("text", ["vijf", "1-2", "NaN", "Infinity", "1e999999", "", "--4"])
def test_what_is_no_number_is_refused(text):
    with pytest.raises(InvalidResponse):
        parse_number(text)


@given(
    st.decimals(-1000, 1000, places=2),
    st.decimals(0, 50, places=2),
    st.decimals(-1100, 1100, places=2),
)
def test_a_number_is_right_within_its_tolerance(value, tolerance, given_number):
    key = NumberKey(value, tolerance)
    earned = points(key, [f"{given_number:f}"])
    if len(f"{given_number:f}".partition(".")[2]) != 3:
        assert earned == int(value - tolerance <= given_number <= value + tolerance)
    assert points(key, key.best) == 1


def test_a_reflection_earns_nothing_and_weighs_nothing():
    assert points(ReflectionKey(), ["Ik denk aan gisteren."]) == 0
    marked = mark([Fraction(1), Fraction(0)], pass_mark=70, weights=[1, 0])
    assert (marked.percentage, marked.passed) == (100, True)
    with pytest.raises(ValueError, match="count"):
        mark([Fraction(0)], pass_mark=70, weights=[0])


@given(st.lists(st.tuples(st.fractions(0, 1), st.integers(1, 9)), min_size=1, max_size=8))
def test_a_weight_is_as_good_as_asking_so_often(questions):
    earned = [each for each, _weight in questions]
    weights = [weight for _each, weight in questions]
    often = [each for each, weight in questions for _time in range(weight)]
    weighed = mark(earned, pass_mark=70, weights=weights)
    assert weighed.percentage == mark(often, pass_mark=70).percentage


def test_a_text_with_places_to_choose_at():
    parts = parse_gaps(
        "De raad stelt de [code|begroting] vast, de [griffier | wethouder|raad] helpt."
    )
    assert [part if isinstance(part, str) else list(part.choices.values()) for part in parts] == [
        "De raad stelt de ",
        ["code", "begroting"],
        " vast, de ",
        ["griffier", "wethouder", "raad"],
        " helpt.",
    ]
    gaps = [part for part in parts if isinstance(part, Gap)]
    assert [gap.right for gap in gaps] == ["g1c1", "g2c1"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Niets te kiezen.", "no gap"),
        ("Een [keuze].", "number of choices"),
        ("Een [a|].", "empty choice"),
        ("Een [a|A].", "same choice"),
        ("Een [a|b] en [c|d", "bracket"),
        ("[a|b]" * 9, "too many gaps"),
    ],
)
def test_what_is_wrong_with_a_text_is_named(text, reason):
    with pytest.raises(GapError) as error:
        parse_gaps(text)
    assert error.value.reason == reason
