"""Answers of the demo's invented people, so that the figures of questions say something."""

import random
from datetime import timedelta
from typing import Any, Final

from learning.asking import shuffled_order
from learning.models import Answer, Attempt, AttemptItem, QuestionVersion, QuizPage
from learning.rules.grading import Kind, Response, points
from learning.versions import versions_for

# As many as it takes for figures to settle, and no more.
MOST_PER_QUIZ: Final = 90
# In each quiz one question works the wrong way round: whoever knows most, has it wrong.
ODD_ONE: Final = 2


def load_answers(dice: random.Random) -> None:
    """What the first attempts were asked and answered. Attempts that have that already are left."""
    items: list[AttemptItem] = []
    given: list[tuple[AttemptItem, Response, int]] = []
    failed: list[Attempt] = []
    for quiz in QuizPage.objects.live().order_by("pk"):
        uses = quiz.quiz_questions.order_by("sort_order").select_related("question")
        versions = versions_for([use.question.translation_key for use in uses])
        marked = [version for version in versions if version.kind.is_marked]
        for attempt in first_attempts(quiz)[:MOST_PER_QUIZ]:
            score = attempt.percentage or 0
            if not attempt.passed:
                # Who did not pass lies further apart than the demo's one score for all of them.
                score = attempt.percentage = dice.randrange(20, 66)
                failed.append(attempt)
            right = right_ones(score, len(marked), dice)
            for position, version in enumerate(marked, start=1):
                item = item_of(attempt, version, position)
                items.append(item)
                seconds = round(min(600, max(6, dice.gauss(38, 16))))
                is_right = position - 1 in right
                response = version.marking_key.best if is_right else wrong_answer(version, dice)
                given.append((item, response, seconds if is_right else seconds + 9))
    Attempt.objects.bulk_update(failed, ["percentage"], batch_size=500)
    AttemptItem.objects.bulk_create(items, batch_size=500)
    Answer.objects.bulk_create(
        (answer_of(item, response, seconds) for item, response, seconds in given), batch_size=500
    )


def first_attempts(quiz: QuizPage) -> Any:
    """Of the invented people, never of a demo account."""
    return Attempt.objects.filter(
        quiz_key=quiz.translation_key,
        number=1,
        submitted_at__isnull=False,
        items=None,
        person__email__regex=r"^(persoon|elders)\d+@voorbeeld\.example$",
    ).order_by("pk")


def right_ones(percentage: int, number: int, dice: random.Random) -> set[int]:
    """Which questions somebody with this score has right: mostly the easy ones."""
    able = (percentage - 65) / 25
    ease = [1.2 - 2.4 * place / max(1, number) + dice.gauss(0, 0.8) for place in range(number)]
    if number > ODD_ONE:
        ease[ODD_ONE] = -2.5 * able + dice.gauss(0, 0.4)
    wanted = round(number * percentage / 100)
    return set(sorted(range(number), key=lambda place: -ease[place])[:wanted])


def item_of(attempt: Attempt, version: QuestionVersion, position: int) -> AttemptItem:
    return AttemptItem(
        attempt=attempt,
        position=position,
        version=version,
        option_order=shuffled_order(version, shuffled=False),
        shown_at=attempt.started_at + timedelta(minutes=position - 1),
    )


def answer_of(item: AttemptItem, response: Response, seconds: int) -> Answer:
    version = item.version
    earned = points(version.marking_key, response, all_or_nothing=version.all_or_nothing)
    return Answer(
        item=item,
        response=response,
        answered_at=(item.shown_at or item.attempt.started_at) + timedelta(seconds=seconds),
        millipoints=int(earned * 1000),
    )


def wrong_answer(version: QuestionVersion, dice: random.Random) -> Response:
    """One wrong option, the first wrong one more often than others; nothing for other kinds."""
    wrong = [
        option["key"] for option in version.body.get("options", []) if not option.get("correct")
    ]
    if version.kind in (Kind.SINGLE_CHOICE, Kind.MULTIPLE_RESPONSE, Kind.TRUE_FALSE) and wrong:
        return [wrong[0] if dice.random() < 0.6 else wrong[dice.randrange(len(wrong))]]
    return []
