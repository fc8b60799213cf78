"""An attempt from beginning to end. No answer is lost and none counts twice (DESIGN §4.5)."""

from collections.abc import Callable
from datetime import timedelta
from fractions import Fraction
from typing import Final
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from accounts.models import User
from learning.asking import Asked, NothingToAsk, questions_for, shuffled_order
from learning.enrolments import begin, finish_step
from learning.models import Answer, Attempt, AttemptItem, ModulePage, QuestionVersion, QuizPage
from learning.rules import grading
from learning.rules.grading import Response
from learning.rules.quiz_terms import Feedback, Leave, counted, leave_to_begin, time_allowed

__all__ = [
    "AttemptClosed",
    "NotYet",
    "NothingToAsk",
    "PassedBy",
    "Settled",
    "TimeIsUp",
    "close_overdue",
    "counted_now",
    "leave_for",
    "save_answer",
    "save_answer_at",
    "save_answers",
    "settle",
    "start_attempt",
    "submit_attempt",
]

# What was sent just before the end may arrive just after it.
GRACE: Final = timedelta(seconds=20)


class AttemptClosed(Exception):
    """The attempt has been handed in: its answers stand."""


class TimeIsUp(AttemptClosed):
    """The time of the attempt is over: it is handed in with what was answered."""


class Settled(Exception):
    """The explanation of this question has been shown: its answer stands."""


class PassedBy(Exception):
    """One cannot go back to this question: a later one has been seen."""


class NotYet(Exception):
    """Another attempt may not begin, now or ever. `leave` says which."""

    def __init__(self, leave: Leave) -> None:
        super().__init__("another attempt may not begin")
        self.leave = leave


def leave_for(person: User, quiz: QuizPage) -> Leave:
    """Whether somebody may begin another attempt at a quiz."""
    handed_in = Attempt.objects.filter(
        person=person, quiz_key=quiz.translation_key, submitted_at__isnull=False
    ).values_list("submitted_at", flat=True)
    return leave_to_begin(
        quiz.terms, [moment for moment in handed_in if moment is not None], timezone.now()
    )


def start_attempt(person: User, quiz: QuizPage) -> Attempt:
    """The open attempt at a quiz, begun now if there is none. Pins what will be asked.

    Raises NothingToAsk when the quiz has no published question that earns points, and NotYet
    when its terms allow no other attempt now.
    """
    running = Attempt.objects.filter(person=person, quiz_key=quiz.translation_key).open().first()
    if running is not None and not is_overdue(running):
        return running
    if running is not None:
        submit_attempt(running)
    leave = leave_for(person, quiz)
    if not leave.may_begin:
        raise NotYet(leave)
    asked = questions_for(person, quiz)
    module = quiz.module
    now = timezone.now()
    allowed = time_allowed(quiz.time_limit, person.extra_time)
    try:
        with transaction.atomic():
            begin(person, module.translation_key)
            last = (
                Attempt.objects.filter(person=person, quiz_key=quiz.translation_key)
                .order_by("-number")
                .first()
            )
            attempt = Attempt.objects.create(
                person=person,
                quiz_key=quiz.translation_key,
                module_key=module.translation_key,
                quiz_title=quiz.title,
                module_title=module.title,
                number=last.number + 1 if last else 1,
                pass_mark=quiz.pass_mark,
                terms=quiz.terms.to_json(),
                started_at=now,
                ends_at=now + allowed if allowed else None,
            )
            AttemptItem.objects.bulk_create(
                item_for(attempt, each, position, shuffled=quiz.shuffle_options)
                for position, each in enumerate(asked, start=1)
            )
    except IntegrityError:
        # Two tabs began at once: both go on with the attempt of the other.
        attempt = Attempt.objects.open().get(person=person, quiz_key=quiz.translation_key)
    return attempt


def item_for(attempt: Attempt, asked: Asked, position: int, *, shuffled: bool) -> AttemptItem:
    return AttemptItem(
        attempt=attempt,
        position=position,
        version=asked.version,
        lesson_key=asked.lesson_key,
        weight=asked.weight if asked.version.kind.is_marked else 0,
        option_order=shuffled_order(asked.version, shuffled=shuffled),
    )


def is_overdue(attempt: Attempt) -> bool:
    """Whether its time is up, with the grace for what is still on its way."""
    return (
        attempt.is_open and attempt.ends_at is not None and timezone.now() > attempt.ends_at + GRACE
    )


def save_answer(
    attempt: Attempt, item: AttemptItem, response: Response, *, certainty: int | None = None
) -> Answer:
    """Store what is answered now; the last answer counts.

    Raises AttemptClosed (TimeIsUp when its time is over), Settled, and
    `grading.InvalidResponse` when the question does not have such an answer.
    """
    [answer] = save_answers(attempt, [(item, response, certainty)])
    return answer


def save_answers(
    attempt: Attempt, given: list[tuple[AttemptItem, Response, int | None]]
) -> list[Answer]:
    """The same for several questions at once: all of them or none."""
    with transaction.atomic():
        # Held against handing in at the same moment: an answer is either marked or refused.
        locked = Attempt.objects.select_for_update().get(pk=attempt.pk)
        return store(locked, given)


def save_answer_at(
    person: User,
    attempt_id: int,
    position: int,
    read: Callable[[QuestionVersion], Response],
    *,
    certainty: int | None = None,
) -> AttemptItem:
    """The same for one question by its place, in as few queries as can be: it is done most.

    `read` gives the response once it is known which question it is. What comes back has
    `last_position`, that of the attempt's last question. Raises AttemptItem.DoesNotExist when
    this person has no such question, and PassedBy when they cannot go back to it.
    """
    last = AttemptItem.objects.filter(attempt=OuterRef("attempt")).order_by("-position")
    with transaction.atomic():
        item: AttemptItem = (
            AttemptItem.objects.filter(attempt__person=person)
            .select_related("attempt", "version")
            .annotate(last_position=Subquery(last.values("position")[:1]))
            .select_for_update(of=("attempt",))
            .get(attempt=attempt_id, position=position)
        )
        later = item.attempt.items.filter(position__gt=position, shown_at__isnull=False)
        if item.attempt.rules.forward_only and later.exists():
            raise PassedBy
        [item.answer] = store(item.attempt, [(item, read(item.version), certainty)])
    return item


def store(locked: Attempt, given: list[tuple[AttemptItem, Response, int | None]]) -> list[Answer]:
    """Write answers of an attempt that is held, each in place of what was answered before."""
    if not locked.is_open:
        raise AttemptClosed
    if is_overdue(locked):
        raise TimeIsUp
    if any(item.settled_at for item, _response, _certainty in given):
        raise Settled
    now = timezone.now()
    answers = [
        Answer(
            item=item,
            response=in_shown_order(
                item, grading.check_response(item.version.marking_key, response)
            ),
            certainty=certainty,
            answered_at=now,
        )
        for item, response, certainty in given
    ]
    return Answer.objects.bulk_create(
        answers,
        update_conflicts=True,
        unique_fields=["item"],
        update_fields=["response", "certainty", "answered_at"],
    )


def in_shown_order(item: AttemptItem, response: Response) -> Response:
    """Chosen options in the order in which this learner saw them."""
    if item.version.kind.has_options and isinstance(response, list):
        return [key for key in item.option_order if key in response]
    return response


def settle(item: AttemptItem) -> None:
    """Let an answer stand, because its explanation is shown from now on. Safe to repeat."""
    if item.attempt.rules.feedback is not Feedback.AT_ONCE:
        raise ValueError("Only a quiz with feedback at once settles its questions.")
    with transaction.atomic():
        Attempt.objects.select_for_update().get(pk=item.attempt_id)
        AttemptItem.objects.filter(pk=item.pk, settled_at=None).update(settled_at=timezone.now())


def submit_attempt(attempt: Attempt) -> Attempt:
    """Hand in and mark. Handing in again changes nothing and gives the same result.

    A pass is the quiz's step done, and may complete the module.
    """
    with transaction.atomic():
        locked = Attempt.objects.select_for_update().get(pk=attempt.pk)
        if not locked.is_open:
            return locked
        earned, weights = mark_answers(locked)
        marked = grading.mark(earned, pass_mark=locked.pass_mark, weights=weights)
        locked.submitted_at = timezone.now()
        locked.percentage = marked.percentage
        locked.passed = marked.passed
        locked.save(update_fields=["submitted_at", "percentage", "passed"])
        reward(locked)
    return locked


def mark_answers(attempt: Attempt) -> tuple[list[Fraction], list[int]]:
    """The points and the weight of every question; what was not answered earns nothing."""
    earned, weights, answers = [], [], []
    for item in attempt.items.select_related("version", "marked_by", "answer"):
        answer: Answer | None = getattr(item, "answer", None)
        points = points_of(item)
        if answer is not None:
            answer.millipoints = int(points * 1000)
            answers.append(answer)
        earned.append(points)
        weights.append(item.weight)
    Answer.objects.bulk_update(answers, ["millipoints"])
    return earned, weights


def points_of(item: AttemptItem) -> Fraction:
    version = item.key_version
    return grading.points(version.marking_key, item.response, all_or_nothing=version.all_or_nothing)


def reward(attempt: Attempt) -> None:
    """What the attempts come to may be a pass: the step is done, in whatever language.

    That holds even if the pages are offline by now, and a pass is never taken away.
    """
    reached = counted_now(attempt)
    if reached is None or reached < attempt.pass_mark:
        return
    module = (
        ModulePage.objects.filter(translation_key=attempt.module_key)
        .order_by("-live", "locale__pk")
        .first()
    )
    if module is None:
        return
    for lesson_key in covered_by(attempt.quiz_key):
        finish_step(attempt.person, module, lesson_key)
    finish_step(attempt.person, module, attempt.quiz_key)


def counted_now(attempt: Attempt) -> int | None:
    """What this person's attempts at the quiz come to, in percent, by the terms of this one."""
    percentages = (
        Attempt.objects.filter(
            person=attempt.person, quiz_key=attempt.quiz_key, submitted_at__isnull=False
        )
        .order_by("number")
        .values_list("percentage", flat=True)
    )
    return counted(attempt.rules.counts, [each for each in percentages if each is not None])


def covered_by(quiz_key: UUID) -> list[UUID]:
    """The lessons that who passes a quiz may skip, by their keys in any language."""
    quizzes = QuizPage.objects.filter(translation_key=quiz_key, covers__isnull=False)
    return list(quizzes.values_list("covers__translation_key", flat=True).distinct())


def close_overdue() -> int:
    """Hand in the attempts of which the time is over, with what was answered; how many."""
    overdue = Attempt.objects.open().filter(ends_at__lt=timezone.now() - GRACE)
    number = 0
    for attempt in overdue.iterator():
        submit_attempt(attempt)
        number += 1
    return number
