"""Marking: what an answer is worth, and when an attempt is a pass.

Every kind of question has a key (here and in `learning.rules.keys`) that says which responses
can be given and what each earns, from 0 to 1. A response is JSON: a list of option keys or of
one text, or a mapping of rows to what was chosen there. An empty one is "nothing given yet".
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TypeAlias

Response: TypeAlias = list[str] | dict[str, str]


class Kind(StrEnum):
    """The kinds of question."""

    SINGLE_CHOICE = "single_choice"
    MULTIPLE_RESPONSE = "multiple_response"
    TRUE_FALSE = "true_false"
    MATCHING = "matching"
    ORDERING = "ordering"
    FILL_IN = "fill_in"
    NUMBER = "number"
    CHOOSE_IN_TEXT = "choose_in_text"
    MARK_SENTENCES = "mark_sentences"
    REFLECTION = "reflection"

    @property
    def takes_one(self) -> bool:
        """Whether exactly one option can be chosen."""
        return self in (Kind.SINGLE_CHOICE, Kind.TRUE_FALSE)

    @property
    def has_options(self) -> bool:
        """Whether it is answered by choosing among options, each of which is right or not."""
        return self.takes_one or self in (Kind.MULTIPLE_RESPONSE, Kind.MARK_SENTENCES)

    @property
    def is_written(self) -> bool:
        """Whether it is answered by writing."""
        return self in (Kind.FILL_IN, Kind.NUMBER, Kind.REFLECTION)

    @property
    def is_marked(self) -> bool:
        """Whether it earns points at all."""
        return self is not Kind.REFLECTION


class InvalidResponse(ValueError):
    """A response that the question could not have been given."""


class Key(ABC):
    """What is right in a question of some kind."""

    @abstractmethod
    def check(self, response: Response) -> Response:
        """The response in its one spelling. Raises InvalidResponse when it cannot be."""

    @abstractmethod
    def points(self, response: Response) -> Fraction:
        """What a checked response earns, from 0 to 1, with part of it for a part."""

    @property
    @abstractmethod
    def best(self) -> Response:
        """A response that earns everything."""


@dataclass(frozen=True, slots=True)
class ChoiceKey(Key):
    """The options there are, and which of them are correct."""

    kind: Kind
    options: frozenset[str]
    correct: frozenset[str]

    def __post_init__(self) -> None:
        if not self.correct or not self.correct < self.options:
            raise ValueError("A key needs a right option and a wrong one.")
        if self.kind.takes_one and len(self.correct) != 1:
            raise ValueError(f"A question of kind {self.kind} has one right option.")

    def check(self, response: Response) -> list[str]:
        chosen = set(as_list(response))
        if not chosen <= self.options:
            raise InvalidResponse("unknown option")
        if self.kind.takes_one and len(chosen) > 1:
            raise InvalidResponse("several options where one is asked")
        return sorted(chosen)

    def points(self, response: Response) -> Fraction:
        """One choice: all or nothing. Several: right minus wrong.

        Each right option that is chosen adds its share and each wrong one takes its share
        away, never under zero (Moodle's "multiple response" default; QTI 3 `map_response` with
        lower bound 0). Choosing everything earns nothing, since the shares of all wrong
        options together undo those of the right ones.
        """
        chosen = frozenset(response)
        if self.kind.takes_one:
            return Fraction(int(chosen == self.correct))
        wrong_options = self.options - self.correct
        gained = Fraction(len(chosen & self.correct), len(self.correct))
        lost = Fraction(len(chosen & wrong_options), len(wrong_options))
        return max(Fraction(0), gained - lost)

    @property
    def best(self) -> list[str]:
        return sorted(self.correct)


def as_list(response: Response) -> list[str]:
    """A response of separate values. Raises InvalidResponse for a mapping."""
    if isinstance(response, dict):
        raise InvalidResponse("a mapping where a list is asked")
    return response


def check_response(key: Key, response: Response | Iterable[str]) -> Response:
    """The response in its one spelling.

    Raises InvalidResponse when the question cannot have been given it. An empty response is
    valid: it is "nothing given yet".
    """
    return key.check(response if isinstance(response, dict) else list(response))


def points(
    key: Key, response: Response | Iterable[str], *, all_or_nothing: bool = False
) -> Fraction:
    """What a response earns, from 0 to 1; with `all_or_nothing` a part of it earns nothing.

    Raises InvalidResponse as `check_response` does.
    """
    earned = key.points(check_response(key, response))
    return Fraction(int(earned == 1)) if all_or_nothing else earned


@dataclass(frozen=True, slots=True)
class Marked:
    """The outcome of an attempt. `percentage` is rounded down: 69.9 % is not yet 70."""

    points: Fraction
    maximum: int
    percentage: int
    passed: bool


def mark(
    earned: Sequence[Fraction], *, pass_mark: int, weights: Sequence[int] | None = None
) -> Marked:
    """Mark an attempt from the points of all its questions, unanswered ones included as 0.

    `weights` (whole numbers, 1 each when left out) say how heavily each question counts: one
    that is not marked has 0. `pass_mark` is a whole percentage from 1 to 100. Raises ValueError
    when no question counts.
    """
    heavy = list(weights) if weights is not None else [1] * len(earned)
    maximum = sum(heavy)
    if maximum <= 0 or min(heavy, default=0) < 0:
        raise ValueError("An attempt without questions that count cannot be marked.")
    if not 1 <= pass_mark <= 100:
        raise ValueError("A pass mark is a percentage from 1 to 100.")
    total = sum(
        (each * weight for each, weight in zip(earned, heavy, strict=True)), start=Fraction(0)
    )
    percentage = int(100 * total / maximum)
    return Marked(total, maximum, percentage, percentage >= pass_mark)
