"""A file as rows of cells, whatever programme wrote it: CSV or XLSX. Refuses in plain codes.

XLSX is a zip of XML, so it can be made to unfold without end. Three things stand in the way:
only the parts that a table needs are unfolded, up to a limit, and packed anew for the reader,
so that what was measured is what is read; no document type is accepted; and how far the cells
reach is measured first, because the reader sets room aside for the whole rectangle at once.
"""

import csv
import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from itertools import islice
from typing import Any, Final
from xml.parsers import expat

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from learning.rules.people_values import Cell

LARGEST_FILE: Final = 5 * 1024 * 1024
LARGEST_UNFOLDED: Final = 40 * 1024 * 1024
MOST_PARTS: Final = 1000
MOST_ROWS: Final = 20_000
# Titles above the table, and room for what people leave empty.
MOST_LINES: Final = MOST_ROWS + 2_000
MOST_COLUMNS: Final = 256
NEEDED_PARTS: Final = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|xl/workbook\.xml|xl/_rels/workbook\.xml\.rels"
    r"|xl/sharedStrings\.xml|xl/styles\.xml|xl/worksheets/[^/]+\.xml",
    re.IGNORECASE,
)
# Other ways to compress set aside as much memory as the file asks for.
PLAIN_ZIP: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
# All that zipfile lets through when bytes have been changed.
BROKEN_ZIP: Final = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    OSError,
    ValueError,
)
CELL_NAME: Final = re.compile(r"([A-Za-z]{1,4})(\d{1,9})")
OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
CONTROLS: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
# A web page that calls itself a spreadsheet, a PDF, a letter.
OTHER_TEXTS: Final = ("<", "%PDF", "{\\rtf")
DELIMITERS: Final = (";", ",", "\t")
SAMPLE: Final = 30


class FileFault(StrEnum):
    """Why a file cannot be read."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    TOO_MANY_ROWS = "too_many_rows"
    TOO_WIDE = "too_wide"
    UNFOLDS = "unfolds"
    WRONG_TYPE = "wrong_type"
    OLD_EXCEL = "old_excel"
    PROTECTED = "protected"
    DAMAGED = "damaged"
    STRAY_QUOTE = "stray_quote"
    NO_HEADER = "no_header"
    MISSING_COLUMNS = "missing_columns"
    DOUBLE_COLUMNS = "double_columns"
    NO_ROWS = "no_rows"


class UnreadableError(Exception):
    """A file that cannot be read. `details` are words to show; the message holds none of them."""

    def __init__(self, fault: FileFault, *details: str) -> None:
        super().__init__(fault.value)
        self.fault = fault
        self.details = details


@dataclass(frozen=True, slots=True)
class Line:
    """A row with the number that a spreadsheet shows beside it."""

    number: int
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet, or one way to split a text in columns. `read` gives so many rows, or all."""

    read: Callable[[int | None], list[Line]]
    is_text: bool


def read_tables(content: bytes) -> list[Table]:
    """The tables that a file may hold. Raises UnreadableError."""
    if len(content) > LARGEST_FILE:
        raise UnreadableError(FileFault.TOO_LARGE)
    if not content.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise UnreadableError(FileFault.EMPTY)
    if content.startswith(OLE):
        raise UnreadableError(FileFault.PROTECTED if ENCRYPTED in content else FileFault.OLD_EXCEL)
    if content.startswith(b"PK\x03\x04"):
        return sheets(content)
    return texts(decode(content))


# Text


def decode(content: bytes) -> str:
    """Text in the encodings that Excel writes. Raises UnreadableError for what is no text."""
    try:
        text = content.decode(encoding_of(content))
    except UnicodeDecodeError:
        raise UnreadableError(FileFault.WRONG_TYPE) from None
    text = text.removeprefix("\ufeff")
    if CONTROLS.search(text) or text.lstrip().startswith(OTHER_TEXTS):
        raise UnreadableError(FileFault.WRONG_TYPE)
    return text


def encoding_of(content: bytes) -> str:
    """By its mark if it has one; else by what can be read as what."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    zeros = content[:2000].count(0)
    if zeros > len(content[:2000]) // 4:
        # Letters of Western Europe have an empty half: the second in little endian.
        return "utf-16-le" if content[1:2000:2].count(0) > zeros // 2 else "utf-16-be"
    try:
        content.decode()
    except UnicodeDecodeError:
        return "windows-1252"
    return "utf-8"


def texts(text: str) -> list[Table]:
    """The text, split by each sign that may stand between columns."""
    # Excel's own first line, which it does not show and does not count.
    if match := re.match(r"sep=([;,\t])\r?\n", text, re.IGNORECASE):
        return [Table(partial(split, text[match.end() :], match[1]), is_text=True)]
    return [Table(partial(split, text, mark), is_text=True) for mark in DELIMITERS]


def split(text: str, mark: str, most: int | None = None) -> list[Line]:
    """The lines of a text in columns. Raises UnreadableError."""
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    try:
        return without_tail(islice(rows, most))
    except csv.Error:
        # A quotation mark that is never closed swallows the rest of the file.
        raise UnreadableError(FileFault.STRAY_QUOTE) from None


def without_tail(rows: Iterable[list[Any]]) -> list[Line]:
    """Rows that hold something, numbered. Raises UnreadableError when there are too many."""
    lines = []
    for number, cells in enumerate(rows, start=1):
        if any(cell not in ("", None) for cell in cells):
            lines.append(Line(number, cells))
        if len(lines) > MOST_LINES:
            raise UnreadableError(FileFault.TOO_MANY_ROWS)
    return lines


# XLSX


def sheets(content: bytes) -> list[Table]:
    """The sheets of a workbook that its reader sees, in order. Raises UnreadableError."""
    safe = repacked(content)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(safe)) as book:
            names = [
                each.name
                for each in book.sheets_metadata
                if each.typ == SheetTypeEnum.WorkSheet and each.visible == SheetVisibleEnum.Visible
            ]
    except CalamineError:
        raise UnreadableError(FileFault.DAMAGED) from None
    return [Table(partial(sheet, safe, name), is_text=False) for name in names]


def sheet(content: bytes, name: str, most: int | None = None) -> list[Line]:
    """The lines of one sheet, numbered from the top of it. Raises UnreadableError."""
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False, nrows=most)
    except CalamineError:
        raise UnreadableError(FileFault.DAMAGED) from None
    except BaseException as error:
        # A reader in Rust that meets what it did not expect panics, and that is no Exception.
        if type(error).__name__ != "PanicException":
            raise
        raise UnreadableError(FileFault.DAMAGED) from None
    return without_tail(rows)


def repacked(content: bytes) -> bytes:
    """A workbook with only what a table needs, measured. Raises UnreadableError."""
    target = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as book, zipfile.ZipFile(target, "w") as safe:
            parts = {part.filename: part for part in book.infolist()}
            if "xl/workbook.xml" not in parts or len(parts) > MOST_PARTS:
                raise UnreadableError(FileFault.WRONG_TYPE)
            room = LARGEST_UNFOLDED
            for name, part in parts.items():
                if NEEDED_PARTS.fullmatch(name) and part.compress_type in PLAIN_ZIP:
                    unfolded = unfold(book, part, room)
                    room -= len(unfolded)
                    measure(unfolded)
                    safe.writestr(name, unfolded)
    except BROKEN_ZIP:
        raise UnreadableError(FileFault.DAMAGED) from None
    except RuntimeError:
        # zipfile's word for a part that asks for a password.
        raise UnreadableError(FileFault.PROTECTED) from None
    return target.getvalue()


def unfold(book: zipfile.ZipFile, part: zipfile.ZipInfo, room: int) -> bytes:
    """A part of a zip, no larger than there is room for, whatever it says of itself."""
    if part.file_size > room:
        raise UnreadableError(FileFault.UNFOLDS)
    with book.open(part) as opened:
        unfolded = opened.read(room + 1)
    if len(unfolded) > room:
        raise UnreadableError(FileFault.UNFOLDS)
    return unfolded


class Extent:
    """How far the cells of a sheet reach: those that hold something, named or simply next."""

    def __init__(self) -> None:
        self.row = self.column = 0
        self.rows = self.columns = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        if name == "row":
            self.row = int(attributes.get("r", self.row + 1))
            self.column = 0
        elif name == "c":
            self.cell(attributes.get("r", ""))
        elif name in ("v", "is", "f"):
            # Only now has the cell something in it: formats reach to the end of many a sheet.
            self.rows, self.columns = max(self.rows, self.row), max(self.columns, self.column)
            if self.rows > MOST_LINES:
                raise UnreadableError(FileFault.TOO_MANY_ROWS)
            if self.columns > MOST_COLUMNS:
                raise UnreadableError(FileFault.TOO_WIDE)

    def cell(self, name: str) -> None:
        self.column += 1
        if match := CELL_NAME.fullmatch(name):
            self.row = int(match[2])
            self.column = 0
            for letter in match[1].upper():
                self.column = self.column * 26 + ord(letter) - ord("A") + 1
        elif name:
            raise UnreadableError(FileFault.DAMAGED)


def refuse(*_arguments: object) -> None:
    """No workbook has a document type of its own; only what is meant to unfold has."""
    raise UnreadableError(FileFault.DAMAGED)


def measure(xml: bytes) -> None:
    """Raises UnreadableError for XML that is none, or whose cells reach too far."""
    # The reader takes every part for UTF-8, whatever the part says of itself.
    parser = expat.ParserCreate("utf-8")
    parser.StartElementHandler = Extent().start
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(xml, True)  # noqa: FBT003  it takes no names
    except expat.ExpatError:
        raise UnreadableError(FileFault.DAMAGED) from None
