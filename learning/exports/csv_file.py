"""Tables in the CSV that Dutch Excel opens with a double click.

That is: UTF-8 with a byte order mark, semicolons, and lines that end in CR LF. Dates are
written dd-mm-jjjj, as Excel reads them with Dutch settings, and shares as 26%.
"""

import codecs
import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from typing import IO, Final

from home.spreadsheets import harmless
from learning.exports.tables import Kind, Row, Table

CONTENT_TYPE: Final = "text/csv; charset=utf-8"


def cell(value: object) -> str:
    """A value as text that a spreadsheet shows and never runs."""
    if value is None:
        return ""
    if isinstance(value, date):
        return f"{value:%d-%m-%Y}"
    return harmless(str(value))


def share(value: object) -> str:
    """A share from 0 to 1 in whole percents, rounded down: 100% means everybody."""
    return f"{int(value * 100 + 1e-9)}%" if isinstance(value, int | float) else cell(value)


def as_csv(header: Sequence[object], rows: Iterable[Sequence[object]]) -> bytes:
    """A table as a file."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    writer.writerow([cell(value) for value in header])
    writer.writerows([cell(value) for value in row] for row in rows)
    return buffer.getvalue().encode("utf-8-sig")


def write_csv(file: IO[bytes], table: Table, rows: Iterable[Row]) -> None:
    """Write a table to a file, row by row. It holds the rows alone: CSV has no second sheet."""
    file.write(codecs.BOM_UTF8)
    text = io.TextIOWrapper(file, encoding="utf-8", newline="")
    try:
        writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
        writer.writerow([cell(column.heading) for column in table.columns])
        write = [share if column.kind == Kind.SHARE else cell for column in table.columns]
        writer.writerows(
            [each(value) for each, value in zip(write, row, strict=True)] for row in rows
        )
    finally:
        text.detach()  # flushes, and leaves the file open for whoever gave it
