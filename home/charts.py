"""A line over time, laid out from numbers.

The picture is drawn in units of its own, small enough to be read on a phone without scaling.
Values are percents: the axis always runs from 0 to 100, so that pictures can be compared and
nothing looks steeper than it is.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

WIDTH: Final = 360.0
HEIGHT: Final = 200.0
LEFT: Final = 36.0  # room for "100%"
RIGHT: Final = 44.0  # room for a line's last value
TOP: Final = 10.0
BOTTOM: Final = 24.0
LABEL_HEIGHT: Final = 14.0
MOST_LINES: Final = 4  # as many as differ in dash and mark (charts.css)
MOST_MONTHS: Final = 9
MOST_ROWS: Final = 40


@dataclass(frozen=True, slots=True)
class Tick:
    """A place on an axis. A day for the horizontal one, percents for the vertical."""

    at: float
    day: date | None = None
    value: int = 0
    with_year: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """A point that can be pointed at."""

    x: float
    y: float
    day: date
    value: int


@dataclass(frozen=True, slots=True)
class Line:
    """One series: its name, the line itself, and marks at the months and the last day."""

    number: int
    name: str
    path: str
    marks: tuple[Mark, ...]
    label_y: float = 0.0

    @property
    def last(self) -> Mark:
        return self.marks[-1]


@dataclass(frozen=True, slots=True)
class Row:
    """A day in the table behind the picture, with a value per line; None where there is none."""

    day: date
    values: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Trend:
    """Lines ready to be drawn by components/trend.html."""

    lines: tuple[Line, ...]
    months: tuple[Tick, ...]
    rows: tuple[Row, ...]
    width: float = WIDTH
    height: float = HEIGHT
    left: float = LEFT
    right: float = WIDTH - RIGHT
    bottom: float = HEIGHT - BOTTOM

    @property
    def percents(self) -> tuple[Tick, ...]:
        return tuple(Tick(height_of(value), value=value) for value in (0, 25, 50, 75, 100))

    @property
    def names(self) -> list[str]:
        return [line.name for line in self.lines]


def height_of(value: float) -> float:
    """Where a percentage stands."""
    return round(TOP + (HEIGHT - TOP - BOTTOM) * (1 - value / 100), 1)


def trend(series: Iterable[tuple[str, Mapping[date, int | None]]]) -> Trend | None:
    """Lay out up to four series of percents by day. None when no day has a value.

    A day without a value (None) breaks the line; days that are not there do not.
    """
    given = [
        (name, dict(sorted(values.items())))
        for name, values in series
        if any(value is not None for value in values.values())
    ][:MOST_LINES]
    if not given:
        return None
    days = sorted({day for _name, values in given for day in values})
    first, last = days[0], days[-1]
    months = month_ticks(first, last)
    lines = [
        Line(number, name, path(values, first, last), marks(values, months, first, last))
        for number, (name, values) in enumerate(given, start=1)
    ]
    return Trend(with_labels(lines), months, rows([values for _name, values in given], days))


def place_of(day: date, first: date, last: date) -> float:
    """Where a day stands; a single day stands at the right, where the newest is."""
    span = (last - first).days
    share = (day - first).days / span if span else 1.0
    return round(LEFT + (WIDTH - LEFT - RIGHT) * share, 1)


def path(values: Mapping[date, int | None], first: date, last: date) -> str:
    """The line in SVG's own words. Days between equal values say nothing and are left out."""
    days = list(values)
    parts = []
    pen_is_down = False
    for index, day in enumerate(days):
        value = values[day]
        if value is None:
            pen_is_down = False
            continue
        around = [values[days[i]] for i in (index - 1, index + 1) if 0 <= i < len(days)]
        if pen_is_down and around == [value, value]:
            continue
        parts.append(
            f"{'L' if pen_is_down else 'M'}{place_of(day, first, last)} {height_of(value)}"
        )
        pen_is_down = True
    return "".join(parts)


def marks(
    values: Mapping[date, int | None], months: Sequence[Tick], first: date, last: date
) -> tuple[Mark, ...]:
    """Marks on the first value of each month that the axis names, and on the last value of all."""
    known = [(day, value) for day, value in values.items() if value is not None]
    starts = [tick.day for tick in months if tick.day is not None]
    marked = {known[-1][0]}
    for start, end in pairwise([*starts, last]):
        marked.update([day for day, _value in known if start <= day < end][:1])
    return tuple(
        Mark(place_of(day, first, last), height_of(value), day, value)
        for day, value in known
        if day in marked
    )


def month_ticks(first: date, last: date) -> tuple[Tick, ...]:
    """The first days of months, so many that their names fit."""
    starts = [
        date(year, month, 1)
        for year in range(first.year, last.year + 1)
        for month in range(1, 13)
        if first <= date(year, month, 1) <= last
    ]
    every = next((n for n in (1, 2, 3, 6) if len(starts) <= MOST_MONTHS * n), 12)
    chosen = [day for day in starts if (day.month - 1) % every == 0] if every > 1 else starts
    # Whether a year must be told: where it begins, and when months alone would come back.
    years = {day.year for day in chosen}
    return tuple(
        Tick(
            place_of(day, first, last),
            day,
            with_year=len(years) > 1 and (every == 12 or day.month == 1),
        )
        for day in chosen
    )


def with_labels(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Put the last values of lines beside their ends, apart from one another."""
    in_order = sorted(lines, key=lambda line: line.last.y)
    heights: list[float] = []
    for line in in_order:
        lowest = heights[-1] + LABEL_HEIGHT if heights else TOP
        heights.append(max(line.last.y, lowest))
    # What was pushed below the axis is moved up again, from the last to the first.
    edge = HEIGHT - BOTTOM
    for index in reversed(range(len(heights))):
        heights[index] = min(heights[index], edge)
        edge = heights[index] - LABEL_HEIGHT
    placed = {line.number: round(y, 1) for line, y in zip(in_order, heights, strict=True)}
    return tuple(
        Line(line.number, line.name, line.path, line.marks, placed[line.number]) for line in lines
    )


def rows(series: Sequence[Mapping[date, int | None]], days: Sequence[date]) -> tuple[Row, ...]:
    """The table, newest first: every day, or Mondays or firsts of months when those are many."""
    ends = {days[0], days[-1]}
    chosen = list(days)
    if len(chosen) > MOST_ROWS:
        chosen = [day for day in days if day.weekday() == 0 or day in ends]
    if len(chosen) > MOST_ROWS:
        chosen = [day for day in days if day.day == 1 or day in ends]
    return tuple(Row(day, tuple(each.get(day) for each in series)) for day in reversed(chosen))


def days_between(first: date, last: date) -> list[date]:
    """Every day from one through another."""
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]
