"""An XLSX that Excel filters and sorts, that explains itself, and that runs nothing."""

import io
import re
import tempfile
import zipfile
from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from learning.exports.csv_file import write_csv
from learning.exports.tables import Column, Kind, NotWholeError, RowsDifferError, Table, exactly
from learning.exports.xlsx import CellRefusedError, harmless, write_xlsx

COLUMNS = [
    Column("Naam", "Wie het is."),
    Column("Klaar op", "De dag van afronding.", Kind.DAY),
    Column("Mensen", "Hoeveel het er zijn.", Kind.COUNT),
    Column("Deel klaar", "Wie klaar is, van alle mensen.", Kind.SHARE),
]
TABLE = Table(
    title="Mensen van Utrecht & omstreken",
    sheet="Mensen",
    columns=COLUMNS,
    day=date(2026, 6, 1),
    about=[("Gemeente", "Utrecht"), ("Rol", "raadslid")],
    notes=["Geef dit bestand niet door."],
)
ROWS = [
    ["Zoë", date(2026, 6, 3), 45, 0.26],
    ["=1+1", None, 0, 0.0],
]


def written(rows, table=TABLE, write=write_xlsx):
    file = io.BytesIO()
    write(file, table, rows)
    return file.getvalue()


def read(content, sheet=0):
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(sheet).to_python()


def part(content, name="xl/worksheets/sheet1.xml"):
    return zipfile.ZipFile(io.BytesIO(content)).read(name).decode()


def text_table(*values):
    columns = [Column(f"Kolom {n}", "") for n in range(len(values))]
    return Table(title="x", sheet="x", columns=columns, day=date(2026, 6, 1))


def test_values_come_back_as_what_they_are():
    assert read(written(ROWS)) == [
        ["Naam", "Klaar op", "Mensen", "Deel klaar"],
        ["Zoë", date(2026, 6, 3), 45, 0.26],
        ["=1+1", "", 0, 0],
    ]


def test_headings_are_frozen_and_every_row_can_be_filtered():
    sheet = part(written(ROWS))
    assert '<pane xSplit="1" ySplit="1"' in sheet
    assert '<autoFilter ref="A1:D3"/>' in sheet
    assert '<autoFilter ref="A1:D1"/>' in part(written([]))


def test_columns_are_as_wide_as_what_stands_in_them_within_bounds():
    rows = [["Annabel van der Berg-Vermeulen", None, 1, 1.0], ["x" * 300, None, 1, 1.0]]
    widths = [float(w) for w in re.findall(r'<col [^>]*width="([\d.]+)"', part(written(rows)))]
    assert 50 <= widths[0] <= 52
    assert 30 <= float(re.findall(r'width="([\d.]+)"', part(written(rows[:1])))[0]) <= 34
    assert all(8 <= width <= 20 for width in widths[1:])


def test_a_second_sheet_says_what_is_what():
    explanation = read(written(ROWS), sheet=1)
    text = [cell for row in explanation for cell in row]
    assert date(2026, 6, 1) in text
    assert {"Mensen van Utrecht & omstreken", "Utrecht", "Geef dit bestand niet door."} <= set(text)
    assert ["Klaar op", "De dag van afronding."] in explanation
    assert CalamineWorkbook.from_filelike(io.BytesIO(written(ROWS))).sheet_names[0] == "Mensen"


def test_the_same_table_is_the_same_file():
    assert written(ROWS) == written(ROWS)


@settings(deadline=None)  # it writes and reads files
@given(st.lists(st.text(), min_size=1, max_size=4))
@example(["=1+1", "+1", "-1", "@a"])
@example(["\t=1", "\r=1", "{=1}", '=HYPERLINK("http://x")'])
@example(["https://example.org", "mailto:a@b.nl", "0012", "_x0041_"])
@example(["<r></is></c><c><f>1+1</f></c></r>", "<is>", "&amp;", " a "])
def test_a_text_comes_back_as_that_text_and_is_never_a_formula(values):
    content = written([values], text_table(*values))
    assert "<f>" not in part(content)
    assert "<hyperlink" not in part(content)
    got = read(content)[1:] or [[""] * len(values)]
    # XML itself makes one kind of line end of three, and cannot hold what is no character.
    assert [plain(text) for text in padded(got[0], values)] == [plain(harmless(v)) for v in values]


def padded(row, values):
    return [str(cell) for cell in row] + [""] * (len(values) - len(row))


def plain(text):
    return re.sub("\r\n|\r", "\n", text)


def test_a_value_that_does_not_fit_is_an_error_and_leaves_nothing_behind(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with pytest.raises(CellRefusedError):
        written([["x" * 40_000, None, 1, 1.0]])
    assert list(tmp_path.iterdir()) == []


class FullDisk(io.BytesIO):
    """A file that refuses what is written first; libraries clean up in peace."""

    refused = False

    def write(self, content):
        if self.refused:
            return super().write(content)
        self.refused = True
        raise OSError(28, "No space left on device")


def test_a_disk_that_is_full_at_the_end_is_an_error():
    with pytest.raises(NotWholeError):
        write_xlsx(FullDisk(), TABLE, ROWS)
    with pytest.raises(OSError, match="space"):
        write_csv(FullDisk(), TABLE, ROWS)


@pytest.mark.parametrize("write", [write_xlsx, write_csv])
@pytest.mark.parametrize("expected", [1, 3])
def test_rows_that_are_not_as_many_as_counted_are_an_error(tmp_path, monkeypatch, write, expected):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with pytest.raises(RowsDifferError):
        written(exactly(ROWS, expected), write=write)
    assert list(tmp_path.iterdir()) == []
    assert written(exactly(ROWS, 2), write=write)


def test_the_same_table_as_csv():
    content = written(ROWS, write=write_csv)
    assert content.decode("utf-8-sig") == (
        "Naam;Klaar op;Mensen;Deel klaar\r\nZoë;03-06-2026;45;26%\r\n'=1+1;;0;0%\r\n"
    )
