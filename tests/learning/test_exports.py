"""A file that Dutch Excel opens, and that runs nothing."""

import csv
import io
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from learning.exports import as_csv, cell


def test_the_shape_that_excel_wants():
    content = as_csv(["Naam", "Klaar op"], [["Zoë", date(2026, 6, 3)], ["Bo; Jr", None]])
    assert content.startswith("\ufeff".encode())
    assert content.decode("utf-8-sig") == 'Naam;Klaar op\r\nZoë;03-06-2026\r\n"Bo; Jr";\r\n'


@given(st.text())
def test_no_cell_begins_as_a_formula(text):
    assert not cell(text).lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


@given(st.lists(st.lists(st.text("ab;\"'=\n é", max_size=8), min_size=2, max_size=2), max_size=5))
def test_every_cell_comes_back_whole(rows):
    content = as_csv(["a", "b"], rows).decode("utf-8-sig")
    table = list(csv.reader(io.StringIO(content, newline=""), delimiter=";"))
    assert table[1:] == [[cell(value) for value in row] for row in rows]
