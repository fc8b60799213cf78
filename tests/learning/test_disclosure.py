"""Nobody can be worked out from what is shown (DESIGN §4.6)."""

from hypothesis import given
from hypothesis import strategies as st

from learning.rules.disclosure import SMALLEST_GROUP, shown

GROUPS = st.dictionaries(st.text("abcdefgh", min_size=1, max_size=2), st.integers(0, 30))


@given(GROUPS)
def test_a_small_group_is_never_shown(groups):
    for total_shown in (True, False):
        for name in shown(groups, total_shown=total_shown):
            assert groups[name] == 0 or groups[name] >= SMALLEST_GROUP


@given(GROUPS)
def test_subtraction_never_reveals_a_small_group(groups):
    """The attack: the total less all that is shown. It must cover at least five, in two groups."""
    visible = shown(groups, total_shown=True)
    hidden = {name: size for name, size in groups.items() if name not in visible and size}
    if hidden and len([size for size in groups.values() if size]) > len(hidden):
        assert len(hidden) >= 2
        assert sum(hidden.values()) >= SMALLEST_GROUP


@given(GROUPS)
def test_nothing_is_hidden_without_need(groups):
    if all(size == 0 or size >= SMALLEST_GROUP for size in groups.values()):
        assert shown(groups) == set(groups)
