"""The list to fill in, as XLSX and as CSV: headings, an example, and what each column is for."""

from collections.abc import Sequence
from datetime import date
from tempfile import TemporaryDirectory
from typing import IO, Final

from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from xlsxwriter import Workbook

from learning.exports import as_csv
from learning.exports.tables import Column, Kind, Row, Table
from learning.exports.xlsx import OPTIONS, Sheet, write_rows
from learning.models.people import today
from learning.roles import Role
from learning.rules.people_file import EXAMPLE_EMAIL
from learning.rules.sheets import MOST_ROWS

ROLE_COLUMN: Final = 2
DAY_COLUMNS: Final = (3, 4)


def columns() -> Sequence[Column]:
    roles = ", ".join(Role.values)
    return (
        Column(
            pgettext("column of a list", "Name"),
            _("Needed. First name and surname as this person is called."),
        ),
        Column(
            pgettext("column of a list", "E-mail"),
            _(
                "Needed. With this address the person signs in. Each person has an address of "
                "their own; capitals make no difference."
            ),
        ),
        Column(
            pgettext("column of a list", "Role"),
            _(
                "Needed. One of: %(roles)s. Has somebody two roles? Then give them two rows, one "
                "per role."
            )
            % {"roles": roles},
        ),
        Column(
            pgettext("column of a list", "First day"),
            _("May stay empty: then somebody who is new begins on the day of the import."),
            Kind.DAY,
        ),
        Column(
            pgettext("column of a list", "Last day"),
            _(
                "Leave it empty for whoever still serves. Fill in the last day for whoever leaves: "
                "that day still counts."
            ),
            Kind.DAY,
        ),
    )


def example() -> Row:
    """A row that is skipped when the file comes back, as its name says."""
    return (
        _("EXAMPLE, this row is skipped"),
        EXAMPLE_EMAIL,
        Role.COUNCIL_MEMBER.value,
        date(2026, 3, 30),
        None,
    )


def notes() -> Sequence[str]:
    return (
        _("Fill in the first sheet, one row for each person. Save it and choose it on the site."),
        _("You see first what would change. Only then do you decide."),
        _("The order of the columns makes no difference. Other columns are not used."),
        _("Write dates like this: 1-4-2026."),
    )


def write_template(file: IO[bytes]) -> None:
    """The template as a workbook, with a second sheet that explains."""
    table = Table(_("People of your municipality"), _("People"), columns(), today())
    with TemporaryDirectory(prefix="template-") as folder:
        book = Workbook(file, {**OPTIONS, "tmpdir": folder})
        sheet = Sheet(book, table.sheet)
        write_rows(sheet, table, [example()])
        sheet.sheet.data_validation(
            1, ROLE_COLUMN, MOST_ROWS, ROLE_COLUMN, {"validate": "list", "source": Role.values}
        )
        for column in DAY_COLUMNS:
            sheet.sheet.set_column(column, column, 14, sheet.formats[Kind.DAY])
        explain(Sheet(book, _("Explanation")), table)
        book.close()


def explain(sheet: Sheet, table: Table) -> None:
    wrapped = sheet.formats["wrapped"]
    sheet.sheet.set_column(0, 0, 24)
    sheet.sheet.set_column(1, 1, 90)
    sheet.put(0, 0, table.title, sheet.formats["title"])
    for number, note in enumerate(notes(), start=2):
        sheet.put(number, 1, note, wrapped)
    at = 3 + len(notes())
    sheet.put(at, 0, _("Column"), sheet.formats["heading"])
    sheet.put(at, 1, _("What it means"), sheet.formats["heading"])
    for number, column in enumerate(table.columns, start=at + 1):
        sheet.put(number, 0, column.heading, wrapped)
        sheet.put(number, 1, column.explanation, wrapped)


def template_csv() -> bytes:
    """The template without its explanation, for whoever has no Excel."""
    return as_csv([column.heading for column in columns()], [example()])
