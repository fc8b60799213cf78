"""Whether a document is what its name says, and nothing that runs. Plain Python, no Django."""

import re
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Callable
from enum import Enum
from typing import BinaryIO, Final

# A zip of so much, or so many parts, is made to overflow whoever unpacks it.
MOST_PARTS: Final = 5_000
MOST_UNPACKED: Final = 200 * 1024 * 1024
MOST_RATIO: Final = 200
RATIO_COUNTS_FROM: Final = 5 * 1024 * 1024
# What a program in an office document is called.
PROGRAMS: Final = re.compile(
    r"vbaproject|vbadata|/activex/|/embeddings/.*\.(bin|exe|js|vbs)$|^(basic|scripts)/",
    re.IGNORECASE,
)
# Other ways to compress set aside as much memory as the file asks for.
PLAIN_ZIP: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
# All that zipfile lets through when bytes have been changed.
BROKEN_ZIP: Final = (
    *(zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError),
    *(OSError, RuntimeError, ValueError),
)
OOXML: Final = "application/vnd.openxmlformats-officedocument."
OOXML_MAIN: Final = {
    "docx": OOXML + "wordprocessingml.document.main+xml",
    "pptx": OOXML + "presentationml.presentation.main+xml",
    "xlsx": OOXML + "spreadsheetml.sheet.main+xml",
}
OPEN_DOCUMENT: Final = {
    "odt": b"application/vnd.oasis.opendocument.text",
    "ods": b"application/vnd.oasis.opendocument.spreadsheet",
}
# Tab, new line, form feed and carriage return are text; the other control characters are not.
CONTROL: Final = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")
LONGEST_NAME: Final = 80


class Fault(Enum):
    """Why a document is refused."""

    OTHER_KIND = "other kind"
    PROGRAM = "program"
    LOCKED = "locked"
    OVERFLOWS = "overflows"


def fault_of(name: str, file: BinaryIO) -> Fault | None:
    """What is wrong with a file of this name, or nothing. Leaves the file at its beginning."""
    kind = extension_of(name)
    try:
        file.seek(0)
        return CHECKS[kind](kind, file) if kind in CHECKS else Fault.OTHER_KIND
    finally:
        file.seek(0)


def extension_of(name: str) -> str:
    return name.rpartition(".")[2].lower()


def pdf_fault(_kind: str, file: BinaryIO) -> Fault | None:
    head = file.read(1024)
    file.seek(0, 2)
    file.seek(max(0, file.tell() - 2048))
    whole = head.startswith(b"%PDF-") and b"%%EOF" in file.read()
    return None if whole else Fault.OTHER_KIND


def text_fault(_kind: str, file: BinaryIO) -> Fault | None:
    try:
        text = file.read().decode("utf-8-sig")
    except UnicodeDecodeError:
        return Fault.OTHER_KIND
    return Fault.OTHER_KIND if CONTROL.search(text) else None


def zip_fault(kind: str, file: BinaryIO) -> Fault | None:
    """Of an office document: whole, of its own kind, no larger unpacked than it should be."""
    if file.read(4) != b"PK\x03\x04":
        return Fault.OTHER_KIND
    try:
        with zipfile.ZipFile(file) as archive:
            return parts_fault(archive.infolist()) or main_fault(kind, archive)
    except BROKEN_ZIP:
        return Fault.OTHER_KIND


def parts_fault(parts: list[zipfile.ZipInfo]) -> Fault | None:
    names = [part.filename for part in parts]
    if overflows(parts):
        return Fault.OVERFLOWS
    if any(part.flag_bits & 1 for part in parts):
        return Fault.LOCKED
    if any(PROGRAMS.search(name) for name in names):
        return Fault.PROGRAM
    leave = any(name.startswith("/") or ".." in name.split("/") for name in names)
    if leave or any(part.compress_type not in PLAIN_ZIP for part in parts):
        return Fault.OTHER_KIND
    return None


def overflows(parts: list[zipfile.ZipInfo]) -> bool:
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts) or 1
    dense = unpacked > RATIO_COUNTS_FROM and unpacked / packed > MOST_RATIO
    return len(parts) > MOST_PARTS or unpacked > MOST_UNPACKED or dense


def main_fault(kind: str, archive: zipfile.ZipFile) -> Fault | None:
    """Whether its own list of contents names the kind that the file's name does."""
    names = archive.namelist()
    if kind in OPEN_DOCUMENT:
        own = names[:1] == ["mimetype"] and read(archive, "mimetype").strip() == OPEN_DOCUMENT[kind]
        return None if own and "content.xml" in names else Fault.OTHER_KIND
    if "[Content_Types].xml" not in names:
        return Fault.OTHER_KIND
    types = read(archive, "[Content_Types].xml")
    if b"macroEnabled" in types:
        return Fault.PROGRAM
    return None if OOXML_MAIN[kind].encode() in types else Fault.OTHER_KIND


def read(archive: zipfile.ZipFile, name: str) -> bytes:
    """The beginning of a part: what a list says about its own size is not believed."""
    with archive.open(name) as part:
        return part.read(1024 * 1024)


CHECKS: Final[dict[str, Callable[[str, BinaryIO], Fault | None]]] = {
    "csv": text_fault,
    "pdf": pdf_fault,
    "txt": text_fault,
    **dict.fromkeys((*OOXML_MAIN, *OPEN_DOCUMENT), zip_fault),
}


def clean_name(name: str) -> str:
    """A name for everywhere: letters, digits and dashes, one extension, nothing that deceives.

    >>> clean_name("Gedrags­code 2026.exe.PDF")
    'Gedragscode-2026-exe.pdf'
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    visible = "".join(c for c in last if not unicodedata.category(c).startswith("C"))
    stem, _dot, extension = visible.rpartition(".")
    stem, extension = (re.sub(r"[^\w]+", "-", part).strip("-_") for part in (stem, extension))
    return f"{stem[:LONGEST_NAME] or 'bestand'}.{extension.lower()}"
