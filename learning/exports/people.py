"""People of a municipality as a table: status and dates per requirement, never scores."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import IO, Final

from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from learning.exports.csv_file import write_csv
from learning.exports.tables import Column, Kind, NotWholeError, Row, Table, Value, exactly
from learning.exports.whole import one_moment, whole
from learning.exports.xlsx import write_xlsx
from learning.labels import STANDING_LABELS
from learning.models import Municipality, Requirement
from learning.models.people import MembershipQuerySet, today
from learning.people_list import PeopleList, Person, Selection
from learning.roles import Role
from learning.rules.due import Standing

AT_A_TIME: Final = 500
WRITERS: Final = {"xlsx": write_xlsx, "csv": write_csv}


@dataclass(frozen=True)
class People:
    """The people that somebody takes away, in order of name, each with what is required.

    `members` passed the gate. With `chosen` it is the list of that requirement as it stands on
    the page. Without, it is everybody in the role, with a group of columns per requirement; a
    status then means: for one requirement or more.
    """

    members: MembershipQuerySet
    municipality: Municipality
    requirements: Sequence[Requirement]
    chosen: Requirement | None
    selection: Selection

    @cached_property
    def day(self) -> date:
        return today()

    @cached_property
    def parts(self) -> list[int]:
        return self.municipality.counted_ids(self.day)

    @property
    def shown(self) -> Sequence[Requirement]:
        """The requirements that have columns."""
        return self.requirements if self.chosen is None else [self.chosen]

    def list_of(self, requirement: Requirement) -> PeopleList:
        return PeopleList(self.members, requirement, self.selection, parts=self.parts)

    def count(self) -> int:
        """How many people are selected, asked of the database apart from who they are."""
        if self.chosen is not None:
            return self.list_of(self.chosen).count()
        if self.selection.status:
            return len(self.with_status())
        return self.in_role().values("person").distinct().count()

    def in_role(self) -> MembershipQuerySet:
        role = self.selection.role
        members = self.members.filter(role=role) if role else self.members
        return members.order_by()

    def with_status(self) -> set[int]:
        """Who has the status for at least one requirement."""
        return {
            pk
            for requirement in self.requirements
            for pk in self.list_of(requirement).selected().values_list("person", flat=True)
        }

    def keys(self) -> list[int]:
        """Who is selected, in order of name."""
        if self.chosen is not None:
            return self.list_of(self.chosen).keys(slice(None))
        name = Lower("person__name")
        rows = self.in_role().values_list("person", name).distinct().order_by(name, "person")
        keys = [row[0] for row in rows]
        if not self.selection.status:
            return keys
        selected = self.with_status()
        return [pk for pk in keys if pk in selected]

    def rows(self) -> Iterator[Row]:
        """A row per person, looked up some hundreds at a time."""
        keys = self.keys()
        for start in range(0, len(keys), AT_A_TIME):
            yield from self.rows_of(keys[start : start + AT_A_TIME])

    def rows_of(self, ids: list[int]) -> Iterator[Row]:
        names: dict[int, str] = {}
        roles: dict[int, set[str]] = defaultdict(set)
        since: dict[int, date] = {}
        rows = self.members.filter(person__in=ids).order_by()
        for pk, name, role, start in rows.values_list(
            "person", "person__name", "role", "starts_on"
        ):
            names[pk] = name
            roles[pk].add(role)
            since[pk] = min(start, since.get(pk, start))
        standing = [
            {person.pk: person for person in self.list_of(requirement).people(ids)}
            for requirement in self.shown
        ]
        for pk in (each for each in ids if each in names):
            row: list[Value] = [
                names[pk],
                ", ".join(str(role.label) for role in Role if role in roles[pk]),
                since[pk],
            ]
            for people in standing:
                row += cells(people.get(pk))
            yield row

    def longest(self) -> Iterator[Row]:
        """A row per person and requirement, for who counts on with a program."""
        for requirement in self.shown:
            people = self.list_of(requirement)
            keys = people.keys(slice(None))
            for start in range(0, len(keys), AT_A_TIME):
                for person in people.people(keys[start : start + AT_A_TIME]):
                    yield [
                        person.name,
                        person.role_names,
                        requirement.subject_title,
                        person.status_label,
                        person.position.due_on,
                        person.begun_on,
                        person.finished_on,
                    ]


def cells(person: Person | None) -> list[Value]:
    """How somebody stands with one requirement; empty when it asks nothing of them."""
    if person is None:
        return [None] * len(standing_columns(""))
    fulfilled = person.position.is_fulfilled or person.standing is Standing.LAPSED
    return [
        person.status_label,
        None if fulfilled else person.position.due_on,
        person.begun_on,
        person.finished_on,
        person.position.valid_through,
        person.kind_label or None,
    ]


def standing_columns(title: str) -> list[Column]:
    """The columns of one requirement."""
    before = f"{title}: " if title else ""
    statuses = ", ".join(str(label) for label in STANDING_LABELS.values())
    return [
        Column(
            before + _("Status"),
            _(
                "How this person stood on the day of measurement: %(statuses)s. "
                "Empty: this requirement asks nothing of this person."
            )
            % {"statuses": statuses.lower()},
        ),
        Column(
            before + _("Due by"),
            _("The last day to finish in time. Empty: there is no such day, or it is done."),
            Kind.DAY,
        ),
        Column(before + _("Begun on"), _("The day on which this person began."), Kind.DAY),
        Column(
            before + _("Finished on"),
            _("The day of the completion that holds on the day of measurement."),
            Kind.DAY,
        ),
        Column(
            before + _("Valid through"),
            _("The last day on which the completion holds or held. Empty: for good, or not done."),
            Kind.DAY,
        ),
        Column(
            before + _("How"),
            _("How it was finished, if not by doing it here: by a test, or by earlier training."),
        ),
    ]


def columns_of(people: People) -> list[Column]:
    """The columns of all that is shown. No two carry the same heading."""
    columns = [
        Column(_("Name"), _("The name as this person is known here.")),
        Column(_("Role"), _("Every role that this person has in the municipality.")),
        Column(
            _("Serves since"),
            _("The day on which this person began in the role held longest."),
            Kind.DAY,
        ),
    ]
    titles = [requirement.subject_title for requirement in people.shown]
    for number, title in enumerate(titles):
        again = titles[:number].count(title)
        columns += standing_columns(f"{title} ({again + 1})" if again else title)
    return columns


def table_of(people: People, count: int) -> Table:
    """What the file says of itself."""
    every, selection = people.chosen is None, people.selection
    status = STANDING_LABELS[Standing(selection.status)] if selection.status else _("Every status")
    return Table(
        title=_("People of %(place)s") % {"place": people.municipality.display_name},
        sheet=_("People"),
        columns=columns_of(people),
        day=people.day,
        about=[
            (_("Municipality"), people.municipality.display_name),
            (
                _("Requirement"),
                _("All requirements") if every else people.shown[0].subject_title,
            ),
            (_("Role"), str(Role(selection.role).label) if selection.role else _("All roles")),
            (_("Status"), str(status)),
            (_("Number of people"), count),
        ],
        notes=[
            _("There are names in this file. Give it only to who needs it, and delete it after."),
            _("Scores and answers are in no file: nobody but the learner sees those."),
        ],
    )


def people_file(people: People, kind: str) -> IO[bytes]:
    """The people as a file of a kind ("xlsx", "csv"), read in one moment and counted.

    Raises NotWholeError; there is no such thing as half a file.
    """

    def write(file: IO[bytes]) -> None:
        with one_moment():
            count = people.count()
            WRITERS[kind](file, table_of(people, count), exactly(people.rows(), count))

    return whole(write)


def long_csv(people: People) -> IO[bytes]:
    """The same people with a row per requirement, for programs that read it at a fixed address."""
    headings = (
        *(_("Name"), _("Role"), _("Requirement"), _("Status")),
        *(_("Due by"), _("Begun on"), _("Finished on")),
    )
    table = Table(
        title="", sheet="", columns=[Column(each, "") for each in headings], day=people.day
    )

    def write(file: IO[bytes]) -> None:
        with one_moment():
            count = sum(people.list_of(requirement).count() for requirement in people.shown)
            write_csv(file, table, exactly(people.longest(), count))

    return whole(write)


__all__ = ["NotWholeError", "People", "long_csv", "people_file"]
