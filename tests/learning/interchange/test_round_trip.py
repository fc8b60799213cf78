"""What goes out comes back the same, for every kind, in every format, whatever the words."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from learning.rules.grading import Kind
from learning.rules.interchange import formats, markup
from learning.rules.interchange.formats import Format
from tests.learning.interchange.items_made import STEM, items

CASES = [(to, kind) for to in Format for kind in Kind]
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]


def named_as(item, original):
    """A picture gets the name of its question."""
    if item.picture is None or original.picture is None:
        return item
    return replace(item, picture=replace(item.picture, name=original.picture.name))


@pytest.mark.parametrize(("to", "kind"), CASES)
def test_a_question_comes_back_as_it_went(to, kind):
    @settings(max_examples=12, deadline=None, suppress_health_check=SLOW)
    @given(st.lists(items(kinds=[kind]), min_size=1, max_size=2))
    def check(originals):
        wanted = [held for held in (formats.reduced(to, each)[0] for each in originals) if held]
        if not wanted:
            return
        written = formats.write(to, originals)
        _format, reading = formats.read(written)
        found = [each.item for each in reading.found]
        assert [each.problems for each in reading.found] == [()] * len(wanted)
        assert [named_as(a, b) for a, b in zip(found, wanted, strict=True)] == wanted
        assert formats.write(to, found) == formats.write(to, wanted)

    check()


@settings(max_examples=300, deadline=None, suppress_health_check=SLOW)
@given(STEM)
def test_tidying_what_is_tidy_changes_nothing(html):
    assert markup.tidy(html).html == html
    assert markup.tidy(html).dropped == ()
