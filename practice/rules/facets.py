"""Finding cases by what they are about, with how many each further choice would leave."""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

Values = Mapping[str, frozenset[str]]
NOTHING: Final[frozenset[str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Item:
    """Something to be found, with its values per facet."""

    key: Hashable
    values: Values = field(default_factory=dict)


def matches(item: Item, chosen: Values, *, but: str = "") -> bool:
    """Whether it has one of the chosen values of each facet, the one named `but` left out."""
    return all(
        item.values.get(facet, NOTHING) & wanted
        for facet, wanted in chosen.items()
        if wanted and facet != but
    )


def found(items: Iterable[Item], chosen: Values) -> list[Item]:
    """Within a facet any of the chosen values will do; of each facet there must be one."""
    return [item for item in items if matches(item, chosen)]


def counts(items: Iterable[Item], chosen: Values, facets: Iterable[str]) -> dict[str, Counter[str]]:
    """How many there are of each value of each facet, given what is chosen in the others."""
    counted: dict[str, Counter[str]] = {facet: Counter() for facet in facets}
    for item in items:
        for facet, counter in counted.items():
            if matches(item, chosen, but=facet):
                counter.update(item.values.get(facet, NOTHING))
    return counted
