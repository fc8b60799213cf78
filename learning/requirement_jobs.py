"""Looking up in the background who fulfils a requirement already."""

from collections.abc import Iterator
from typing import Final
from uuid import UUID

from django.db import transaction

from learning.holdings import rebuild, subject_keys
from learning.jobs import advance, handler
from learning.models import Completion, Job, Requirement
from learning.requirements import changed

PEOPLE_AT_ONCE: Final = 1000


def people_who_finished(keys: list[UUID]) -> Iterator[list[int]]:
    """Everybody who ever finished one of these, so many at a time."""
    last = 0
    finished = Completion.objects.filter(module_key__in=keys).order_by("person")
    while True:
        ids = list(
            finished.filter(person__gt=last)
            .values_list("person", flat=True)
            .distinct()[:PEOPLE_AT_ONCE]
        )
        if not ids:
            return
        yield ids
        last = ids[-1]


@handler(Job.Kind.REQUIREMENT)
def look_up(job: Job) -> None:
    """Work out per person when they fulfil it, and then let it count. Safe to repeat.

    A requirement that is changed meanwhile is left to the job of that change.
    """
    requirement = (
        Requirement.objects.select_related("municipality")
        .filter(pk=job.parameters["requirement"], is_ready=False)
        .first()
    )
    if requirement is None:
        return
    keys = subject_keys(requirement)
    total = Completion.objects.filter(module_key__in=keys).values("person").distinct().count()
    done = 0
    for ids in people_who_finished(keys):
        rebuild(requirement, ids)
        done += len(ids)
        advance(job, done=done, total=total)
    with transaction.atomic():
        now = Requirement.objects.select_for_update().filter(pk=requirement.pk).first()
        if now is not None and (now.terms, subject_keys(now)) == (requirement.terms, keys):
            now.is_ready = True
            now.save(update_fields=["is_ready"])
            changed(now)
