"""The figures of questions in the words that an editor reads."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from wagtail.models import Locale

from learning.models import Question, QuestionStatistic, QuestionVersion, QuizPage
from learning.models.questions import in_one_line


@dataclass(frozen=True, slots=True)
class ShownChoice:
    """An option, and how many chose it; None where that is not shown."""

    text: str
    is_right: bool
    count: int | None
    percent: int
    flagged: bool


@dataclass(frozen=True, slots=True)
class ShownStatistic:
    """One question's figures with its words."""

    figures: QuestionStatistic
    stem: str
    # The question as it stands in the bank; None when it was deleted.
    question: Question | None
    quiz_title: str
    choices: list[ShownChoice]

    @property
    def discrimination_place(self) -> int:
        """Where it stands on a line from -1 to 1 that is a hundred long."""
        return round(50 + 50 * (self.figures.discrimination or 0))

    @property
    def time(self) -> str:
        seconds = self.figures.median_seconds
        if seconds is None:
            return ""
        if seconds < 60:
            return _("%(seconds)d s") % {"seconds": seconds}
        return _("%(minutes)d min %(seconds)d s") % {
            "minutes": seconds // 60,
            "seconds": seconds % 60,
        }

    @property
    def flags(self) -> list[str]:
        found = []
        if self.figures.is_negative:
            found.append(_("Who scores well on the rest, often has this one wrong."))
        if self.figures.never_chosen:
            found.append(_("There is an answer that nobody chose."))
        if self.figures.is_hard:
            found.append(_("Hard: less than half of the points is earned."))
        return found


def with_words(found: Iterable[QuestionStatistic]) -> list[ShownStatistic]:
    """Figures with their words, in as many questions to the database for one as for many."""
    figures = list(found)
    keys = list({each.question_key for each in figures})
    versions = QuestionVersion.objects.latest_of(keys)
    questions = one_per_key(Question.objects.filter(translation_key__in=keys))
    quizzes = one_per_key(
        QuizPage.objects.filter(translation_key__in={each.quiz_key for each in figures})
    )
    shown = []
    for each in figures:
        version = versions[each.question_key]
        quiz = quizzes.get(each.quiz_key) if each.quiz_key else None
        words = version.body["texts"][version.body["source"]]
        shown.append(
            ShownStatistic(
                each,
                stem=Truncator(in_one_line(words["stem"])).chars(120),
                question=questions.get(each.question_key),
                quiz_title=quiz.title if quiz else _("a quiz that is no longer there"),
                choices=choices_of(each, version, words),
            )
        )
    return shown


def one_per_key(found: Any) -> dict[UUID, Any]:
    """Each in the site's first language where it has that, or else in another."""
    first = Locale.get_default().pk
    ordered = sorted(found, key=lambda each: each.locale_id == first)
    return {each.translation_key: each for each in ordered}


def choices_of(
    figures: QuestionStatistic, version: QuestionVersion, words: dict[str, Any]
) -> list[ShownChoice]:
    right, texts = right_of(version.body), texts_of(words)
    return [
        ShownChoice(
            text=texts.get(key, ""),
            is_right=key in right,
            count=count,
            percent=round(100 * (count or 0) / figures.asked),
            flagged=count == 0 and figures.never_chosen,
        )
        for key, count in in_order(figures.options, version.body)
    ]


def in_order(counts: dict[str, int | None], body: dict[str, Any]) -> list[tuple[str, int | None]]:
    """As the options were written: stored keys may come back in another order."""
    keys = [option["key"] for option in body.get("options", [])]
    keys += [choice for gap in body.get("gaps", []) for choice in gap["choices"]]
    return [(key, counts[key]) for key in keys if key in counts]


def right_of(body: dict[str, Any]) -> set[str]:
    return {option["key"] for option in body.get("options", []) if option["correct"]} | {
        gap["choices"][0] for gap in body.get("gaps", [])
    }


def texts_of(words: dict[str, Any]) -> dict[str, str]:
    options = words.get("options", {})
    return {key: option["text"] for key, option in options.items()} | words.get("choices", {})
