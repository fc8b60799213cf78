"""Tables in XLSX: dates that are dates, filters, a frozen header and a sheet that explains.

Rows go to the disk as they come, so that a long table takes no more memory than a short one.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from tempfile import TemporaryDirectory
from textwrap import wrap
from typing import IO, Any, Final

from django.utils.translation import gettext as _
from xlsxwriter import Workbook
from xlsxwriter.exceptions import XlsxFileError
from xlsxwriter.worksheet import Worksheet

from home.spreadsheets import FORMULA_STARTS
from learning.exports.tables import Column, Kind, NotWholeError, Row, Table, Value

CONTENT_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NARROWEST, WIDEST, DATE_WIDTH = 8, 50, 12
LABEL_WIDTH, TEXT_WIDTH = 36, 90
LINE = 15
# A wider table than this would be too small to read on one page.
WIDEST_PAGE = 200
OPTIONS: Final = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_format_properties": {"font_name": "Calibri", "font_size": 11},
}
# Ink on soft petrol, as in site/frontend/css/palette.css.
HEADING: Final = {
    "bold": True,
    "text_wrap": True,
    "valign": "top",
    "bg_color": "#dcebec",
    "font_color": "#15262e",
    "bottom": 1,
}


class CellRefusedError(NotWholeError):
    """A value that a sheet cannot hold whole: too long, or too far down."""


class Sheet:
    """A sheet that is written from the top down, and knows how wide its columns should be."""

    def __init__(self, book: Workbook, name: str) -> None:
        self.sheet: Worksheet = book.add_worksheet(name)
        self.formats: dict[str, Any] = {
            "heading": book.add_format(HEADING),
            "heading_of_numbers": book.add_format({**HEADING, "align": "right"}),
            "title": book.add_format({"bold": True, "font_size": 16, "font_color": "#0d5560"}),
            "wrapped": book.add_format({"text_wrap": True, "valign": "top"}),
            "top": book.add_format({"valign": "top", "align": "left"}),
            # As if typed after an apostrophe: it stays a text when somebody edits the cell.
            "quoted": book.add_format({"quote_prefix": True}),
            "top_day": book.add_format(
                {"num_format": "dd-mm-yyyy", "valign": "top", "align": "left"}
            ),
            Kind.DAY: book.add_format({"num_format": "dd-mm-yyyy", "align": "left"}),
            Kind.COUNT: book.add_format({"num_format": "#,##0"}),
            Kind.SHARE: book.add_format({"num_format": "0%"}),
        }

    def put(self, row: int, column: int, value: Value, form: Any = None) -> None:
        """Write one value as what it is; never as a formula or a link."""
        if value is None or value == "":
            return
        if isinstance(value, date):
            refused = self.sheet.write_datetime(row, column, midnight(value), form)
        elif isinstance(value, int | float):
            refused = self.sheet.write_number(row, column, value, form)
        else:
            if form is None and value.lstrip(" ").startswith(FORMULA_STARTS):
                form = self.formats["quoted"]
            refused = self.sheet.write_string(row, column, harmless(value), form)
        if refused:
            raise CellRefusedError(f"Row {row + 1}, column {column + 1} cannot hold its value.")


def midnight(day: date) -> datetime:
    return datetime.combine(day, time.min)


def harmless(text: str) -> str:
    """A text that XlsxWriter takes for a text.

    What stands between these marks it would copy into the file as markup of its own.
    """
    return f"{text} " if text.startswith("<r>") and text.endswith("</r>") else text


def width_of(value: Value) -> int:
    return DATE_WIDTH if isinstance(value, date) else len(str(value)) + 2


def heading_width(column: Column) -> int:
    """As wide as its longest word and the arrow of its filter; the rest wraps."""
    longest = max((len(word) for word in column.heading.split()), default=0)
    return max(longest, min(len(column.heading), 14)) + 4


def height_of(*cells: tuple[str, int]) -> int:
    """How high a row must be for texts that wrap in columns of a width. No program works it out."""
    lines = max(len(wrap(text, max(width - 3, 1))) for text, width in cells)
    return LINE * max(lines, 1) + 3


def write_xlsx(file: IO[bytes], table: Table, rows: Iterable[Row]) -> None:
    """Write a table to a file, with a second sheet that explains it."""
    # Rows on their way stand in a folder of their own: nothing stays behind when they stop.
    with TemporaryDirectory(prefix="export-") as folder:
        book = Workbook(file, {**OPTIONS, "tmpdir": folder})
        book.set_properties(
            {"title": table.title, "created": datetime.combine(table.day, time.min, UTC)}
        )
        try:
            write_rows(Sheet(book, table.sheet), table, rows)
            explain(Sheet(book, _("Explanation")), table)
            book.close()
        except XlsxFileError as error:
            # Its name for a disk that is full, and for a file that is too large.
            raise NotWholeError from error
        finally:
            for sheet in book.worksheets():
                sheet.row_data_fh.close()


def write_rows(sheet: Sheet, table: Table, rows: Iterable[Row]) -> None:
    """The table itself, on a sheet that can be filtered and printed."""
    widths = [heading_width(column) for column in table.columns]
    headings = zip((column.heading for column in table.columns), widths, strict=True)
    sheet.sheet.set_row(0, height_of(*headings))
    for index, column in enumerate(table.columns):
        number = column.kind in (Kind.COUNT, Kind.SHARE)
        form = sheet.formats["heading_of_numbers" if number else "heading"]
        sheet.put(0, index, column.heading, form)
    forms = [sheet.formats.get(column.kind) for column in table.columns]
    last = 0
    for last, row in enumerate(rows, start=1):
        for index, (value, form) in enumerate(zip(row, forms, strict=True)):
            sheet.put(last, index, value, form)
            widths[index] = max(widths[index], width_of(value))
    widths = [min(max(width, NARROWEST), WIDEST) for width in widths]
    for index, width in enumerate(widths):
        sheet.sheet.set_column(index, index, width)
    sheet.sheet.autofilter(0, 0, last, len(table.columns) - 1)
    # Names stay in sight as well as headings.
    sheet.sheet.freeze_panes(1, 1)
    for_print(sheet.sheet, table)
    sheet.sheet.repeat_rows(0)
    sheet.sheet.repeat_columns(0)
    if sum(widths) <= WIDEST_PAGE:
        sheet.sheet.fit_to_pages(1, 0)


def explain(sheet: Sheet, table: Table) -> None:
    """What the columns mean, of which day they are, and what was chosen."""
    top, wrapped = sheet.formats["top"], sheet.formats["wrapped"]
    sheet.sheet.set_column(0, 0, LABEL_WIDTH)
    sheet.sheet.set_column(1, 1, TEXT_WIDTH)
    sheet.put(0, 0, table.title, sheet.formats["title"])
    at = 2
    for label, value in [(_("Day of measurement"), table.day), *table.about]:
        sheet.put(at, 0, label, wrapped)
        sheet.put(at, 1, value, sheet.formats["top_day"] if isinstance(value, date) else top)
        at += 1
    for note in table.notes:
        sheet.sheet.set_row(at + 1, height_of((note, TEXT_WIDTH)))
        sheet.put(at + 1, 1, note, wrapped)
        at += 1
    at += 2
    sheet.put(at, 0, _("Column"), sheet.formats["heading"])
    sheet.put(at, 1, _("What it means"), sheet.formats["heading"])
    for number, column in enumerate(table.columns, start=at + 1):
        cells = (column.heading, LABEL_WIDTH), (column.explanation, TEXT_WIDTH)
        sheet.sheet.set_row(number, height_of(*cells))
        sheet.put(number, 0, column.heading, wrapped)
        sheet.put(number, 1, column.explanation, wrapped)
    for_print(sheet.sheet, table)
    sheet.sheet.fit_to_pages(1, 0)


def for_print(sheet: Worksheet, table: Table) -> None:
    """A4 on its side, with a number on each page."""
    sheet.set_paper(9)
    sheet.set_landscape()
    # An & in a footer begins a code.
    sheet.set_footer("&L" + table.title.replace("&", "&&")[:120] + "&R&P / &N")
