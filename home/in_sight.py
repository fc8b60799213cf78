"""What of a body is in sight before anybody scrolls, as far as one can tell without drawing it."""

from collections.abc import Iterable
from typing import Any, Final

from django.utils.html import strip_tags

# About what a window of a laptop shows below a title and an introduction.
SIGNS_IN_SIGHT: Final = 700
# Whatever its length: it begins the page.
BLOCKS_IN_SIGHT: Final = 2
LINE: Final = 70
# A heading with the room around it, and what is folded away until somebody opens it.
HEADING: Final = 2 * LINE
FOLDED: Final = 2 * LINE
# What is not text, as a video: so high that nothing below it is in sight.
OTHER: Final = 5 * LINE


def first_picture(body: Iterable[Any]) -> Any | None:
    """The first picture, when it is in sight at once; it should not wait to be scrolled to."""
    signs = 0
    for place, child in enumerate(body):
        if child.block_type == "image":
            return child if place < BLOCKS_IN_SIGHT or signs <= SIGNS_IN_SIGHT else None
        signs += signs_of(child)
    return None


def signs_of(child: Any) -> int:
    """How much room a block takes, in signs of text."""
    match child.block_type:
        case "heading":
            return HEADING
        case "text":
            return LINE + len(strip_tags(child.value.source))
        case "accordion":
            return FOLDED * len(child.value["items"])
        case _:
            return OTHER
