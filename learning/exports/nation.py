"""The nation's figures as a table: what its page shows, and nothing more."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import IO

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from learning.exports.figures import COUNTED_OF_NATION, tally_cells, tally_columns
from learning.exports.people import WRITERS
from learning.exports.tables import Column, Row, Table, Value
from learning.exports.whole import whole
from learning.models import Requirement
from learning.models.people import today
from learning.nation import NationRow, Total


@dataclass(frozen=True, slots=True)
class NationPage:
    """What `/landelijk/` shows for what was chosen: all of it has passed `rules.disclosure`."""

    requirement: Requirement
    chosen: str
    total: Total
    # By what is broken down, and each part of it.
    breakdowns: Sequence[tuple[str, Sequence[tuple[str, Total]]]]
    rows: Sequence[NationRow]


def note_of(total: Total) -> str | None:
    """What is missing from a total."""
    if total.is_hidden:
        return _("Too small to show")
    if not total.left_out:
        return None
    return ngettext(
        "Without %(count)s municipality that is too small",
        "Without %(count)s municipalities that are too small",
        total.left_out,
    ) % {"count": total.left_out}


def total_row(kind: str, name: str, total: Total) -> list[Value]:
    tally = None if total.is_hidden else total.tally
    return [kind, name, None, *tally_cells(tally, COUNTED_OF_NATION), note_of(total)]


def nation_rows(page: NationPage) -> Iterator[Row]:
    yield total_row(_("Total"), page.chosen, page.total)
    for kind, parts in page.breakdowns:
        for name, total in parts:
            yield total_row(kind, name, total)
    for row in page.rows:
        place = row.municipality
        small = _("Too small to show") if row.tally is None else None
        yield [
            *(_("Municipality"), place.display_name, place.province),
            *tally_cells(row.tally, COUNTED_OF_NATION),
            small,
        ]


def nation_file(page: NationPage, kind: str) -> IO[bytes]:
    """The page as a file of a kind ("xlsx", "csv"). Raises NotWholeError."""
    table = Table(
        title=_("Figures of the whole country"),
        sheet=_("Figures"),
        columns=[
            Column(
                _("What"),
                _("The total, a part of it, or one municipality. Parts overlap: do not add up."),
            ),
            Column(_("Name"), _("Which part or municipality.")),
            Column(_("Province"), _("The province of a municipality.")),
            *tally_columns(COUNTED_OF_NATION),
            Column(_("Note"), _("What is not in the figure, because the group is too small.")),
        ],
        day=today(),
        about=[
            (_("Requirement"), page.requirement.subject_title),
            (_("Chosen"), page.chosen),
        ],
        notes=[_("There are no names in this file, and no groups of fewer than five people.")],
    )
    return whole(lambda file: WRITERS[kind](file, table, nation_rows(page)))
