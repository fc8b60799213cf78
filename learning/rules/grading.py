"""Marking: what an answer is worth, and when an attempt is a pass."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


class Kind(StrEnum):
    """The kinds of question that can be marked by comparing chosen options with a key."""

    SINGLE_CHOICE = "single_choice"
    MULTIPLE_RESPONSE = "multiple_response"
    TRUE_FALSE = "true_false"

    @property
    def takes_one(self) -> bool:
        """Whether exactly one option can be chosen."""
        return self is not Kind.MULTIPLE_RESPONSE


@dataclass(frozen=True, slots=True)
class Key:
    """What is right: the options there are, and which of them are correct."""

    kind: Kind
    options: frozenset[str]
    correct: frozenset[str]

    def __post_init__(self) -> None:
        if not self.correct or not self.correct < self.options:
            raise ValueError("A key needs a right option and a wrong one.")
        if self.kind.takes_one and len(self.correct) != 1:
            raise ValueError(f"A question of kind {self.kind} has one right option.")


class InvalidResponse(ValueError):
    """A response that the question could not have been given."""


def check_response(key: Key, chosen: Collection[str]) -> frozenset[str]:
    """The response as a set.

    Raises InvalidResponse when it names an option that the question does not have, or
    several where one is asked. An empty response is valid: it is "nothing chosen yet".
    """
    response = frozenset(chosen)
    if not response <= key.options:
        raise InvalidResponse("unknown option")
    if key.kind.takes_one and len(response) > 1:
        raise InvalidResponse("several options where one is asked")
    return response


def points(key: Key, chosen: Collection[str]) -> Fraction:
    """What a response earns, from 0 to 1.

    One choice: all or nothing. Multiple response: each right option that is chosen adds its
    share and each wrong one takes its share away, never under zero (Moodle's "multiple
    response" default; QTI 3 `map_response` with lower bound 0). Ticking everything earns
    nothing, since the shares of all wrong options together undo those of the right ones.
    """
    response = check_response(key, chosen)
    if key.kind.takes_one:
        return Fraction(int(response == key.correct))
    wrong_options = key.options - key.correct
    gained = Fraction(len(response & key.correct), len(key.correct))
    lost = Fraction(len(response & wrong_options), len(wrong_options))
    return max(Fraction(0), gained - lost)


@dataclass(frozen=True, slots=True)
class Marked:
    """The outcome of an attempt. `percentage` is rounded down: 69.9 % is not yet 70."""

    points: Fraction
    maximum: int
    percentage: int
    passed: bool


def mark(earned: Sequence[Fraction], *, pass_mark: int) -> Marked:
    """Mark an attempt from the points of all its questions, unanswered ones included as 0.

    `pass_mark` is a whole percentage from 1 to 100. Raises ValueError without questions.
    """
    if not earned:
        raise ValueError("An attempt without questions cannot be marked.")
    if not 1 <= pass_mark <= 100:
        raise ValueError("A pass mark is a percentage from 1 to 100.")
    total = sum(earned, Fraction(0))
    percentage = int(100 * total / len(earned))
    return Marked(total, len(earned), percentage, percentage >= pass_mark)
