"""What the guide says, from tasks.toml: Dutch, as its readers are, and read as one page."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from django.contrib.staticfiles import finders
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString
from PIL import Image

FILE: Final = Path(__file__).parent / "tasks.toml"
NAME: Final = re.compile(r"\*\*(.+?)\*\*")
LINK: Final = re.compile(r"\[\[(.+?)\|([\w:]+)\]\]")


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of a screen, with the room that it takes, so that nothing jumps."""

    name: str
    alt: str
    width: int
    height: int

    @property
    def path(self) -> str:
        return path_of(self.name)


@dataclass(frozen=True, slots=True)
class Step:
    text: str
    picture: Picture | None = None

    @property
    def names(self) -> list[str]:
        """What is said to stand on the screen."""
        return NAME.findall(self.text)

    @property
    def links(self) -> list[str]:
        """The names of the addresses that it leads to."""
        return [view for _words, view in LINK.findall(self.text)]

    @property
    def html(self) -> SafeString:
        """The words, with what stands on the screen in bold and addresses as links."""
        marked = NAME.sub(r"<b>\1</b>", str(escape(self.text)))
        linked = LINK.sub(lambda found: f'<a href="{reverse(found[2])}">{found[1]}</a>', marked)
        return SafeString(linked)


@dataclass(frozen=True, slots=True)
class Task:
    slug: str
    title: str
    intro: str
    steps: tuple[Step, ...]


def path_of(name: str) -> str:
    """Where a picture is among the static files."""
    return f"guide/{name}.webp"


def picture(name: str, alt: str) -> Picture | None:
    """The picture with this name; None as long as it was not made."""
    found = finders.find(path_of(name))
    if not isinstance(found, str):
        return None
    with Image.open(found) as image:
        return Picture(name, alt, *image.size)


@cache
def tasks() -> tuple[Task, ...]:
    """All tasks, in order."""
    with FILE.open("rb") as file:
        listed = tomllib.load(file)["task"]
    return tuple(
        Task(
            slug=entry["slug"],
            title=entry["title"],
            intro=entry["intro"],
            steps=tuple(
                Step(each["text"], picture(each["image"], each["alt"]) if "image" in each else None)
                for each in entry["steps"]
            ),
        )
        for entry in listed
    )
