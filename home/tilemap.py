"""A map of tiles, one for each place, laid out from columns and rows."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final

TILE: Final = 10  # side of a tile in the picture's own units
STEPS: Final = 5


def step_of(percentage: int) -> int:
    """The step of a share in percents, from 1 to 5: each a fifth, and 100 in the last."""
    return min(percentage * STEPS // 100, STEPS - 1) + 1


@dataclass(frozen=True, slots=True)
class Tile:
    """A place on the map: how it is drawn (`look`), what it says, where it leads (if anywhere)."""

    col: int
    row: int
    region: str
    look: str
    label: str
    anchor: str = ""

    @property
    def x(self) -> int:
        return self.col * TILE

    @property
    def y(self) -> int:
        return self.row * TILE


@dataclass(frozen=True, slots=True)
class TileMap:
    """Tiles by region, ready to be drawn by components/tile_map.html."""

    regions: tuple[tuple[str, tuple[Tile, ...]], ...]
    width: int
    height: int
    borders: str


def tile_map(tiles: Iterable[Tile]) -> TileMap:
    """Lay out a map. Within a region tiles go from north to south and from west to east."""
    in_order = sorted(tiles, key=lambda tile: (tile.row, tile.col))
    regions: dict[str, list[Tile]] = defaultdict(list)
    for tile in in_order:
        regions[tile.region].append(tile)
    return TileMap(
        tuple((name, tuple(regions[name])) for name in sorted(regions)),
        width=TILE * (max((tile.col for tile in in_order), default=0) + 1),
        height=TILE * (max((tile.row for tile in in_order), default=0) + 1),
        borders=borders(tuple((tile.col, tile.row, tile.region) for tile in in_order)),
    )


@lru_cache(maxsize=8)
def borders(tiles: Sequence[tuple[int, int, str]]) -> str:
    """The lines between regions that touch, in SVG's own words."""
    region = {(col, row): name for col, row, name in tiles}
    upright: dict[int, list[int]] = defaultdict(list)
    level: dict[int, list[int]] = defaultdict(list)
    for (col, row), name in sorted(region.items()):
        if region.get((col + 1, row), name) != name:
            upright[col + 1].append(row)
        if region.get((col, row + 1), name) != name:
            level[row + 1].append(col)
    parts = [
        f"M{x * TILE} {start * TILE}v{length * TILE}"
        for x, rows in sorted(upright.items())
        for start, length in runs(rows)
    ]
    parts += [
        f"M{start * TILE} {y * TILE}h{length * TILE}"
        for y, cols in sorted(level.items())
        for start, length in runs(cols)
    ]
    return "".join(parts)


def runs(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Where unbroken rows of numbers start, and how long each is."""
    ordered = sorted(numbers)
    starts = [0, *(i for i, (a, b) in enumerate(pairwise(ordered), 1) if b != a + 1), len(ordered)]
    return [(ordered[a], b - a) for a, b in pairwise(starts) if b > a]
