"""The half circle of the council chamber, drawn from numbers.

Seats stand on arcs around a floor; they are dealt out from left to right, so that equal
statuses stand together. It is a picture of how many, never of who sits where.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import cos, pi, sin
from typing import Final

from django.utils.html import format_html_join
from django.utils.safestring import SafeString

WIDTH: Final = 200.0
FLOOR: Final = 0.42  # radius of the innermost arc as a share of the outermost


@dataclass(frozen=True, slots=True)
class Seat:
    """A seat: its centre and radius in the picture's own units, and what it says."""

    x: float
    y: float
    r: float
    status: str


@dataclass(frozen=True, slots=True)
class Chamber:
    """A chamber ready to be drawn."""

    width: float
    height: float
    seats: tuple[Seat, ...]

    @property
    def circles(self) -> SafeString:
        """The seats as SVG: a template would take longer than the rest of its page."""
        return circles_of(self.seats)


@lru_cache(maxsize=512)
def circles_of(seats: tuple[Seat, ...]) -> SafeString:
    return format_html_join(
        "",
        '<circle class="rv-chamber__seat rv-chamber__seat--{}" cx="{}" cy="{}" r="{}"/>',
        ((seat.status, f"{seat.x:.1f}", f"{seat.y:.1f}", f"{seat.r:.1f}") for seat in seats),
    )


def arcs_for(count: int) -> int:
    """How many arcs look right for a number of seats: one for a module, four for a big council."""
    return next((arcs for arcs, most in ((1, 7), (2, 16), (3, 30), (4, 60)) if count <= most), 5)


def share(count: int, radii: Sequence[float]) -> list[int]:
    """Deal seats over arcs in proportion to their length, all of them and none twice."""
    total = sum(radii)
    seats = [int(count * radius / total) for radius in radii]
    for index in range(count - sum(seats)):
        seats[-1 - index % len(seats)] += 1
    return seats


@lru_cache(maxsize=256)
def places(count: int) -> tuple[tuple[float, float, float], ...]:
    """Centres and radius of `count` seats, from left to right."""
    if count == 0:
        return ()
    arcs = arcs_for(count)
    outer = WIDTH / 2
    step = outer * (1 - FLOOR) / max(arcs, 2)
    size = min(step * 0.4, outer * pi / max(count / arcs + 2, 6) * 0.36)
    radii = [outer - size - 1 - step * index for index in reversed(range(arcs))]
    found = []
    for radius, seats in zip(radii, share(count, radii), strict=True):
        for number in range(seats):
            angle = pi * (number + 0.5) / seats
            found.append((angle, radius, outer - radius * cos(angle), outer - radius * sin(angle)))
    found.sort()
    return tuple((round(x, 1), round(y, 1), round(size, 1)) for _a, _r, x, y in found)


def chamber(statuses: Sequence[str]) -> Chamber:
    """A chamber with a seat per status, in the order given."""
    return chamber_of(tuple(statuses))


@lru_cache(maxsize=512)
def chamber_of(statuses: tuple[str, ...]) -> Chamber:
    seats = tuple(
        Seat(x, y, r, status)
        for (x, y, r), status in zip(places(len(statuses)), statuses, strict=True)
    )
    lowest = max((seat.y + seat.r for seat in seats), default=WIDTH / 2)
    return Chamber(WIDTH, round(lowest + 2, 1), seats)
