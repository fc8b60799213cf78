"""The one definition of a municipality's figures, and how they are kept up to date.

A figure on a day counts the members on that day to whom a module applies, by how far they
then are (DESIGN §4.4, `rules.progress.status_on`). `count` asks that of the database in one
query per module; `bring_up_to_date` counts again only what has changed since it was kept:
every write that could change a figure leaves a `FigureChange` in its own transaction.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts.models import User
from home.publication import Kept
from learning.models import (
    Completion,
    Enrolment,
    Figure,
    FigureChange,
    Membership,
    ModulePage,
    Municipality,
)
from learning.models.people import today

ALL_ROLES = ""


def note_change(person: User, module_key: UUID | None = None) -> None:
    """Say that somebody's figures have changed, wherever they serve or served.

    Call it inside the transaction that changes them.
    """
    municipalities = (
        Membership.objects.filter(person=person)
        .order_by()
        .values_list("municipality", flat=True)
        .distinct()
    )
    FigureChange.note(municipalities, module_key)


def note_change_everywhere(module_key: UUID | None = None) -> None:
    """Say that a module has changed for all: whom it is for, or that it is new."""
    FigureChange.note(Municipality.objects.order_by().values_list("pk", flat=True), module_key)


def with_status(
    memberships: "QuerySet[Membership]", module_key: UUID, day: date
) -> "QuerySet[Membership]":
    """Memberships with `done` and `begun` for a module on a day: the definition, as a query."""
    completions = Completion.objects.filter(person=OuterRef("person"), module_key=module_key)
    # A day ends at midnight in the Netherlands.
    end_of_day = timezone.make_aware(datetime.combine(day, time.max))
    return memberships.annotate(
        done=Exists(
            completions.filter(completed_on__lte=day).filter(
                Q(valid_until__isnull=True) | Q(valid_until__gte=day)
            )
        ),
        begun=Exists(
            Enrolment.objects.filter(
                person=OuterRef("person"), module_key=module_key, started_at__lte=end_of_day
            )
        )
        | Exists(completions.filter(completed_on__lte=day)),
    )


def count(
    municipality_ids: Sequence[int], module: ModulePage, day: date, *, merged: bool = False
) -> dict[tuple[int, str], tuple[int, int, int]]:
    """Members, begun and done per municipality and role (all roles under ""), on a day.

    With `merged` the municipalities are counted as one, under the first: somebody who served
    two of them counts once.
    """
    members = with_status(
        Membership.objects.on(day).filter(municipality__in=municipality_ids, role__in=module.roles),
        module.translation_key,
        day,
    ).order_by()
    counted: dict[tuple[int, str], tuple[int, int, int]] = {}
    for by_role in (True, False):
        grouping = [*([] if merged else ["municipality"]), *(["role"] if by_role else [])]
        numbers = {
            "members": Count("person", distinct=True),
            "begun_count": Count("person", distinct=True, filter=Q(begun=True)),
            "done_count": Count("person", distinct=True, filter=Q(done=True)),
        }
        rows = (
            members.values(*grouping).annotate(**numbers)
            if grouping
            else [members.aggregate(**numbers)]
        )
        for row in rows:
            key = (row.get("municipality", municipality_ids[0]), row.get("role", ALL_ROLES))
            counted[key] = (row["members"], row["begun_count"], row["done_count"])
    return counted


MODULES: Final = Kept[list[ModulePage]]()


def audience_modules() -> list[ModulePage]:
    """The modules that count: published, one page each, in order."""
    return MODULES.get("all", lambda: list(ModulePage.objects.source().live().in_order()))


def bring_up_to_date(municipalities: Iterable[Municipality], modules: Sequence[ModulePage]) -> None:
    """Count again whatever of these figures is missing, of another day, or changed since."""
    day = today()
    counted_by = {m.pk: m.counted_ids(day) for m in municipalities if not m.has_merged(day)}
    if needs_count(counted_by, modules, day):
        refresh(counted_by, modules, day)


def figures_of(
    municipality: Municipality, modules: Sequence[ModulePage]
) -> dict[tuple[UUID, str], Figure]:
    """Today's figures of a municipality, by (module key, role); counted again where needed."""
    day = today()
    kept = Figure.objects.filter(
        municipality=municipality, module_key__in=[m.translation_key for m in modules]
    )
    figures = {(figure.module_key, figure.role): figure for figure in kept}
    totals = [figures.get((module.translation_key, ALL_ROLES)) for module in modules]
    parts = municipality.counted_ids(day)
    if (
        any(total is None or total.day != day for total in totals)
        or FigureChange.objects.filter(municipality__in=parts).exists()
    ):
        refresh({municipality.pk: parts}, modules, day)
        figures = {(figure.module_key, figure.role): figure for figure in kept.all()}
    return figures


def stale_cells(
    counted_by: dict[int, list[int]], modules: Sequence[ModulePage], day: date
) -> tuple[dict[UUID, set[int]], list[int]]:
    """Per module the municipalities to count again, and the changes that this will settle."""
    ids = {pk: target for target, parts in counted_by.items() for pk in parts}
    stale: dict[UUID, set[int]] = defaultdict(set)
    fresh = set(
        Figure.objects.filter(
            municipality__in=list(counted_by), role=ALL_ROLES, day=day
        ).values_list("municipality", "module_key")
    )
    for module in modules:
        key = module.translation_key
        stale[key] = {target for target in counted_by if (target, key) not in fresh}
    settled = []
    known = set(stale)
    for change in FigureChange.objects.filter(municipality__in=list(ids)):
        settled.append(change.pk)
        for key in known if change.module_key is None else known & {change.module_key}:
            stale[key].add(ids[change.municipality_id])
    return {key: targets for key, targets in stale.items() if targets}, settled


def needs_count(counted_by: dict[int, list[int]], modules: Sequence[ModulePage], day: date) -> bool:
    """Whether anything is missing, of another day, or changed: two indexed look-ups."""
    parts = [pk for group in counted_by.values() for pk in group]
    if FigureChange.objects.filter(municipality__in=parts).exists():
        return True
    keys = [module.translation_key for module in modules]
    fresh = Figure.objects.filter(
        municipality__in=list(counted_by), module_key__in=keys, role=ALL_ROLES, day=day
    ).count()
    return fresh < len(counted_by) * len(keys)


def refresh(counted_by: dict[int, list[int]], modules: Sequence[ModulePage], day: date) -> None:
    """Count again what is stale, one reader at a time per municipality."""
    with transaction.atomic():
        # Without the lock a slower reader could put back what it counted before a faster one.
        list(
            Municipality.objects.select_for_update(no_key=True)
            .filter(pk__in=list(counted_by))
            .order_by("pk")
            .values_list("pk", flat=True)
        )
        carry_over(counted_by, day)
        stale, settled = stale_cells(counted_by, modules, day)
        for module in modules:
            targets = stale.get(module.translation_key)
            if targets:
                store(module, {t: counted_by[t] for t in targets}, day)
        FigureChange.objects.filter(pk__in=settled).delete()


def carry_over(counted_by: dict[int, list[int]], day: date) -> None:
    """Move yesterday's figures to today where the passing of days changed nothing."""
    old = Figure.objects.filter(municipality__in=list(counted_by), day__lt=day)
    since = old.order_by("day").values_list("day", flat=True).first()
    if since is None:
        return
    touched = Membership.objects.filter(
        Q(starts_on__gt=since, starts_on__lte=day)
        | Q(ends_on__gte=since, ends_on__lt=day)
        | Q(
            person__in=Completion.objects.filter(
                valid_until__gte=since, valid_until__lt=day
            ).values("person")
        )
    )
    changed = set(touched.order_by().values_list("municipality", flat=True).distinct())
    merging = Municipality.objects.filter(merged_on__gt=since, merged_on__lte=day)
    changed |= {pk for pair in merging.values_list("pk", "successor") for pk in pair if pk}
    same = [t for t, parts in counted_by.items() if not changed.intersection(parts)]
    old.filter(municipality__in=same).update(day=day)


def store(module: ModulePage, groups_: dict[int, list[int]], day: date) -> None:
    """Write the figures of a module for some municipalities, in place of what was there."""
    key = module.translation_key
    alone = [target for target, parts in groups_.items() if len(parts) == 1]
    counted = count(alone, module, day) if alone else {}
    for parts in groups_.values():
        if len(parts) > 1:
            counted |= count(parts, module, day, merged=True)
    for target in groups_:
        counted.setdefault((target, ALL_ROLES), (0, 0, 0))
    Figure.objects.filter(module_key=key, municipality__in=list(groups_)).delete()
    Figure.objects.bulk_create(
        [
            Figure(
                municipality_id=target,
                module_key=key,
                role=role,
                day=day,
                members=members,
                under_way=begun - done,
                completed=done,
            )
            for (target, role), (members, begun, done) in counted.items()
        ],
        batch_size=500,
    )
