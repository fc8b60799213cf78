"""Who takes part, as an organiser sees them: name, role, municipality and nothing else."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import IO, Final

from django.utils import timezone
from django.utils.translation import gettext as _

from learning.exports.csv_file import write_csv
from learning.exports.tables import Column, Table, exactly
from learning.exports.whole import whole
from learning.exports.xlsx import write_xlsx
from learning.models import Membership
from learning.models.people import today
from meetings.mail import when
from meetings.models import MeetingPage, SignUp
from meetings.models.taking_part import SignUpQuerySet

WRITERS: Final = {"xlsx": write_xlsx, "csv": write_csv}


@dataclass(frozen=True, slots=True)
class Participant:
    """A line of the list. `pk` is the sign-up's."""

    pk: int
    name: str
    roles: str
    municipalities: str
    has_place: bool
    attended: bool | None


def listed(rows: SignUpQuerySet, page: MeetingPage) -> list[Participant]:
    """Those with a place in order of name, then who waits in order of arrival.

    `rows` passed the gate. Role and municipality are those of the day of the meeting, or of
    today while it has yet to come.
    """
    found = list(rows.select_related("person"))
    serving = serving_of(found, page)
    people = [
        Participant(
            pk=row.pk,
            name=str(row.person.name or _("no name given")),
            roles=", ".join(
                dict.fromkeys(str(m.get_role_display()) for m in serving[row.person_id])
            ),
            municipalities=", ".join(
                dict.fromkeys(m.municipality.display_name for m in serving[row.person_id])
            ),
            has_place=row.has_place,
            attended=row.attended,
        )
        for row in found
    ]
    placed = sorted((p for p in people if p.has_place), key=lambda p: (p.name.casefold(), p.pk))
    return [*placed, *(p for p in people if not p.has_place)]


def serving_of(rows: Iterable[SignUp], page: MeetingPage) -> dict[int, list[Membership]]:
    day = min(timezone.localdate(page.starts_at), today())
    memberships = (
        Membership.objects.on(day)
        .filter(person__in=[row.person_id for row in rows])
        .select_related("municipality")
        .order_by("starts_on", "pk")
    )
    found: dict[int, list[Membership]] = defaultdict(list)
    for membership in memberships:
        found[membership.person_id].append(membership)
    return found


def columns() -> list[Column]:
    return [
        Column(_("Name"), _("Of who signed up.")),
        Column(_("Role"), _("On the day of the meeting.")),
        Column(_("Municipality"), _("On the day of the meeting.")),
        Column(_("Place"), _("Has a place, or waits for one.")),
        Column(_("Was there"), _("As the organiser ticked it. Empty: not said yet.")),
    ]


def as_file(people: Sequence[Participant], page: MeetingPage, kind: str) -> IO[bytes]:
    """The list as a file. Raises NotWholeError."""
    table = Table(
        title=page.title,
        sheet=_("Participants"),
        columns=columns(),
        day=today(),
        about=[(_("Meeting"), page.title), (_("When"), when(page))],
        notes=[
            _("This list is for organising this meeting alone. Remove it when you are done."),
        ],
    )
    rows = [
        (
            each.name,
            each.roles,
            each.municipalities,
            _("has a place") if each.has_place else _("waits"),
            {True: _("yes"), False: _("no"), None: ""}[each.attended],
        )
        for each in people
    ]
    return whole(partial(write, kind=kind, table=table, rows=rows))


def write(file: IO[bytes], *, kind: str, table: Table, rows: Sequence[Sequence[str]]) -> None:
    WRITERS[kind](file, table, exactly(rows, len(rows)))
