"""Addresses, accounts and roles: what a municipality's own system may bring about."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learning.rules.provisioning import Account, Address, RoleRules, Serves, chosen, is_own

TODAY = date(2026, 11, 26)
OWN = frozenset({"zwolle.nl"})
ROLES = ["raadslid", "griffie", "medewerker", "wethouder"]
days = st.integers(-30, 30).map(lambda n: TODAY + timedelta(days=n))


@st.composite
def held(draw):
    """Memberships that have not ended before today; at most one open per role, as is stored."""
    found, is_open = [], set()
    for key in range(draw(st.integers(0, 5))):
        role, starts = draw(st.sampled_from(ROLES)), draw(days)
        ends = draw(st.none() | days.filter(lambda day: day >= max(TODAY, starts)))  # noqa: B023
        if ends is None and role in is_open:
            continue
        is_open |= {role} if ends is None else set()
        found.append(Serves(key, role, starts, ends))
    return found


def carried_out(memberships, steps):
    """What is stored when the steps have been taken."""
    result = []
    for each in memberships:
        role, ends = each.role, each.ends_on
        if each.key in steps.end:
            ends = max(TODAY, each.starts_on)
        elif each.key in steps.reopen:
            ends = None
        elif each.key in steps.change:
            role, ends = steps.change[each.key], None
        result.append(Serves(each.key, role, each.starts_on, ends))
    return [*result, *(Serves(100 + n, r, TODAY, None) for n, r in enumerate(steps.start))]


rules = st.builds(
    lambda groups, default: RoleRules(frozenset({*groups, *filter(None, [default])}), default),
    st.sets(st.sampled_from(ROLES)),
    st.sampled_from(["", *ROLES]),
)


@given(rules, held(), st.data())
def test_afterwards_somebody_holds_what_their_groups_give(roles, memberships, data):
    groups = data.draw(st.sets(st.sampled_from(sorted(roles.managed) or ["raadslid"])))
    groups &= roles.managed

    steps = roles.steps(memberships, groups, active=True, day=TODAY)
    after = carried_out(memberships, steps)

    lasting = [each.role for each in after if each.goes_on(TODAY)]
    assert groups <= set(lasting)
    assert not (set(lasting) & roles.managed) - groups - {roles.default}
    others = [e for e in memberships if e.role not in roles.managed and e.goes_on(TODAY)]
    assert all(each in after for each in others)
    assert not roles.default or lasting
    # One open membership per role is all that the database takes.
    is_open = [each.role for each in after if each.ends_on is None]
    assert len(is_open) == len(set(is_open))


@given(rules, held(), st.sets(st.sampled_from(ROLES)))
def test_the_same_again_does_nothing(roles, memberships, groups):
    groups &= roles.managed
    after = carried_out(memberships, roles.steps(memberships, groups, active=True, day=TODAY))

    assert not roles.steps(after, groups, active=True, day=TODAY)


@given(rules, held(), st.sets(st.sampled_from(ROLES)))
def test_who_is_not_active_serves_nowhere_from_tomorrow_on(roles, memberships, groups):
    steps = roles.steps(memberships, groups, active=False, day=TODAY)
    after = carried_out(memberships, steps)

    assert not any(each.goes_on(TODAY) for each in after)
    assert not steps.start


@pytest.mark.parametrize(
    ("given_addresses", "current", "expected"),
    [
        ([], "a@zwolle.nl", ""),
        ([Address("A@zwolle.nl")], "", "a@zwolle.nl"),
        ([Address("thuis@x.nl", "home"), Address("w@zwolle.nl", "work")], "", "w@zwolle.nl"),
        ([Address("w@x.nl", "work"), Address("p@x.nl", "home", primary=True)], "", "p@x.nl"),
        ([Address("oud@x.nl", "work", primary=True), Address("n@x.nl")], "oud@x.nl", "n@x.nl"),
        ([Address("oud@x.nl", "work", primary=True)], "oud@x.nl", "oud@x.nl"),
        ([Address("oud@x.nl", "work"), Address("thuis@x.nl", "home")], "oud@x.nl", "oud@x.nl"),
    ],
)
def test_one_address_is_chosen(given_addresses, current, expected):
    assert chosen(given_addresses, current) == expected


@given(st.booleans(), st.booleans(), st.sampled_from(["a@zwolle.nl", "a@elders.nl", "b@zwolle.nl"]))
def test_an_account_moves_only_between_own_mailboxes_of_who_is_the_municipalitys_alone(
    elsewhere, rights, email
):
    account = Account(email, belongs_elsewhere=elsewhere, has_rights=rights)

    for known in ("a@zwolle.nl", "a@elders.nl"):
        for to in ("c@zwolle.nl", "c@elders.nl", "c@zwolle.nl.elders.nl"):
            moves = account.may_move(known_as=known, to=to, domains=OWN)
            assert moves == (
                not elsewhere
                and not rights
                and email == known == "a@zwolle.nl"
                and to == "c@zwolle.nl"
            )


def test_only_the_whole_domain_counts():
    assert is_own("A@Zwolle.NL", OWN)
    assert not any(
        is_own(address, OWN)
        for address in ("a@x.zwolle.nl", "a@zwolle.nl@x.nl", "zwolle.nl", "", "a@zwolle.nl.x")
    )
