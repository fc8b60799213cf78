"""The people of a municipality and how far they are with a module: status and dates, no more."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, When
from django.db.models.functions import Lower
from django.utils import timezone

from learning.figures import with_status
from learning.labels import STATUS_LABELS
from learning.models import Completion, Enrolment, ModulePage
from learning.models.people import MembershipQuerySet, today
from learning.roles import Role
from learning.rules.progress import Status

SORTS: Final = ("name", "role", "status", "begun", "finished")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in the list."""

    name: str
    roles: list[Role]
    status: Status
    begun_on: date | None
    finished_on: date | None

    @property
    def role_names(self) -> str:
        return ", ".join(str(role.label) for role in self.roles)

    @property
    def status_label(self) -> str:
        return str(STATUS_LABELS[self.status])


@dataclass(frozen=True, slots=True)
class Selection:
    """Which people, and in which order. Empty means all; a `-` before a sort turns it round."""

    role: str = ""
    status: str = ""
    name: str = ""
    sort: str = "name"


class PeopleList:
    """People for a page at a time: a count, and a slice by two queries.

    Everybody stands in it once, also with two roles. A page's order is settled on keys alone;
    roles and dates are looked up for the people on the page only.
    """

    def __init__(
        self,
        members: MembershipQuerySet,
        module: ModulePage,
        selection: Selection,
        *,
        count: int | None = None,
    ) -> None:
        """`members` are memberships that passed the gate; `count`, how many people are selected."""
        self.module_key = module.translation_key
        self.selection = selection
        self.day = today()
        self.known_count = count
        self.members = members.filter(role__in=module.roles).order_by()

    def count(self) -> int:
        return self.selected().count() if self.known_count is None else self.known_count

    def __len__(self) -> int:
        return self.count()

    def __getitem__(self, page: slice) -> list[Person]:
        return self.people(list(self.in_order().values_list("person", flat=True)[page]))

    def all(self) -> list[Person]:
        """Everybody who is selected, in order."""
        return self[:]

    def selected(self) -> Any:
        """One membership per selected person."""
        members: Any = self.members
        if self.selection.role:
            members = members.filter(role=self.selection.role)
        if self.selection.name:
            members = members.filter(person__name__icontains=self.selection.name)
        others = members.filter(person=OuterRef("person"), pk__lt=OuterRef("pk"))
        once = members.exclude(Exists(others))
        if self.selection.status or self.selection.sort.strip("-") == "status":
            once = with_status(once, self.module_key, self.day)
        if self.selection.status == Status.COMPLETED:
            once = once.filter(done=True)
        elif self.selection.status == Status.UNDER_WAY:
            once = once.filter(begun=True, done=False)
        elif self.selection.status == Status.NOT_STARTED:
            once = once.filter(begun=False)
        return once

    def in_order(self) -> Any:
        """The selected, sorted in the database; equals stand by name."""
        by = self.selection.sort.strip("-")
        keys: dict[str, Any] = {
            "name": Lower("person__name"),
            "role": Case(*(When(role=role, then=n) for n, role in enumerate(Role.values))),
            "status": Case(When(done=True, then=2), When(begun=True, then=1), default=0),
            "begun": self.started(),
            "finished": self.finished(),
        }
        selected = self.selected().annotate(order_key=keys[by])
        direction = (
            F("order_key").desc(nulls_last=True)
            if self.selection.sort.startswith("-")
            else F("order_key").asc(nulls_last=True)
        )
        then = ["pk"] if by == "name" else [Lower("person__name"), "pk"]
        return selected.order_by(direction, *then)

    def started(self) -> Subquery:
        begun = Enrolment.objects.filter(person=OuterRef("person"), module_key=self.module_key)
        return Subquery(begun.values("started_at")[:1])

    def finished(self) -> Subquery:
        """The day of the completion that holds today; the latest where there are more."""
        holding = Completion.objects.filter(
            Q(valid_until__isnull=True) | Q(valid_until__gte=self.day),
            person=OuterRef("person"),
            module_key=self.module_key,
            completed_on__lte=self.day,
        )
        return Subquery(holding.order_by("-completed_on").values("completed_on")[:1])

    def people(self, ids: list[int]) -> list[Person]:
        """These people, in this order, with all their roles here."""
        rows = with_status(self.members.filter(person__in=ids), self.module_key, self.day)
        by_person: dict[int, list[Any]] = {}
        for row in rows.annotate(started=self.started(), finished=self.finished()).values_list(
            "person", "role", "person__name", "done", "begun", "started", "finished"
        ):
            by_person.setdefault(row[0], []).append(row)
        return [person_of(by_person[person_id]) for person_id in ids if person_id in by_person]


def person_of(rows: list[Any]) -> Person:
    """Somebody from their memberships in one municipality."""
    _id, _role, name, done, begun, started, finished = rows[0]
    held = {row[1] for row in rows}
    return Person(
        name=name,
        roles=[role for role in Role if role in held],
        status=Status.COMPLETED if done else Status.UNDER_WAY if begun else Status.NOT_STARTED,
        begun_on=timezone.localdate(started) if started else None,
        finished_on=finished,
    )
