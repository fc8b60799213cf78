"""What is shown of small groups, case by case (the attack is in test_disclosure_attack.py)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learning.rules.disclosure import Place, disclose, hidden_roles, is_safe

SMALL = Place("Utrecht", "small")
LARGE = Place("Utrecht", "large")
ELSEWHERE = Place("Zeeland", "small")


@pytest.mark.parametrize(
    ("by_role", "hidden"),
    [
        ({"council": 20, "staff": 30}, set()),
        ({"council": 20, "mayor": 0}, set()),
        # One mayor would be the difference with everybody, so the next smallest hides too.
        ({"council": 20, "staff": 30, "mayor": 1}, {"mayor", "council"}),
        ({"council": 20, "alderman": 4, "mayor": 1}, {"alderman", "mayor"}),
        ({"alderman": 4, "mayor": 1}, {"alderman", "mayor"}),
    ],
)
def test_small_roles_hide_behind_others(by_role, hidden):
    assert hidden_roles(sum(by_role.values()), by_role) == hidden


def test_two_roles_of_one_person_do_not_tell_who_that_is():
    """20 and 30 and together 49: the difference would be one person's figure."""
    assert hidden_roles(49, {"council": 20, "staff": 30}) == {"council"}
    assert hidden_roles(5, {"council": 5, "alderman": 5}) == {"council", "alderman"}


@given(st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 30)), st.integers(0, 9))
def test_what_is_left_of_a_municipality_is_nobody_or_five(by_role, doubles):
    everybody = max(sum(by_role.values()) - doubles, *by_role.values(), 0)
    if everybody < 5:
        return
    hidden = hidden_roles(everybody, by_role)
    assert all(by_role[role] >= 5 for role in by_role if by_role[role] and role not in hidden)
    left = everybody - sum(by_role[role] for role in by_role if role not in hidden)
    assert left == 0 or left >= 5


def test_mayors_of_five_municipalities_may_be_summed_and_of_four_not():
    council = {"mayor": 1, "alderman": 4}
    assert is_safe([council] * 5)
    assert not is_safe([council] * 4)


def test_a_group_joined_by_few_is_not_safe():
    """Two mayors stand between the aldermen of one and the clerks of another."""
    assert not is_safe(
        [{"alderman": 4, "mayor": 1}, {"alderman": 4, "mayor": 1}, {"mayor": 4, "clerk": 4}]
    )


def disclosed(*municipalities):
    """A decision about municipalities given as (place, by_role), named by number."""
    return disclose(
        {n: place for n, (place, _) in enumerate(municipalities)},
        {n: sum(by_role.values()) for n, (_, by_role) in enumerate(municipalities)},
        {n: by_role for n, (_, by_role) in enumerate(municipalities)},
    )


BOARD = {"council": 19, "alderman": 4, "mayor": 1}


def test_a_small_municipality_counts_nowhere():
    table = disclosed((SMALL, {"council": 4}), (SMALL, {"council": 9}), (SMALL, {}))
    assert [table.shows(n) for n in range(3)] == [False, True, True]
    assert table.counted() == [1, 2]
    assert table.counted("council") == [1, 2]


def test_hidden_roles_are_summed_where_there_are_enough_of_them():
    table = disclosed(*[(SMALL, BOARD)] * 5)
    assert not table.shows(0, "mayor")
    assert table.shows(0, "council")
    assert table.counted("mayor", SMALL) == [0, 1, 2, 3, 4]


def test_what_is_not_safe_by_itself_counts_with_the_province_or_the_country():
    province = disclosed(*[(SMALL, BOARD)] * 3, *[(LARGE, BOARD)] * 2)
    assert province.counted("mayor", SMALL) == []
    assert len(province.counted("mayor", Place("Utrecht"))) == 5
    assert province.counted("mayor", Place(size="small")) == []
    country = disclosed(*[(SMALL, BOARD)] * 3, *[(ELSEWHERE, BOARD)] * 2)
    assert country.counted("mayor", Place("Utrecht")) == []
    assert len(country.counted("mayor")) == 5
    assert disclosed(*[(SMALL, BOARD)] * 4).counted("mayor") == []


def test_shown_roles_count_in_every_total_that_they_lie_in():
    table = disclosed((SMALL, BOARD), (LARGE, BOARD))
    assert table.counted("council", SMALL) == [0]
    assert table.counted("council", Place("Utrecht")) == [0, 1]
    assert table.counted("council", ELSEWHERE) == []


def test_where_somebody_holds_two_roles_what_is_hidden_is_summed_nowhere():
    places = dict.fromkeys(range(6), SMALL)
    everybody = dict.fromkeys(range(6), 24) | {0: 23}
    table = disclose(places, everybody, dict.fromkeys(range(6), BOARD))
    assert table.counted("mayor") == [1, 2, 3, 4, 5]
