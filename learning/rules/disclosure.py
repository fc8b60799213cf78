"""What a figure may say without saying something about a person (DESIGN §4.6).

The nation sees people counted by municipality, by role, by province and by size class, one and
the other. A cell is a municipality's people in one role. Three rules decide what is shown:

1. A municipality with one to four people is not shown and counts in no total.
2. Of a municipality that is shown, a role with one to four people is not; nor are as many of
   the next smallest roles as it takes to leave five people in "everybody, less the roles that
   are shown".
3. A total over places is the sum of the cells that are shown, and of hidden cells only in whole
   groups of municipalities that are safe: no sum or difference of the numbers shown speaks of
   one to four people alone (`is_safe`).

So whoever has everything that can be shown has, of what is hidden, at most what is left of each
municipality's people, and a sum per role and group. Those two make a graph, with municipalities
and roles for nodes and hidden cells for edges, one graph per group. What can be worked out from
them is a cut of that graph, so a group is safe when each cut holds nobody or five people.
"""

from collections import defaultdict
from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass, field
from itertools import combinations
from typing import Final, Generic, NamedTuple, TypeVar

SMALLEST_GROUP: Final = 5

Name = TypeVar("Name", bound=Hashable)


class Place(NamedTuple):
    """Where a municipality belongs in breakdowns. Empty stands for all of them."""

    province: str = ""
    size: str = ""

    def itself(self) -> "Place":
        return self

    def whole_province(self) -> "Place":
        return Place(self.province)

    def whole_size_class(self) -> "Place":
        return Place(size=self.size)

    def everywhere(self) -> "Place":
        return Place()

    def lies_in(self, scope: "Place") -> bool:
        return scope.province in ("", self.province) and scope.size in ("", self.size)


EVERYWHERE: Final = Place()


def is_small(people: int) -> bool:
    """Whether a figure over so many people would speak of persons."""
    return 0 < people < SMALLEST_GROUP


def hidden_roles(everybody: int, by_role: Mapping[str, int]) -> frozenset[str]:
    """The roles of one municipality that are not shown, where everybody together is.

    Where somebody holds two roles, the roles add up to more than everybody, and the difference
    would speak of just those. Then too something has to stay hidden.
    """
    present = sorted((role for role in by_role if by_role[role]), key=lambda role: by_role[role])
    hidden = {role for role in present if is_small(by_role[role])}
    if not hidden and sum(by_role.values()) == everybody:
        return frozenset()
    for role in [None, *(role for role in present if role not in hidden)]:
        if role is not None:
            hidden.add(role)
        left = everybody - sum(by_role[shown] for shown in present if shown not in hidden)
        if hidden and left >= SMALLEST_GROUP:
            break
    return frozenset(hidden)


def is_safe(group: Collection[Mapping[str, int]]) -> bool:
    """Whether hidden cells, by role and per municipality, may be summed per role over a group.

    Each choice of roles cuts the graph in two; each municipality stands on the side where it
    cuts away the fewest people. What is cut is the fewest that some sum or difference speaks of.
    """
    roles = sorted({role for cells in group for role in cells})
    alike: dict[tuple[tuple[str, int], ...], int] = defaultdict(int)
    for cells in group:
        alike[tuple(sorted(cells.items()))] += 1
    for count in range(1, len(roles)):
        for chosen in map(set, combinations(roles, count)):
            cut = 0
            for cells_, times in alike.items():
                inside = sum(people for role, people in cells_ if role in chosen)
                outside = sum(people for role, people in cells_ if role not in chosen)
                cut += times * min(inside, outside)
            if is_small(cut):
                return False
    return True


@dataclass(frozen=True, slots=True)
class Disclosure(Generic[Name]):
    """What is shown of a table, and what each of its totals counts."""

    places: Mapping[Name, Place]
    too_small: frozenset[Name]
    hidden: Mapping[Name, frozenset[str]]
    # Up to where a municipality's hidden cells are part of totals; absent when nowhere.
    summed_in: Mapping[Name, Place] = field(default_factory=dict)

    def shows(self, name: Name, role: str = "") -> bool:
        """Whether a municipality's figure is shown: of everybody, or of a role."""
        return name not in self.too_small and role not in self.hidden.get(name, ())

    def counted(self, role: str = "", scope: Place = EVERYWHERE) -> list[Name]:
        """The municipalities whose figure is part of a total."""
        return [
            name
            for name, place in self.places.items()
            if place.lies_in(scope)
            and name not in self.too_small
            and self.counts(name, role, scope)
        ]

    def counts(self, name: Name, role: str, scope: Place) -> bool:
        if role not in self.hidden.get(name, ()):
            return True
        group = self.summed_in.get(name)
        return group is not None and group.lies_in(scope)


def disclose(
    places: Mapping[Name, Place],
    everybody: Mapping[Name, int],
    by_role: Mapping[Name, Mapping[str, int]],
) -> Disclosure[Name]:
    """Decide what to show of people counted by municipality and role."""
    too_small = frozenset(name for name in places if is_small(everybody[name]))
    hidden = {
        name: roles
        for name in places
        if name not in too_small and (roles := hidden_roles(everybody[name], by_role.get(name, {})))
    }
    return Disclosure(places, too_small, hidden, safe_groups(places, everybody, by_role, hidden))


def safe_groups(
    places: Mapping[Name, Place],
    everybody: Mapping[Name, int],
    by_role: Mapping[Name, Mapping[str, int]],
    hidden: Mapping[Name, frozenset[str]],
) -> dict[Name, Place]:
    """Up to where each municipality's hidden cells are summed.

    Municipalities of one province and size class are a group. What is not safe by itself is put
    together with the rest of its province; what is not safe then with the rest of its size class;
    then with the rest of the country; and what is still not safe is left out of all totals.
    """
    cells = {name: {role: by_role[name][role] for role in roles} for name, roles in hidden.items()}
    # Where somebody holds two roles nothing adds up, so that is part of no group.
    left = [name for name in cells if sum(by_role[name].values()) == everybody[name]]
    found: dict[Name, Place] = {}
    for narrow in (Place.itself, Place.whole_province, Place.whole_size_class, Place.everywhere):
        groups: dict[Place, list[Name]] = defaultdict(list)
        for name in left:
            groups[narrow(places[name])].append(name)
        left = []
        for scope, names in groups.items():
            if is_safe([cells[name] for name in names]):
                found |= dict.fromkeys(names, scope)
            else:
                left += names
    return found
