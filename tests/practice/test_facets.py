"""Finding by facets, held against what is obviously meant."""

from hypothesis import given
from hypothesis import strategies as st

from practice.rules.facets import Item, counts, found

FACETS = ("soort", "thema", "rol")
VALUES = st.frozensets(st.sampled_from("abcd"), max_size=3)
OF_EACH = st.fixed_dictionaries(dict.fromkeys(FACETS, VALUES))
ITEMS = st.lists(OF_EACH, max_size=12).map(
    lambda rows: [Item(number, row) for number, row in enumerate(rows)]
)


@given(ITEMS, OF_EACH)
def test_an_item_has_one_of_the_values_of_each_facet(items, chosen):
    slow = []
    for item in items:
        fits = True
        for facet in FACETS:
            if chosen[facet]:
                fits = fits and any(value in item.values[facet] for value in chosen[facet])
        if fits:
            slow.append(item)
    assert found(items, chosen) == slow


@given(ITEMS, OF_EACH, st.sampled_from(FACETS), st.sampled_from("abcd"))
def test_a_count_is_what_choosing_that_value_alone_would_leave(items, chosen, facet, value):
    told = counts(items, chosen, FACETS)[facet][value]
    assert told == len(found(items, chosen | {facet: frozenset({value})}))


@given(ITEMS)
def test_without_a_choice_all_are_there(items):
    assert found(items, {}) == items
