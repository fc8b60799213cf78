"""The map holds every place once, and draws a line where regions meet."""

import pytest
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from home.tilemap import Tile, borders, runs, step_of, tile_map


@pytest.mark.parametrize(
    ("percentage", "step"), [(0, 1), (19, 1), (20, 2), (59, 3), (60, 4), (80, 5), (100, 5)]
)
def test_five_steps(percentage, step):
    assert step_of(percentage) == step


@given(
    st.lists(
        st.builds(
            Tile,
            st.integers(0, 30),
            st.integers(0, 40),
            st.sampled_from("AB"),
            st.just("1"),
            st.just("x"),
        ),
        unique_by=lambda tile: (tile.col, tile.row),
    )
)
def test_every_tile_lies_within_the_map_once(tiles):
    drawn = tile_map(tiles)
    placed = [tile for _region, of_region in drawn.regions for tile in of_region]
    assert sorted(placed, key=repr) == sorted(tiles, key=repr)
    for tile in placed:
        assert tile.x + 10 <= drawn.width
        assert tile.y + 10 <= drawn.height


def test_a_border_runs_between_regions_and_not_along_the_sea():
    #  A A
    #  A B
    assert borders(((0, 0, "A"), (1, 0, "A"), (0, 1, "A"), (1, 1, "B"))) == "M10 10v10M10 10h10"
    assert borders(((0, 0, "A"), (2, 0, "B"))) == ""


@given(st.sets(st.integers(0, 50)))
def test_runs_hold_every_number(numbers):
    assert {n for start, length in runs(numbers) for n in range(start, start + length)} == numbers


def test_a_tile_that_leads_somewhere_says_what_it_stands_for():
    drawn = tile_map(
        [
            Tile(10, 14, "Utrecht", "4", "Utrecht: 64%, 45 van 70", "GM0344"),
            Tile(0, 0, "Zeeland", "outside", "Veere"),
        ]
    )
    html = render_to_string(
        "components/tile_map.html",
        {"map": drawn, "name": "kaart", "title": "Kaart", "text": "", "after": "tabel"},
    )
    assert 'href="#GM0344" aria-label="Utrecht: 64%, 45 van 70"' in html
    assert '<g role="group" aria-label="Utrecht">' in html
    assert "Veere" not in html
