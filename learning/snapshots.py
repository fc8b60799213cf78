"""A picture of each day, so that a trend can be drawn.

Everything that a figure is counted from keeps its history (memberships, completions, waivers,
mergers), so any day can be counted again: a missed day is filled in, a wrong one is rebuilt.
"""

from collections.abc import Iterable, Sequence
from datetime import date, time, timedelta
from typing import Final

from django.db import transaction

from learning.figures import ALL_ROLES, Cell, bring_up_to_date, count_groups
from learning.models import Municipality, Requirement, Snapshot
from learning.models.people import today
from learning.nation import totals_by_role
from learning.schedule import daily

# How far back a gap is filled by itself.
MOST_DAYS: Final = 60


def groups_on(day: date) -> dict[int, list[int]]:
    """Every municipality of a day, with those that had joined it by then."""
    return {
        place.pk: place.counted_ids(day)
        for place in Municipality.objects.all()
        if not place.has_merged(day)
    }


def cells_on(
    day: date, requirements: Iterable[Requirement]
) -> dict[int, dict[Cell, dict[str, int]]]:
    """Counts per requirement, municipality and role on any day, by the one definition."""
    groups = groups_on(day)
    return {each.pk: count_groups(each, groups, day) for each in requirements}


def counts_on(
    day: date, requirements: Iterable[Requirement]
) -> dict[int, dict[int, dict[str, int]]]:
    """The same over all roles together: per requirement and municipality."""
    return {
        pk: {place: numbers for (place, role), numbers in cells.items() if role == ALL_ROLES}
        for pk, cells in cells_on(day, requirements).items()
    }


def make_snapshot(day: date, requirements: Sequence[Requirement] | None = None) -> int:
    """Count a day and keep it; a day that was counted before is counted anew. Returns rows made."""
    if requirements is None:
        requirements = list(Requirement.objects.on(day).select_related("municipality"))
    places = [place for place in Municipality.objects.all() if not place.has_merged(day)]
    made = 0
    for requirement in requirements:
        cells = cells_on(day, [requirement])[requirement.pk]
        rows = [
            Snapshot(municipality_id=place, requirement=requirement, day=day, **numbers)
            for (place, role), numbers in cells.items()
            if role == ALL_ROLES and numbers.get("members", 0)
        ]
        if requirement.municipality_id is None:
            rows += [
                Snapshot(requirement=requirement, day=day, role=role, **numbers)
                for role, numbers in totals_by_role(places, cells).items()
            ]
        with transaction.atomic():
            Snapshot.objects.filter(requirement=requirement, day=day).delete()
            Snapshot.objects.bulk_create(rows, batch_size=500)
        made += len(rows)
    return made


def missing_days(until: date, *, most: int = MOST_DAYS) -> list[date]:
    """The days up to and including one that have no picture yet, oldest first."""
    first = until - timedelta(days=most - 1)
    known = set(Snapshot.objects.filter(day__gte=first).values_list("day", flat=True).distinct())
    if not known and not Snapshot.objects.exists():
        return [until]
    days = [first + timedelta(days=n) for n in range(most)]
    return [day for day in days if day not in known]


@daily("figures", at=time(0, 10))
def count_the_day(_day: date) -> None:
    """Count every municipality for the new day, so that nobody who looks has to wait."""
    requirements = Requirement.objects.on(today()).select_related("municipality")
    for requirement in requirements:
        place = requirement.municipality
        places = list(Municipality.objects.all()) if place is None else [place]
        bring_up_to_date(places, [requirement])


@daily("snapshots", at=time(0, 30))
def keep_the_day_before(day: date) -> None:
    """The picture of the day before: it is over, so nothing can change it."""
    make_snapshot(day - timedelta(days=1))


def fill_in() -> int:
    """Make the picture of yesterday, and of days that were missed. Safe to repeat.

    A day is over before it is counted: what happens today may still change today.
    """
    yesterday = today() - timedelta(days=1)
    return sum(make_snapshot(day) for day in missing_days(yesterday))
