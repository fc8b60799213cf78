"""Every kind of question, from the bank through an attempt to what is learned from it."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from learning import attempts
from learning.models import Attempt, AttemptItem, QuizDraw, QuizQuestion, StepProgress, Topic
from learning.questions_shown import shown, shown_version
from learning.rules.grading import Kind, points
from learning.versions import pin
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

KINDS = [kind.value for kind in Kind]


def make_version(kind: str, **fields):
    question = factories.make_question(factories.answers_of(kind), **fields)
    return pin(question.translation_key)


def quiz_of(*kinds: str, **fields):
    questions = [factories.make_question(factories.answers_of(kind)) for kind in kinds]
    return factories.make_quiz(factories.make_module("kennis"), questions, slug="toets", **fields)


def begin(browser, person) -> Attempt:
    browser.post("/leren/kennis/toets/")
    return Attempt.objects.get(person=person, submitted_at=None)


def form_of(item: AttemptItem, response, prefix: str = "") -> dict:
    """What a browser sends when this is filled in."""
    if isinstance(response, dict):
        return {f"{prefix}answer-{row}": value for row, value in response.items()}
    return {f"{prefix}answer": response}


@pytest.fixture
def person():
    return factories.make_member(factories.make_municipality("Utrecht")).person


@pytest.fixture
def browser(signed_in, person):
    return signed_in(person)


@pytest.mark.parametrize("kind", KINDS)
def test_its_block_is_accepted_and_its_key_earns_everything(kind):
    question = factories.make_question(factories.answers_of(kind))
    block = question.answers.stream_block
    assert block.clean(question.answers)[0].block_type == kind
    version = pin(question.translation_key)
    earned = points(version.marking_key, version.marking_key.best)
    assert earned == int(version.kind.is_marked)
    assert points(version.marking_key, []) == 0


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_asked_answered_kept_and_explained(kind, browser, person):
    quiz_of(kind, "true_false")
    attempt = begin(browser, person)
    item = attempt.items.select_related("version").get(position=1)
    url = reverse("attempt_question", args=[attempt.pk, 1])
    page = browser.get(url).content.decode()
    for name in form_of(item, item.version.marking_key.best or [""]):
        assert f'name="{name}"' in page
    best = item.version.marking_key.best or ["Een gedachte."]
    answered = browser.post(url, {**form_of(item, best), "go": "next"})
    assert answered.url == reverse("attempt_question", args=[attempt.pk, 2])
    kept = AttemptItem.objects.select_related("answer", "version").get(pk=item.pk)
    assert shown(kept, "nl").points == int(item.version.kind.is_marked)
    browser.post(reverse("attempt_submit", args=[attempt.pk]), {"incomplete": "yes"})
    result = browser.get(reverse("attempt", args=[attempt.pk])).content.decode()
    assert "Zo staat het in de wet." in result
    assert ("Voor uzelf" if kind == "reflection" else "Goed") in result


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_of_the_key_is_in_the_page_that_asks(kind, browser, person):
    """What is right is told afterwards only: not in an attribute, nor by the order of things."""
    quiz_of(kind, "true_false")
    attempt = begin(browser, person)
    page = browser.get(reverse("attempt_question", args=[attempt.pk, 1])).content.decode()
    for word in ("correct", "Uitleg bij", "Zo staat het in de wet", "Ik vraag eerst mijn griffier"):
        assert word not in page
    if kind == "fill_in":
        assert "gedragscode" not in page


def test_an_ordering_never_begins_in_its_right_order(browser, person):
    quiz = quiz_of("ordering")
    for _time in range(12):
        attempt = attempts.start_attempt(person, quiz)
        item = attempt.items.select_related("version").get()
        assert item.option_order != item.version.body["items"]
        attempt.delete()


def test_what_is_not_a_number_is_said_and_stays_in_the_field(browser, person):
    quiz_of("number")
    attempt = begin(browser, person)
    url = reverse("attempt_question", args=[attempt.pk, 1])
    browser.post(url, {"answer": "44", "go": "next"})
    refused = browser.post(url, {"answer": 'ongeveer "veel"', "go": "next"})
    assert refused.status_code == 422
    assert "Dat is geen getal" in refused.content.decode()
    assert escape('ongeveer "veel"') in refused.content.decode()
    assert attempt.items.get().answer.response == ["44"]


TWO_SAME_PAIRS = {
    "pairs": factories.listed([{"left": "a", "right": "b", "feedback": ""}] * 2),
    "decoys": [],
}
ALL_TO_BE_MARKED = {
    "sentences": factories.listed([{"text": "a", "correct": True, "feedback": ""}] * 2)
}
THREE_ITEMS = {"items": factories.listed([{"text": text} for text in ("a", "b", "A ")])}


@pytest.mark.parametrize(
    ("kind", "value", "message"),
    [
        ("matching", TWO_SAME_PAIRS, "Twee regels zijn gelijk"),
        ("ordering", THREE_ITEMS, "Twee regels zijn gelijk"),
        ("choose_in_text", {"text": "Hier staat niets."}, "Er valt nog niets te kiezen"),
        ("mark_sentences", ALL_TO_BE_MARKED, "laat er minstens één fout"),
    ],
)
def test_an_editor_is_told_what_cannot_be(kind, value, message):
    block = factories.Question._meta.get_field("answers").stream_block
    data = block.to_python([{"type": kind, "id": "1", "value": value}])
    with pytest.raises(ValidationError) as error:
        block.clean(data)
    assert message in str(error.value.as_json_data())


def test_two_rows_that_share_an_answer_offer_it_once():
    pairs = [
        {"left": text, "right": right, "feedback": ""}
        for text, right in (("a", "wet"), ("b", "code"), ("c", "wet"))
    ]
    question = factories.make_question(
        [{"type": "matching", "id": "1", "value": {"pairs": factories.listed(pairs), "decoys": []}}]
    )
    version = pin(question.translation_key)
    assert len(version.body["targets"]) == 2
    rows = shown_version(version, "nl", response=version.marking_key.best).rows
    assert [row.chosen_text for row in rows] == ["wet", "code", "wet"]


def test_a_part_earns_a_part_unless_the_editor_wants_all():
    for all_or_nothing, expected in ((False, 2), (True, 0)):
        version = make_version("matching", all_or_nothing=all_or_nothing)
        best = dict(version.marking_key.best)
        best.popitem()
        assert shown_version(version, "nl", response=best).points * 3 == expected


# ------------------------------------------------------------------ the quiz's own rules


def test_a_draw_asks_other_questions_of_its_topics(person):
    topic = Topic.objects.create(name="Eed", locale=factories.locale())
    for _number in range(6):
        question = factories.make_question()
        question.topics.set([topic])
        question.save()
    reflection = factories.make_question(factories.answers_of("reflection"))
    reflection.topics.set([topic])
    reflection.save()
    quiz = quiz_of("true_false")
    drawing = QuizDraw(number=4, weight=2, sort_order=0)
    drawing.topics.set([topic])
    quiz.draws.add(drawing)
    quiz.save()
    attempt = attempts.start_attempt(person, quiz)
    assert sorted(attempt.items.values_list("weight", flat=True)) == [1, 2, 2, 2, 2]
    keys = attempt.items.values_list("version__question_key", flat=True)
    assert len(set(keys)) == 5
    assert reflection.translation_key not in keys


def test_a_weight_counts(person):
    quiz = quiz_of("true_false", "single_choice")
    QuizQuestion.objects.filter(page=quiz, sort_order=0).update(weight=3)
    attempt = attempts.start_attempt(person, quiz)
    item = attempt.items.select_related("version").get(position=1)
    attempts.save_answer(attempt, item, ["true"])
    assert attempts.submit_attempt(attempt).percentage == 75


def test_no_more_attempts_than_are_given(browser, person):
    quiz_of("true_false", max_attempts=1)
    attempt = begin(browser, person)
    attempts.submit_attempt(attempt)
    browser.post("/leren/kennis/toets/")
    assert Attempt.objects.filter(person=person).count() == 1
    assert "al uw pogingen gebruikt" in browser.get("/leren/kennis/toets/").content.decode()
    result = browser.get(reverse("attempt", args=[attempt.pk])).content.decode()
    assert "al uw pogingen gebruikt" in result


def test_time_between_attempts(browser, person):
    quiz_of("true_false", wait_minutes=30)
    attempt = attempts.submit_attempt(begin(browser, person))
    browser.post("/leren/kennis/toets/")
    assert Attempt.objects.filter(person=person).count() == 1
    assert "opnieuw proberen vanaf" in browser.get("/leren/kennis/toets/").content.decode()
    Attempt.objects.update(submitted_at=timezone.now() - timedelta(minutes=31))
    browser.post("/leren/kennis/toets/")
    assert Attempt.objects.filter(person=person).count() == 2
    assert attempt.passed is False


def test_another_attempt_leaves_out_what_was_right_twice(person):
    quiz = quiz_of("true_false", "single_choice", asks_again=True)
    for _time in range(2):
        attempt = attempts.start_attempt(person, quiz)
        item = attempt.items.select_related("version").get(position=1)
        attempts.save_answer(attempt, item, ["true"])
        attempts.submit_attempt(attempt)
    attempt = attempts.start_attempt(person, quiz)
    assert [item.version.kind for item in attempt.items.all()] == [Kind.SINGLE_CHOICE]


def test_the_average_must_reach_the_mark_where_it_counts(person):
    quiz = quiz_of("true_false", counts="average", pass_mark=50)
    right = ["false", "true"]
    for response in right:
        attempt = attempts.start_attempt(person, quiz)
        attempts.save_answer(attempt, attempt.items.select_related("version").get(), [response])
        attempts.submit_attempt(attempt)
    done = StepProgress.objects.filter(step_key=quiz.translation_key)
    assert done.count() == 1
    strict = factories.make_quiz(
        quiz.module,
        counts="average",
        pass_mark=60,
        slug="streng",
        questions=[factories.make_question(factories.true_false_answers())],
    )
    for response in right:
        attempt = attempts.start_attempt(person, strict)
        attempts.save_answer(attempt, attempt.items.select_related("version").get(), [response])
        attempts.submit_attempt(attempt)
    assert attempt.percentage is None or Attempt.objects.get(pk=attempt.pk).passed
    assert not StepProgress.objects.filter(step_key=strict.translation_key).exists()


def test_when_the_time_is_over_what_was_answered_is_handed_in(browser, person):
    person.extra_time = 50
    person.save()
    quiz_of("true_false", "single_choice", time_limit=20)
    attempt = begin(browser, person)
    assert attempt.ends_at - attempt.started_at == timedelta(minutes=30)
    url = reverse("attempt_question", args=[attempt.pk, 1])
    page = browser.get(url).content.decode()
    assert "U hebt tot" in page
    browser.post(url, {"answer": "true", "go": "next"})
    Attempt.objects.update(ends_at=timezone.now() - timedelta(minutes=1))
    late = browser.post(url, {"answer": "false", "go": "next"}, HTTP_X_REQUESTED_WITH="fetch")
    assert late.status_code == 409
    done = Attempt.objects.get()
    assert done.percentage == 50
    assert done.items.get(position=1).answer.response == ["true"]


def test_who_never_comes_back_is_handed_in_as_well(person):
    quiz = quiz_of("true_false", time_limit=20)
    attempts.start_attempt(person, quiz)
    assert attempts.close_overdue() == 0
    Attempt.objects.update(ends_at=timezone.now() - timedelta(minutes=1))
    assert attempts.close_overdue() == 1
    assert attempts.close_overdue() == 0
    assert Attempt.objects.get().percentage == 0


def test_feedback_at_once_lets_the_answer_stand(browser, person):
    quiz_of("single_choice", "true_false", feedback_when="at_once")
    attempt = begin(browser, person)
    item = attempt.items.select_related("version").get(position=1)
    url = reverse("attempt_question", args=[attempt.pk, 1])
    wrong = next(key for key in item.option_order if key not in item.version.marking_key.best)
    assert browser.post(url, {"answer": wrong, "go": "next"}).url == url
    page = browser.get(url).content.decode()
    assert "Zo staat het in de wet." in page
    best = item.version.marking_key.best
    assert browser.post(url, {"answer": best}, HTTP_X_REQUESTED_WITH="fetch").status_code == 409
    assert item.__class__.objects.get(pk=item.pk).answer.response == [wrong]
    on = browser.post(url, {"go": "on"})
    assert on.url == reverse("attempt_question", args=[attempt.pk, 2])


def test_forward_only_does_not_go_back(browser, person):
    quiz_of("single_choice", "true_false", "number", forward_only=True)
    attempt = begin(browser, person)
    urls = [reverse("attempt_question", args=[attempt.pk, position]) for position in (1, 2, 3)]
    assert browser.get(urls[2]).url == urls[0]
    browser.get(urls[0])
    browser.post(urls[0], {"go": "next"})
    assert browser.get(urls[1]).status_code == 200
    assert browser.get(urls[0]).url == urls[1]
    item = attempt.items.select_related("version").get(position=1)
    late = browser.post(urls[0], {"answer": item.option_order[0]}, HTTP_X_REQUESTED_WITH="fetch")
    assert late.status_code == 409
    assert not AttemptItem.objects.get(pk=item.pk).is_answered
    assert "Vorige" not in browser.get(urls[1]).content.decode()


def test_after_passing_only(browser, person):
    quiz_of("true_false", feedback_when="after_passing")
    for response, is_shown in (("false", False), ("true", True)):
        attempt = begin(browser, person)
        attempts.save_answer(attempt, attempt.items.select_related("version").get(), [response])
        attempts.submit_attempt(attempt)
        page = browser.get(reverse("attempt", args=[attempt.pk])).content.decode()
        assert ("Zo staat het in de wet." in page) == is_shown


def test_certainty_is_shown_and_never_counts(browser, person):
    quiz_of("true_false", asks_certainty=True)
    attempt = begin(browser, person)
    url = reverse("attempt_question", args=[attempt.pk, 1])
    browser.post(url, {"answer": "true", "certainty": "1", "go": "next"})
    done = attempts.submit_attempt(attempt)
    assert done.percentage == 100
    page = browser.get(reverse("attempt", args=[attempt.pk])).content.decode()
    assert "U zei: ik gok." in page


def test_all_questions_on_one_page(browser, person):
    quiz_of(*KINDS, on_one_page=True)
    attempt = begin(browser, person)
    url = reverse("attempt_all", args=[attempt.pk])
    assert browser.get(reverse("attempt_question", args=[attempt.pk, 2])).url == url
    assert browser.get(url).status_code == 200
    form = {"go": "overview"}
    for item in attempt.items.select_related("version"):
        form |= form_of(item, item.version.marking_key.best or ["Ik."], f"{item.position}-")
    number = next(item for item in attempt.items.all() if item.version.kind == Kind.NUMBER)
    refused = browser.post(url, form | {f"{number.position}-answer": "veel"})
    assert refused.status_code == 422
    assert "nog niet bewaard" in refused.content.decode()
    assert browser.post(url, form).url == reverse("attempt", args=[attempt.pk])
    browser.post(reverse("attempt_submit", args=[attempt.pk]))
    assert Attempt.objects.get().percentage == 100


def test_queries_do_not_grow_with_the_quiz(browser, person, django_assert_max_num_queries):
    quiz_of(*KINDS, *KINDS)
    attempt = begin(browser, person)
    url = reverse("attempt_question", args=[attempt.pk, 3])
    browser.get(url)
    with django_assert_max_num_queries(8):
        browser.get(url)
    item = attempt.items.get(position=3)
    with django_assert_max_num_queries(6):
        browser.post(url, {"answer": "true"}, HTTP_X_REQUESTED_WITH="fetch")
    assert AttemptItem.objects.get(pk=item.pk).answer.response == ["true"]


def test_extra_time_is_ones_own_word(browser, person):
    browser.post(reverse("extra_time"), {"extra_time": "50", "next": "/mijn/"})
    person.refresh_from_db()
    assert person.extra_time == 50
    browser.post(reverse("extra_time"), {"extra_time": "900", "next": "//elders.example/"})
    person.refresh_from_db()
    assert person.extra_time == 50


def test_a_test_at_the_start_lets_one_skip_lessons(browser, person):
    module = factories.make_module("vooraf")
    entrance = factories.make_quiz(
        module, [factories.make_question(factories.true_false_answers())], slug="vooraf-toets"
    )
    skipped, read = factories.make_lesson(module), factories.make_lesson(module)
    entrance.covers.set([skipped])
    entrance.save_revision().publish()
    assert "niet verplicht" in browser.get("/leren/vooraf/").content.decode()
    assert skipped.title in browser.get("/leren/vooraf/vooraf-toets/").content.decode()
    attempt = attempts.start_attempt(person, entrance)
    attempts.save_answer(attempt, attempt.items.select_related("version").get(), ["true"])
    attempts.submit_attempt(attempt)
    done = set(StepProgress.objects.values_list("step_key", flat=True))
    assert done == {skipped.translation_key, entrance.translation_key}
    browser.post(read.url, {"done": "yes"})
    assert person.completions.current().get().module_key == module.translation_key


def test_who_fails_a_test_at_the_start_just_reads(browser, person):
    module = factories.make_module("vooraf")
    entrance = factories.make_quiz(
        module, [factories.make_question(factories.true_false_answers())], slug="vooraf-toets"
    )
    lesson = factories.make_lesson(module)
    entrance.covers.set([lesson])
    entrance.save_revision().publish()
    assert browser.post("/leren/vooraf/").url == entrance.url
    attempts.submit_attempt(attempts.start_attempt(person, entrance))
    assert not person.completions.exists()
    browser.post(lesson.url, {"done": "yes"})
    assert person.completions.current().exists()
