"""How well a question works: classical item analysis.

Sources:

- *Facility* is the mean score on a question as a share of the most that it can earn; for a
  question that is right or wrong it is the p-value of classical test theory (Crocker & Algina,
  "Introduction to Classical and Modern Test Theory", 1986, ch. 14).
- *Discrimination* is the corrected point-biserial, also called the item-rest correlation: the
  product-moment correlation of the score on the question with the score on the rest of the test.
  With the question itself in the total a question would correlate with itself, the more so the
  shorter the test (Henrysson, "Correction of item-total correlations in item analysis",
  Psychometrika 28, 1963). For scores that are partly right it is the same formula.

Everything is added up in whole numbers, one answer at a time: a sum takes the same memory for
ten answers as for ten million, and no rounding depends on the order.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import sqrt
from typing import Any, Final

from learning.rules.disclosure import SMALLEST_GROUP, is_small

WHOLE: Final = 1000  # thousandths of a point
# Who leaves a question open over lunch did not think that long; it also bounds what is kept.
LONGEST_SECONDS: Final = 1800
HARD: Final = 0.5
# Below this a figure still moves a lot with each answer.
FEW: Final = 20


SUMS: Final = (
    "asked",
    "answered",
    "item_sum",
    "rest_sum",
    "item_squares",
    "rest_squares",
    "products",
    "compared",
    "compared_sum",
)


@dataclass(slots=True)
class Tally:
    """What is known of a question so far."""

    asked: int = 0
    answered: int = 0
    item_sum: int = 0
    rest_sum: int = 0
    item_squares: int = 0
    rest_squares: int = 0
    products: int = 0
    # Those for whom there is a rest: a test of one question has none.
    compared: int = 0
    compared_sum: int = 0
    chosen: Counter[str] = field(default_factory=Counter)
    seconds: Counter[int] = field(default_factory=Counter)

    def add(
        self,
        item: int,
        rest: int | None,
        *,
        chosen: Iterable[str] = (),
        seconds: int | None = None,
        answered: bool = True,
    ) -> None:
        """One person's answer. Scores in thousandths; what was left open earned nothing."""
        self.asked += 1
        self.answered += answered
        self.item_sum += item
        if rest is not None:
            self.compared += 1
            self.compared_sum += item
            self.rest_sum += rest
            self.item_squares += item * item
            self.rest_squares += rest * rest
            self.products += item * rest
        self.chosen.update(set(chosen))
        if seconds is not None and 0 <= seconds <= LONGEST_SECONDS:
            self.seconds[seconds] += 1

    def merge(self, other: "Tally") -> None:
        """Add what another has counted, of other people."""
        for name in SUMS:
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.chosen.update(other.chosen)
        self.seconds.update(other.seconds)

    def to_json(self) -> dict[str, Any]:
        sums: dict[str, Any] = {name: getattr(self, name) for name in SUMS}
        return sums | {"chosen": dict(self.chosen), "seconds": sorted(self.seconds.items())}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Tally":
        sums = {name: stored[name] for name in SUMS}
        seconds = Counter(dict(stored["seconds"]))
        return cls(**sums, chosen=Counter(stored["chosen"]), seconds=seconds)

    @property
    def is_shown(self) -> bool:
        """Whether enough people answered to say anything about it."""
        return self.answered >= SMALLEST_GROUP

    @property
    def facility(self) -> float | None:
        return self.item_sum / (WHOLE * self.asked) if self.asked else None

    @property
    def discrimination(self) -> float | None:
        """None where everybody scored the same, on the question or on the rest."""
        n = self.compared
        item = n * self.item_squares - self.compared_sum**2
        rest = n * self.rest_squares - self.rest_sum**2
        if item <= 0 or rest <= 0:
            return None
        shared = n * self.products - self.compared_sum * self.rest_sum
        return max(-1.0, min(1.0, shared / (sqrt(item) * sqrt(rest))))

    @property
    def median_seconds(self) -> int | None:
        """The time that half of them needed or less, rounded up; None when no time is known."""
        total = sum(self.seconds.values())
        if total < SMALLEST_GROUP:
            return None
        lower = value_at(self.seconds, (total - 1) // 2)
        upper = value_at(self.seconds, total // 2)
        return -(-(lower + upper) // 2)


def value_at(counts: Mapping[int, int], place: int) -> int:
    """What stands at a place, from nought, when all are put in order."""
    passed = 0
    for value in sorted(counts):
        passed += counts[value]
        if passed > place:
            return value
    raise IndexError(place)


def shown_counts(counts: Mapping[str, int]) -> dict[str, int | None]:
    """How often each option was chosen; None where that is not shown.

    One to four are not, and as many of the next smallest as it takes for the hidden ones to be
    five together: else they could be worked out from the rest. That nobody chose an option is
    said: it speaks of nobody.
    """
    hidden = {key for key, count in counts.items() if is_small(count)}
    for key in sorted(counts, key=lambda each: (counts[each], each)):
        if not hidden or not is_small(sum(counts[each] for each in hidden)):
            break
        if counts[key]:
            hidden.add(key)
    return {key: None if key in hidden else count for key, count in counts.items()}


def rest_score(earned: Iterable[tuple[int, int]], own: tuple[int, int]) -> int | None:
    """The score on all but one's own question, in thousandths, by weight; None without a rest.

    `earned` has score and weight of every question of the attempt, the own one included.
    """
    points, weights = -own[0] * own[1], -own[1]
    for score, weight in earned:
        points += score * weight
        weights += weight
    return round(points / weights) if weights > 0 else None
