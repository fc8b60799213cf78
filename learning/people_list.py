"""The people of a municipality and how far they are with a module: status and dates, no more."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Final

from django.db.models import Case, F, Min, OuterRef, Q, Subquery, When
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language

from home.publication import Kept
from learning.figures import with_status
from learning.labels import STATUS_LABELS
from learning.models import Completion, Enrolment, ModulePage
from learning.models.figures import MEMBERS
from learning.models.people import MembershipQuerySet, today
from learning.roles import Role
from learning.rules.progress import Status, Validity, status_on

SORTS: Final = ("name", "role", "status", "begun", "finished")


@lru_cache(maxsize=4000)
def short_day(day: date | None, _language: str) -> str:
    """A day as in "3 jun 2026", in the language that is active; a dash for none."""
    return date_format(day, "j b Y") if day else "–"


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
    def begun_text(self) -> str:
        return short_day(self.begun_on, get_language())

    @property
    def finished_text(self) -> str:
        return short_day(self.finished_on, get_language())

    @property
    def status_label(self) -> str:
        return str(STATUS_LABELS[self.status])


# Keys of people in order, per municipality: no names, and gone when anybody comes or leaves.
ORDERED: Final = Kept[list[int]](MEMBERS, most=200)


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
        kept_as: int | None = None,
    ) -> None:
        """`members` are memberships that passed the gate; `count`, how many people are selected.

        `kept_as` names whose members they are: their order by name is then remembered.
        """
        self.kept_as = kept_as
        self.roles = tuple(module.roles)
        self.module_key = module.translation_key
        self.selection = selection
        self.day = today()
        self.known_count = count
        self.members = members.filter(role__in=module.roles).order_by()

    def count(self) -> int:
        if self.known_count is not None:
            return self.known_count
        return int(self.selected().values("person").distinct().count())

    def __len__(self) -> int:
        return self.count()

    def __getitem__(self, page: slice) -> list[Person]:
        return self.people(self.keys(page))

    def keys(self, page: slice) -> list[int]:
        """Who stands on a page. Names change seldom, and sorting thousands is most of the work."""
        chosen = self.selection
        by_name_alone = chosen.sort.strip("-") == "name" and not (chosen.status or chosen.name)
        if self.kept_as is None or not by_name_alone:
            return [row[0] for row in self.in_order()[page]]
        everybody = ORDERED.get(
            (self.kept_as, self.day, self.roles, chosen.role, chosen.sort),
            lambda: [row[0] for row in self.in_order()],
        )
        return everybody[page]

    def all(self) -> list[Person]:
        """Everybody who is selected, in order."""
        return self[:]

    def selected(self) -> Any:
        """The memberships of the people who are selected."""
        members: Any = self.members
        if self.selection.role:
            members = members.filter(role=self.selection.role)
        if self.selection.name:
            members = members.filter(person__name__icontains=self.selection.name)
        if self.selection.status or self.selection.sort.strip("-") == "status":
            members = with_status(members, self.module_key, self.day)
        if self.selection.status == Status.COMPLETED:
            members = members.filter(done=True)
        elif self.selection.status == Status.UNDER_WAY:
            members = members.filter(begun=True, done=False)
        elif self.selection.status == Status.NOT_STARTED:
            members = members.filter(begun=False)
        return members

    def in_order(self) -> Any:
        """Keys of the selected, each once, sorted in the database; equals stand by name."""
        by = self.selection.sort.strip("-")
        name = Lower("person__name")
        keys: dict[str, Any] = {
            "name": name,
            # Who has two roles stands at the first of them.
            "role": Min(Case(*(When(role=role, then=n) for n, role in enumerate(Role.values)))),
            "status": Case(When(done=True, then=2), When(begun=True, then=1), default=0),
            "begun": self.started(),
            "finished": self.finished(),
        }
        people = self.selected().values_list("person", name)
        if by != "name":
            people = people.annotate(order_key=keys[by])
        order = F("order_key") if by != "name" else name
        direction = (
            order.desc(nulls_last=True)
            if self.selection.sort.startswith("-")
            else order.asc(nulls_last=True)
        )
        return people.distinct().order_by(direction, name, "person")

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
        names: dict[int, str] = {}
        held: dict[int, set[str]] = defaultdict(set)
        rows = self.members.filter(person__in=ids)
        for person_id, name, role in rows.values_list("person", "person__name", "role"):
            names[person_id] = name
            held[person_id].add(role)
        here = {"person__in": ids, "module_key": self.module_key}
        started = {
            person_id: timezone.localdate(moment)
            for person_id, moment in Enrolment.objects.filter(**here).values_list(
                "person", "started_at"
            )
        }
        completed: dict[int, list[Validity]] = defaultdict(list)
        completions = Completion.objects.filter(**here).order_by("completed_on")
        for person_id, *days in completions.values_list("person", "completed_on", "valid_until"):
            completed[person_id].append(Validity(*days))
        return [
            self.person(names[pk], held[pk], started.get(pk), completed[pk])
            for pk in ids
            if pk in names
        ]

    def person(
        self, name: str, held: set[str], started_on: date | None, completions: list[Validity]
    ) -> Person:
        holding = [each.start for each in completions if each.holds_on(self.day)]
        return Person(
            name=name,
            roles=[role for role in Role if role in held],
            status=status_on(self.day, started_on=started_on, completions=completions),
            begun_on=started_on,
            finished_on=max(holding, default=None),
        )
