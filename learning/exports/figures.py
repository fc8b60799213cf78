"""A municipality's figures as a table: a row per requirement and role."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import IO, Final

from django.utils.translation import gettext as _

from learning.exports.people import WRITERS
from learning.exports.tables import Column, Kind, Row, Table
from learning.exports.whole import whole
from learning.models import Municipality
from learning.models.people import today
from learning.monitoring import RequirementFigures, Tally

# In the order of the columns.
COUNTED: Final = (
    *("members", "completed", "renewal_open", "under_way"),
    *("to_do", "overdue", "lapsed", "lapsing", "waived"),
)


def tally_columns() -> list[Column]:
    """What is counted, and the share that is in order."""
    return [
        Column(_("People"), _("How many people this requirement asks."), Kind.COUNT),
        Column(
            _("Finished"),
            _("Who has finished, with a completion that holds on this day."),
            Kind.COUNT,
        ),
        Column(
            _("Renewal open"),
            _("Who has finished and still is in order, but may already renew."),
            Kind.COUNT,
        ),
        Column(_("Under way"), _("Who has begun and is in time."), Kind.COUNT),
        Column(_("To do"), _("Who has not begun and is in time."), Kind.COUNT),
        Column(_("Overdue"), _("Who never finished and is past the day."), Kind.COUNT),
        Column(_("Lapsed"), _("Who finished once, which holds no longer."), Kind.COUNT),
        Column(
            _("Lapses within 60 days"),
            _("Who is in order now, and within 60 days no longer. Is part of those in order."),
            Kind.COUNT,
        ),
        Column(
            _("Let off"),
            _("Who was let off, with a reason. Is not counted among the people."),
            Kind.COUNT,
        ),
        Column(
            _("Share finished"),
            _(
                "Finished and renewal open together, of all people, in whole percents. "
                "It is rounded down: 100% means everybody."
            ),
            Kind.SHARE,
        ),
    ]


def tally_cells(tally: Tally) -> list[int | float | None]:
    share = tally.percentage / 100 if tally.members else None
    return [*(getattr(tally, name) for name in COUNTED), share]


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
            *tally_columns(),
        ],
        day=day,
        about=[(_("Municipality"), municipality.display_name)],
        notes=[
            _("A figure of one or a few people says something about a person: take care."),
        ],
    )


def figures_rows(figures: Sequence[RequirementFigures]) -> Iterator[Row]:
    for each in figures:
        title = each.requirement.subject_title
        yield [title, _("Everybody"), *tally_cells(each.total)]
        for role, tally in each.by_role.items():
            yield [title, str(role.label), *tally_cells(tally)]


def figures_file(
    municipality: Municipality, figures: Sequence[RequirementFigures], kind: str
) -> IO[bytes]:
    """The figures as a file of a kind ("xlsx", "csv"). Raises NotWholeError."""
    return whole(
        lambda file: WRITERS[kind](
            file, figures_table(municipality, today()), figures_rows(figures)
        )
    )
