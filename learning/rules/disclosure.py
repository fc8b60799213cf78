"""What a figure may say without saying something about a person (DESIGN §4.6)."""

from collections.abc import Mapping
from typing import Final, TypeVar

SMALLEST_GROUP: Final = 5

Name = TypeVar("Name")


def shown(groups: Mapping[Name, int], *, total_shown: bool = True) -> set[Name]:
    """The groups whose figures may be shown, given how many people each counts.

    A group of one to four people is hidden. When the total over all groups is shown too, the
    hidden people together could be worked out by subtraction; so the smallest other groups
    are hidden as well, until at least two groups and five people are hidden, or none.
    Empty groups say nothing about anybody: they are shown and never serve as cover.
    """
    hidden = {name for name, size in groups.items() if 0 < size < SMALLEST_GROUP}
    if hidden and total_shown:
        others = sorted(
            (name for name, size in groups.items() if size >= SMALLEST_GROUP),
            key=lambda name: groups[name],
        )
        for name in others:
            if len(hidden) >= 2 and sum(groups[n] for n in hidden) >= SMALLEST_GROUP:
                break
            hidden.add(name)
    return set(groups) - hidden
