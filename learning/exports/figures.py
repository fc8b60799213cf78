"""Figures as a table: a municipality's per requirement and role, and the nation's."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import IO, Final

from django.utils.translation import gettext as _

from learning.exports.people import WRITERS
from learning.exports.tables import Column, Kind, Row, Table, Value
from learning.exports.whole import whole
from learning.models import Municipality
from learning.models.people import today
from learning.monitoring import Tally
from learning.overview import Glance

# In the order of the columns.
COUNTED: Final = (
    *("members", "fulfilled", "renewal_open", "under_way"),
    *("to_do", "overdue", "lapsed", "lapsing", "waived"),
)
# What the nation's page shows. Who was let off is not among the people whose number decides
# what may be shown, so that stays out.
COUNTED_OF_NATION: Final = ("members", "fulfilled", "under_way", "to_do", "overdue", "lapsed")


def tally_columns(counted: Sequence[str]) -> list[Column]:
    """What is counted, and the share that is in order."""
    columns = {
        "members": (_("People"), _("How many people this requirement asks.")),
        "fulfilled": (
            _("Finished"),
            _("Who has finished, with a completion that holds on this day."),
        ),
        "renewal_open": (
            _("Renewal open"),
            _("Who may already renew, and still is in order. Is part of those who finished."),
        ),
        "under_way": (_("Under way"), _("Who has begun and is in time.")),
        "to_do": (_("To do"), _("Who has not begun and is in time.")),
        "overdue": (_("Overdue"), _("Who never finished and is past the day.")),
        "lapsed": (_("Lapsed"), _("Who finished once, which holds no longer.")),
        "lapsing": (
            _("Lapses within 60 days"),
            _("Who is in order now, and within 60 days no longer. Is part of those who finished."),
        ),
        "waived": (
            _("Let off"),
            _("Who was let off, with a reason. Is not counted among the people."),
        ),
    }
    share = _(
        "Who has finished, as a part of all people, in whole percents. "
        "It is rounded down: 100% means everybody."
    )
    return [
        *(Column(*columns[name], Kind.COUNT) for name in counted),
        Column(_("Share finished"), share, Kind.SHARE),
    ]


def tally_cells(tally: Tally | None, counted: Sequence[str]) -> list[Value]:
    """The numbers; empty where there is nothing that may be shown."""
    if tally is None:
        return [None] * (len(counted) + 1)
    return [*(getattr(tally, name) for name in counted), part(tally.percentage, of=tally.members)]


def part(percentage: int | None, *, of: int = 1) -> float | None:
    return percentage / 100 if percentage is not None and of else None


def figures_table(municipality: Municipality, day: date) -> Table:
    """What the file says of itself."""
    return Table(
        title=_("Figures of %(place)s") % {"place": municipality.display_name},
        sheet=_("Figures"),
        columns=[
            Column(_("Requirement"), _("The module or learning path that must be finished.")),
            Column(
                _("Role"),
                _("Everybody together, or those in one role. Who has two roles counts in both."),
            ),
            *tally_columns(COUNTED),
            Column(
                _("Share a month ago"),
                _("The share finished of everybody, about a month before. Empty: not known."),
                Kind.SHARE,
            ),
            Column(
                _("Share in the middle one of this size"),
                _(
                    "The share finished in the middle one of municipalities of this size, sorted "
                    "by share. Empty: too few to show."
                ),
                Kind.SHARE,
            ),
            Column(
                _("Share in the whole country"),
                _("The share finished in the whole country. Empty: too few to show."),
                Kind.SHARE,
            ),
        ],
        day=day,
        about=[(_("Municipality"), municipality.display_name)],
        notes=[
            _("A figure of one or a few people says something about a person: take care."),
        ],
    )


def figures_rows(glances: Sequence[Glance]) -> Iterator[Row]:
    for each in glances:
        title = each.requirement.subject_title
        yield [
            *(title, _("Everybody"), *tally_cells(each.figures.total, COUNTED)),
            part(each.last_month),
            part(each.compared.peers),
            part(each.compared.nation),
        ]
        for role, tally in each.figures.by_role.items():
            yield [title, str(role.label), *tally_cells(tally, COUNTED), None, None, None]


def figures_file(municipality: Municipality, glances: Sequence[Glance], kind: str) -> IO[bytes]:
    """The figures as a file of a kind ("xlsx", "csv"). Raises NotWholeError."""
    table = figures_table(municipality, today())
    return whole(lambda file: WRITERS[kind](file, table, figures_rows(glances)))
