"""Which pages belong with a page: a plain rule over what they share and how new they are.

A theme says more than a goal: it was chosen for what the page is about, a goal for what it
serves. What is older counts for less, measured from the newest that shares anything: so the
outcome changes when something is published, and not because a day has passed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

THEME: Final = 2
GOAL: Final = 1
# Behind by so much, it counts for half.
HALVED_AFTER: Final = timedelta(days=730)


@dataclass(frozen=True, slots=True)
class Subject:
    """A page as the rule sees it: the keys of its themes and goals, and its day."""

    key: int
    day: date
    themes: frozenset[int] = frozenset()
    goals: frozenset[int] = frozenset()

    def shares(self, other: "Subject") -> int:
        """How much two have in common; zero when they have nothing to do with each other."""
        return THEME * len(self.themes & other.themes) + GOAL * len(self.goals & other.goals)


def closest(page: Subject, others: Iterable[Subject], *, most: int) -> list[int]:
    """The keys of those that belong with a page, the best first."""
    sharing = {each.key: each for each in others if each.key != page.key and page.shares(each)}
    newest = max((each.day for each in sharing.values()), default=page.day)

    def rank(each: Subject) -> tuple[float, int, int]:
        behind = (newest - each.day) / HALVED_AFTER
        return (-page.shares(each) / (1 + behind), -each.day.toordinal(), -each.key)

    return [each.key for each in sorted(sharing.values(), key=rank)[:most]]
