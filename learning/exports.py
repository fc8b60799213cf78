"""Lists to take away, in the CSV that Dutch Excel opens with a double click.

That is: UTF-8 with a byte order mark, semicolons, and lines that end in CR LF. Dates are
written dd-mm-jjjj, as Excel reads them with Dutch settings.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n")


def cell(value: object) -> str:
    """A value as text that a spreadsheet shows and never runs.

    A text that begins as a formula gets an apostrophe before it (OWASP, CSV injection).
    """
    if value is None:
        return ""
    if isinstance(value, date):
        return f"{value:%d-%m-%Y}"
    text = str(value)
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA_STARTS) else text


def as_csv(header: Sequence[object], rows: Iterable[Sequence[object]]) -> bytes:
    """A table as a file."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    writer.writerow([cell(value) for value in header])
    writer.writerows([cell(value) for value in row] for row in rows)
    return buffer.getvalue().encode("utf-8-sig")
