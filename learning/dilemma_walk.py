"""Where somebody is in a dilemma. It is kept by their own browser and nowhere else.

A walk travels in the form, and in a cookie of the dilemma's own address from one page to the
next: signed, of this person and this dilemma, for three hours, erased at the end. No address,
log, session or table ever holds it.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Final

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from learning.dilemma_story import Path, Scene, Story, Taken

SALT: Final = "dilemma"
# Over TLS the browser takes a name that begins so from no other scheme. `__Host-` would give it
# to every page of the site, and it is for the pages of one dilemma.
COOKIE: Final = "__Secure-dilemma" if settings.SESSION_COOKIE_SECURE else "dilemma"
SECONDS: Final = 3 * 60 * 60
# As much as fits in a cookie, whatever letters one uses.
LONGEST_WHY: Final = 500


class Stage(StrEnum):
    """What a page of the walk is about. Scenes come first, as many as there are on the path."""

    SCENE = "scene"
    WHY = "why"
    VOICES = "voices"
    SPREAD = "spread"
    CLOSING = "closing"


AFTER_SCENES: Final = (Stage.WHY, Stage.VOICES, Stage.SPREAD, Stage.CLOSING)


@dataclass(frozen=True, slots=True)
class Walk:
    """What somebody chose up to here, why (for themselves), and what they think at the end."""

    path: Path = ()
    why: str = ""
    afterwards: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A page of the walk: its number, and the scene where it is one."""

    number: int
    stage: Stage
    scene: Scene | None = None


class Compact:
    """JSON in as few bytes as letters take: é is two, and not six."""

    def dumps(self, value: Any) -> bytes:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()

    def loads(self, data: bytes) -> Any:
        return json.loads(data)


def sealed(walk: Walk, *, key: str, person: int) -> str:
    """A walk as the browser keeps it: nobody can change it, or use another's."""
    content = [key, person, walk.path, walk.why, walk.afterwards]
    return signing.dumps(content, salt=SALT, serializer=Compact, compress=True)


def opened(text: str, *, key: str) -> tuple[int, Walk] | None:
    """Whose walk it is, and the walk; None for anything but a seal of ours for this dilemma."""
    try:
        content = signing.loads(text, salt=SALT, serializer=Compact, max_age=SECONDS)
        for_key, person, path, why, afterwards = content
        walk = Walk(tuple((str(scene), str(choice)) for scene, choice in path), why, afterwards)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return (person, walk) if for_key == key else None


def walk_of(request: HttpRequest, story: Story, *, key: str, person: int) -> Walk:
    """The walk that the posted form carries, else the one in the cookie, as far as it is possible.

    The form first: with two windows each goes on from what it shows.
    """
    for text in (request.POST.get("walk", ""), request.COOKIES.get(COOKIE, "")):
        found = opened(text, key=key)
        if found is not None and found[0] == person:
            taken = story.follow(found[1].path)
            return replace(found[1], path=path_of(taken))
    return Walk()


def path_of(taken: Sequence[Taken]) -> Path:
    return tuple((each.scene.key, each.choice.key) for each in taken)


def place_at(story: Story, walk: Walk, number: int) -> Place | None:
    """The page with this number on somebody's way; None where they have not come yet."""
    taken = story.follow(walk.path)
    if 1 <= number <= len(taken):
        return Place(number, Stage.SCENE, taken[number - 1].scene)
    following = story.after(taken)
    if following is not None:
        is_next = number == len(taken) + 1
        return Place(number, Stage.SCENE, following) if is_next else None
    further = number - len(taken) if taken else 0
    if 1 <= further <= len(AFTER_SCENES):
        return Place(number, AFTER_SCENES[further - 1])
    return None


def choose(story: Story, walk: Walk, place: Place, choice_key: str) -> Walk | None:
    """The walk with this choice made in the place's scene; None where it has no such choice.

    Who comes back and chooses otherwise goes on from there anew.
    """
    if place.scene is None or place.scene.choice(choice_key) is None:
        return None
    before = walk.path[: place.number - 1]
    step = (place.scene.key, choice_key)
    if walk.path[place.number - 1 : place.number] == (step,):
        return walk
    return Walk(path=(*before, step), why=walk.why)


def keep(response: HttpResponse, request: HttpRequest, text: str) -> None:
    """Let the browser keep the walk, for this address alone."""
    response.set_cookie(
        COOKIE,
        text,
        max_age=SECONDS,
        path=request.path,
        secure=request.is_secure(),
        httponly=True,
        samesite="Strict",
    )


def forget(response: HttpResponse, request: HttpRequest) -> None:
    response.delete_cookie(COOKIE, path=request.path, samesite="Strict")
