"""The typefaces of what is set by Typst, and which signs they have.

Names are shown in their own letters: Latin, Greek and Cyrillic, Arabic and Hebrew. PDF/UA
refuses a sign that no typeface has, so others are written as they sound.
"""

import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import font_source_sans_pro
import justmytype_intl_rtl
import typst
from anyascii import anyascii
from fontTools.ttLib import TTFont

SOURCE: Final = Path(font_source_sans_pro.font_directory)
FALLBACK: Final = Path(justmytype_intl_rtl.__file__).parent / "fonts" / "ofl"
STYLES: Final = ("Regular", "Semibold", "Bold")
FILES: Final = (
    *(SOURCE / f"SourceSansPro-{style}.ttf" for style in STYLES),
    *(
        FALLBACK / f"notosans{script.lower()}" / f"NotoSans{script}[wdth,wght].ttf"
        for script in ("Arabic", "Hebrew")
    ),
)
FAMILIES: Final = ("Source Sans Pro", "Noto Sans Arabic", "Noto Sans Hebrew")


@lru_cache(maxsize=1)
def fonts() -> typst.Fonts:
    """All of them, for names of people."""
    return only(FILES)


def only(files: Iterable[Path]) -> typst.Fonts:
    """These files and no others: a package may hold a style twice, and which is taken is chance."""
    with TemporaryDirectory(prefix="fonts-") as folder:
        for path in files:
            (Path(folder) / path.name).symlink_to(path)
        # It remembers where the links lead, so they need not stay.
        return typst.Fonts(include_system_fonts=False, font_paths=[folder])


@lru_cache(maxsize=1)
def signs() -> frozenset[int]:
    """What every style of the first family has, and each of the others."""

    def of(path: Path) -> frozenset[int]:
        with TTFont(path, lazy=True) as font:
            return frozenset(font.getBestCmap())

    latin, *others = (of(path) for path in FILES[len(STYLES) - 1 :])
    return latin.intersection(*(of(path) for path in FILES[: len(STYLES)])).union(*others)


def written(text: str) -> str:
    """The same text in signs that can be shown, on one line, with nothing invisible in it."""
    composed = unicodedata.normalize("NFC", " ".join(text.split()))
    shown = "".join(map(sign_for, composed)).strip()
    # A title of which nothing is left needs a sign.
    return shown or "–"


def sign_for(sign: str) -> str:
    if unicodedata.category(sign).startswith("C"):
        return ""
    return sign if ord(sign) in signs() else anyascii(sign)
