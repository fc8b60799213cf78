"""A dilemma as it is walked: its scenes, the choices in them, and where each leads."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from learning.rules.branches import paths

# A path is the scenes that somebody came to, each with what they chose there.
Path = tuple[tuple[str, str], ...]
# More ways than this are not listed one by one.
MOST_PATHS: Final = 60


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that one can do; `key` is its identity for good, `next` a scene's name or empty."""

    key: str
    text: str
    name: str
    pro: Any
    con: Any
    binding: Any
    next: str


@dataclass(frozen=True, slots=True)
class Scene:
    key: str
    name: str
    text: Any
    question: str
    choices: tuple[Choice, ...]

    def choice(self, key: str) -> Choice | None:
        return next((choice for choice in self.choices if choice.key == key), None)


@dataclass(frozen=True, slots=True)
class Taken:
    """A scene, and what was chosen there."""

    scene: Scene
    choice: Choice


@dataclass(frozen=True, slots=True)
class Fork:
    """A scene on the map, with where each of its choices leads."""

    scene: Scene
    ways: "tuple[Way, ...]"


@dataclass(frozen=True, slots=True)
class Way:
    """A choice on the map: it leads to a scene, to one that stands on the map already, or ends."""

    choice: Choice
    fork: Fork | None
    again: Scene | None = None


@dataclass(frozen=True, slots=True)
class Story:
    scenes: tuple[Scene, ...]

    @property
    def first(self) -> Scene | None:
        return self.scenes[0] if self.scenes else None

    def named(self, name: str) -> Scene | None:
        return next((scene for scene in self.scenes if name and scene.name == name), None)

    def choice_named(self, name: str) -> Choice | None:
        every = (choice for scene in self.scenes for choice in scene.choices)
        return next((choice for choice in every if name and choice.name == name), None)

    def follow(self, path: Path) -> list[Taken]:
        """The path as far as the dilemma, as it now is, has it."""
        taken: list[Taken] = []
        scene = self.first
        for scene_key, choice_key in path:
            choice = scene.choice(choice_key) if scene and scene.key == scene_key else None
            if scene is None or choice is None:
                break
            taken.append(Taken(scene, choice))
            scene = self.named(choice.next)
        return taken

    def after(self, taken: Sequence[Taken]) -> Scene | None:
        """The scene that comes next; None when the path has come to its end."""
        return self.named(taken[-1].choice.next) if taken else self.first

    def paths(self) -> list[list[Taken]]:
        """Every way through, up to a number."""
        found: list[list[Taken]] = []
        branches = [(s.name, [c.next for c in s.choices]) for s in self.scenes]
        for path in paths(branches):
            found.append([Taken(self.scenes[n], self.scenes[n].choices[m]) for n, m in path])
            if len(found) == MOST_PATHS:
                break
        return found

    def map(self) -> Fork | None:
        """The branches as a tree; a scene to which more choices lead stands in it once."""
        drawn: set[str] = set()

        def fork(scene: Scene) -> Fork:
            drawn.add(scene.key)
            return Fork(scene, tuple(way(choice) for choice in scene.choices))

        def way(choice: Choice) -> Way:
            scene = self.named(choice.next)
            if scene is None:
                return Way(choice, None)
            return Way(choice, None, scene) if scene.key in drawn else Way(choice, fork(scene))

        return fork(self.scenes[0]) if self.scenes else None


def story_from(stream: Any) -> Story:
    """Read a page's scenes. What an editor has not finished yet reads as empty."""
    return Story(tuple(scenes_in(stream)))


def scenes_in(stream: Any) -> Iterator[Scene]:
    for child in stream:
        value = child.value
        choices = [
            Choice(
                key=item.id,
                text=item.value["text"] or "",
                name=item.value["name"] or "",
                pro=item.value["pro"],
                con=item.value["con"],
                binding=item.value["binding"],
                next=item.value["next"] or "",
            )
            for item in value["choices"].bound_blocks
        ]
        yield Scene(child.id, value["name"] or "", value["text"], value["question"], tuple(choices))
