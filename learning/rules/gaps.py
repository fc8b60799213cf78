"""Texts with places to choose at: `The council sets the [code|agenda|budget].`"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

MOST_GAPS: Final = 8
FEWEST_CHOICES: Final = 2
MOST_CHOICES: Final = 6
GAP: Final = re.compile(r"\[([^\[\]]*)\]")


class GapError(ValueError):
    """A text in which the places to choose at are not well written; `reason` says how."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Gap:
    """A place to choose at: its choices by their key, of which the first is right.

    Keys count places and choices, so they are the same in a translation that keeps their order.
    """

    key: str
    choices: Mapping[str, str]

    @property
    def right(self) -> str:
        return next(iter(self.choices))


def parse_gaps(text: str) -> list[str | Gap]:
    """The pieces of a text and the gaps between them. Raises GapError."""
    parts: list[str | Gap] = []
    end = 0
    for number, found in enumerate(GAP.finditer(text), start=1):
        parts.append(text[end : found.start()])
        parts.append(parse_gap(number, found[1]))
        end = found.end()
    parts.append(text[end:])
    if any("[" in part or "]" in part for part in parts if isinstance(part, str)):
        raise GapError("bracket")
    gaps = sum(isinstance(part, Gap) for part in parts)
    if not gaps:
        raise GapError("no gap")
    if gaps > MOST_GAPS:
        raise GapError("too many gaps")
    return [part for part in parts if part]


def parse_gap(number: int, inside: str) -> Gap:
    """The gap with these choices. Raises GapError."""
    choices = [choice.strip() for choice in inside.split("|")]
    if not FEWEST_CHOICES <= len(choices) <= MOST_CHOICES:
        raise GapError("number of choices")
    if not all(choices):
        raise GapError("empty choice")
    if len({choice.casefold() for choice in choices}) < len(choices):
        raise GapError("same choice")
    return Gap(f"g{number}", {f"g{number}c{place}": text for place, text in enumerate(choices, 1)})
