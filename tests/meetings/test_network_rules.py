"""How much one may write, and words of which no program makes a link."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.rules.network import (
    MESSAGES_A_DAY,
    NEW_PEOPLE_A_DAY,
    Halt,
    too_much,
    unlinked,
)

LOOKS_LIKE_A_LINK = re.compile(r"(?i)(https?|ftp|mailto|javascript):|[\w-]\.[a-z]{2,}")


@given(st.text(max_size=80))
def test_no_link_is_left(text):
    assert not LOOKS_LIKE_A_LINK.search(unlinked(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kijk op https://a.example/x", "Kijk op https[:]//a[.]example/x"),
        ("www.a.nl of anna@b.nl", "www[.]a[.]nl of anna@b[.]nl"),
        ("Dat kost 1.250 euro. Of meer.", "Dat kost 1.250 euro. Of meer."),
    ],
)
def test_what_is_meant_stays_readable(text, expected):
    assert unlinked(text) == expected


@given(messages=st.integers(0, 40), people=st.integers(0, 10), is_new=st.booleans())
def test_how_much_is_too_much(messages, people, is_new):
    found = too_much(messages=messages, people=people, is_new=is_new)
    if messages >= MESSAGES_A_DAY:
        assert found is Halt.MESSAGES
    elif is_new and people >= NEW_PEOPLE_A_DAY:
        assert found is Halt.PEOPLE
    else:
        assert found is None
