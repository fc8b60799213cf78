"""One person as a monitor of their municipality may know them: status and dates, no more."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from learning.labels import KIND_LABELS, STANDING_LABELS
from learning.models import (
    Completion,
    Enrolment,
    Holding,
    Membership,
    Municipality,
    Requirement,
    RequirementPerson,
    Waiver,
)
from learning.models.people import today
from learning.paths import parts_of
from learning.recognitions import may_withdraw
from learning.rules.due import Position, Service, applies, position_on
from learning.rules.validity import Period


@dataclass(slots=True)
class Row:
    """How somebody stands with a requirement."""

    requirement: Requirement
    position: Position
    begun_on: date | None
    finished_on: date | None
    kind: str
    waiver: Waiver | None

    @property
    def standing(self) -> str:
        return self.position.standing.value

    @property
    def status_label(self) -> str:
        if self.waiver is not None:
            return pgettext("status", "Let off")
        return str(STANDING_LABELS[self.position.standing])

    @property
    def kind_label(self) -> str:
        """How it was finished, where it was not by doing it here."""
        return "" if self.kind in ("", Completion.Kind.FINISHED) else str(KIND_LABELS[self.kind])


@dataclass(frozen=True, slots=True)
class Finished:
    """Something that somebody finished, once. It knows no score."""

    completion: Completion
    is_ours: bool
    may_withdraw: bool
    kind_label: str
    status_label: str


@dataclass(slots=True)
class Known:
    """What was looked up of a person, by requirement or by subject."""

    held: dict[int, list[Period]] = field(default_factory=lambda: defaultdict(list))
    waivers: dict[int, list[Waiver]] = field(default_factory=lambda: defaultdict(list))
    begun: dict[object, date] = field(default_factory=dict)


# All that a monitor sees of a completion: with `score` it would be a query more, and a fault.
SEEN = (
    *("person", "module_key", "module_title", "is_path", "kind", "completed_on", "valid_until"),
    *("municipality", "municipality_name", "role", "evidence", "ended_on", "ended_because"),
    *("is_asked_again", "archived_at"),
)


def completions_of(membership: Membership) -> list[Completion]:
    """All that a member ever finished, newest first, without what is the person's own."""
    return list(
        Completion.objects.filter(person=membership.person_id)
        .only(*SEEN)
        .order_by("-completed_on", "-pk")
    )


def rows_of(
    memberships: Sequence[Membership],
    requirements: Sequence[Requirement],
    place: Municipality,
    finished: Sequence[Completion],
) -> list[Row]:
    """How a member stands with each requirement that asks something of them."""
    day = today()
    person_id = memberships[0].person_id
    services = [Service(m.role, Period(m.starts_on, m.ends_on)) for m in memberships]
    named = set(
        RequirementPerson.objects.filter(
            person=person_id, requirement__in=requirements
        ).values_list("requirement", flat=True)
    )
    asked = [
        each
        for each in requirements
        if any(applies(each.rule, service, day) for service in services)
        and (not each.is_personal or each.pk in named)
    ]
    known = look_up(person_id, asked, place)
    return [row_of(each, services, known, finished, day) for each in asked]


def look_up(person_id: int, requirements: Sequence[Requirement], place: Municipality) -> Known:
    """Three questions, however many requirements."""
    known = Known()
    here = {"person": person_id, "requirement__in": requirements}
    for pk, start, end in Holding.objects.filter(**here).values_list(
        "requirement", "starts_on", "ends_on"
    ):
        known.held[pk].append(Period(start, end))
    parts = place.counted_ids(today())
    for waiver in Waiver.objects.filter(**here, municipality__in=parts).order_by("-starts_on"):
        known.waivers[waiver.requirement_id].append(waiver)
    keys = {key for each in requirements for key in parts_of(each.subject_key)}
    begun = Enrolment.objects.filter(person=person_id, module_key__in=keys)
    for key, moment in begun.order_by("-started_at").values_list("module_key", "started_at"):
        known.begun[key] = timezone.localdate(moment)
    return known


def row_of(
    requirement: Requirement,
    services: Sequence[Service],
    known: Known,
    finished: Sequence[Completion],
    day: date,
) -> Row:
    begun = [known.begun[key] for key in parts_of(requirement.subject_key) if key in known.begun]
    waivers = known.waivers[requirement.pk]
    position = position_on(
        day,
        requirement.rule,
        services=services,
        held=known.held[requirement.pk],
        started_on=min(begun, default=None),
        waived=[Period(w.starts_on, w.ends_on) for w in waivers],
    )
    counting = [
        each
        for each in finished
        if each.module_key == requirement.subject_key
        and (each.ended_on is None or each.ended_on > day)
    ]
    shown = counting[0] if counting and position.is_fulfilled else None
    return Row(
        requirement,
        position,
        min(begun, default=None),
        shown.completed_on if shown else None,
        shown.kind if shown else "",
        next((w for w in waivers if Period(w.starts_on, w.ends_on).holds_on(day)), None),
    )


def history_of(finished: Sequence[Completion], place: Municipality) -> list[Finished]:
    """Everything that was ever finished, and what became of it."""
    ours = place.counted_ids(today())
    return [
        Finished(
            completion=each,
            is_ours=each.municipality_id in ours,
            may_withdraw=may_withdraw(each, place),
            kind_label=str(KIND_LABELS[each.kind]),
            status_label=status_of(each),
        )
        for each in finished
    ]


def status_of(completion: Completion) -> str:
    if completion.ended_on is not None:
        return _("Asked again") if completion.is_asked_again else _("Withdrawn")
    return _("Replaced by a later one") if completion.archived_at else _("Stands")


def waivers_of(person_id: int, place: Municipality) -> list[Waiver]:
    """Every time that this municipality let somebody off, and may still take it back."""
    day = today()
    return list(
        Waiver.objects.filter(person=person_id, municipality__in=place.counted_ids(day))
        .filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day))
        .select_related("requirement")
        .order_by("starts_on")
    )
