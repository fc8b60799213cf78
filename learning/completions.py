"""Finishing a module or a learning path, and ending what was finished."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.models import Locale

from accounts.models import User
from learning.holdings import progress_changed, requirements_about
from learning.models import (
    Attempt,
    Completion,
    Enrolment,
    Holding,
    LearningPath,
    Membership,
    ModulePage,
)
from learning.models.people import today
from learning.paths import parts_by_path, path_keys_with
from learning.rules.progress import progress
from learning.steps import Step, done_keys, required, steps_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What is finished, as the proof will say it."""

    key: UUID
    title: str
    roles: Collection[str]
    version: int = 1
    is_path: bool = False
    minutes: int | None = None


def subject_of(page: ModulePage | LearningPath) -> Subject:
    """A module's or a learning path's page as what is finished."""
    return Subject(
        key=page.translation_key,
        title=page.title,
        roles=page.roles,
        version=getattr(page, "version", 1),
        is_path=isinstance(page, LearningPath),
        minutes=getattr(page, "minutes", None),
    )


def complete_if_done(person: User, module: ModulePage) -> Completion | None:
    """The completion of a module, made now if all its steps are done; None while they are not.

    Safe to repeat: there is one current completion per person and module. A round that began
    after it makes a new one when it is done, and archives the old.
    """
    existing = (
        Completion.objects.filter(person=person, module_key=module.translation_key)
        .current()
        .first()
    )
    enrolment = (
        Enrolment.objects.filter(person=person, module_key=module.translation_key).current().first()
    )
    if existing is not None and (
        enrolment is None or enrolment.started_at <= existing.completed_at
    ):
        return existing
    module = source_of(module)
    kind = how_done(module, enrolment)
    if kind is None:
        return existing
    subject = subject_of(module)
    if enrolment is not None and enrolment.only_test:
        # Renewed by its test: the lessons were not followed again.
        subject = replace(subject, minutes=None)
    return write_completion(person, subject, kind=kind)


def how_done(module: ModulePage, enrolment: Enrolment | None) -> Completion.Kind | None:
    """How a module is finished by now; None while it is not.

    Who may test out, or renews by the test alone, is done when the tests are.
    """
    steps = required(steps_of(module, only_live=module.live))
    done = done_keys(enrolment)

    def are_done(some: list[Step]) -> bool:
        return progress([step.key for step in some], done).is_complete

    if are_done(steps):
        return Completion.Kind.FINISHED
    tests_done = are_done([step for step in steps if step.is_quiz])
    if tests_done and enrolment is not None and enrolment.only_test:
        return Completion.Kind.FINISHED
    return Completion.Kind.TESTED_OUT if tests_done and module.allows_test_out else None


def source_of(module: ModulePage) -> ModulePage:
    """The module in the site's first language, which says what the whole is (DESIGN §4.1).

    A translation may lag behind: its steps are not all there is to do.
    """
    if module.locale_id == Locale.get_default().pk:
        return module
    return (
        ModulePage.objects.source().filter(translation_key=module.translation_key).first() or module
    )


def service_on(person: User, roles: Collection[str], day: date) -> Membership | None:
    """The membership in which somebody finished something: the first for whose role it is."""
    serving = Membership.objects.filter(person=person).on(day).select_related("municipality")
    ordered = list(serving.order_by("starts_on", "pk"))
    return next((m for m in ordered if m.role in roles), ordered[0] if ordered else None)


def write_completion(
    person: User,
    subject: Subject,
    *,
    kind: Completion.Kind = Completion.Kind.FINISHED,
    completed_on: date | None = None,
    evidence: str = "",
    recorded_by: User | None = None,
    membership: Membership | None = None,
) -> Completion:
    """Store the proof with all that it must be able to say without the module.

    What was finished before is archived, never erased. Safe to repeat at the same moment.
    `membership` is that by which a monitor records it; otherwise the one of that day counts.
    """
    day = completed_on or today()
    membership = (
        membership
        or service_on(person, subject.roles, day)
        or service_on(person, subject.roles, today())
    )
    best = (
        Attempt.objects.filter(person=person, module_key=subject.key, passed=True)
        .order_by("-percentage")
        .first()
    )
    try:
        with transaction.atomic():
            earlier = Completion.objects.filter(person=person, module_key=subject.key).current()
            newest = earlier.order_by("-completed_on").first()
            if newest is not None and newest.completed_on > day:
                # Older than what stands: it is kept as history.
                archived_at = timezone.now()
            else:
                archived_at = None
                earlier.update(archived_at=timezone.now())
            completion = Completion.objects.create(
                person=person,
                module_key=subject.key,
                module_title=subject.title,
                module_version=subject.version,
                is_path=subject.is_path,
                kind=kind,
                completed_on=day,
                completed_at=timezone.now(),
                score=best.percentage if best and not recorded_by else None,
                minutes=subject.minutes if kind is Completion.Kind.FINISHED else None,
                municipality=membership.municipality if membership else None,
                municipality_name=membership.municipality.display_name if membership else "",
                role=membership.role if membership else "",
                evidence=evidence,
                recorded_by=recorded_by,
                archived_at=archived_at,
            )
            progress_changed(person, subject.key)
            note_validity(completion, membership)
            finish_paths(person, subject)
    except IntegrityError:
        # Handed in twice at the same moment: the other one wrote it.
        completion = Completion.objects.current().get(person=person, module_key=subject.key)
    return completion


def note_validity(completion: Completion, membership: Membership | None) -> None:
    """Write on the proof through when it is valid, as the requirements that it serves now say.

    Where they differ, the longest; none where one of them is for good, or none asks for it.
    """
    if membership is None:
        return
    asking = [
        each.pk
        for each in requirements_about(completion.module_key)
        if membership.role in each.roles
        and each.municipality_id in (None, membership.municipality_id)
        and each.rule.days.holds_on(completion.completed_on)
    ]
    ends = list(
        Holding.objects.filter(
            person=completion.person_id,
            requirement__in=asking,
            starts_on__lte=completion.completed_on,
        )
        .filter(requirement__subject_key=completion.module_key)
        .values_list("ends_on", flat=True)
    )
    if ends and None not in ends:
        completion.valid_until = max(end for end in ends if end is not None)
        if completion.valid_until >= completion.completed_on:
            completion.save(update_fields=["valid_until"])


def finish_paths(person: User, subject: Subject) -> None:
    """Finish the learning paths of which this module was the last to do.

    A path is finished anew when each of its modules has been since.
    """
    for key in path_keys_with(subject.key):
        finished, took = {}, 0
        for completion in Completion.objects.filter(
            person=person, module_key__in=[key, *parts_by_path()[key]]
        ).current():
            finished[completion.module_key] = completion.completed_at
            took += 0 if completion.is_path else completion.minutes or 0
        path_finished = finished.pop(key, None)
        if not set(parts_by_path()[key]) <= set(finished):
            continue
        if path_finished is not None and min(finished.values()) <= path_finished:
            continue
        page = LearningPath.objects.source().filter(translation_key=key).first()
        if page is not None:
            write_completion(person, replace(subject_of(page), minutes=took or None))


def end_completion(
    completion: Completion, *, because: str, by: User | None, ended_on: date | None = None
) -> Completion:
    """Let a completion count no longer from a day (today) on: it was withdrawn.

    Earlier days stay as they were. Who wants it back does the module again.
    Raises ValueError without a reason.
    """
    if not because.strip():
        raise ValueError("A completion is ended for a reason.")
    with transaction.atomic():
        completion = Completion.objects.select_for_update().get(pk=completion.pk)
        if completion.ended_on is not None:
            return completion
        completion.ended_on = ended_on or today()
        completion.ended_because = because.strip()
        completion.ended_by = by
        completion.archived_at = completion.archived_at or timezone.now()
        completion.save(update_fields=["ended_on", "ended_because", "ended_by", "archived_at"])
        if completion.kind != Completion.Kind.RECOGNISED:
            # What was recognised came from elsewhere: what somebody is doing here stays.
            close_round(completion.person, completion.module_key)
        let_earlier_stand(completion)
        progress_changed(completion.person, completion.module_key)
    return completion


def let_earlier_stand(completion: Completion) -> None:
    """What the ended one had replaced, and nobody ended, is what stands again."""
    same = Completion.objects.filter(person=completion.person, module_key=completion.module_key)
    earlier = same.filter(ended_on__isnull=True).order_by("-completed_on", "-pk").first()
    if earlier is not None and not same.current().exists():
        earlier.archived_at = None
        earlier.save(update_fields=["archived_at"])


def close_round(person: User, module_key: UUID) -> None:
    """What was done up to now belongs to what was finished: the next begins anew."""
    Enrolment.objects.filter(person=person, module_key=module_key).current().update(
        closed_at=timezone.now()
    )
