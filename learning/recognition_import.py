"""Earlier training of many people from a list: looked at row by row, then all or nothing."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from datetime import date
from typing import Any, Final

from django.core import signing
from django.db import transaction
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from accounts.models import User
from learning.completions import Subject, subject_of
from learning.imports.texts import why_unreadable
from learning.models import Completion, LearningPath, ModulePage
from learning.models.people import MembershipQuerySet, today
from learning.recognitions import LONGEST_EVIDENCE, recognise
from learning.rules.people_values import read_day, read_email
from learning.rules.people_words import plain
from learning.rules.recognition_file import MOST_ROWS, Row
from learning.rules.sheets import FileFault, UnreadableError

SALT: Final = "learning.recognition_import"
KEPT_FOR: Final = 3600
HEADING_FAULTS: Final = (
    *(FileFault.NO_HEADER, FileFault.MISSING_COLUMNS, FileFault.DOUBLE_COLUMNS),
)


@dataclass(slots=True)
class Planned:
    """What a row would do. `wrong` says what to correct; `is_known` that it is recorded already."""

    row: Row
    person_id: int = 0
    name: str = ""
    subject: Subject | None = None
    day: date | None = None
    wrong: str = ""
    is_known: bool = False


def why(error: UnreadableError) -> str:
    """Why a file cannot be read, and what to do."""
    if error.fault in HEADING_FAULTS:
        return _("Put these words above the columns: e-mail, module, dag, bewijs.")
    if error.fault is FileFault.TOO_MANY_ROWS:
        return _("There are more than %(most)s rows in this file. Split the list.") % {
            "most": MOST_ROWS
        }
    return why_unreadable(error)


def carried(rows: Sequence[Row]) -> str:
    """The rows for a hidden field, between looking and recording."""
    return signing.dumps([astuple(row) for row in rows], salt=SALT, compress=True)


def carried_rows(text: str) -> list[Row]:
    """The same back. Raises BadSignature, also when it is too old."""
    return [Row(*values) for values in signing.loads(text, salt=SALT, max_age=KEPT_FOR)]


def subjects() -> dict[str, Subject]:
    """What a row may name: titles and addresses of everything that is published."""
    pages: list[Any] = [
        *LearningPath.objects.source().live(),
        *ModulePage.objects.source().live(),
    ]
    return {plain(word): subject_of(page) for page in pages for word in (page.slug, page.title)}


def plan(members: MembershipQuerySet, rows: Sequence[Row]) -> list[Planned]:
    """What each row would do, for members who passed the gate."""
    emails = {read_email(row.email) or "" for row in rows}
    people = {
        email: (pk, name)
        for pk, name, email in members.annotate(email=Lower("person__email"))
        .filter(email__in=emails)
        .values_list("person", "person__name", "email")
    }
    known_subjects = subjects()
    planned = [plan_row(row, people, known_subjects) for row in rows]
    mark_known(planned)
    mark_doubles(planned)
    return planned


def plan_row(
    row: Row, people: dict[str, tuple[int, str]], known_subjects: dict[str, Subject]
) -> Planned:
    found = Planned(row)
    person = people.get(read_email(row.email) or "")
    if person is None:
        found.wrong = _("None of your people has this e-mail address. Correct it.")
        return found
    found.person_id, found.name = person
    found.subject = known_subjects.get(plain(row.subject))
    if found.subject is None:
        found.wrong = _("There is no module with this title. Copy it from the catalogue.")
        return found
    try:
        found.day = read_day(row.day)
    except ValueError:
        found.day = None
    if found.day is None or found.day > today():
        found.wrong = _("Write a day that has passed, like this: 1-4-2026.")
    elif not row.evidence.strip():
        found.wrong = _("Say on what this rests.")
    elif len(row.evidence) > LONGEST_EVIDENCE:
        found.wrong = _("The evidence is longer than %(most)s characters. Make it shorter.") % {
            "most": LONGEST_EVIDENCE
        }
    return found


def mark_known(planned: Sequence[Planned]) -> None:
    """Say of rows that they were recorded before: a list may be read in twice."""
    recorded = set(
        Completion.objects.filter(
            person__in={each.person_id for each in planned},
            kind=Completion.Kind.RECOGNISED,
            ended_on=None,
        ).values_list("person", "module_key", "completed_on")
    )
    for each in planned:
        if not each.wrong and each.subject is not None:
            each.is_known = (each.person_id, each.subject.key, each.day) in recorded


def mark_doubles(planned: Sequence[Planned]) -> None:
    seen: dict[tuple[Any, ...], int] = {}
    for each in planned:
        if each.wrong or each.subject is None:
            continue
        first = seen.setdefault((each.person_id, each.subject.key, each.day), each.row.number)
        if first != each.row.number:
            each.wrong = _("This says the same as row %(row)s. Remove one of the two.") % {
                "row": first
            }


def record(members: MembershipQuerySet, planned: Sequence[Planned], *, by: User) -> int:
    """Record all rows, or none. Raises ValueError when one of them is wrong."""
    if any(each.wrong for each in planned):
        raise ValueError("A list with wrong rows is not recorded.")
    groups: dict[tuple[Any, date, str], list[int]] = defaultdict(list)
    by_key: dict[Any, Subject] = {}
    for each in planned:
        if each.subject is not None and each.day is not None:
            by_key[each.subject.key] = each.subject
            groups[each.subject.key, each.day, each.row.evidence].append(each.person_id)
    with transaction.atomic():
        return sum(
            recognise(
                members.filter(person__in=ids),
                by_key[key],
                day=day,
                evidence=evidence,
                by=by,
            )
            for (key, day, evidence), ids in groups.items()
        )
