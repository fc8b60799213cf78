"""The people of a municipality and how they stand with a requirement: status and dates, no more."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any, Final

from django.db.models import Case, Exists, F, Min, OuterRef, Subquery, When
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language

from home.publication import Kept
from learning.figures import is_late, with_standing
from learning.labels import KIND_LABELS, STANDING_LABELS
from learning.models import Completion, Enrolment, Holding, Requirement, Waiver
from learning.models.figures import MEMBERS
from learning.models.people import MembershipQuerySet, today
from learning.paths import parts_of
from learning.roles import Role
from learning.rules.due import Position, Service, Standing, position_on
from learning.rules.validity import Period

SORTS: Final = ("name", "role", "status", "due", "begun", "finished")


@lru_cache(maxsize=4000)
def short_day(day: date | None, _language: str) -> str:
    """A day as in "3 jun 2026", in the language that is active; a dash for none."""
    return date_format(day, "j b Y") if day else "–"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in the list."""

    pk: int
    membership: int
    name: str
    roles: list[Role]
    position: Position
    begun_on: date | None
    finished_on: date | None
    kind: str = Completion.Kind.FINISHED

    @property
    def standing(self) -> Standing:
        return self.position.standing

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
    def due_text(self) -> str:
        return short_day(self.position.due_on, get_language())

    @property
    def status_label(self) -> str:
        """Where they stand; who was let off is told from who was never asked."""
        return str(STANDING_LABELS[self.standing])

    @property
    def kind_label(self) -> str:
        """How they finished, where it was not by doing the module here."""
        if not self.position.is_fulfilled or self.kind == Completion.Kind.FINISHED:
            return ""
        return str(KIND_LABELS[self.kind])


# Keys of people in order, per municipality: no names, and gone when anybody comes or leaves.
ORDERED: Final = Kept[list[int]](MEMBERS, most=200)


@dataclass(frozen=True, slots=True)
class Selection:
    """Which people, and in which order. Empty means all; a `-` before a sort turns it round."""

    role: str = ""
    status: str = ""
    name: str = ""
    sort: str = "name"


@dataclass(slots=True)
class Facts:
    """What is known of a person for a requirement."""

    services: list[Service] = field(default_factory=list)
    membership: int = 0
    held: list[Period] = field(default_factory=list)
    waived: list[Period] = field(default_factory=list)
    started_on: date | None = None
    finished_on: date | None = None
    kind: str = Completion.Kind.FINISHED


# What each standing asks of the annotations of `figures.with_standing`, `person_late` besides.
NEVER: Final = {"waived": False, "valid": False, "had": False}
CONDITIONS: Final[dict[str, dict[str, bool]]] = {
    Standing.NOT_REQUIRED: {"waived": True},
    Standing.COMPLETED: {"waived": False, "valid": True, "secure": True},
    Standing.RENEWAL_OPEN: {"waived": False, "valid": True, "secure": False},
    Standing.LAPSED: {"waived": False, "valid": False, "had": True},
    Standing.OVERDUE: {**NEVER, "person_late": True},
    Standing.UNDER_WAY: {**NEVER, "person_late": False, "begun": True},
    Standing.TO_DO: {**NEVER, "person_late": False, "begun": False},
}


class PeopleList:
    """People for a page at a time: a count, and a slice by a few queries.

    Everybody stands in it once, also with two roles. A page's order is settled on keys alone;
    roles and dates are looked up for the people on the page only.
    """

    def __init__(
        self,
        members: MembershipQuerySet,
        requirement: Requirement,
        selection: Selection,
        *,
        count: int | None = None,
        kept_as: int | None = None,
        parts: Sequence[int] | None = None,
        anybody_waived: bool = True,
    ) -> None:
        """`members` are memberships that passed the gate; `count`, how many people are selected.

        `kept_as` names whose members they are: their order by name is then remembered. `parts`
        are the municipalities that count as one there. `anybody_waived` is false where the
        figures say already that nobody was let off.
        """
        self.anybody_waived = anybody_waived
        self.kept_as = kept_as
        self.parts = parts
        self.requirement = requirement
        self.selection = selection
        self.day = today()
        self.known_count = count
        self.members = requirement.narrow(members).order_by()

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
        personal = self.requirement.pk if self.requirement.is_personal else 0
        roles = (personal, *self.requirement.roles)
        everybody = ORDERED.get(
            (self.kept_as, self.day, roles, chosen.role, chosen.sort),
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
            members = self.with_standing(members)
        if self.selection.status:
            members = members.filter(**CONDITIONS[self.selection.status])
        return members

    def with_standing(self, members: Any) -> Any:
        """With what decides a standing; somebody is late in any of their roles."""
        late = is_late(self.requirement, self.day)
        own = self.members.filter(person=OuterRef("person"))
        return with_standing(members, self.requirement, self.day, parts=self.parts).annotate(
            person_late=Exists(own.filter(late) if late is not None else own.none())
        )

    def in_order(self) -> Any:
        """Keys of the selected, each once, sorted in the database; equals stand by name."""
        by = self.selection.sort.strip("-")
        name = Lower("person__name")
        statuses = [
            When(**CONDITIONS[standing], then=number) for number, standing in enumerate(Standing)
        ]
        keys: dict[str, Any] = {
            "name": name,
            # Who has two roles stands at the first of them.
            "role": Min(Case(*(When(role=role, then=n) for n, role in enumerate(Role.values)))),
            "status": Case(*statuses, default=len(statuses)) if by == "status" else None,
            "due": self.due(),
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

    def due(self) -> Any:
        """By when: until a completion ends where there is one, else by the first service."""
        if self.requirement.due_days is not None:
            return Min("starts_on")
        holding = Holding.objects.filter(person=OuterRef("person"), requirement=self.requirement)
        return Subquery(holding.order_by(F("ends_on").desc(nulls_first=True)).values("ends_on")[:1])

    def started(self) -> Subquery:
        begun = Enrolment.objects.filter(
            person=OuterRef("person"), module_key__in=parts_of(self.requirement.subject_key)
        )
        return Subquery(begun.order_by("started_at").values("started_at")[:1])

    def finished(self) -> Subquery:
        """The day of the completion that holds today; the latest where there are more."""
        holding = Holding.objects.on(self.day).filter(
            person=OuterRef("person"), requirement=self.requirement
        )
        return Subquery(holding.order_by("-starts_on").values("starts_on")[:1])

    def people(self, ids: list[int]) -> list[Person]:
        """These people, in this order, with all their roles here."""
        names: dict[int, str] = {}
        facts: dict[int, Facts] = defaultdict(Facts)
        rows = self.members.filter(person__in=ids).values_list(
            "person", "person__name", "role", "starts_on", "ends_on", "pk"
        )
        for pk, name, role, start, end, membership in rows:
            names[pk] = name
            facts[pk].membership = membership
            facts[pk].services.append(Service(role, Period(start, end)))
        self.gather(facts, ids)
        return [self.person(pk, names[pk], facts[pk]) for pk in ids if pk in names]

    def gather(self, facts: dict[int, Facts], ids: list[int]) -> None:
        """Look up what is known of these people."""
        here = {"person__in": ids, "requirement": self.requirement}
        keys = parts_of(self.requirement.subject_key)
        begun = Enrolment.objects.filter(person__in=ids, module_key__in=keys)
        for pk, moment in begun.order_by("-started_at").values_list("person", "started_at"):
            facts[pk].started_on = timezone.localdate(moment)
        holdings = Holding.objects.filter(**here).order_by("starts_on")
        for pk, start, end, kind in holdings.values_list("person", "starts_on", "ends_on", "kind"):
            period = Period(start, end)
            facts[pk].held.append(period)
            if period.holds_on(self.day):
                facts[pk].finished_on, facts[pk].kind = period.start, kind
        waivers = Waiver.objects.filter(**here) if self.anybody_waived else Waiver.objects.none()
        if self.parts is not None:
            waivers = waivers.filter(municipality__in=self.parts)
        for pk, start, end in waivers.values_list("person", "starts_on", "ends_on"):
            facts[pk].waived.append(Period(start, end))

    def person(self, pk: int, name: str, facts: Facts) -> Person:
        held = {service.role for service in facts.services}
        position = position_on(
            self.day,
            self.requirement.rule,
            services=facts.services,
            held=facts.held,
            started_on=facts.started_on,
            waived=facts.waived,
        )
        return Person(
            pk=pk,
            membership=facts.membership,
            name=name,
            roles=[role for role in Role if role in held],
            position=position,
            begun_on=facts.started_on,
            finished_on=facts.finished_on if position.is_fulfilled else None,
            kind=facts.kind,
        )
