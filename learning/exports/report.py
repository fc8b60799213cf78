"""A report as a tagged PDF (PDF/UA-1), set by Typst from `report.typ`.

What is to be said comes from elsewhere; here it becomes data for the template, never code.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from django.utils.formats import date_format, number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from home.chamber import Chamber
from home.typesetting import REGIONS, printable, tagged_pdf

CONTENT_TYPE: Final = "application/pdf"
TEMPLATE: Final = Path(__file__).with_name("report.typ")


@dataclass(frozen=True, slots=True)
class Part:
    """How many people have a status: a piece of a bar, and a line of a legend."""

    status: str
    label: str
    count: int = 0


@dataclass(frozen=True, slots=True)
class Bar:
    """A requirement as a bar, with what it says in words."""

    title: str
    note: str
    summary: str
    parts: Sequence[Part]


@dataclass(frozen=True, slots=True)
class Council:
    """The half circle, with the words in its middle."""

    chamber: Chamber
    headline: str
    subline: str
    alt: str


@dataclass(frozen=True, slots=True)
class Trend:
    """A share over time, in whole percents per day; at least one day."""

    title: str
    points: Sequence[tuple[date, int]]


@dataclass(frozen=True, slots=True)
class TextTable:
    """A table of texts. The columns after the first hold numbers, and stand to the right."""

    caption: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A chapter: whatever of this it has, in this order."""

    heading: str
    intro: Sequence[str] = ()
    legend: Sequence[Part] = ()
    council: Council | None = None
    bars: Sequence[Bar] = ()
    trends: Sequence[Trend] = ()
    tables: Sequence[TextTable] = ()
    notes: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A whole report."""

    title: str
    kicker: str
    author: str
    day: date
    lead: Sequence[str]
    sections: Sequence[Section]

    @property
    def subtitle(self) -> str:
        return _("%(place)s, measured on %(day)s") % {
            "place": self.author,
            "day": date_format(self.day, "j F Y"),
        }


def as_pdf(report: Report) -> bytes:
    """The report as a file; the same report is the same file.

    Raises `typst.TypstError` when it would not be accessible, as without an alternative text.
    """
    return tagged_pdf(TEMPLATE, "report", printable(data_of(report)), report.day)


def data_of(report: Report) -> dict[str, Any]:
    """The report as the template takes it."""
    language = get_language() or "nl"
    return {
        "title": report.title,
        "kicker": report.kicker,
        "author": report.author,
        "subtitle": report.subtitle,
        "footer": report.subtitle,
        "description": " ".join(report.lead),
        "day": [report.day.year, report.day.month, report.day.day],
        "lang": language[:2],
        "region": REGIONS.get(language[:2], "nl"),
        "page_of": _("Page {page} of {pages}"),
        "lead": list(report.lead),
        "sections": [data_of_section(section) for section in report.sections],
    }


def data_of_section(section: Section) -> dict[str, Any]:
    council = section.council
    return {
        "heading": section.heading,
        "intro": list(section.intro),
        "legend": [data_of_part(part) for part in section.legend],
        "council": {
            "width": council.chamber.width,
            "height": council.chamber.height,
            "seats": [asdict(seat) for seat in council.chamber.seats],
            "headline": council.headline,
            "subline": council.subline,
            "alt": council.alt,
        }
        if council is not None
        else None,
        "bars": [data_of_bar(bar) for bar in section.bars],
        "trends": [data_of_trend(trend) for trend in section.trends],
        "tables": [asdict(table) for table in section.tables],
        "notes": list(section.notes),
    }


def data_of_part(part: Part) -> dict[str, Any]:
    return {**asdict(part), "text": number_format(part.count, force_grouping=True)}


def data_of_bar(bar: Bar) -> dict[str, Any]:
    parts = [data_of_part(part) for part in bar.parts]
    return {**asdict(bar), "parts": parts, "alt": spoken_parts(bar.parts)}


def spoken_parts(parts: Sequence[Part]) -> str:
    """What a bar shows, for who does not see it."""
    said = [f"{part.label}: {part.count}" for part in parts if part.count]
    return _("Bar. %(parts)s.") % {"parts": ", ".join(said) or _("nobody")}


def data_of_trend(trend: Trend) -> dict[str, Any]:
    """A line from its first day at the left to its last at the right."""
    points = sorted(trend.points)
    (first, lowest), (last, highest) = points[0], points[-1]
    span = max((last - first).days, 1)
    words = {
        "first": date_format(first, "j F Y"),
        "last": date_format(last, "j F Y"),
        "from": lowest,
        "to": highest,
    }
    return {
        "title": trend.title,
        "first": date_format(first, "j b Y"),
        "last": date_format(last, "j b Y"),
        "points": [{"x": (day - first).days / span, "y": share} for day, share in points],
        "alt": _("Line. From %(from)s%% on %(first)s to %(to)s%% on %(last)s.") % words,
    }
