"""Beginning a module and going through it."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from learning.completions import complete_if_done
from learning.figures import note_change
from learning.models import Enrolment, ModulePage, StepProgress


def begin(person: User, module_key: UUID) -> Enrolment:
    """Enrol somebody; the same enrolment however often it is asked."""
    with transaction.atomic():
        enrolment, created = Enrolment.objects.get_or_create(person=person, module_key=module_key)
        if created:
            note_change(person, module_key)
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
    Enrolment.objects.filter(person=person, module_key=module_key).update(
        last_step_key=step_key, last_anchor=anchor, last_active_at=timezone.now()
    )
