"""Marking anew: when the key of a question turned out to be wrong (DESIGN §4.2).

What was asked stays as it was; what is right comes from the newest version from then on. A pass
that was given stays a pass. Every such act is kept as a `Remarking`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Prefetch, Q

from accounts import audit
from accounts.models import AuditEvent, User
from learning.attempts import mark_answers, points_of, reward
from learning.models import Attempt, AttemptItem, QuestionVersion, Remarking
from learning.rules import grading

CHUNK: Final = 200


@dataclass(slots=True)
class Effect:
    """Whom marking anew touches."""

    answers: int = 0
    higher: int = 0
    lower: int = 0
    attempts: int = 0
    passes: int = 0
    kept: int = 0
    # Answers to versions with other options: the new key says nothing about those.
    not_comparable: int = 0
    people: set[int] = field(default_factory=set)


def judge_of(question_key: UUID) -> QuestionVersion | None:
    """The newest version: its key is the one that holds."""
    return QuestionVersion.objects.latest_of([question_key]).get(question_key)


def can_judge(judge: QuestionVersion, asked: QuestionVersion) -> bool:
    """Whether a key says something about every answer that this version could be given."""
    same_kind = judge.kind is asked.kind
    return same_kind and [set(group) for group in judge.shuffled_together] == [
        set(group) for group in asked.shuffled_together
    ]


def judged_otherwise(judge: QuestionVersion) -> list[QuestionVersion]:
    """The versions by which answers were marked that have another key than this one."""
    others = QuestionVersion.objects.filter(question_key=judge.question_key).exclude(pk=judge.pk)
    return [
        version
        for version in others
        if version.marking_key != judge.marking_key
        or version.all_or_nothing != judge.all_or_nothing
    ]


def attempts_to_mark(judge: QuestionVersion) -> Iterator[Attempt]:
    """The attempts, handed in, in which the question is marked by another key than this one."""
    versions = judged_otherwise(judge)
    if not versions:
        return
    items = AttemptItem.objects.filter(weight__gt=0).filter(
        Q(marked_by__in=versions) | Q(marked_by=None, version__in=versions)
    )
    every_item = AttemptItem.objects.select_related("version", "marked_by", "answer")
    keys = list(
        Attempt.objects.filter(submitted_at__isnull=False, pk__in=items.values("attempt"))
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    for start in range(0, len(keys), CHUNK):
        yield from Attempt.objects.filter(pk__in=keys[start : start + CHUNK]).prefetch_related(
            Prefetch("items", every_item)
        )


def effect_of(question_key: UUID) -> Effect:
    """Whom marking by the newest key would touch. Nothing is changed."""
    return carry_out(question_key, None)


def remark(question_key: UUID, *, by: User, reason: str) -> Remarking:
    """Mark every answer to a question by its newest key. Repeating it changes nothing more.

    Raises ValueError without a reason, or when the question was never published.
    """
    if not reason.strip():
        raise ValueError("Answers are marked anew for a reason.")
    judge = judge_of(question_key)
    if judge is None:
        raise ValueError("A question that was never published has no answers.")
    with transaction.atomic():
        # Two editors at once: the second finds nothing left to do.
        QuestionVersion.objects.select_for_update().get(pk=judge.pk)
        effect = carry_out(question_key, judge)
        done = Remarking.objects.create(
            question_key=question_key,
            version=judge,
            reason=reason.strip(),
            by=by,
            answers=effect.answers,
            attempts=effect.attempts,
            passes=effect.passes,
            kept=effect.kept,
        )
        audit.record(
            AuditEvent.What.REMARKED,
            by=by,
            details={"question": str(question_key), "remarking": done.pk},
        )
    return done


def carry_out(question_key: UUID, writing_for: QuestionVersion | None) -> Effect:
    """Count whom it touches; with a version to write for also do it."""
    effect = Effect()
    judge = judge_of(question_key)
    if judge is None:
        return effect
    for attempt in attempts_to_mark(judge):
        items = list(attempt.items.all())
        item = next(each for each in items if each.version.question_key == question_key)
        if not can_judge(judge, item.version):
            effect.not_comparable += 1
            continue
        before = points_of(item)
        item.marked_by = judge
        change = points_of(item) - before
        marked = grading.mark(
            [points_of(each) for each in items],
            pass_mark=attempt.pass_mark,
            weights=[each.weight for each in items],
        )
        count(effect, attempt, marked, change)
        if writing_for is not None:
            write(attempt, item, marked)
    return effect


def count(effect: Effect, attempt: Attempt, marked: grading.Marked, change: Fraction) -> None:
    if not change:
        return
    effect.answers += 1
    effect.higher += change > 0
    effect.lower += change < 0
    effect.people.add(attempt.person_id)
    effect.attempts += marked.percentage != attempt.percentage
    effect.passes += marked.passed and not attempt.passed
    effect.kept += bool(attempt.passed) and not marked.passed


def write(attempt: Attempt, item: AttemptItem, marked: grading.Marked) -> None:
    """A pass that was given stays, whatever the score is now."""
    item.save(update_fields=["marked_by"])
    locked = Attempt.objects.select_for_update().get(pk=attempt.pk)
    mark_answers(locked)
    locked.percentage = marked.percentage
    locked.passed = bool(locked.passed) or marked.passed
    locked.save(update_fields=["percentage", "passed"])
    reward(locked)
