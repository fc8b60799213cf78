"""The one definition of a municipality's figures, and how they are kept up to date.

A figure on a day counts the members on that day to whom a requirement applies, by how they then
stand (DESIGN §4.4, `rules.due.position_on`). `count` asks that of the database in two queries
per requirement; `bring_up_to_date` counts again only what has changed since it was kept: every
write that could change a figure leaves a `FigureChange` in its own transaction.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Value

from home.publication import Kept
from learning.models import (
    Enrolment,
    Figure,
    FigureChange,
    Holding,
    Membership,
    Municipality,
    Requirement,
    Waiver,
)
from learning.models.people import today
from learning.models.requirements import REQUIREMENTS, end_of
from learning.paths import parts_of

ALL_ROLES: Final = ""
# A completion that ends within so many days is worth a word to a monitor.
LAPSING_DAYS: Final = 60

Cell = tuple[int, str]


def note_change_everywhere(requirement_ids: Iterable[int] | None = None) -> None:
    """Say that requirements have changed for all."""
    places = Municipality.objects.order_by().values_list("pk", flat=True)
    FigureChange.note(places, requirement_ids)


def asked(
    requirement: Requirement, memberships: "QuerySet[Membership]", day: date
) -> "QuerySet[Membership]":
    """The memberships of which a requirement asks something, if it is in force on the day."""
    if not requirement.rule.days.holds_on(day):
        return memberships.none()
    return requirement.narrow(memberships.on(day)).order_by()  # type: ignore[attr-defined]


def is_late(requirement: Requirement, day: date) -> Q | None:
    """Which memberships are past their day; None when none can be (`rules.due.first_due`)."""
    if requirement.due_on is not None:
        return Q(pk__isnull=False) if requirement.due_on < day else None
    if requirement.due_days is None:
        return None
    latest_start = day - timedelta(days=requirement.due_days)
    return Q(starts_on__lt=latest_start) if requirement.starts_on < latest_start else None


def with_standing(
    memberships: Any, requirement: Requirement, day: date, *, parts: Sequence[int] | None
) -> Any:
    """Memberships with what decides somebody's standing on a day: the definition, as a query.

    Somebody is let off where their municipality said so; `parts` are those that count as one.
    `valid`, `secure` (and renewal is not open), `lapsing`, `had` (ever), `begun`, `late`, `waived`.
    """
    mine = {"person": OuterRef("person"), "requirement": requirement}
    holding = Holding.objects.on(day).filter(**mine)
    begun = Enrolment.objects.filter(
        person=OuterRef("person"),
        module_key__in=parts_of(requirement.subject_key),
        started_at__lte=end_of(day),
    )
    late = is_late(requirement, day)
    waivers = Waiver.objects.on(day).filter(**mine)
    waived = (
        waivers.filter(municipality=OuterRef("municipality"))
        if parts is None
        else waivers.filter(municipality__in=parts)
    )
    return memberships.annotate(
        valid=Exists(holding),
        secure=Exists(holding.filter(lasting(day, requirement.renewal_days))),
        lasting=Exists(holding.filter(lasting(day, LAPSING_DAYS))),
        had=Exists(Holding.objects.filter(**mine, starts_on__lte=day)),
        begun=Exists(begun),
        late=late or Value(value=False),
        waived=Exists(waived),
    )


def lasting(day: date, days: int) -> Q:
    """Holdings that do not end within so many days, counted from the day itself."""
    return Q(ends_on__isnull=True) | Q(ends_on__gte=day + timedelta(days=days))


VALID: Final = Q(waived=False, valid=True)
LAPSED: Final = Q(waived=False, valid=False, had=True)
NEVER: Final = Q(waived=False, valid=False, had=False)
NUMBERS: Final = {
    "members": Q(waived=False),
    "valid": VALID,
    "secure": VALID & Q(secure=True),
    "lasting": VALID & Q(lasting=True),
    "lapsed": LAPSED,
    "overdue": NEVER & Q(late=True),
    "begun": NEVER & Q(begun=True),
    "begun_late": NEVER & Q(begun=True, late=True),
    "waived": Q(waived=True),
}


def counts_of(row: dict[str, int]) -> dict[str, int]:
    """The numbers that the database gave, as the fields of a figure."""
    under_way = row["begun"] - row["begun_late"]
    return {
        "members": row["members"],
        "completed": row["secure"],
        "renewal_open": row["valid"] - row["secure"],
        "lapsing": row["valid"] - row["lasting"],
        "lapsed": row["lapsed"],
        "overdue": row["overdue"],
        "under_way": under_way,
        "to_do": row["members"] - row["valid"] - row["lapsed"] - row["overdue"] - under_way,
        "waived": row["waived"],
    }


def count(
    municipality_ids: Sequence[int], requirement: Requirement, day: date, *, merged: bool = False
) -> dict[Cell, dict[str, int]]:
    """Counts per municipality and role (all roles under ""), on a day.

    With `merged` the municipalities are counted as one, under the first: somebody who served
    two of them counts once.
    """
    members = asked(requirement, Membership.objects.filter(municipality__in=municipality_ids), day)
    numbers = {
        f"n_{name}": Count("person", distinct=True, filter=condition)
        for name, condition in NUMBERS.items()
    }
    counted: dict[Cell, dict[str, int]] = {}
    rows_of = with_standing(members, requirement, day, parts=municipality_ids if merged else None)
    for by_role in (True, False):
        grouping = [*([] if merged else ["municipality"]), *(["role"] if by_role else [])]
        rows = (
            rows_of.values(*grouping).annotate(**numbers)
            if grouping
            else [rows_of.aggregate(**numbers)]
        )
        for row in rows:
            key = (row.get("municipality", municipality_ids[0]), row.get("role", ALL_ROLES))
            counted[key] = counts_of({name: row[f"n_{name}"] for name in NUMBERS})
    return counted


ACTIVE: Final = Kept[list[Requirement]](REQUIREMENTS)


def active_requirements(municipality: Municipality | None = None) -> list[Requirement]:
    """What is required today: nationally, and by a municipality itself if one is given."""
    day = today()
    requirements = Requirement.objects.on(day).select_related("municipality")
    if municipality is None:
        return ACTIVE.get(
            (day, None),
            lambda: list(requirements.filter(municipality=None).order_by("position", "pk")),
        )
    return ACTIVE.get((day, municipality.pk), lambda: list(requirements.concerning(municipality)))


def bring_up_to_date(
    municipalities: Iterable[Municipality], requirements: Sequence[Requirement]
) -> None:
    """Count again whatever of these figures is missing, of another day, or changed since."""
    day = today()
    counted_by = {m.pk: m.counted_ids(day) for m in municipalities if not m.has_merged(day)}
    if needs_count(counted_by, requirements, day):
        refresh(counted_by, requirements, day)


def figures_of(
    municipality: Municipality, requirements: Sequence[Requirement]
) -> dict[tuple[int, str], Figure]:
    """Today's figures of a municipality, by (requirement, role); counted again where needed."""
    day = today()
    parts = municipality.counted_ids(day)
    # In one question: the figures, and whether anything has changed since they were counted.
    kept = Figure.objects.filter(municipality=municipality, requirement__in=requirements).annotate(
        changed=Exists(FigureChange.objects.filter(municipality__in=parts))
    )
    figures: dict[tuple[int, str], Any] = {(each.requirement_id, each.role): each for each in kept}
    totals = [figures.get((requirement.pk, ALL_ROLES)) for requirement in requirements]
    if any(total is None or total.day != day or total.changed for total in totals):
        refresh({municipality.pk: parts}, requirements, day)
        figures = {(figure.requirement_id, figure.role): figure for figure in kept.all()}
    return figures


def stale_cells(
    counted_by: dict[int, list[int]], requirements: Sequence[Requirement], day: date
) -> tuple[dict[int, set[int]], list[int]]:
    """Per requirement the municipalities to count again, and the changes that this will settle."""
    ids = {pk: target for target, parts in counted_by.items() for pk in parts}
    stale: dict[int, set[int]] = defaultdict(set)
    fresh = set(
        Figure.objects.filter(
            municipality__in=list(counted_by), role=ALL_ROLES, day=day
        ).values_list("municipality", "requirement")
    )
    for requirement in requirements:
        stale[requirement.pk] = {
            target for target in counted_by if (target, requirement.pk) not in fresh
        }
    settled = []
    known = set(stale)
    for change in FigureChange.objects.filter(municipality__in=list(ids)):
        if change.requirement_id is not None and change.requirement_id not in known:
            # Of a requirement that is not looked at now: it waits for who does.
            continue
        settled.append(change)
        for key in known if change.requirement_id is None else (change.requirement_id,):
            stale[key].add(ids[change.municipality_id])
    spread = [change for change in settled if change.requirement_id is None]
    leave_for_others(spread, known)
    return (
        {key: targets for key, targets in stale.items() if targets},
        [change.pk for change in settled],
    )


def leave_for_others(changes: Sequence[FigureChange], known: set[int]) -> None:
    """A change of everything, settled for some requirements, stays for the others: they are old."""
    places = {change.municipality_id for change in changes}
    if places:
        Figure.objects.filter(municipality__in=places).exclude(requirement__in=known).delete()


def needs_count(
    counted_by: dict[int, list[int]], requirements: Sequence[Requirement], day: date
) -> bool:
    """Whether anything is missing, of another day, or changed: two indexed look-ups."""
    parts = [pk for group in counted_by.values() for pk in group]
    changes = FigureChange.objects.filter(municipality__in=parts).filter(
        Q(requirement__isnull=True) | Q(requirement__in=requirements)
    )
    if changes.exists():
        return True
    fresh = Figure.objects.filter(
        municipality__in=list(counted_by), requirement__in=requirements, role=ALL_ROLES, day=day
    ).count()
    return fresh < len(counted_by) * len(requirements)


def refresh(
    counted_by: dict[int, list[int]], requirements: Sequence[Requirement], day: date
) -> None:
    """Count again what is stale, one reader at a time per municipality."""
    with transaction.atomic():
        # Without the lock a slower reader could put back what it counted before a faster one.
        list(
            Municipality.objects.select_for_update(no_key=True)
            .filter(pk__in=list(counted_by))
            .order_by("pk")
            .values_list("pk", flat=True)
        )
        stale, settled = stale_cells(counted_by, requirements, day)
        for requirement in requirements:
            targets = stale.get(requirement.pk)
            if targets:
                store(requirement, {t: counted_by[t] for t in targets}, day)
        for start in range(0, len(settled), 500):
            FigureChange.objects.filter(pk__in=settled[start : start + 500]).delete()


def count_groups(
    requirement: Requirement, groups: dict[int, list[int]], day: date
) -> dict[Cell, dict[str, int]]:
    """Counts of municipalities, each with those that merged into it, under its own key.

    A municipality's own requirement counts that municipality's people and nobody else's.
    """
    concerned = requirement.place_ids(day)
    if concerned is not None:
        groups = {target: parts for target, parts in groups.items() if target in concerned}
    alone = [target for target, parts in groups.items() if len(parts) == 1]
    counted = count(alone, requirement, day) if alone else {}
    for parts in groups.values():
        if len(parts) > 1:
            counted |= count(parts, requirement, day, merged=True)
    for target in groups:
        counted.setdefault((target, ALL_ROLES), {"members": 0})
    return counted


def store(requirement: Requirement, groups: dict[int, list[int]], day: date) -> None:
    """Write the figures of a requirement for some municipalities, in place of what was there."""
    counted = count_groups(requirement, groups, day)
    for target in groups:
        counted.setdefault((target, ALL_ROLES), {"members": 0})
    Figure.objects.filter(requirement=requirement, municipality__in=list(groups)).delete()
    Figure.objects.bulk_create(
        [
            Figure(municipality_id=target, requirement=requirement, role=role, day=day, **numbers)
            for (target, role), numbers in counted.items()
        ],
        batch_size=500,
    )
