"""All formats behind two doors: what a file is, and what a format can hold."""

from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum
from typing import Final

from learning.rules.grading import Kind
from learning.rules.interchange import (
    gift_read,
    gift_write,
    moodle_read,
    moodle_write,
    qti_package,
    qti_write,
    table,
)
from learning.rules.interchange.items import (
    LONGEST_FILE,
    Item,
    Pair,
    Problem,
    Reading,
    Trouble,
    UnreadableError,
    gaps_of,
)
from learning.rules.interchange.packages import Package, is_zip
from learning.rules.interchange.xml_tree import looks_like_xml, parse
from learning.rules.sheets import UnreadableError as UnreadableSheetError
from learning.rules.sheets import decode

WORKBOOK: Final = "xl/workbook.xml"
OLE: Final = b"\xd0\xcf\x11\xe0"


class Format(StrEnum):
    MOODLE = "moodle"
    GIFT = "gift"
    QTI_21 = "qti21"
    QTI_22 = "qti22"
    QTI_30 = "qti30"
    CSV = "csv"

    @property
    def extension(self) -> str:
        return EXTENSIONS[self]

    @property
    def content_type(self) -> str:
        return CONTENT_TYPES[self.extension]


EXTENSIONS: Final = {
    Format.MOODLE: "xml",
    Format.GIFT: "gift.txt",
    Format.QTI_21: "zip",
    Format.QTI_22: "zip",
    Format.QTI_30: "zip",
    Format.CSV: "csv",
}
CONTENT_TYPES: Final = {
    "xml": "application/xml",
    "gift.txt": "text/plain; charset=utf-8",
    "zip": "application/zip",
    "csv": "text/csv; charset=utf-8",
}
QTI: Final = {Format.QTI_21: "2.1", Format.QTI_22: "2.2", Format.QTI_30: "3.0"}


def read(content: bytes) -> tuple[Format, Reading]:
    """The questions in a file, whatever it is called. Raises UnreadableError, and nothing else."""
    if len(content) > LONGEST_FILE:
        raise UnreadableError(Trouble.TOO_LARGE)
    if not content.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise UnreadableError(Trouble.EMPTY)
    try:
        return read_kind(content)
    except RecursionError:
        raise UnreadableError(Trouble.TOO_DEEP) from None


def read_kind(content: bytes) -> tuple[Format, Reading]:
    if is_zip(content):
        package = Package(content)
        if WORKBOOK in package:
            return Format.CSV, table.read(content)
        return Format.QTI_30, qti_package.read(package)
    if looks_like_xml(content):
        return read_xml(content)
    if content.startswith(OLE):
        return Format.CSV, table.read(content)
    try:
        text = decode(content)
    except UnreadableSheetError:
        raise UnreadableError(Trouble.NO_TEXT) from None
    if table.is_table(text):
        return Format.CSV, table.read(content)
    return Format.GIFT, gift_read.read(text)


def read_xml(content: bytes) -> tuple[Format, Reading]:
    root = parse(content)
    if root.tag == "quiz":
        return Format.MOODLE, moodle_read.read(root)
    if root.tag in ("assessmentItem", "qti-assessment-item"):
        return Format.QTI_30, qti_package.read_item(root)
    if root.tag == "questestinterop":
        raise UnreadableError(Trouble.OLD_QTI)
    if root.tag in ("moodle_backup", "question_categories"):
        raise UnreadableError(Trouble.BACKUP)
    raise UnreadableError(Trouble.UNKNOWN_FORMAT)


def write(to: Format, items: Sequence[Item]) -> bytes:
    """A file with what the format can hold of these questions."""
    held = [item for item in (reduced(to, each)[0] for each in items) if item is not None]
    if to is Format.MOODLE:
        return moodle_write.write(held)
    if to is Format.GIFT:
        return gift_write.write(held)
    if to is Format.CSV:
        return table.write(held)
    return qti_write.write(held, QTI[to])


def reduced(to: Format, item: Item) -> tuple[Item | None, tuple[Problem, ...]]:
    """What a format can hold of a question, and what not. None when it has no such kind."""
    lost: list[Trouble] = []
    if to is Format.GIFT:
        if item.kind == Kind.CHOOSE_IN_TEXT and len(gaps_of(item.text)) > 1:
            return None, (Problem(Trouble.KIND_LOST),)
        if item.hint:
            item, lost = replace(item, hint=""), [*lost, Trouble.HINT_LOST]
        if item.note:
            item, lost = replace(item, note=""), [*lost, Trouble.NOTE_LOST]
        if item.kind == Kind.REFLECTION and item.text:
            item, lost = replace(item, text=""), [*lost, Trouble.EXAMPLE_LOST]
        if any(pair.feedback for pair in item.pairs):
            pairs = tuple(Pair(pair.left, pair.right) for pair in item.pairs)
            item, lost = replace(item, pairs=pairs), [*lost, Trouble.PAIR_FEEDBACK_LOST]
    if to in (Format.GIFT, Format.CSV) and item.picture is not None:
        item, lost = replace(item, picture=None), [*lost, Trouble.PICTURE_LOST]
    return item, tuple(Problem(each) for each in lost)
