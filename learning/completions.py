"""Finishing a module."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.models import Locale

from accounts.models import User
from learning.figures import note_change
from learning.models import Attempt, Completion, Enrolment, Membership, ModulePage
from learning.models.people import today
from learning.rules.progress import progress
from learning.steps import done_keys, steps_of


def complete_if_done(person: User, module: ModulePage) -> Completion | None:
    """The completion of a module, made now if all its steps are done; None while they are not.

    Safe to repeat: there is one current completion per person and module.
    """
    existing = Completion.objects.filter(
        person=person, module_key=module.translation_key, archived_at=None
    ).first()
    if existing is not None:
        return existing
    enrolment = Enrolment.objects.filter(person=person, module_key=module.translation_key).first()
    module = source_of(module)
    steps = steps_of(module, only_live=module.live)
    if not progress([step.key for step in steps], done_keys(enrolment)).is_complete:
        return None
    return write_completion(person, module)


def source_of(module: ModulePage) -> ModulePage:
    """The module in the site's first language, which says what the whole is (DESIGN §4.1).

    A translation may lag behind: its steps are not all there is to do.
    """
    if module.locale_id == Locale.get_default().pk:
        return module
    return (
        ModulePage.objects.source().filter(translation_key=module.translation_key).first() or module
    )


def write_completion(person: User, module: ModulePage) -> Completion:
    """Store the proof with all that it must be able to say without the module."""
    day = today()
    membership = (
        Membership.objects.filter(person=person, role__in=module.roles)
        .on(day)
        .select_related("municipality")
        .order_by("starts_on", "pk")
        .first()
    ) or Membership.objects.filter(person=person).on(day).select_related("municipality").first()
    best = (
        Attempt.objects.filter(person=person, module_key=module.translation_key, passed=True)
        .order_by("-percentage")
        .first()
    )
    module = source_of(module)
    try:
        with transaction.atomic():
            completion = Completion.objects.create(
                person=person,
                module_key=module.translation_key,
                module_title=module.title,
                module_version=module.version,
                completed_on=day,
                completed_at=timezone.now(),
                score=best.percentage if best else None,
                municipality=membership.municipality if membership else None,
                municipality_name=membership.municipality.display_name if membership else "",
                role=membership.role if membership else "",
            )
            note_change(person, module.translation_key)
    except IntegrityError:
        # Handed in twice at the same moment: the other one wrote it.
        completion = Completion.objects.get(
            person=person, module_key=module.translation_key, archived_at=None
        )
    return completion
