"""A few words around what was looked for, with the words themselves marked."""

import html
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

LENGTH: Final = 180
BEFORE: Final = 60
TAG: Final = re.compile(r"<[^>]*>")
SPACE: Final = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of text that was looked for, or not. Plain text: the template escapes it."""

    text: str
    is_hit: bool


def plain(texts: Iterable[str]) -> str:
    """Rich text as plain text, in one line."""
    joined = " ".join(TAG.sub(" ", text) for text in texts)
    return SPACE.sub(" ", html.unescape(joined)).strip()


def words_of(query: str) -> list[str]:
    """The words somebody looked for, without signs: to a database these may be commands."""
    return re.findall(r"\w+", query.lower())


def excerpt(text: str, words: Sequence[str]) -> list[Part]:
    """About `LENGTH` characters around the first word that is found, cut between words.

    Without any of the words: the beginning of the text.
    """
    pattern = re.compile("|".join(re.escape(w) for w in words), re.IGNORECASE) if words else None
    hit = pattern.search(text) if pattern else None
    start = max(0, hit.start() - BEFORE) if hit else 0
    if start:
        start = text.find(" ", start, start + BEFORE) + 1 or start
    end = min(len(text), start + LENGTH)
    if end < len(text):
        end = (
            text.rfind(" ", start + LENGTH // 2, end)
            if " " in text[start + LENGTH // 2 : end]
            else end
        )
    shown = text[start:end]
    parts = [Part("… ", is_hit=False)] if start else []
    position = 0
    for found in pattern.finditer(shown) if pattern else ():
        parts += [Part(shown[position : found.start()], is_hit=False), Part(found[0], is_hit=True)]
        position = found.end()
    parts.append(Part(shown[position:] + (" …" if end < len(text) else ""), is_hit=False))
    return [part for part in parts if part.text]
