"""What the rules of importing have to say, in words: what is wrong, and what to do about it."""

from datetime import date
from typing import Final

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from learning.roles import Role
from learning.rules.people_file import Fault
from learning.rules.people_plan import Change, Outcome, Period, Step
from learning.rules.people_values import RowFault
from learning.rules.people_words import Field
from learning.rules.sheets import FileFault, UnreadableError

OUTCOMES: Final = {
    Outcome.WRONG: gettext_lazy("wrong"),
    Outcome.NEW: gettext_lazy("new in your municipality"),
    Outcome.CHANGED: gettext_lazy("changes"),
    Outcome.ENDED: pgettext_lazy("membership", "ends"),
    Outcome.UNCHANGED: gettext_lazy("stays the same"),
}

COLUMNS: Final = {
    Field.NAME: gettext_lazy("name"),
    Field.EMAIL: gettext_lazy("e-mail address"),
    Field.ROLE: gettext_lazy("role"),
}

FILE_FAULTS: Final[dict[FileFault, str | Promise]] = {
    FileFault.EMPTY: gettext_lazy("This file is empty. Choose the file with your people in it."),
    FileFault.TOO_LARGE: gettext_lazy(
        "This file is larger than 5 MB. Remove pictures and sheets that are not needed, or "
        "split the list in two files."
    ),
    FileFault.TOO_MANY_ROWS: gettext_lazy(
        "There are more than 20,000 rows in this file. Split the list in two files."
    ),
    FileFault.TOO_WIDE: gettext_lazy(
        "There are more than 256 columns in this file. Copy the columns with name, e-mail "
        "address, role and dates to a new sheet and save that."
    ),
    FileFault.UNFOLDS: gettext_lazy(
        "There is far more in this file than a list of people. Copy the list to a new file and "
        "choose that one."
    ),
    FileFault.WRONG_TYPE: gettext_lazy(
        "This is not a list that we can read. Open it in Excel, choose “Save as” and then "
        "“Excel workbook (.xlsx)” or “CSV”."
    ),
    FileFault.OLD_EXCEL: gettext_lazy(
        "This file comes from an old version of Excel (.xls). Open it in Excel, choose “Save as” "
        "and then “Excel workbook (.xlsx)”."
    ),
    FileFault.PROTECTED: gettext_lazy(
        "This file is protected with a password. Remove the password in Excel and save the file "
        "again."
    ),
    FileFault.DAMAGED: gettext_lazy(
        "This file is damaged. Open it in Excel, save it as a new file and choose that one."
    ),
    FileFault.STRAY_QUOTE: gettext_lazy(
        "Somewhere in this file is a quotation mark too many, so that we cannot see where a cell "
        "ends. Save the list as an Excel workbook (.xlsx) and choose that one."
    ),
    FileFault.NO_HEADER: gettext_lazy(
        "We find no row with headings. Put the words name, e-mail and role above the columns."
    ),
    FileFault.NO_ROWS: gettext_lazy(
        "There are headings in this file, but no people below them. Add a row for each person."
    ),
}

ROW_FAULTS: Final[dict[RowFault, str | Promise]] = {
    RowFault.NO_EMAIL: gettext_lazy("The e-mail address is missing. Fill it in."),
    RowFault.WRONG_EMAIL: gettext_lazy("“%(found)s” is no e-mail address. Correct it."),
    RowFault.NO_NAME: gettext_lazy("The name is missing. Fill it in."),
    RowFault.LONG_NAME: gettext_lazy("The name is longer than 150 characters. Make it shorter."),
    RowFault.NO_ROLE: gettext_lazy("The role is missing. Fill in one of these: %(roles)s."),
    RowFault.UNKNOWN_ROLE: gettext_lazy(
        "We do not know the role “%(found)s”. Fill in one of these: %(roles)s."
    ),
    RowFault.UNKNOWN_START: gettext_lazy(
        "“%(found)s” is no first day. Write it like this: 1-4-2026. Or leave it empty."
    ),
    RowFault.UNKNOWN_END: gettext_lazy(
        "“%(found)s” is no last day. Write it like this: 1-4-2026. Or leave it empty."
    ),
    RowFault.ENDS_TOO_EARLY: gettext_lazy("The last day is before the first. Correct the dates."),
    RowFault.EXTRA_CELLS: gettext_lazy(
        "There are more cells in this row than there are headings. Perhaps there is a comma or "
        "semicolon too many."
    ),
    RowFault.DOUBLE: gettext_lazy(
        "This person is in row %(found)s already, with the same role. Remove one of the two."
    ),
    RowFault.OTHER_NAME: gettext_lazy(
        "In row %(found)s somebody has the same e-mail address and another name. Correct one of "
        "the two."
    ),
    RowFault.SEVERAL: gettext_lazy(
        "This person had this role more than once, and we cannot see which time you mean. Fill in "
        "the first day as we have it, or remove the row."
    ),
    RowFault.START_NEEDED: gettext_lazy(
        "The last day is in the past and we do not know this membership. Fill in the first day "
        "too, or remove the row."
    ),
}


def why_unreadable(error: UnreadableError) -> str:
    """Why a file cannot be read, and what to do."""
    if error.fault == FileFault.MISSING_COLUMNS:
        missing = _(" and ").join(str(COLUMNS[Field(each)]) for each in error.details)
        return _("We find no column for: %(missing)s. Add it, with that word above it.") % {
            "missing": missing
        }
    if error.fault == FileFault.DOUBLE_COLUMNS:
        return _(
            "These columns mean the same to us: %(columns)s. Remove one of them, or give it "
            "another heading."
        ) % {"columns": ", ".join(f"“{each}”" for each in error.details)}
    return str(FILE_FAULTS[error.fault])


def advice(fault: Fault) -> str:
    """What is wrong with a row, and what to do."""
    roles = ", ".join(Role.values)
    return str(ROW_FAULTS[fault.kind]) % {"found": fault.found, "roles": roles}


def role_name(role: str) -> str:
    return str(Role(role).label) if role else "–"


def day_text(day: date) -> str:
    return date_format(day, "j b Y")


def days_text(period: Period) -> str:
    """From when to when, in words."""
    if period.ends_on is None:
        return _("from %(first)s") % {"first": day_text(period.starts_on)}
    return _("from %(first)s through %(last)s") % {
        "first": day_text(period.starts_on),
        "last": day_text(period.ends_on),
    }


def what_happens(step: Step) -> list[str]:
    """What a row changes, one thing a line."""
    lines = [each for change in step.changes for each in change_lines(change)]
    if step.new_name:
        lines.insert(0, _("Other name: %(name)s") % {"name": step.new_name})
    if step.name_stays:
        lines.append(_("The name stays as it is with us: it is not yours alone to change."))
    return lines


def change_lines(change: Change) -> list[str]:
    after = change.after
    if change.before is None:
        return [
            _("%(role)s, %(days)s")
            % {"role": role_name(after.role).capitalize(), "days": days_text(after)}
        ]
    before = change.before.period
    lines = []
    if before.role != after.role:
        lines.append(
            _("Role: %(before)s becomes %(after)s")
            % {"before": role_name(before.role), "after": role_name(after.role)}
        )
    if before.starts_on != after.starts_on:
        lines.append(
            _("First day: %(before)s becomes %(after)s")
            % {"before": day_text(before.starts_on), "after": day_text(after.starts_on)}
        )
    if before.ends_on != after.ends_on:
        lines.append(end_line(before, after))
    return lines


def end_line(before: Period, after: Period) -> str:
    role = role_name(after.role)
    if after.ends_on is None:
        return _("No last day any more: stays %(role)s") % {"role": role}
    if before.ends_on is None:
        return _("Last day as %(role)s: %(last)s") % {"role": role, "last": day_text(after.ends_on)}
    return _("Last day: %(before)s becomes %(after)s") % {
        "before": day_text(before.ends_on),
        "after": day_text(after.ends_on),
    }
