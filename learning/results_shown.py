"""What came of an attempt, as its owner sees it."""

from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from learning.attempts import counted_now, leave_for
from learning.models import (
    Answer,
    Attempt,
    AttemptItem,
    Completion,
    LessonPage,
    ModulePage,
    QuizPage,
)
from learning.questions_shown import ShownQuestion, shown
from learning.rules.quiz_terms import Leave


def certainty_words(item: AttemptItem) -> str:
    """What somebody said of their certainty, beside what came of it; empty without."""
    return (
        {
            Answer.Certainty.GUESSED: _("You said: I guess."),
            Answer.Certainty.DOUBT: _("You said: I am in doubt."),
            Answer.Certainty.CERTAIN: _("You said: I am certain."),
        }.get(Answer.Certainty(item.certainty), "")
        if item.certainty
        else ""
    )


def result_context(attempt: Attempt, items: list[AttemptItem]) -> dict[str, Any]:
    """What the result page says: the mark, each answer, what to read again, what is next."""
    language = translation.get_language()
    questions = [shown(item, language) for item in items]
    lessons = lessons_by_key(questions, language)
    quiz = (
        QuizPage.objects.live()
        .filter(translation_key=attempt.quiz_key, locale__language_code=language)
        .first()
    )
    return {
        "attempt": attempt,
        "rules": attempt.rules,
        "questions": [
            (question, lessons.get(question.lesson_key), certainty_words(item))
            for question, item in zip(questions, items, strict=True)
        ],
        "shows_feedback": attempt.rules.shows_feedback(passed=bool(attempt.passed)),
        "right": sum(question.is_right and question.is_marked for question in questions),
        "marked": sum(question.is_marked for question in questions),
        "counted": counted_now(attempt),
        "leave": leave_for(attempt.person, quiz) if quiz else Leave(may_begin=False),
        "to_read": to_read(questions, lessons),
        "module": ModulePage.objects.live()
        .filter(translation_key=attempt.module_key, locale__language_code=language)
        .first(),
        "quiz": quiz,
        "completion": Completion.objects.visible_to(attempt.person)
        .filter(module_key=attempt.module_key, archived_at=None)
        .first(),
    }


def lessons_by_key(questions: list[ShownQuestion], language: str | None) -> dict[Any, LessonPage]:
    wanted = [question.lesson_key for question in questions if question.lesson_key]
    pages = LessonPage.objects.live().filter(
        translation_key__in=wanted, locale__language_code=language
    )
    return {page.translation_key: page for page in pages}


def to_read(questions: list[ShownQuestion], lessons: dict[Any, LessonPage]) -> list[LessonPage]:
    """The lessons of what was not wholly right, each once."""
    found = {
        page.pk: page
        for question in questions
        if question.is_marked
        and not question.is_right
        and (page := lessons.get(question.lesson_key))
    }
    return list(found.values())
