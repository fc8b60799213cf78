"""What an editor sees of a dilemma: its beginning, every way through it, or a map."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from learning.dilemma_blocks import words_for
from learning.dilemma_story import MOST_PATHS, Taken
from learning.dilemma_walk import LONGEST_WHY, Place, Stage, Walk
from learning.models import DilemmaPage
from learning.previews import preview, step_preview_context
from learning.rules.branches import problems


def preview_dilemma(page: DilemmaPage, request: HttpRequest, mode_name: str) -> HttpResponse:
    story = page.story
    if mode_name not in ("paths", "map"):
        return preview(
            request,
            page,
            "learning/dilemma_page.html",
            place=Place(1, Stage.SCENE, story.first),
            walk=Walk(),
            longest_why=LONGEST_WHY,
            **step_preview_context(page),
        )
    branches = [(s.name, [c.next for c in s.choices]) for s in story.scenes]
    faults = problems(branches)
    names = [scene.name for scene in story.scenes]
    context: dict[str, Any] = {
        "mode": mode_name,
        "faults": [
            (
                names[fault.scene] or str(fault.scene + 1),
                words_for(
                    fault,
                    names[fault.scene]
                    if fault.choice is None
                    else branches[fault.scene][1][fault.choice],
                    names,
                ),
            )
            for fault in faults
        ],
        "map": story.map(),
    }
    if mode_name == "paths" and not faults:
        paths = story.paths()
        context |= {"paths": told_once(paths), "are_all": len(paths) < MOST_PATHS}
    return preview(request, page, "learning/dilemma_preview.html", **context)


def told_once(paths: list[list[Taken]]) -> list[list[tuple[Taken, bool]]]:
    """The paths, and of each scene whether it is there for the first time: then it stands open."""
    told: set[str] = set()
    marked = []
    for path in paths:
        marked.append([(taken, taken.scene.key not in told) for taken in path])
        told |= {taken.scene.key for taken in path}
    return marked
