"""The keys of the kinds that are not answered by choosing among right and wrong options."""

import unicodedata
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Final

from learning.rules.grading import InvalidResponse, Key, Response, as_list

LONGEST_TEXT: Final = 300
LONGEST_REFLECTION: Final = 4000
# In a shorter word another letter makes another word: "dat" is no slip of the pen for "wat".
SHORTEST_WITH_TYPO: Final = 5


def as_mapping(response: Response) -> dict[str, str]:
    """A response with a value per row; rows without one are left out."""
    if not isinstance(response, dict):
        if response:
            raise InvalidResponse("a list where a mapping is asked")
        return {}
    return {row: value for row, value in sorted(response.items()) if value}


def as_text(response: Response, *, longest: int) -> str:
    """A response of one text; empty when nothing was written."""
    values = as_list(response)
    if len(values) > 1:
        raise InvalidResponse("several texts where one is asked")
    text = values[0].strip() if values else ""
    if len(text) > longest:
        raise InvalidResponse("longer than it may be")
    return text


@dataclass(frozen=True, slots=True)
class PairsKey(Key):
    """Which value belongs in which row: matching, and choosing in a text.

    Every row that is right earns its share (Moodle's "matching"; QTI 3 `map_response`).
    """

    right: Mapping[str, str]
    choices: Mapping[str, frozenset[str]]

    def check(self, response: Response) -> dict[str, str]:
        chosen = as_mapping(response)
        for row, value in chosen.items():
            if row not in self.right or value not in self.choices[row]:
                raise InvalidResponse("unknown row or choice")
        return chosen

    def points(self, response: Response) -> Fraction:
        chosen = as_mapping(response)
        hits = sum(chosen.get(row) == value for row, value in self.right.items())
        return Fraction(hits, len(self.right))

    @property
    def best(self) -> dict[str, str]:
        return dict(self.right)


@dataclass(frozen=True, slots=True)
class OrderKey(Key):
    """The items in their right order. A response gives places, from "1", to items.

    What counts is the longest sequence of items that stand in the right order, wherever they
    stand (Moodle's "longest ordered subset"). Since one item alone is always in order, the
    first of them earns nothing: the whole earns 1 and the reverse 0. Two items in one place are
    in no order, so giving every item the same place earns nothing.
    """

    items: tuple[str, ...]

    def check(self, response: Response) -> dict[str, str]:
        placed = as_mapping(response)
        places = {str(place) for place in range(1, len(self.items) + 1)}
        if not placed.keys() <= set(self.items) or not set(placed.values()) <= places:
            raise InvalidResponse("unknown item or place")
        return placed

    def points(self, response: Response) -> Fraction:
        placed = as_mapping(response)
        ends: list[int] = []  # of each length the lowest place at which such a sequence ends
        for item in self.items:
            if item not in placed:
                continue
            place = int(placed[item])
            position = bisect_left(ends, place)
            ends[position : position + 1] = [place]
        return Fraction(max(len(ends) - 1, 0), len(self.items) - 1)

    @property
    def best(self) -> dict[str, str]:
        return {item: str(place) for place, item in enumerate(self.items, start=1)}


def plain(text: str) -> str:
    """A text without what does not count: case, accents, spaces more than one, a full stop."""
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    bare = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    return " ".join(bare.replace("’", "'").split()).strip(" .,;:!?\"'“”‘")


def is_one_typo_away(given: str, wanted: str) -> bool:
    """Whether one letter too many, too few, wrong, or two that changed places are between them.

    A digit is never a typo: 15 is not 16.
    """
    if given == wanted:
        return True
    if abs(len(given) - len(wanted)) > 1:
        return False
    start = 0
    while start < min(len(given), len(wanted)) and given[start] == wanted[start]:
        start += 1
    rest, wished = given[start:], wanted[start:]
    end = 0
    while end < min(len(rest), len(wished)) and rest[-1 - end] == wished[-1 - end]:
        end += 1
    rest, wished = rest[: len(rest) - end], wished[: len(wished) - end]
    if any(sign.isdigit() for sign in rest + wished):
        return False
    is_swap = len(rest) == len(wished) == 2 and rest == wished[::-1]
    return is_swap or max(len(rest), len(wished)) <= 1


@dataclass(frozen=True, slots=True)
class TextKey(Key):
    """A short text, right when it is one of the accepted ones."""

    accepted: tuple[str, ...]
    typo_allowed: bool = False

    def check(self, response: Response) -> list[str]:
        text = as_text(response, longest=LONGEST_TEXT)
        return [text] if text else []

    def points(self, response: Response) -> Fraction:
        given = plain(as_text(response, longest=LONGEST_TEXT))
        return Fraction(int(any(self.is_close(given, plain(text)) for text in self.accepted)))

    def is_close(self, given: str, wanted: str) -> bool:
        if not given:
            return False
        if not self.typo_allowed or len(wanted) < SHORTEST_WITH_TYPO:
            return given == wanted
        return is_one_typo_away(given, wanted)

    @property
    def best(self) -> list[str]:
        return [self.accepted[0]]


def parse_number(text: str) -> Decimal:
    """A number as people write it in Dutch or English: 1.234,5 or 1234.5, with % or € if need be.

    One point or comma with exactly three digits after it, as in 1.234, is read as a thousand:
    so Dutch writes it, and it is a decimal only where the key asks a fraction of a thousandth.
    Raises InvalidResponse when it is no number.
    """
    bare = text.strip().strip("€%").replace("\u00a0", "").replace(" ", "")
    comma, point = bare.rfind(","), bare.rfind(".")
    if comma >= 0 and point >= 0:
        decimal, grouping = (",", ".") if comma > point else (".", ",")
        bare = bare.replace(grouping, "").replace(decimal, ".")
    elif comma >= 0 or point >= 0:
        sign = "," if comma >= 0 else "."
        head, _, tail = bare.partition(sign)
        is_grouped = sign == "." and len(tail) == 3 and head.strip("+-").strip("0") != ""
        if bare.count(sign) > 1 or is_grouped:
            bare = bare.replace(sign, "")
        else:
            bare = f"{head}.{tail}"
    try:
        number = Decimal(bare)
    except InvalidOperation:
        raise InvalidResponse("not a number") from None
    if not number.is_finite() or abs(number.adjusted()) > 30:
        raise InvalidResponse("not a number")
    return number


@dataclass(frozen=True, slots=True)
class NumberKey(Key):
    """A number, right when it is at most `tolerance` away. Both bounds count as right."""

    value: Decimal
    tolerance: Decimal = field(default=Decimal(0))

    def check(self, response: Response) -> list[str]:
        text = as_text(response, longest=40)
        if not text:
            return []
        parse_number(text)
        return [text]

    def points(self, response: Response) -> Fraction:
        text = as_text(response, longest=40)
        if not text:
            return Fraction(0)
        return Fraction(int(abs(parse_number(text) - self.value) <= self.tolerance))

    @property
    def best(self) -> list[str]:
        return [f"{self.value.normalize():f}".replace(".", ",")]


@dataclass(frozen=True, slots=True)
class ReflectionKey(Key):
    """An open text for the learner's own use. It has no right answer and earns nothing."""

    def check(self, response: Response) -> list[str]:
        text = as_text(response, longest=LONGEST_REFLECTION)
        return [text] if text else []

    def points(self, response: Response) -> Fraction:
        return Fraction(0)

    @property
    def best(self) -> list[str]:
        return []
