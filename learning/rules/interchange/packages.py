"""Packages: a zip of questions and pictures, opened so that it cannot fill the machine.

Nothing is ever unpacked to disk: names are only looked up. Names that point outside, links,
passwords and files that unfold without end are refused before anything is read.
"""

import io
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Final
from urllib.parse import unquote

from learning.rules.interchange.items import LONGEST_FILE, Picture, Trouble, UnreadableError

MOST_FILES: Final = 3_000
LARGEST_UNFOLDED: Final = 60 * 1024 * 1024
LARGEST_PART: Final = 20 * 1024 * 1024
# Text shrinks to a hundredth at best; only what was made to unfold shrinks further.
LARGEST_RATIO: Final = 200
SMALL: Final = 1024 * 1024
DEEPEST: Final = 20
LONGEST_NAME: Final = 400
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
    OverflowError,
)
DAY: Final = (2026, 1, 1, 0, 0, 0)
PICTURES: Final = (
    ("png", re.compile(rb"\x89PNG\r\n\x1a\n")),
    ("jpg", re.compile(rb"\xff\xd8\xff")),
    ("gif", re.compile(rb"GIF8[79]a")),
    ("webp", re.compile(rb"RIFF....WEBP", re.DOTALL)),
)


class Package(Mapping[str, bytes]):
    """The files of a package by name. What is read is measured as it comes."""

    def __init__(self, content: bytes) -> None:
        if len(content) > LONGEST_FILE:
            raise UnreadableError(Trouble.TOO_LARGE)
        try:
            self.zip = zipfile.ZipFile(io.BytesIO(content))
            parts = [part for part in self.zip.infolist() if not part.is_dir()]
        except BROKEN_ZIP:
            raise UnreadableError(Trouble.DAMAGED_ZIP) from None
        if len(parts) > MOST_FILES:
            raise UnreadableError(Trouble.TOO_MANY_FILES)
        for part in parts:
            check(part)
        if sum(part.file_size for part in parts) > LARGEST_UNFOLDED:
            raise UnreadableError(Trouble.UNFOLDS)
        self.parts = {part.filename: part for part in parts}
        self.room = LARGEST_UNFOLDED
        self.kept: dict[str, bytes] = {}

    def __getitem__(self, name: str) -> bytes:
        """Raises KeyError for a name that is not there, UnreadableError for what cannot be read."""
        if name not in self.kept:
            self.kept[name] = self.unfold(self.parts[name])
        return self.kept[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.parts)

    def __len__(self) -> int:
        return len(self.parts)

    def __contains__(self, name: object) -> bool:
        return name in self.parts

    def unfold(self, part: zipfile.ZipInfo) -> bytes:
        """A part, no larger than there is room for, whatever it says of itself."""
        most = min(self.room, LARGEST_PART)
        try:
            with self.zip.open(part) as opened:
                unfolded = opened.read(most + 1)
        except BROKEN_ZIP:
            raise UnreadableError(Trouble.DAMAGED_ZIP) from None
        except RuntimeError:
            # zipfile's word for a part that asks for a password.
            raise UnreadableError(Trouble.PROTECTED) from None
        if len(unfolded) > most:
            raise UnreadableError(Trouble.UNFOLDS)
        self.room -= len(unfolded)
        return unfolded


def check(part: zipfile.ZipInfo) -> None:
    """Refuse what no honest package holds. Raises UnreadableError."""
    name = part.filename
    path = PurePosixPath(name)
    if (
        path.is_absolute()
        or ".." in path.parts
        or "\\" in name
        or ":" in name
        or len(path.parts) > DEEPEST
        or len(name) > LONGEST_NAME
        or any(ord(sign) < 32 for sign in name)
    ):
        raise UnreadableError(Trouble.UNSAFE_NAME)
    if stat.S_ISLNK(part.external_attr >> 16):
        raise UnreadableError(Trouble.LINK)
    if part.flag_bits & 0x1:
        raise UnreadableError(Trouble.PROTECTED)
    if part.compress_type not in PLAIN_ZIP:
        raise UnreadableError(Trouble.DAMAGED_ZIP)
    shrunk = part.file_size / max(part.compress_size, 1)
    if part.file_size > LARGEST_PART or (part.file_size > SMALL and shrunk > LARGEST_RATIO):
        raise UnreadableError(Trouble.UNFOLDS)


def is_zip(content: bytes) -> bool:
    return content.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def beside(name: str, href: str) -> str:
    """The name in the package of what a file there refers to; nothing for what lies elsewhere."""
    href = unquote(re.split("[#?]", href, maxsplit=1)[0])
    if not href or re.match(r"[a-z][a-z0-9+.-]*:|//", href, re.IGNORECASE):
        return ""
    steps: list[str] = [] if href.startswith("/") else list(PurePosixPath(name).parent.parts)
    for step in href.replace("\\", "/").split("/"):
        if step == "..":
            if not steps:
                return ""
            steps.pop()
        elif step not in ("", "."):
            steps.append(step)
    return "/".join(steps)


def picture_type(content: bytes) -> str:
    """By what is in it, never by its name; nothing for what is no picture that we show."""
    return next((kind for kind, mark in PICTURES if mark.match(content)), "")


def file_name(picture: Picture, stem: str) -> str:
    return f"{stem}.{picture_type(picture.content) or 'png'}"


def pack(files: Mapping[str, bytes]) -> bytes:
    """A zip of these files; the same files give the same bytes."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files.items():
            part = zipfile.ZipInfo(name, DAY)
            part.compress_type = zipfile.ZIP_DEFLATED
            part.external_attr = 0o644 << 16
            package.writestr(part, content)
    return target.getvalue()
