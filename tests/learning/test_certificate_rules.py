"""Codes that survive being read aloud and typed, and what a certificate is worth on a day."""

from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learning.rules.certificate_codes import (
    ALPHABET,
    GROUP,
    LENGTH,
    RANDOM,
    check_sign,
    in_groups,
    new_code,
    read_code,
)
from learning.rules.certificates import Facts, Standing, standing

CODES = st.text(ALPHABET, min_size=RANDOM, max_size=RANDOM).map(lambda s: s + check_sign(s))
TODAY = date(2026, 6, 1)
DAYS = st.none() | st.dates(date(2026, 5, 1), date(2026, 7, 1))


def test_a_code_is_not_to_be_guessed():
    assert len(ALPHABET) ** RANDOM >= 2**80
    assert len({new_code() for _ in range(1000)}) == 1000
    assert not set("ILOU") & set(ALPHABET)


@given(CODES)
def test_what_is_printed_is_read_back(code):
    shown = in_groups(code)
    assert len(shown.split("-")) == LENGTH / GROUP
    assert read_code(shown) == read_code(shown.lower()) == read_code(f" {code} ") == code
    as_typed = shown.replace("0", "o").replace("1", "l").replace("-", " – ")
    assert read_code(as_typed) == read_code(shown.replace("1", "I")) == code


@given(CODES, st.integers(0, LENGTH - 1), st.sampled_from(ALPHABET))
def test_a_wrong_sign_is_always_found(code, place, sign):
    wrong = code[:place] + sign + code[place + 1 :]
    if wrong != code:
        with pytest.raises(ValueError, match="not right"):
            read_code(wrong)


def test_two_signs_that_changed_places_are_nearly_always_found():
    missed = tried = 0
    for _ in range(300):
        code = new_code()
        for at in range(LENGTH - 1):
            swapped = code[:at] + code[at + 1] + code[at] + code[at + 2 :]
            if swapped != code:
                tried += 1
                missed += check_sign(swapped[:-1]) == swapped[-1]
    assert missed / tried < 0.01


@given(st.text(max_size=80))
def test_anything_typed_is_a_code_or_an_error(typed):
    with suppress(ValueError):
        assert len(read_code(typed)) == LENGTH


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (Facts(), Standing.VALID),
        (Facts(valid_until=TODAY), Standing.VALID),
        (Facts(valid_until=TODAY - timedelta(days=1)), Standing.LAPSED),
        (Facts(is_archived=True), Standing.REPLACED),
        (Facts(is_archived=True, valid_until=date(2026, 5, 1)), Standing.LAPSED),
        (Facts(is_archived=True, ended_on=TODAY), Standing.WITHDRAWN),
        # What is asked again from a day on was good until then.
        (Facts(ended_on=TODAY, is_asked_again=True, is_archived=True), Standing.LAPSED),
        (Facts(ended_on=TODAY + timedelta(days=1), is_asked_again=True), Standing.VALID),
    ],
)
def test_what_it_is_worth(facts, expected):
    assert standing(facts, TODAY) is expected


@given(DAYS, DAYS, st.booleans(), st.booleans())
def test_it_is_never_valid_after_its_last_day(valid_until, ended_on, again, archived):
    facts = Facts(
        valid_until=valid_until, ended_on=ended_on, is_asked_again=again, is_archived=archived
    )
    found = standing(facts, TODAY)
    if found is Standing.VALID:
        assert valid_until is None or valid_until >= TODAY
        assert ended_on is None or ended_on > TODAY
        assert not archived
