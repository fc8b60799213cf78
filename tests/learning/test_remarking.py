"""Marking anew, when a key turned out to be wrong."""

import pytest
from django.urls import reverse

from learning import attempts
from learning.models import Attempt, AttemptItem, Remarking, StepProgress
from learning.questions_shown import shown
from learning.remarking import effect_of, remark
from learning.versions import pin
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return factories.make_user(is_superuser=True, is_staff=True)


@pytest.fixture
def question():
    return factories.make_question()


@pytest.fixture
def quiz(question):
    other = factories.make_question(factories.true_false_answers())
    return factories.make_quiz(factories.make_module("wet"), [question, other], pass_mark=100)


def take(quiz, choice: int) -> Attempt:
    """Somebody takes the quiz, and of the first question chooses the option that stands there."""
    person = factories.make_user()
    attempt = attempts.start_attempt(person, quiz)
    first, second = attempt.items.select_related("version")
    keys = [option["key"] for option in first.version.body["options"]]
    attempts.save_answer(attempt, first, [keys[choice]])
    attempts.save_answer(attempt, second, ["true"])
    return attempts.submit_attempt(attempt)


def change_key(question, right: int) -> None:
    data = question.answers.get_prep_value()
    for number, option in enumerate(data[0]["value"]["options"]):
        option["value"]["correct"] = number == right
    question.answers = question.answers.stream_block.to_python(data)
    question.save_revision().publish()
    pin(question.translation_key)


def test_a_changed_key_changes_nothing_by_itself(quiz, question):
    right, wrong = take(quiz, 0), take(quiz, 1)
    change_key(question, 1)
    effect = effect_of(question.translation_key)
    assert (effect.answers, effect.higher, effect.lower) == (2, 1, 1)
    assert (effect.attempts, effect.passes, effect.kept) == (2, 1, 1)
    assert effect.people == {right.person_id, wrong.person_id}
    assert Attempt.objects.get(pk=wrong.pk).passed is False


def test_marking_anew_gives_passes_and_takes_none(quiz, question, editor):
    right, wrong = take(quiz, 0), take(quiz, 1)
    change_key(question, 1)
    done = remark(question.translation_key, by=editor, reason="De wet is veranderd.")
    assert (done.answers, done.passes, done.kept) == (2, 1, 1)
    right.refresh_from_db()
    wrong.refresh_from_db()
    assert (right.percentage, right.passed) == (50, True)
    assert (wrong.percentage, wrong.passed) == (100, True)
    steps = StepProgress.objects.filter(step_key=quiz.translation_key)
    assert steps.count() == 2
    again = remark(question.translation_key, by=editor, reason="Nog eens.")
    assert (again.answers, again.attempts) == (0, 0)
    assert effect_of(question.translation_key).answers == 0


def test_looking_back_shows_what_was_asked_and_the_key_that_holds(quiz, question, editor):
    attempt = take(quiz, 1)
    question.stem = "<p>Een nieuwe tekst?</p>"
    change_key(question, 1)
    remark(question.translation_key, by=editor, reason="De sleutel was fout.")
    item = AttemptItem.objects.select_related("version", "marked_by", "answer").get(
        attempt=attempt, position=1
    )
    seen = shown(item, "nl")
    assert "nieuwe tekst" not in seen.stem
    assert seen.is_right
    assert item.answer.millipoints == 1000


def test_words_that_change_touch_nobody(quiz, question):
    take(quiz, 1)
    question.stem = "<p>Anders gezegd?</p>"
    question.save_revision().publish()
    pin(question.translation_key)
    assert effect_of(question.translation_key).answers == 0


def test_other_options_cannot_be_judged(quiz, question, editor):
    attempt = take(quiz, 1)
    question.answers = question.answers.stream_block.to_python(factories.choice_answers())
    question.save_revision().publish()
    pin(question.translation_key)
    assert effect_of(question.translation_key).not_comparable == 1
    remark(question.translation_key, by=editor, reason="Andere antwoorden.")
    assert Attempt.objects.get(pk=attempt.pk).percentage == 50


def test_it_needs_a_reason(quiz, question, editor):
    with pytest.raises(ValueError, match="reason"):
        remark(question.translation_key, by=editor, reason=" ")


def test_an_editor_sees_whom_it_touches_first(quiz, question, editor, signed_in):
    take(quiz, 1)
    change_key(question, 1)
    browser = signed_in(editor)
    url = reverse("remark_question", args=[question.translation_key])
    page = browser.get(url).content.decode()
    assert "het punt van 1 persoon" in page
    assert browser.post(url, {"reason": ""}).status_code == 422
    assert not Remarking.objects.exists()
    browser.post(url, {"reason": "De sleutel was fout."})
    assert Remarking.objects.get().by == editor
    assert "De sleutel was fout." in browser.get(url).content.decode()


def test_who_may_not_publish_may_not_mark_anew(question, signed_in):
    person = factories.make_user(is_staff=True)
    url = reverse("remark_question", args=[question.translation_key])
    assert signed_in(person).get(url).status_code in (302, 403)
    assert signed_in(factories.make_user()).post(url, {"reason": "x"}).status_code in (302, 403)
    assert not Remarking.objects.exists()
