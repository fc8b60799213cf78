"""Words and sentences of a text, and the words of officials that have a simpler one.

Plain Python: what it is given is text without markup.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Final

LIST: Final = Path(__file__).with_name("moeilijke_woorden.toml")
# After these a dot ends no sentence. Those that often do end one (enz., e.d., min., jl.) are not
# among them: before a small letter the sentence goes on anyhow.
_ABBREVIATED: Final = (
    "a.d.h.v. a.h.w. art. artt. bijv. bv. blz. ca. c.q. d.d. d.m.v. d.w.z. dhr. dr. drs. evt. "
    "excl. i.c. i.g.v. i.h.a. i.h.b. incl. ing. ir. i.o.m. i.p.v. i.s.m. i.v.m. mevr. mr. mw. "
    "m.a.w. m.b.t. m.b.v. m.i.v. m.n. m.u.v. n.a.v. nl. nr. o.a. o.b.v. o.g.v. o.l.v. o.v.v. p. "
    "par. pag. prof. resp. st. t.a.v. t.b.v. t.g.v. t.h.v. t.m. t.n.v. t.o.v. t.w.v. tel. v.a. "
    "vgl. vs. w.o. e.g. i.e. mrs. ms."
)
ABBREVIATIONS: Final = frozenset(_ABBREVIATED.split())
# `1.250`, `2:3`, `o.a.`, `vng.nl` and `e-mail` are one word each.
_WORD: Final = re.compile(r"[^\W_]+(?:['’\-.:@][^\W_]+|(?<=\d),\d+)*")
# The names of somebody by their first letters.
_INITIALS: Final = re.compile(r"(?:[^\W\d_]\.)+", re.IGNORECASE)
# What somebody else said or wrote. A lone apostrophe opens nothing.
_QUOTED: Final = re.compile(r"“[^”]*”|„[^”“]*[”“]|\"[^\"]*\"|(?<!\w)‘[^‘]*?’(?!\w)")
# A mark that ends a sentence, what closes it, and a gap after it.
_END: Final = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s|$)")


def words(text: str) -> list[str]:
    """Its words, as a reader counts them: `e-mail` and `foto's` are one each."""
    return _WORD.findall(text)


def sentences(text: str) -> Iterator[str]:
    """Its sentences, without the gaps between them."""
    start = 0
    for mark in _END.finditer(text):
        if _goes_on(text, start, mark):
            continue
        yield from _unless_empty(text[start : mark.end()])
        start = mark.end()
    yield from _unless_empty(text[start:])


def _unless_empty(sentence: str) -> Iterator[str]:
    kept = " ".join(sentence.split())
    if kept:
        yield kept


def _goes_on(text: str, start: int, mark: re.Match[str]) -> bool:
    """Whether the sentence goes on after this mark: an abbreviation, a number, an initial."""
    if text[mark.end() :].lstrip()[:1].islower():
        return True
    if mark.group() != ".":
        return False
    before = text[start : mark.end()].split()
    last = before[-1].lstrip("(\"'“‘„[") if before else ""
    if last.lower() in ABBREVIATIONS:
        return True
    is_number = len(before) == 1 and last[:-1].isdigit()
    return is_number or (last[:1].isupper() and bool(_INITIALS.fullmatch(last)))


@cache
def simpler_words() -> Mapping[str, str]:
    """Words of officials, in small letters, and what one says instead."""
    with LIST.open("rb") as file:
        found: dict[str, str] = tomllib.load(file)["woorden"]
    return {word.lower(): simple for word, simple in found.items()}


@cache
def _pattern() -> re.Pattern[str]:
    longest_first = sorted(simpler_words(), key=len, reverse=True)
    return re.compile(
        r"(?<![\w-])(?:" + "|".join(re.escape(word) for word in longest_first) + r")(?![\w-])",
        re.IGNORECASE,
    )


def difficult_words(text: str) -> list[tuple[str, str]]:
    """Each word of officials in a text, once, as written, with the simpler one.

    Not within quotation marks: nobody rewrites a law or what somebody said.
    """
    text = _QUOTED.sub(" … ", text)
    found: dict[str, tuple[str, str]] = {}
    for match in _pattern().finditer(" ".join(text.split())):
        word = match.group()
        found.setdefault(word.lower(), (word, simpler_words()[word.lower()]))
    return list(found.values())
