"""Loading the demo again: a quiz gets the questions that came since, and people's work stays."""

from typing import Any

import pytest

from home.demo_blocks import Assets
from learning.demo_modules import load_quiz
from learning.demo_questions import WRITTEN
from learning.models import QuestionVersion, QuizPage
from tests import factories

pytestmark = pytest.mark.django_db

OPTIONS = [
    {"text": "De raad", "correct": True, "feedback": "Klopt."},
    {"text": "Het college", "correct": False, "feedback": "Dat niet."},
]
# What each kind has of its own in the demo's files.
KINDS: dict[str, dict[str, Any]] = {
    "single_choice": {"options": OPTIONS},
    "multiple_response": {"options": OPTIONS},
    "true_false": {"options": OPTIONS},
    "mark_sentences": {"options": OPTIONS},
    "matching": {
        "pairs": [
            {"left": "Stelt de code vast", "right": "De raad", "feedback": "Zelf."},
            {"left": "Adviseert de raad", "right": "De griffier", "feedback": "Altijd."},
        ],
        "decoys": ["De rekenkamer"],
    },
    "ordering": {"items": ["Gekozen", "Eed", "Stemmen"]},
    "fill_in": {"accepted": ["eed"], "typo_allowed": True},
    "number": {"value": 45, "tolerance": 0, "unit": "leden"},
    "choose_in_text": {"text": "De [raad|burgemeester] stelt de code vast."},
    "reflection": {"example": "Ik vraag het de griffier."},
}


def question(name: str, kind: str = "fill_in") -> dict[str, Any]:
    words = {"stem": f"<p>{name}?</p>", "hint": "Denk na.", "feedback": "<p>Zo is het.</p>"}
    links = {"law": [], "topics": [], "lesson": "les", "difficulty": 1}
    return {"key": name, "kind": kind, **words, **links, **KINDS[kind]}


@pytest.fixture
def load():
    module = factories.make_module()
    lesson = factories.make_lesson(module)

    def again(*names: str, kinds: tuple[str, ...] = ("fill_in",)) -> QuizPage:
        quiz = {"key": "toets", "slug": "de-toets", "title": "Toets", "pass_mark": 70, "minutes": 5}
        sources = [question(f"{name}-{kind}", kind) for name in names for kind in kinds]
        data = {"quiz": {**quiz, "intro": f"<p>{len(sources)} vragen</p>"}, "questions": sources}
        load_quiz(data, module, {"les": lesson}, Assets(), {})
        return QuizPage.objects.get(slug="de-toets")

    return again


def stems(quiz: QuizPage) -> list[str]:
    return [asked.question.stem for asked in quiz.quiz_questions.order_by("sort_order")]


def test_a_question_of_every_kind_is_loaded_as_it_is_asked(load):
    quiz = load("een", kinds=tuple(KINDS))
    versions = QuestionVersion.objects.all()
    assert {version.kind for version in versions} == set(KINDS)
    assert quiz.quiz_questions.count() == len(KINDS)
    assert set(WRITTEN) <= set(KINDS)


def test_a_quiz_gets_the_questions_that_came_since_at_its_end(load):
    load("een", "twee")
    quiz = load("een", "twee", "drie")
    assert stems(quiz) == ["<p>een-fill_in?</p>", "<p>twee-fill_in?</p>", "<p>drie-fill_in?</p>"]
    assert quiz.introduction == "<p>3 vragen</p>"
    assert not quiz.has_unpublished_changes


def test_loading_the_same_again_changes_nothing(load):
    first = load("een", "twee")
    again = load("een", "twee")
    assert again.latest_revision_id == first.latest_revision_id
    assert stems(again) == stems(first)


def test_a_quiz_that_somebody_edited_stays_as_it_is(load):
    quiz = load("een", "twee")
    quiz.quiz_questions.remove(quiz.quiz_questions.last())
    quiz.save_revision(user=factories.make_user()).publish()
    again = load("een", "twee", "drie")
    assert stems(again) == ["<p>een-fill_in?</p>"]
    assert again.introduction == "<p>2 vragen</p>"


def test_a_draft_of_an_editor_is_not_published_either(load):
    quiz = load("een")
    quiz.title = "Nog niet af"
    quiz.save_revision(user=factories.make_user())
    again = load("een", "twee")
    assert (again.title, again.has_unpublished_changes) == ("Toets", True)
    assert again.quiz_questions.count() == 1


def test_an_edited_question_keeps_its_new_words(load):
    asked = load("een").quiz_questions.get().question
    asked.stem = "<p>Anders gevraagd?</p>"
    asked.save_revision(user=factories.make_user()).publish()
    assert stems(load("een", "twee")) == ["<p>Anders gevraagd?</p>", "<p>twee-fill_in?</p>"]
