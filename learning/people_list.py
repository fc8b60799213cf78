"""The people of a municipality and how far they are with a module: status and dates, no more."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Lower
from django.utils import timezone

from accounts.models import User
from learning.figures import with_status
from learning.models import Completion, Enrolment, Membership, ModulePage, Municipality
from learning.models.people import today
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


@dataclass(frozen=True, slots=True)
class Selection:
    """Which people, and in which order. Empty means all; a `-` before a sort turns it round."""

    role: str = ""
    status: str = ""
    name: str = ""
    sort: str = "name"


class PeopleList:
    """People for a page at a time: `len` by a count, a slice by two small queries.

    Everybody stands in it once, also with two roles. A page's order is settled on keys alone;
    dates are looked up for the people on the page only.
    """

    def __init__(
        self,
        viewer: User,
        municipality: Municipality,
        module: ModulePage,
        selection: Selection,
        *,
        count: int | None = None,
    ) -> None:
        self.module = module
        self.selection = selection
        self.day = today()
        self.known_count = count
        self.members = (
            Membership.objects.visible_to(viewer)
            .of(municipality)
            .filter(role__in=module.roles)
            .order_by()
        )

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
            once = with_status(once, self.module.translation_key, self.day)
        if self.selection.status == Status.COMPLETED:
            once = once.filter(done=True)
        elif self.selection.status == Status.UNDER_WAY:
            once = once.filter(begun=True, done=False)
        elif self.selection.status == Status.NOT_STARTED:
            once = once.filter(begun=False)
        return once

    def count(self) -> int:
        return self.selected().count() if self.known_count is None else self.known_count

    def __len__(self) -> int:
        return self.count()

    def __getitem__(self, page: slice) -> list[Person]:
        keys = list(self.in_order().values_list("pk", flat=True)[page])
        return self.people(keys)

    def all(self) -> Iterator[Person]:
        """Everybody who is selected, in order."""
        yield from self.people(list(self.in_order().values_list("pk", flat=True)))

    def in_order(self) -> Any:
        """The selected, sorted in the database; equals stand by name."""
        key = self.module.translation_key
        by = self.selection.sort.strip("-")
        selected = self.selected()
        if by == "begun":
            selected = selected.annotate(order_key=self.started(key))
        elif by == "finished":
            selected = selected.annotate(order_key=self.finished(key))
        elif by == "role":
            whens = [When(role=role, then=Value(n)) for n, role in enumerate(Role.values)]
            selected = selected.annotate(order_key=Case(*whens))
        elif by == "status":
            selected = selected.annotate(
                order_key=Case(
                    When(done=True, then=Value(2)),
                    When(begun=True, then=Value(1)),
                    default=Value(0),
                )
            )
        else:
            selected = selected.annotate(order_key=Lower("person__name"))
        direction = (
            F("order_key").desc(nulls_last=True)
            if self.selection.sort.startswith("-")
            else F("order_key").asc(nulls_last=True)
        )
        tail = ["pk"] if by == "name" else [Lower("person__name"), "pk"]
        return selected.order_by(direction, *tail)

    @staticmethod
    def started(key: UUID) -> Subquery:
        return Subquery(
            Enrolment.objects.filter(person=OuterRef("person"), module_key=key).values(
                "started_at"
            )[:1]
        )

    def finished(self, key: UUID) -> Subquery:
        """The day of the completion that holds today; the latest where there are more."""
        holding = Completion.objects.filter(
            Q(valid_until__isnull=True) | Q(valid_until__gte=self.day),
            person=OuterRef("person"),
            module_key=key,
            completed_on__lte=self.day,
        )
        return Subquery(holding.order_by("-completed_on").values("completed_on")[:1])

    def people(self, keys: list[int]) -> list[Person]:
        """These memberships as people, in this order."""
        key = self.module.translation_key
        rows = with_status(Membership.objects.filter(pk__in=keys), key, self.day).annotate(
            started=self.started(key), finished=self.finished(key)
        )
        found = {
            row[0]: row
            for row in rows.values_list(
                "pk", "person", "person__name", "done", "begun", "started", "finished"
            )
        }
        roles: dict[int, list[Role]] = {}
        of_these = self.members.filter(person__in=[row[1] for row in found.values()])
        for person_id, role in of_these.values_list("person", "role"):
            roles.setdefault(person_id, []).append(Role(role))
        return [
            Person(
                name=name,
                roles=sorted(roles[person_id], key=list(Role).index),
                status=Status.COMPLETED
                if done
                else (Status.UNDER_WAY if begun else Status.NOT_STARTED),
                begun_on=local_day(started),
                finished_on=finished,
            )
            for _pk, person_id, name, done, begun, started, finished in (found[k] for k in keys)
        ]


def local_day(moment: datetime | None) -> date | None:
    return timezone.localdate(moment) if moment else None
