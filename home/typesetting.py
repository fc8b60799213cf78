"""What every PDF of ours is set with: Typst, the typeface of the site, and signs it can show."""

import json
import unicodedata
from datetime import UTC, date, datetime, time
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import typst
from anyascii import anyascii

from home.typeface import SOURCE, only

STYLES: Final = ("Regular", "Semibold", "Bold", "It")
REGIONS: Final = {"nl": "nl", "en": "gb"}
# What the typeface has besides the Latin letters below U+0180.
SIGNS: Final = frozenset("–—‘’‚“”„…•€→−≤≥")


@lru_cache(maxsize=1)
def fonts() -> typst.Fonts:
    """The typeface of the site in the styles used, and Typst's own for what that lacks."""
    return only(SOURCE / f"SourceSansPro-{style}.ttf" for style in STYLES)


def tagged_pdf(
    template: Path,
    name: str,
    data: dict[str, Any],
    day: date,
    *,
    typefaces: typst.Fonts | None = None,
) -> bytes:
    """A tagged PDF (PDF/UA-1) of data that the template finds by a name; the same data, the same
    file. `typefaces`: others than that of the site alone.

    Raises `typst.TypstError` when it would not be accessible, as without an alternative text.
    """
    pdf = typst.compile(
        template.read_bytes(),
        font_paths=typefaces or fonts(),
        ignore_system_fonts=True,
        format="pdf",
        pdf_standards=["ua-1"],
        sys_inputs={name: json.dumps(data)},
        timestamp=datetime.combine(day, time.min, UTC),
    )
    assert isinstance(pdf, bytes)  # noqa: S101  a PDF is one file, unlike pictures of its pages
    return pdf


def printable(value: Any, *, keep_ends: bool = False) -> Any:
    """The same data in letters that the typeface has: PDF/UA refuses a sign that cannot be read.

    Whatever is no Latin letter is written as it sounds. `keep_ends` leaves the space at the ends
    of each text, for texts that are parts of a sentence.
    """
    if isinstance(value, str):
        return printable_text(value, keep_ends=keep_ends)
    if isinstance(value, dict):
        return {key: printable(each, keep_ends=keep_ends) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [printable(each, keep_ends=keep_ends) for each in value]
    return value


def printable_text(value: str, *, keep_ends: bool) -> str:
    text = "".join(map(letter, " ".join(unicodedata.normalize("NFC", value).split())))
    if keep_ends:
        return f"{' ' if value[:1].isspace() else ''}{text}{' ' if value[-1:].isspace() else ''}"
    # Nothing at all stays nothing; a heading of which nothing is left needs a sign.
    return text if text.strip() or not value else "–"


def letter(sign: str) -> str:
    if unicodedata.category(sign).startswith("C"):
        return "\N{SOFT HYPHEN}" if sign == "\N{SOFT HYPHEN}" else ""
    return sign if ord(sign) < 0x180 or sign in SIGNS else anyascii(sign)
