"""Which questions work: the rules against an obvious reference, counting, and what is shown."""

import statistics
from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from home.permissions import CHIEF_EDITORS
from learning import attempts
from learning.models import AttemptItem, QuestionStatistic
from learning.models.people import today
from learning.question_statistics import keep_statistics, signature_of
from learning.rules.item_statistics import Tally, rest_score, shown_counts
from learning.versions import pin
from tests import factories

FIGURES = "/beheer/vragen/cijfers/"
scores = st.integers(0, 1000)
people = st.lists(st.tuples(scores, scores, st.integers(0, 1800)), min_size=1, max_size=60)


def tally_of(rows):
    tally = Tally()
    for item, rest, seconds in rows:
        tally.add(item, rest, seconds=seconds)
    return tally


@given(people)
def test_facility_and_median_are_what_the_statistics_module_says(rows):
    tally = tally_of(rows)
    assert tally.facility == pytest.approx(statistics.fmean(row[0] for row in rows) / 1000)
    if len(rows) >= 5:
        median = statistics.median(row[2] for row in rows)
        assert 0 <= tally.median_seconds - median < 1
    else:
        assert tally.median_seconds is None


@given(people)
def test_discrimination_is_the_correlation_with_the_rest(rows):
    items, rests = [row[0] for row in rows], [row[1] for row in rows]
    found = tally_of(rows).discrimination
    if len(set(items)) == 1 or len(set(rests)) == 1:
        assert found is None
    else:
        assert found == pytest.approx(statistics.correlation(items, rests), abs=1e-6)
        assert -1 <= found <= 1


@given(people, people)
def test_two_tallies_together_are_one_of_all(first, second):
    merged = tally_of(first)
    merged.merge(tally_of(second))
    assert merged == tally_of(first + second)


@given(st.lists(st.tuples(scores, st.integers(1, 5)), min_size=1, max_size=12), st.data())
def test_the_rest_is_all_but_the_question_itself(earned, data):
    place = data.draw(st.integers(0, len(earned) - 1))
    others = earned[:place] + earned[place + 1 :]
    found = rest_score(earned, earned[place])
    if not others:
        assert found is None
    else:
        mean = sum(score * weight for score, weight in others) / sum(w for _s, w in others)
        assert found == round(mean)


@given(st.dictionaries(st.text("abcdef", min_size=1, max_size=2), st.integers(0, 40), max_size=8))
def test_no_hidden_count_can_be_worked_out(counts):
    shown = shown_counts(counts)
    hidden = [counts[key] for key, count in shown.items() if count is None]
    assert all(count is None or count == 0 or count >= 5 for count in shown.values())
    assert all(shown[key] == 0 for key, count in counts.items() if count == 0)
    # Unless there is nothing else to hide them among.
    if sum(counts.values()) >= 5:
        assert sum(hidden) == 0 or sum(hidden) >= 5


def test_nothing_and_one_say_nothing():
    assert Tally().facility is None
    assert Tally().discrimination is None
    assert tally_of([(1000, 500, 9)]).discrimination is None
    lonely = Tally()
    lonely.add(1000, None)
    assert lonely.discrimination is None
    assert not lonely.is_shown


# Counting


@pytest.fixture
def quiz(catalogue):
    questions = [factories.make_question(factories.choice_answers(total=4)) for _ in range(4)]
    return factories.make_quiz(questions=questions)


def take(quiz, choices, person=None, seconds=30):
    """Somebody takes the quiz; `choices` has per question the number of the option, or None."""
    attempt = attempts.start_attempt(person or factories.make_user(), quiz)
    begun = timezone.now() - timedelta(seconds=seconds)
    for item, number in zip(attempt.items.select_related("version"), choices, strict=True):
        AttemptItem.objects.filter(pk=item.pk).update(shown_at=begun)
        if number is not None:
            key = item.version.body["options"][number]["key"]
            attempts.save_answer(attempt, item, [key])
    return attempts.submit_attempt(attempt)


def figures(quiz, place=0, *, over_all=False):
    question = quiz.quiz_questions.order_by("sort_order")[place].question
    return QuestionStatistic.objects.filter(
        question_key=question.translation_key,
        quiz_key=None if over_all else quiz.translation_key,
    ).first()


def test_four_answers_say_nothing_and_five_do(quiz):
    for _ in range(4):
        take(quiz, [0, 0, 0, 0])
    keep_statistics(today())
    assert not QuestionStatistic.objects.exists()
    take(quiz, [1, 0, 0, None])
    keep_statistics(today())
    found = figures(quiz)
    assert (found.asked, found.answers, found.facility) == (5, 5, 0.8)
    assert 29 <= found.median_seconds <= 32
    # Of the last question one was left open, so four answered.
    assert figures(quiz, 3) is None
    assert figures(quiz, over_all=True).asked == 5


def test_discrimination_and_options_are_counted(quiz):
    for _ in range(6):
        take(quiz, [1, 0, 0, 0])  # Strong, and wrong at the first.
        take(quiz, [0, 1, 1, 1])  # Weak, and right at the first.
    keep_statistics(today())
    first, second = figures(quiz), figures(quiz, 1)
    assert first.discrimination == pytest.approx(-1)
    assert second.discrimination > 0
    assert sorted(figures(quiz, over_all=True).options.values()) == [0, 0, 6, 6]
    assert first.options == {}
    assert first.is_negative
    assert first.never_chosen
    assert first.is_suspicious
    assert first.is_uncertain


def test_only_first_attempts_that_are_handed_in_count(quiz):
    everybody = [factories.make_user() for _ in range(5)]
    for person in everybody:
        take(quiz, [1, 1, 1, 1], person)
        take(quiz, [0, 0, 0, 0], person)
    attempts.start_attempt(factories.make_user(), quiz)
    keep_statistics(today())
    assert (figures(quiz).asked, figures(quiz).facility) == (5, 0)


def test_figures_move_on_by_five_answers(quiz):
    for _ in range(5):
        take(quiz, [0, 0, 0, 0])
    keep_statistics(today())
    for _ in range(4):
        take(quiz, [1, 0, 0, 0])
        keep_statistics(today())
        assert figures(quiz).facility == 1
    take(quiz, [1, 0, 0, 0])
    keep_statistics(today())
    assert (figures(quiz).asked, figures(quiz).facility) == (10, 0.5)
    keep_statistics(today())
    assert QuestionStatistic.objects.count() == 8


def test_a_quiz_with_few_answers_counts_in_no_total(quiz):
    questions = [use.question for use in quiz.quiz_questions.order_by("sort_order")]
    other = factories.make_quiz(questions=questions)
    for _ in range(5):
        take(quiz, [0, 0, 0, 0])
    for _ in range(4):
        take(other, [1, 1, 1, 1])
    keep_statistics(today())
    assert figures(quiz, over_all=True).asked == 5
    take(other, [1, 1, 1, 1])
    keep_statistics(today())
    assert (figures(other).asked, figures(quiz, over_all=True).asked) == (5, 10)


def test_another_question_begins_anew_and_another_explanation_does_not(quiz):
    question = quiz.quiz_questions.order_by("sort_order")[0].question
    for _ in range(5):
        take(quiz, [0, 0, 0, 0])
    question.feedback = "<p>Beter uitgelegd.</p>"
    question.hint = "Denk na."
    question.save_revision().publish()
    keep_statistics(today())
    assert figures(quiz).asked == 5
    question.stem = "<p>Een andere vraag?</p>"
    question.save_revision().publish()
    keep_statistics(today())
    assert figures(quiz) is None
    assert figures(quiz, 1).asked == 5


def test_what_is_asked_has_one_signature_in_every_language(quiz):
    question = quiz.quiz_questions.order_by("sort_order")[0].question
    before = signature_of(pin(question.translation_key).body)
    english = question.copy_for_translation(factories.locale("en"))
    english.stem = "<p>In English?</p>"
    english.save()
    english.save_revision().publish()
    assert signature_of(pin(question.translation_key).body) == before


def test_a_reflection_is_never_counted(db):
    answers = [{"type": "reflection", "value": {"example": "Zo."}}]
    quiz = factories.make_quiz(
        questions=[factories.make_question(), factories.make_question(answers)]
    )
    for _ in range(6):
        attempt = attempts.start_attempt(factories.make_user(), quiz)
        first, second = attempt.items.select_related("version")
        attempts.save_answer(attempt, first, [first.version.body["options"][0]["key"]])
        attempts.save_answer(attempt, second, ["Iets van mijzelf"])
        attempts.submit_attempt(attempt)
    keep_statistics(today())
    assert figures(quiz).asked == 6
    assert figures(quiz).discrimination is None
    assert figures(quiz, 1) is None


# Showing


@pytest.fixture
def chief(site, quiz, signed_in):
    person = factories.make_user()
    person.groups.add(Group.objects.get(name=CHIEF_EDITORS))
    return signed_in(person)


@pytest.fixture
def counted(quiz):
    for _ in range(6):
        take(quiz, [1, 0, 0, 0])
        take(quiz, [0, 1, 1, 1])
    keep_statistics(today())


def test_editors_see_figures_and_no_people(chief, quiz, counted):
    name = AttemptItem.objects.first().attempt.person.name
    question = quiz.quiz_questions.order_by("sort_order")[0].question
    for address, words in {
        FIGURES: [quiz.title, "50%"],
        f"{FIGURES}toets/{quiz.translation_key}/": [str(question), "-1,00", "<svg"],
        f"{FIGURES}vraag/{question.translation_key}/": [quiz.title, "Antwoord 3", "nooit gekozen"],
        f"/beheer/snippets/learning/question/edit/{question.pk}/": [FIGURES],
    }.items():
        response = chief.get(address)
        assert response.status_code == 200
        page = response.content.decode()
        for word in words:
            assert word in page, (address, word)
        assert name not in page


def test_the_bank_finds_what_deserves_a_look(chief, quiz, counted):
    first = quiz.quiz_questions.order_by("sort_order")[0].question
    lonely = factories.make_question()
    QuestionStatistic.objects.exclude(question_key=first.translation_key).update(
        discrimination=0.4, never_chosen=False, facility=0.3
    )

    def listed(which):
        table = chief.get("/beheer/snippets/learning/question/", {"figures": which})
        return set(table.context["table"].data)

    assert listed("suspicious") == {first}
    assert len(listed("hard")) == 3
    assert listed("none") == {lonely}


def test_without_figures_it_is_said_what_comes(chief, quiz):
    question = quiz.quiz_questions.first().question
    for address in (FIGURES, f"{FIGURES}vraag/{question.translation_key}/"):
        assert "geen cijfers" in chief.get(address).content.decode()


@pytest.mark.parametrize("address", ["vraag/{}/", "toets/{}/", "toets/x/"])
def test_figures_of_what_is_not_there(chief, address):
    assert chief.get(FIGURES + address.format(uuid4())).status_code == 404


def test_figures_outlive_their_question_and_quiz(chief, quiz, counted):
    question = quiz.quiz_questions.order_by("sort_order")[0].question
    key, quiz_key = question.translation_key, quiz.translation_key
    quiz.quiz_questions.all().delete()
    quiz.delete()
    question.delete()
    for address in (FIGURES, f"{FIGURES}vraag/{key}/", f"{FIGURES}toets/{quiz_key}/"):
        assert chief.get(address).status_code == 200


def test_a_quiz_with_more_questions_asks_no_more(chief, quiz, django_assert_max_num_queries):
    for _ in range(5):
        take(quiz, [0, 0, 0, 0])
    keep_statistics(today())
    address = f"{FIGURES}toets/{quiz.translation_key}/"
    QuestionStatistic.objects.filter(pk__gt=QuestionStatistic.objects.earliest("pk").pk).delete()
    keys = [use.question.translation_key for use in quiz.quiz_questions.all()]
    chief.get(address)
    with django_assert_max_num_queries(25) as few:
        chief.get(address)
    keep_statistics(today())
    assert QuestionStatistic.objects.filter(question_key__in=keys).count() == 8
    with django_assert_max_num_queries(len(few)):
        chief.get(address)
