"""Setting, changing and ending what is required."""

from collections.abc import Collection
from datetime import date
from typing import Final

from django.db import transaction

from accounts import audit
from accounts.models import AuditEvent, User
from learning import jobs
from learning.figures import note_change_everywhere
from learning.holdings import rebuild, subject_keys
from learning.models import (
    Completion,
    Figure,
    FigureChange,
    Job,
    LearningPath,
    ModulePage,
    Municipality,
    Requirement,
    RequirementPerson,
)
from learning.models.people import today
from learning.models.requirements import REQUIREMENTS
from learning.roles import Role

# Completions whose holdings are worked out while somebody waits; more is done in the background.
MOST_AT_ONCE: Final = 20_000


def save_requirement(requirement: Requirement, *, by: User | None) -> Requirement:
    """Store a requirement, new or changed, and look up who fulfils it already.

    Where that is much (a national one), it is not counted until it is done. Raises
    ValidationError when it contradicts itself. An identical one is not made twice.
    """
    requirement.full_clean(exclude=["set_by"])
    with transaction.atomic():
        is_new = requirement._state.adding
        if is_new:
            existing = identical(requirement)
            if existing is not None:
                return existing
            requirement.set_by = by
        requirement.follows_module = False
        requirement.is_ready = not has_much_history(requirement)
        requirement.save()
        if requirement.is_ready:
            rebuild(requirement)
        else:
            jobs.start(Job.Kind.REQUIREMENT, by=by, parameters={"requirement": requirement.pk})
        changed(requirement)
        record(requirement, "created" if is_new else "changed", by=by)
    return requirement


def record(requirement: Requirement, change: str, *, by: User | None) -> None:
    """Say in the audit log who asked, changed or ended what. The municipality's, or everybody's."""
    place = requirement.municipality
    audit.record(
        AuditEvent.What.REQUIREMENT,
        by=by,
        municipality_code=place.code if place else "",
        details={"requirement": requirement.pk, "change": change},
    )


def has_much_history(requirement: Requirement) -> bool:
    """Whether so much was finished before that nobody should wait while it is looked up."""
    if requirement.municipality_id is not None:
        return False
    completions = Completion.objects.filter(module_key__in=subject_keys(requirement))
    return completions[: MOST_AT_ONCE + 1].count() > MOST_AT_ONCE


def identical(requirement: Requirement) -> Requirement | None:
    """The one that says just the same: a form that was sent twice asks once."""
    fields = (
        *("subject_key", "municipality", "roles", "starts_on", "ends_on", "due_on", "due_days"),
        *("validity", "valid_months", "calendar_start", "renewal_days", "renewal_by"),
        *("renewal_key", "accepts_earlier", "is_personal"),
    )
    same = {name: getattr(requirement, name) for name in fields}
    return Requirement.objects.filter(**same).first()


def require_of_people(
    municipality: Municipality,
    subject: ModulePage | LearningPath,
    person_ids: Collection[int],
    *,
    due_on: date | None,
    by: User,
) -> Requirement:
    """Ask a module or learning path of named people. Asked again, it is one requirement.

    Raises ValidationError when the day has passed.
    """
    requirement = Requirement(
        subject_key=subject.translation_key,
        subject_title=subject.title,
        is_path=isinstance(subject, LearningPath),
        municipality=municipality,
        roles=list(Role.values),
        position=subject.number,
        due_on=due_on,
        is_personal=True,
    )
    with transaction.atomic():
        requirement = save_requirement(requirement, by=by)
        RequirementPerson.objects.bulk_create(
            (RequirementPerson(requirement=requirement, person_id=pk) for pk in person_ids),
            ignore_conflicts=True,
            batch_size=500,
        )
        changed(requirement)
    return requirement


def changed(requirement: Requirement) -> None:
    """Say that a requirement asks something else from now on. Call it in the transaction."""
    Figure.objects.filter(requirement=requirement).delete()
    if requirement.municipality is None:
        note_change_everywhere([requirement.pk])
    else:
        FigureChange.note(requirement.municipality.counted_ids(today()), [requirement.pk])
    REQUIREMENTS.announce()


def end_requirement(
    requirement: Requirement, *, ends_on: date | None = None, by: User | None = None
) -> Requirement:
    """Ask it no longer after a day (yesterday, so that it is gone today). History stays.

    One that has not begun yet, or began today, is removed.
    """
    with transaction.atomic():
        last_day = ends_on or date.fromordinal(today().toordinal() - 1)
        if last_day < requirement.starts_on:
            changed(requirement)
            record(requirement, "removed", by=by)
            requirement.delete()
            return requirement
        requirement.ends_on = last_day
        requirement.save(update_fields=["ends_on"])
        changed(requirement)
        record(requirement, "ended", by=by)
    return requirement


def resume_requirement(requirement: Requirement, *, by: User | None = None) -> Requirement:
    """Take back that it was ended: it is asked as before. What was finished since counts."""
    with transaction.atomic():
        requirement.ends_on = None
        requirement.save(update_fields=["ends_on"])
        changed(requirement)
        record(requirement, "resumed", by=by)
    return requirement


def follow_module(module: ModulePage) -> Requirement:
    """Keep the requirement that a module brings with it in step with its page.

    It has no date, so nobody is late; an administrator who changes it takes it over.
    """
    with transaction.atomic():
        requirement = Requirement.objects.filter(
            subject_key=module.translation_key, municipality=None
        ).first()
        if requirement is None:
            requirement = Requirement(
                subject_key=module.translation_key,
                subject_title=module.title,
                roles=module.roles,
                position=module.number,
                starts_on=module_day(module),
                follows_module=True,
                is_ready=True,
            )
            requirement.save()
            rebuild(requirement)
        elif requirement.follows_module:
            requirement.roles = module.roles
            requirement.save(update_fields=["roles"])
        subject_changed(module)
    return requirement


def module_day(module: ModulePage) -> date:
    """The day on which a module was first published."""
    published = module.first_published_at
    return min(today(), published.date()) if published else today()


def subject_changed(page: ModulePage | LearningPath) -> None:
    """A module or path has another title or place, or came or went: requirements know it."""
    concerned = Requirement.objects.filter(subject_key=page.translation_key)
    concerned.update(subject_title=page.title, position=page.number, subject_is_live=page.live)
    ids = list(concerned.values_list("pk", flat=True))
    Figure.objects.filter(requirement__in=ids).delete()
    note_change_everywhere(ids)
    REQUIREMENTS.announce()
