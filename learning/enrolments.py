"""Beginning a module and going through it."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from learning.completions import close_round, complete_if_done
from learning.holdings import progress_changed
from learning.models import Completion, Enrolment, ModulePage, StepProgress


def begin(person: User, module_key: UUID) -> Enrolment:
    """Enrol somebody; the same enrolment however often it is asked."""
    with transaction.atomic():
        enrolment, created = Enrolment.objects.get_or_create(
            person=person, module_key=module_key, closed_at=None
        )
        if created:
            progress_changed(person, module_key, finished=False)
    return enrolment


def begin_again(person: User, module_key: UUID, *, only_test: bool = False) -> Enrolment:
    """Begin a new round of a module that was finished; the old one is kept with what was done.

    With `only_test` its lessons need not be read again. Asked twice, it begins one round.
    """
    with transaction.atomic():
        current = (
            Enrolment.objects.select_for_update()
            .filter(person=person, module_key=module_key)
            .current()
            .first()
        )
        finished = Completion.objects.filter(person=person, module_key=module_key).current().first()
        if current is not None and (finished is None or current.started_at > finished.completed_at):
            return current
        close_round(person, module_key)
        enrolment = begin(person, module_key)
        if only_test:
            enrolment.only_test = True
            enrolment.save(update_fields=["only_test"])
    return enrolment


def finish_step(
    person: User, module: ModulePage, step_key: UUID, *, next_step_key: UUID | None = None
) -> Enrolment:
    """Record that a step is done and where the person goes on.

    The module is completed if it was the last.
    """
    with transaction.atomic():
        enrolment = begin(person, module.translation_key)
        StepProgress.objects.get_or_create(enrolment=enrolment, step_key=step_key)
        Enrolment.objects.filter(pk=enrolment.pk).update(
            last_step_key=next_step_key or step_key, last_anchor="", last_active_at=timezone.now()
        )
        complete_if_done(person, module)
    return enrolment


def record_position(person: User, module_key: UUID, step_key: UUID, anchor: str) -> None:
    """Remember where somebody is reading, to go on there on another device.

    Does nothing for who has not begun: looking around is not enrolling.
    """
    Enrolment.objects.filter(person=person, module_key=module_key).current().update(
        last_step_key=step_key, last_anchor=anchor, last_active_at=timezone.now()
    )
