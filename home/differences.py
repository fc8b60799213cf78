"""What changed between two texts, word by word, for people to read. Plain Python."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Final

WORDS: Final = re.compile(r"\S+\s*")
# So many words stand on either side of a change; what lies further off is left out.
AROUND: Final = 8
LEFT_OUT: Final = "… "


class Change(StrEnum):
    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words that stayed, came or went. Each word carries the space after it."""

    change: Change
    text: str


def differences(old: str, new: str) -> list[Piece]:
    """How the one text became the other. Space alone is no difference."""
    before, after = WORDS.findall(old.strip()), WORDS.findall(new.strip())
    # Line ends within a paragraph mean nothing; words are compared without what follows them.
    matcher = SequenceMatcher(
        None, [word.strip() for word in before], [word.strip() for word in after], autojunk=False
    )
    pieces = []
    for what, from_old, to_old, from_new, to_new in matcher.get_opcodes():
        if what == "equal":
            pieces.append(Piece(Change.SAME, "".join(after[from_new:to_new])))
            continue
        if to_old > from_old:
            pieces.append(Piece(Change.REMOVED, "".join(before[from_old:to_old])))
        if to_new > from_new:
            pieces.append(Piece(Change.ADDED, "".join(after[from_new:to_new])))
    return pieces


def has_changed(pieces: Iterable[Piece]) -> bool:
    return any(piece.change is not Change.SAME for piece in pieces)


def shortened(pieces: list[Piece], *, around: int = AROUND) -> list[Piece]:
    """The same with long stretches that stayed cut to the words beside a change."""
    last = len(pieces) - 1
    return [
        cut(piece, around, is_first=index == 0, is_last=index == last)
        if piece.change is Change.SAME
        else piece
        for index, piece in enumerate(pieces)
    ]


def cut(piece: Piece, around: int, *, is_first: bool, is_last: bool) -> Piece:
    """A stretch that stayed, without its middle, or without the end that borders on no change."""
    words = WORDS.findall(piece.text)
    head = [] if is_first else words[:around]
    tail = [] if is_last else words[-around:]
    if len(words) <= len(head) + len(tail):
        return piece
    return Piece(piece.change, "".join([*head, LEFT_OUT, *tail]))
