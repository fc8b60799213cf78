"""What the spread over a dilemma's choices may show without telling what anybody chose.

An answer is counted in one pool alone: of somebody's municipality, or of their role. A pool
holds answers back until they make a block, and then shows the block whole:

1. A block has at least five answers, and at least two people in it chose otherwise than most.
   So nobody, not even somebody in the block, knows another's answer from it.
2. Once a block may be shown, a coin says at each further answer whether it is. So that nothing
   is shown yet does not say that everybody chose the same.
3. The spread of all is the sum of the blocks that are shown. What came after the first choice
   (follow-up scenes, a change of mind) is counted for all alone, when blocks are shown.

Blocks are of different people, so whatever is added or subtracted, at whatever moments, covers
whole blocks: five people at least (docs/decisions/0018-dilemmas.md).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from learning.rules.disclosure import SMALLEST_GROUP

# How many in a block must have chosen otherwise than most of it.
LEAST_OTHERS: Final = 2
# By what name a change of mind is counted, beside the scenes; and what is counted of it.
CHANGED: Final = "changed"
CHANGED_YES: Final = "yes"
CHANGED_NO: Final = "no"

# How often each choice was made, by scene. It is what is stored, as JSON.
Table = dict[str, dict[str, int]]


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody chose, by scene, and whether they changed their mind."""

    scene: str
    choice: str
    further: Mapping[str, str] = field(default_factory=dict)

    @property
    def table(self) -> Table:
        return {self.scene: {self.choice: 1}} | {
            name: {choice: 1} for name, choice in self.further.items()
        }


def total(counts: Mapping[str, int]) -> int:
    return sum(counts.values())


def added(one: Table, other: Table) -> Table:
    """Both tables together."""
    return {
        name: {
            choice: one.get(name, {}).get(choice, 0) + other.get(name, {}).get(choice, 0)
            for choice in sorted({*one.get(name, {}), *other.get(name, {})})
        }
        for name in sorted({*one, *other})
    }


def may_be_shown(counts: Mapping[str, int]) -> bool:
    """Whether counts speak of enough people, and not of everybody (but one) alike."""
    return total(counts) >= SMALLEST_GROUP and total(counts) - max(counts.values()) >= LEAST_OTHERS


def count(waiting: Table, answer: Answer, *, coin: bool) -> tuple[Table, Table | None]:
    """Count an answer in a pool: what waits there now, and the block that is to be shown.

    `coin` says whether a block that may be shown is. It must come from chance alone.
    """
    block = added(waiting, answer.table)
    if coin and may_be_shown(block[answer.scene]):
        return {}, block
    return block, None


def show(shown: Table, held: Table, block: Table, scene: str) -> tuple[Table, Table]:
    """Add a block to what is shown of all; what comes after the first scene is held back
    until it may be shown by itself. Returns what is shown and what is held.
    """
    first = {scene: block[scene]}
    rest = added(held, {name: counts for name, counts in block.items() if name != scene})
    ready = {name: counts for name, counts in rest.items() if may_be_shown(counts)}
    held = {name: counts for name, counts in rest.items() if name not in ready}
    return added(shown, added(first, ready)), held


def share(count: int, whole: int) -> int:
    """A share in whole percents."""
    return round(100 * count / whole) if whole else 0
