"""An attempt from beginning to end. No answer is lost and none counts twice (DESIGN §4.5)."""

import secrets
from collections.abc import Sequence
from fractions import Fraction

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from learning.enrolments import begin, finish_step
from learning.models import Answer, Attempt, AttemptItem, ModulePage, QuestionVersion, QuizPage
from learning.rules import grading
from learning.versions import versions_for

_shuffle = secrets.SystemRandom().shuffle


class AttemptClosed(Exception):
    """The attempt has been handed in: its answers stand."""


class NothingToAsk(Exception):
    """The quiz has no published question, so there is nothing to take."""


def start_attempt(person: User, quiz: QuizPage) -> Attempt:
    """The open attempt at a quiz, begun now if there is none. Pins what will be asked.

    Raises NothingToAsk when the quiz has no published questions.
    """
    running = Attempt.objects.filter(person=person, quiz_key=quiz.translation_key).open().first()
    if running is not None:
        return running
    uses = list(quiz.quiz_questions.select_related("question", "lesson").order_by("sort_order"))
    versions = versions_for([use.question.translation_key for use in uses])
    if not versions:
        raise NothingToAsk
    lessons = {
        use.question.translation_key: use.lesson.translation_key for use in uses if use.lesson
    }
    module = quiz.module
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
            )
            AttemptItem.objects.bulk_create(
                AttemptItem(
                    attempt=attempt,
                    position=position,
                    version=version,
                    lesson_key=lessons.get(version.question_key),
                    option_order=option_order(version, shuffled=quiz.shuffle_options),
                )
                for position, version in enumerate(versions, start=1)
            )
    except IntegrityError:
        # Two tabs began at once: both go on with the attempt of the other.
        attempt = Attempt.objects.open().get(person=person, quiz_key=quiz.translation_key)
    return attempt


def option_order(version: QuestionVersion, *, shuffled: bool) -> list[str]:
    """The order in which this learner sees the options; true always comes before false."""
    keys = version.option_keys
    if shuffled and version.kind is not grading.Kind.TRUE_FALSE:
        _shuffle(keys)
    return keys


def save_answer(attempt: Attempt, item: AttemptItem, chosen: Sequence[str]) -> Answer:
    """Store what is chosen now; the last choice counts.

    Raises AttemptClosed when it has been handed in, and `grading.InvalidResponse` when the
    question does not have such an answer.
    """
    response = grading.check_response(item.version.marking_key, chosen)
    ordered = [key for key in item.option_order if key in response]
    with transaction.atomic():
        # Held against handing in at the same moment: an answer is either marked or refused.
        locked = Attempt.objects.select_for_update().get(pk=attempt.pk)
        if not locked.is_open:
            raise AttemptClosed
        answer, _created = Answer.objects.update_or_create(
            item=item, defaults={"response": ordered, "answered_at": timezone.now()}
        )
    return answer


def submit_attempt(attempt: Attempt) -> Attempt:
    """Hand in and mark. Handing in again changes nothing and gives the same result.

    A pass is the quiz's step done, and may complete the module.
    """
    with transaction.atomic():
        locked = Attempt.objects.select_for_update().get(pk=attempt.pk)
        if not locked.is_open:
            return locked
        earned = mark_answers(locked)
        marked = grading.mark(earned, pass_mark=locked.pass_mark)
        locked.submitted_at = timezone.now()
        locked.percentage = marked.percentage
        locked.passed = marked.passed
        locked.save(update_fields=["submitted_at", "percentage", "passed"])
        if marked.passed:
            reward_pass(locked)
    return locked


def mark_answers(attempt: Attempt) -> list[Fraction]:
    """The points of every question; what was not answered earns nothing."""
    earned = []
    for item in attempt.items.select_related("version", "answer"):
        answer = getattr(item, "answer", None)
        if answer is None:
            earned.append(Fraction(0))
            continue
        points = grading.points(item.version.marking_key, answer.response)
        answer.millipoints = int(points * 1000)
        answer.save(update_fields=["millipoints"])
        earned.append(points)
    return earned


def reward_pass(attempt: Attempt) -> None:
    """The step is done, in whatever language, and even if the pages are offline by now."""
    module = (
        ModulePage.objects.filter(translation_key=attempt.module_key)
        .order_by("-live", "locale__pk")
        .first()
    )
    if module is not None:
        finish_step(attempt.person, module, attempt.quiz_key)
