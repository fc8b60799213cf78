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
# After these a dot ends no sentence.
_ABBREVIATED: Final = (
    "a.d.h.v. a.h.w. art. artt. bijv. bv. blz. ca. c.q. d.d. d.m.v. d.w.z. dhr. dr. drs. e.a. e.d. "
    "enz. e.v. evt. excl. i.c. i.g.v. i.h.a. i.h.b. i.o.m. i.p.v. i.s.m. i.v.m. incl. jl. max. "
    "mevr. min. mr. m.a.w. m.b.t. m.b.v. m.i.v. m.n. m.u.v. n.a.v. nl. nr. o.a. o.b.v. o.g.v. "
    "o.i.d. o.l.v. o.m. o.v.v. p. par. pag. prof. resp. st. t.a.v. t.b.v. t.g.v. t.h.v. t.m. "
    "t.o.v. t.w.v. tel. v.a. vgl. vs. w.o. z.o.z. z.s.m. e.g. i.e. etc. mrs. ms. no."
)
ABBREVIATIONS: Final = frozenset(_ABBREVIATED.split())
_WORD: Final = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
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
    """Whether the sentence goes on after this dot: an abbreviation, a number, an initial."""
    if mark.group() != ".":
        return False
    before = text[start : mark.end()].split()
    last = before[-1].lstrip("(\"'“‘[").lower() if before else ""
    if last in ABBREVIATIONS:
        return True
    after = text[mark.end() :].lstrip()
    if after[:1].islower():
        return True
    stem = last[:-1]
    return (len(before) == 1 and stem.isdigit()) or (len(stem) == 1 and stem.isalpha())


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
    """Each word of officials in a text, once, as written, with the simpler one."""
    found: dict[str, tuple[str, str]] = {}
    for match in _pattern().finditer(" ".join(text.split())):
        word = match.group()
        found.setdefault(word.lower(), (word, simpler_words()[word.lower()]))
    return list(found.values())
