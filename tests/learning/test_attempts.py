"""An attempt from beginning to end: what is pinned or answered stays so."""

import pytest
from django.db import IntegrityError, transaction

from learning import attempts
from learning.enrolments import finish_step
from learning.models import (
    Answer,
    Attempt,
    Completion,
    Enrolment,
    QuestionVersion,
    QuizPage,
    StepProgress,
)
from learning.questions_shown import shown
from learning.rules.grading import InvalidResponse
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


@pytest.fixture
def quiz() -> QuizPage:
    module = factories.make_module("eed")
    factories.make_lesson(module)
    return factories.make_quiz(module)


def answer_all(attempt: Attempt, *, right: bool = True) -> None:
    for item in attempt.items.select_related("version"):
        key = item.version.marking_key
        chosen = key.correct if right else sorted(key.options - key.correct)[:1]
        attempts.save_answer(attempt, item, sorted(chosen))


def test_starting_twice_goes_on_with_the_same_attempt(quiz, user):
    first = attempts.start_attempt(user, quiz)
    assert attempts.start_attempt(user, quiz) == first
    assert first.items.count() == 3
    assert Enrolment.objects.filter(person=user).count() == 1


def test_the_database_itself_refuses_a_second_open_attempt(quiz, user):
    attempt = attempts.start_attempt(user, quiz)
    with pytest.raises(IntegrityError), transaction.atomic():
        Attempt.objects.create(
            person=user,
            quiz_key=attempt.quiz_key,
            module_key=attempt.module_key,
            quiz_title="x",
            module_title="x",
            number=2,
            pass_mark=70,
        )


def test_a_quiz_without_published_questions_cannot_be_taken(user):
    question = factories.make_question()
    quiz = factories.make_quiz(questions=[question])
    question.unpublish()
    with pytest.raises(attempts.NothingToAsk):
        attempts.start_attempt(user, quiz)
    assert not Enrolment.objects.exists()


def test_the_last_choice_counts_and_is_stored_once(quiz, user):
    attempt = attempts.start_attempt(user, quiz)
    item = attempt.items.first()
    first, second = item.option_order[:2]
    attempts.save_answer(attempt, item, [first])
    attempts.save_answer(attempt, item, [second])
    attempts.save_answer(attempt, item, [second])
    assert [answer.response for answer in Answer.objects.all()] == [[second]]


def test_an_answer_of_another_question_is_refused_and_loses_nothing(quiz, user):
    attempt = attempts.start_attempt(user, quiz)
    first, second = attempt.items.all()[:2]
    attempts.save_answer(attempt, first, [first.option_order[0]])
    with pytest.raises(InvalidResponse):
        attempts.save_answer(attempt, first, [second.option_order[0]])
    assert Answer.objects.get().response == [first.option_order[0]]


def test_passing_does_the_step_and_handing_in_twice_is_once(quiz, user):
    attempt = attempts.start_attempt(user, quiz)
    answer_all(attempt)
    result = attempts.submit_attempt(attempt)
    again = attempts.submit_attempt(attempt)
    assert (result.percentage, result.passed) == (100, True)
    assert again.submitted_at == result.submitted_at
    assert StepProgress.objects.filter(step_key=quiz.translation_key).count() == 1
    assert {answer.millipoints for answer in Answer.objects.all()} == {1000}


def test_failing_leaves_the_step_and_may_be_tried_again(quiz, user):
    attempt = attempts.start_attempt(user, quiz)
    answer_all(attempt, right=False)
    result = attempts.submit_attempt(attempt)
    assert result.passed is False
    assert not StepProgress.objects.exists()
    assert attempts.start_attempt(user, quiz).number == 2


def test_what_is_not_answered_earns_nothing(quiz, user):
    result = attempts.submit_attempt(attempts.start_attempt(user, quiz))
    assert (result.percentage, result.passed) == (0, False)


def test_a_handed_in_attempt_takes_no_more_answers(quiz, user):
    attempt = attempts.start_attempt(user, quiz)
    attempts.submit_attempt(attempt)
    item = attempt.items.first()
    with pytest.raises(attempts.AttemptClosed):
        attempts.save_answer(attempt, item, [item.option_order[0]])
    assert not Answer.objects.exists()


def test_all_steps_done_completes_the_module_with_the_day_and_the_place(quiz):
    member = factories.make_member(factories.make_municipality("Utrecht"))
    module = quiz.module
    lesson = module.get_children().first()
    finish_step(member.person, module, lesson.translation_key)
    assert not Completion.objects.exists()
    attempt = attempts.start_attempt(member.person, quiz)
    answer_all(attempt)
    attempts.submit_attempt(attempt)
    completion = Completion.objects.get()
    assert completion.module_title == module.title
    assert completion.municipality_name == "Utrecht"
    assert completion.role == "raadslid"
    assert completion.score == 100


def test_a_later_edit_of_a_question_changes_no_running_attempt(quiz, user):
    attempt = attempts.start_attempt(user, quiz)
    question = quiz.quiz_questions.first().question
    asked = attempt.items.get(version__question_key=question.translation_key)
    was_right = asked.version.marking_key.correct
    # The editor moves the key to another option and rewrites the question.
    question.stem = "<p>Een heel andere vraag?</p>"
    question.answers = question.answers.stream_block.to_python(
        factories.choice_answers(correct=(2,))
    )
    question.save_revision().publish()
    attempts.save_answer(attempt, asked, sorted(was_right))
    answer = Answer.objects.get(item=asked)
    attempts.submit_attempt(attempt)
    answer.refresh_from_db()
    assert answer.millipoints == 1000
    assert "andere" not in shown(asked, "nl").stem
    fresh = attempts.start_attempt(user, quiz)
    assert "andere" in shown(fresh.items.first(), "nl").stem


def test_an_attempt_outlives_its_pages_and_questions(quiz, user):
    attempt = attempts.start_attempt(user, quiz)
    answer_all(attempt)
    questions = [use.question for use in quiz.quiz_questions.all()]
    quiz.module.delete()
    for question in questions:
        question.delete()
    result = attempts.submit_attempt(attempt)
    assert result.passed
    assert all(shown(item, "nl").is_right for item in attempt.items.select_related("version"))


def test_a_module_taken_offline_can_still_be_finished(quiz):
    person = factories.make_member().person
    module = quiz.module
    finish_step(person, module, module.get_children().first().translation_key)
    attempt = attempts.start_attempt(person, quiz)
    module.unpublish()
    quiz.refresh_from_db()
    answer_all(attempt)
    attempts.submit_attempt(attempt)
    assert Completion.objects.filter(person=person).count() == 1


def test_a_completion_outlives_its_module(quiz):
    person = factories.make_member().person
    module = quiz.module
    for page in module.get_children():
        finish_step(person, module, page.translation_key)
    title = module.title
    module.delete()
    assert Completion.objects.get(person=person).module_title == title


def test_half_in_dutch_and_half_in_english_is_one_whole(quiz):
    person = factories.make_member().person
    english = factories.locale("en")
    factories.make_home("en")
    module = quiz.module
    lesson = module.get_children().type(type(module.get_children().first().specific)).first()
    module.get_parent().specific.copy_for_translation(english).save_revision().publish()
    translated = module.copy_for_translation(english)
    translated.title = "Your office and your oath"
    translated.save_revision().publish()
    translated_lesson = lesson.specific.copy_for_translation(english)
    translated_lesson.save_revision().publish()
    finish_step(person, translated, translated_lesson.translation_key)
    # The English module has one step so far, but the module itself has two.
    assert not Completion.objects.exists()
    attempt = attempts.start_attempt(person, quiz)
    answer_all(attempt)
    attempts.submit_attempt(attempt)
    completion = Completion.objects.get()
    assert completion.module_title == module.title


def test_a_version_of_a_question_is_never_changed(quiz):
    version = QuestionVersion.objects.first()
    with pytest.raises(TypeError):
        version.save()
