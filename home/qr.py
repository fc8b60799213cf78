"""QR codes as numbers for a template: no script, no picture from elsewhere, no style inline."""

from dataclasses import dataclass
from typing import Final

import segno

QUIET: Final = 4


@dataclass(frozen=True, slots=True)
class Qr:
    """`size` is the width in modules with the quiet zone; `path` draws the dark ones."""

    size: int
    path: str


def draw(text: str) -> Qr:
    """A code that still reads when a sixth of it is dirty or folded."""
    rows = [bytes(row) for row in segno.make(text, error="m", micro=False).matrix]
    runs = []
    for y, row in enumerate(rows):
        x = 0
        while x < len(row):
            length = 1
            while x + length < len(row) and row[x + length] == row[x]:
                length += 1
            if row[x]:
                runs.append(f"M{x + QUIET} {y + QUIET}h{length}v1h-{length}z")
            x += length
    return Qr(len(rows) + 2 * QUIET, "".join(runs))
