"""Which e-mail domains a municipality may call its own (rules/domains.py)."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learning.rules.domains import (
    PUBLIC_PROVIDERS,
    Refusal,
    RefusedDomain,
    clean_domain,
    domain_of,
)

LABELS = st.text(string.ascii_lowercase + string.digits, min_size=1, max_size=20)


@pytest.mark.parametrize(
    "text", ["zwolle.nl", "@zwolle.nl", " Zwolle.NL. ", "griffie@zwolle.nl", "ZWOLLE.nl"]
)
def test_however_it_is_typed_it_is_one_domain(text):
    assert clean_domain(text) == "zwolle.nl"


def test_a_name_with_accents_is_stored_as_it_is_looked_up():
    assert clean_domain("súdwest.nl") == "xn--sdwest-pya.nl"
    assert domain_of("iemand@Súdwest.nl") == clean_domain("súdwest.nl")


@pytest.mark.parametrize("text", sorted(PUBLIC_PROVIDERS))
def test_where_anybody_gets_an_address_is_refused(text):
    for name in (text, text.upper(), f"x@{text}", f"raad.{text}"):
        with pytest.raises(RefusedDomain) as refused:
            clean_domain(name)
        assert refused.value.reason is Refusal.PUBLIC_PROVIDER


@pytest.mark.parametrize(
    "text",
    ["", "nl", "zwolle", "zwolle..nl", "-zwolle.nl", "zwolle.nl/x", "a b.nl", "co.uk", "10.0.0.1",
     "zwolle.nl:25", "*.zwolle.nl", "<b>.nl", f"{'a' * 64}.nl", "é" * 300 + ".nl"],
)  # fmt: skip
def test_what_is_no_domain_is_refused(text):
    with pytest.raises(RefusedDomain) as refused:
        clean_domain(text)
    assert refused.value.reason is Refusal.NOT_A_DOMAIN


@given(st.text(max_size=300))
def test_anything_at_all_is_either_a_domain_or_refused(text):
    try:
        name = clean_domain(text)
    except RefusedDomain:
        return
    assert clean_domain(name) == name == name.lower()
    assert "@" not in name
    assert domain_of(f"iemand@{name}") == name


@given(LABELS, LABELS)
def test_an_address_belongs_to_its_own_domain_and_to_no_part_of_it(one, two):
    domain = f"{one}.{two}-gemeente.nl"
    assert domain_of(f"iemand@{domain}") != f"{two}-gemeente.nl"


def test_an_address_without_an_at_has_no_domain():
    assert domain_of("zwolle.nl") == ""
    assert domain_of('"a@gmail.com"@zwolle.nl') == "zwolle.nl"
