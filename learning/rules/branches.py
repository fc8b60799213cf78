"""Where the choices of a dilemma lead, scene by scene, and what is wrong with that."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto

# Per scene, in order: its name, and for each of its choices the name of the scene that it
# leads to, empty where the dilemma ends.
Branches = Sequence[tuple[str, Sequence[str]]]


class Fault(Enum):
    NAMELESS = auto()  # it is not the first, and nothing can lead to it
    SAME_NAME = auto()  # another scene before it is called so
    NOT_THERE = auto()  # a choice leads to a scene that there is not
    IN_A_CIRCLE = auto()  # a choice leads back to a scene that came before
    NOT_REACHED = auto()  # no choice leads to it


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, and where: with a scene, or with one of its choices."""

    fault: Fault
    scene: int
    choice: int | None = None


def problems(scenes: Branches) -> list[Problem]:
    """Everything that is wrong, in the order of the scenes."""
    names: dict[str, int] = {}
    found: list[Problem] = []
    for number, (name, _leads) in enumerate(scenes):
        if not name and number > 0:
            found.append(Problem(Fault.NAMELESS, number))
        elif name in names:
            found.append(Problem(Fault.SAME_NAME, number))
        elif name:
            names[name] = number
    ahead = {
        number: {names[to] for to in leads if to in names}
        for number, (_name, leads) in enumerate(scenes)
    }
    for number, (_name, leads) in enumerate(scenes):
        for position, to in enumerate(leads):
            if to and to not in names:
                found.append(Problem(Fault.NOT_THERE, number, position))
            elif to and number in reached_from(names[to], ahead):
                found.append(Problem(Fault.IN_A_CIRCLE, number, position))
    if not found and scenes:
        reached = reached_from(0, ahead)
        found += [Problem(Fault.NOT_REACHED, n) for n in range(len(scenes)) if n not in reached]
    return found


def reached_from(start: int, ahead: Mapping[int, set[int]]) -> set[int]:
    """A scene and all to which it leads."""
    reached: set[int] = set()
    waiting = [start]
    while waiting:
        number = waiting.pop()
        if number not in reached:
            reached.add(number)
            waiting += ahead[number]
    return reached


def paths(scenes: Branches) -> Iterator[list[tuple[int, int]]]:
    """Every way from the first scene to an end, as scenes and the choices made in them.

    Only for branches without problems: in a circle there is no end.
    """
    names = {name: number for number, (name, _leads) in enumerate(scenes) if name}

    def from_here(number: int, before: list[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
        for position, to in enumerate(scenes[number][1]):
            path = [*before, (number, position)]
            if to:
                yield from from_here(names[to], path)
            else:
                yield path

    if scenes:
        yield from from_here(0, [])
