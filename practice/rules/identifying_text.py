"""What each rule of looking through a text needs: where sentences begin, what a capital is."""

import re
from collections.abc import Iterable
from typing import Final

Span = tuple[int, int]
# Also those of Łukasz, Šarić and Ștefan, which have no range of their own.
LETTERS: Final = (*range(0x41, 0x250), *range(0x1E00, 0x1F00))
CAPITAL: Final = f"[{''.join(chr(at) for at in LETTERS if chr(at).isupper())}]"

# Signs that a phone or a word processor makes of a dash, a space or an at sign; each one sign.
ALIKE: Final = str.maketrans(
    dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-")
    | dict.fromkeys("\u00a0\u2007\u2009\u200a\u202f", " ")
    | {"\uff20": "@"}
)
SENTENCE: Final = re.compile(r"[^.!?\n]+")
# Fewer capitals than this may be an acronym, and a few small letters may be a plate in between.
SHOUTED: Final = 8
MOSTLY: Final = 0.85


def either(words: Iterable[str]) -> str:
    """A pattern of one of these words or phrases, the longest first."""
    return "|".join(re.escape(each) for each in sorted(words, key=len, reverse=True))


def begins_sentence(text: str, at: int) -> bool:
    before = text[max(0, at - 40) : at].rstrip(" \t‘’“”\"'(–-")
    return not before or before[-1] in ".!?:\n•"


def with_plain_signs(text: str) -> str:
    """The same text, as long, with one kind of dash and of space."""
    return text.translate(ALIKE)


def without_shouting(text: str) -> str:
    """The same text, as long, with sentences that are all capitals in small letters."""
    return SENTENCE.sub(lambda found: quieter(found[0]), text)


def quieter(sentence: str) -> str:
    letters = [sign for sign in sentence if sign.isalpha()]
    capitals = sum(sign.isupper() for sign in letters)
    if capitals < SHOUTED or capitals < MOSTLY * len(letters):
        return sentence
    if not re.search(r"[^\W\d_]\W+[^\W\d_]{2}", sentence):
        return sentence
    # “İ” in small letters is two signs.
    return "".join(small if len(small := sign.lower()) == 1 else sign for sign in sentence)
