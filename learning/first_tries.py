"""Which modules are hard: how many pass the test at the first attempt, over the whole country."""

from datetime import date, time
from typing import Any

from django.db import transaction
from django.db.models import Min, Q

from learning.models import Attempt, FirstTries, ModulePage
from learning.models.people import today
from learning.rules.disclosure import SMALLEST_GROUP
from learning.schedule import daily


def count_first_tries() -> list[FirstTries]:
    """Per published module who took its tests, and who passed each at once.

    A person counts once per module: with two tests they passed at once when they passed both so.
    """
    first: Any = Attempt.objects.filter(number=1, submitted_at__isnull=False).order_by()
    by_person = first.values("module_key", "person").annotate(
        failed=Min("pk", filter=Q(passed=False))
    )
    people: dict[Any, int] = {}
    passed: dict[Any, int] = {}
    for row in by_person.values_list("module_key", "failed").iterator():
        key, failed = row
        people[key] = people.get(key, 0) + 1
        passed[key] = passed.get(key, 0) + (failed is None)
    return [
        FirstTries(
            module_key=module.translation_key,
            module_title=module.title,
            people=people[module.translation_key],
            passed=passed[module.translation_key],
            counted_on=today(),
        )
        for module in ModulePage.objects.source().live().in_order()
        if people.get(module.translation_key, 0) >= SMALLEST_GROUP
    ]


@daily("first_tries", at=time(3, 15))
def keep_first_tries(_day: date) -> None:
    """Count anew, in place of what was kept. Safe to repeat."""
    counted = count_first_tries()
    with transaction.atomic():
        FirstTries.objects.all().delete()
        FirstTries.objects.bulk_create(counted)


def hardest_first() -> list[FirstTries]:
    return sorted(
        FirstTries.objects.all(), key=lambda tries: (tries.percentage, tries.module_title)
    )
