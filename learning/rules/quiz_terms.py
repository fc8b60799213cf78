"""The terms of a quiz: when one may try again, what counts, what is asked again."""

import random
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Self, TypeVar

T = TypeVar("T")


class Feedback(StrEnum):
    """When the explanation of a question is shown."""

    AT_ONCE = "at_once"
    AFTER_ATTEMPT = "after_attempt"
    AFTER_PASSING = "after_passing"


class Counts(StrEnum):
    """Which of several attempts counts."""

    BEST = "best"
    LAST = "last"
    AVERAGE = "average"


@dataclass(frozen=True, slots=True)
class Terms:
    """The rules of a quiz. An attempt keeps those with which it began."""

    on_one_page: bool = False
    forward_only: bool = False
    feedback: Feedback = Feedback.AFTER_ATTEMPT
    counts: Counts = Counts.BEST
    max_attempts: int | None = None
    wait_minutes: int = 0
    time_limit: int | None = None
    asks_again: bool = False
    asks_certainty: bool = False

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """The terms of a stored attempt; what it lacks is as it was before there were terms."""
        known = {key: stored[key] for key in cls.__slots__ if key in stored}
        terms = cls(**known)
        return cls(
            **{
                **{key: getattr(terms, key) for key in cls.__slots__},
                "feedback": Feedback(terms.feedback),
                "counts": Counts(terms.counts),
            }
        )

    def shows_feedback(self, *, passed: bool) -> bool:
        """Whether an attempt that was handed in shows its explanations."""
        return passed or self.feedback is not Feedback.AFTER_PASSING


@dataclass(frozen=True, slots=True)
class Leave:
    """Whether another attempt may begin: now, from a moment on, or not any more."""

    may_begin: bool
    from_moment: datetime | None = None
    attempts_left: int | None = None


def leave_to_begin(terms: Terms, handed_in: Sequence[datetime], now: datetime) -> Leave:
    """Whether somebody who handed in at these moments may begin once more."""
    left = None if terms.max_attempts is None else max(terms.max_attempts - len(handed_in), 0)
    if left == 0:
        return Leave(may_begin=False, attempts_left=0)
    if handed_in and terms.wait_minutes:
        opens = max(handed_in) + timedelta(minutes=terms.wait_minutes)
        if now < opens:
            return Leave(may_begin=False, from_moment=opens, attempts_left=left)
    return Leave(may_begin=True, attempts_left=left)


def counted(counts: Counts, percentages: Sequence[int]) -> int | None:
    """What several attempts, in order, come to in percent; None without any.

    An average is rounded down, as a single mark is.
    """
    if not percentages:
        return None
    if counts is Counts.BEST:
        return max(percentages)
    if counts is Counts.LAST:
        return percentages[-1]
    return sum(percentages) // len(percentages)


def time_allowed(minutes: int | None, extra_percent: int) -> timedelta | None:
    """The time for an attempt with what somebody gets extra, in percent; None without a limit."""
    if minutes is None:
        return None
    return timedelta(minutes=minutes) * (100 + extra_percent) / 100


def asked_again(keys: Sequence[T], times_right: Mapping[T, int]) -> list[T]:
    """What another attempt asks: all but what was right twice or more.

    When that leaves nothing all are asked: an attempt must have something to answer.
    """
    left = [key for key in keys if times_right.get(key, 0) < 2]
    return left or list(keys)


def draw(pool: Sequence[T], number: int, *, taken: Collection[T], seed: random.Random) -> list[T]:
    """So many at random of a pool, none that was taken already; fewer when it has no more."""
    free = [each for each in pool if each not in taken]
    return seed.sample(free, min(number, len(free)))
