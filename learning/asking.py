"""What an attempt asks: the quiz's own questions, and those drawn from the bank."""

import random
from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from accounts.models import User
from learning.models import AttemptItem, Question, QuestionVersion, QuizDraw, QuizPage
from learning.rules.grading import Kind
from learning.rules.quiz_terms import asked_again, draw
from learning.versions import versions_for

_random = random.SystemRandom()


class NothingToAsk(Exception):
    """The quiz has no published question that earns points, so there is nothing to take."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that an attempt will ask."""

    version: QuestionVersion
    lesson_key: UUID | None
    weight: int


def questions_for(person: User, quiz: QuizPage) -> list[Asked]:
    """What a new attempt of somebody asks, in order. Raises NothingToAsk."""
    uses = list(quiz.quiz_questions.select_related("question", "lesson").order_by("sort_order"))
    weights = {use.question.translation_key: use.weight for use in uses}
    lessons = {
        use.question.translation_key: use.lesson.translation_key for use in uses if use.lesson
    }
    if quiz.asks_again:
        keys = asked_again(list(weights), times_right(person, quiz))
    else:
        keys = list(weights)
    for each in quiz.draws.order_by("sort_order"):
        drawn = draw(pool(each, quiz), each.number, taken=set(weights), seed=_random)
        weights.update(dict.fromkeys(drawn, each.weight))
        keys.extend(drawn)
    versions = versions_for(keys)
    if quiz.shuffle_questions:
        _random.shuffle(versions)
    if not any(version.kind.is_marked for version in versions):
        raise NothingToAsk
    return [
        Asked(version, lessons.get(version.question_key), weights[version.question_key])
        for version in versions
    ]


def times_right(person: User, quiz: QuizPage) -> Counter[UUID]:
    """How often somebody had each question wholly right in attempts that were handed in."""
    rights = AttemptItem.objects.filter(
        attempt__person=person,
        attempt__quiz_key=quiz.translation_key,
        attempt__submitted_at__isnull=False,
        answer__millipoints=1000,
    )
    return Counter(rights.values_list("version__question_key", flat=True))


def pool(each: QuizDraw, quiz: QuizPage) -> list[UUID]:
    """The questions among which a draw draws, in a fixed order."""
    found = (
        Question.objects.current()
        .filter(live=True, locale=quiz.locale, topics__in=each.topics.all())
        .exclude(kind=Kind.REFLECTION)
    )
    if each.difficulty is not None:
        found = found.filter(difficulty=each.difficulty)
    keys = found.order_by("translation_key").values_list("translation_key", flat=True)
    return list(keys.distinct())


def question_count(quiz: QuizPage) -> int:
    """How many questions an attempt asks, at most, when nothing is left out."""
    own = quiz.quiz_questions.filter(question__live=True).count()
    return own + sum(min(each.number, len(pool(each, quiz))) for each in quiz.draws.all())


def shuffled_order(version: QuestionVersion, *, shuffled: bool) -> list[str]:
    """The order in which this learner sees what can be chosen.

    True always comes before false, and the sentences of a text are its text. What would give
    the answer away, such as the items of an ordering, is mixed whatever the quiz says.
    """
    kind = version.kind
    keys: list[str] = []
    for group in version.shuffled_together:
        mixed = list(group)
        if kind in (Kind.ORDERING, Kind.MATCHING, Kind.CHOOSE_IN_TEXT) or (
            shuffled and kind not in (Kind.TRUE_FALSE, Kind.MARK_SENTENCES)
        ):
            _random.shuffle(mixed)
            if kind is Kind.ORDERING and mixed == group:
                mixed.reverse()
        keys.extend(mixed)
    return keys
