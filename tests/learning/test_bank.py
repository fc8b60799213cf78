"""An editor finds, copies, hands in, archives and compares questions of the bank."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import Locale, ModelLogEntry, Revision, WorkflowState

from home.permissions import CHIEF_EDITORS, EDITORS
from learning import attempts
from learning.archiving import archive, take_back, use_of
from learning.models import Attempt, Question, QuizQuestion, Topic
from learning.models.people import today
from learning.previews import trial
from learning.topic_changes import change_topics, effects
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

TRY = "/beheer/vragen/proberen/"
LIST = "/beheer/snippets/learning/question/"


def in_group(name):
    person = factories.make_user()
    person.groups.add(Group.objects.get(name=name))
    return person


@pytest.fixture
def chief_person(site):
    return in_group(CHIEF_EDITORS)


@pytest.fixture
def chief(chief_person, signed_in):
    return signed_in(chief_person)


@pytest.fixture
def editor(site, signed_in):
    return signed_in(in_group(EDITORS))


@pytest.fixture
def topics(site):
    return [Topic.objects.create(name=name, locale=factories.locale()) for name in ("Eed", "Gift")]


def listed(client, **filters):
    response = client.get(LIST, filters)
    assert response.status_code == 200
    return {str(question) for question in response.context["table"].data}


def edit(question):
    return f"{LIST}edit/{question.pk}/"


def make(name, **fields):
    question = factories.make_question(stem=f"<p>{name}</p>", **fields)
    return Question.objects.get(pk=question.pk)


# Finding


def test_filters_find_by_topic_kind_difficulty_and_use(chief, topics):
    oath, gift = make("Eed", difficulty=1), make("Gift", difficulty=3)
    truth = make("Waar", answers=factories.true_false_answers())
    oath.topics.set([topics[0]])
    oath.save()
    quiz = factories.make_quiz(questions=[oath])
    other = factories.make_quiz(questions=[gift])
    assert listed(chief) == {"Eed", "Gift", "Waar"}
    assert listed(chief, topics=topics[0].pk) == {"Eed"}
    assert listed(chief, kind="true_false") == {"Waar"}
    assert listed(chief, difficulty=["1", "3"]) == {"Eed", "Gift"}
    assert listed(chief, used="any") == {"Eed", "Gift"}
    assert listed(chief, used="none") == {"Waar"}
    assert listed(chief, used=quiz.pk) == {"Eed"}
    assert listed(chief, used=other.pk, difficulty="1") == set()
    assert listed(chief, q="waa") == {"Waar"}
    assert listed(chief, q="waa", used="any") == set()
    assert truth.kind == "true_false"


def test_filters_find_what_is_long_unchecked(chief):
    for name, days in (("Oud", 400), ("Half", 200), ("Nieuw", 10)):
        question = make(name)
        article = factories.make_law_article(number=name, checked_on=today() - timedelta(days=days))
        question.law_articles.set([article])
        question.save()
    make("Zonder")
    assert listed(chief, checked="year") == {"Oud"}
    assert listed(chief, checked="half") == {"Oud", "Half"}
    assert listed(chief, checked="none") == {"Zonder"}
    assert listed(chief, checked="changed") == set()


@pytest.mark.parametrize(
    "query",
    [
        "topics=999999",
        "topics=x",
        "kind=essay",
        "used=-1",
        "used=x",
        "difficulty=9",
        "checked=ooit",
        "archived=nee",
        "state=weg",
        "p=0",
        "p=x",
        "ordering=-stem__x",
        "q=" + "x" * 3000,
    ],
)
def test_filters_that_mean_nothing_break_nothing(chief, query):
    make("Eed")
    assert chief.get(f"{LIST}?{query}").status_code == 200


def test_the_list_asks_no_more_for_fifty_than_for_three(
    chief, topics, django_assert_max_num_queries
):
    article = factories.make_law_article()

    def fill(number):
        questions = [make(f"Vraag {n}") for n in range(number)]
        for question in questions:
            question.topics.set(topics)
            question.law_articles.set([article])
            question.save()
        factories.make_quiz(questions=questions)

    fill(3)
    chief.get(LIST)
    with django_assert_max_num_queries(60) as few:
        chief.get(LIST)
    fill(30)
    with django_assert_max_num_queries(len(few)):
        response = chief.get(LIST)
    assert len(response.context["table"].data) == 33


def test_the_list_says_which_languages_and_where_it_is_used(chief):
    question = make("Eed")
    english = question.copy_for_translation(Locale.objects.get(language_code="en"))
    english.save()
    factories.make_quiz(questions=[question], title="Toets over de eed")
    page = chief.get(LIST, {"locale": "nl"}).content.decode()
    assert "nl, en" in page
    assert "Toets over de eed" in page


# Copying and handing in


def test_a_copy_is_a_question_of_its_own(chief):
    question = make("Eed", hint="Denk na", editors_note="Voor M1")
    question.stem = "<p>Eed, nieuwe tekst</p>"
    question.save_revision()
    response = chief.get(f"{LIST}copy/{question.pk}/")
    assert response.status_code == 200
    form = response.context["form"]
    assert "nieuwe tekst" in form.instance.stem
    assert form.initial["hint"] == "Denk na"
    assert response.context["action_url"].startswith(f"{LIST}add/")


def test_a_copy_of_an_english_question_is_english(chief):
    question = make("Oath", locale=factories.locale("en"))
    response = chief.get(f"{LIST}copy/{question.pk}/")
    assert "locale=en" in response.context["action_url"]


def test_an_editor_hands_in_and_a_chief_editor_publishes(editor, chief_person, site):
    question = make("Eed")
    workflow = question.get_workflow()
    assert workflow.name == "Eindredactie"
    question.hint = "Nieuw"
    question.save_revision()
    state = workflow.start(question, factories.make_user())
    assert state.status == WorkflowState.STATUS_IN_PROGRESS
    assert listed(editor, state="review") == {"Eed"}
    # While it is looked at, an editor's form is locked.
    assert editor.get(edit(question)).context["locked_for_user"]
    state.current_task_state.approve(user=chief_person)
    question.refresh_from_db()
    assert question.live
    assert question.hint == "Nieuw"
    assert listed(editor, state="review") == set()


# Topics of many at once


def bulk(questions, name="topics"):
    numbers = "&".join(f"id={question.pk}" for question in questions)
    return f"/beheer/bulk/learning/question/{name}/?next={LIST}&{numbers}"


def names(question):
    question.refresh_from_db()
    return sorted(topic.name for topic in Question.objects.get(pk=question.pk).topics.all())


def test_topics_of_many_change_after_a_look(chief, topics):
    first, second = make("Eerste"), make("Tweede")
    second.topics.set([topics[0], topics[1]])
    second.save()
    address = bulk([first, second])
    data = {"add": [topics[0].pk], "remove": [topics[1].pk]}
    look = chief.post(address, data)
    assert look.status_code == 200
    effect = {each.question.pk: each for each in look.context["changing"]}
    assert [topic.name for topic in effect[first.pk].added] == ["Eed"]
    assert [topic.name for topic in effect[second.pk].removed] == ["Gift"]
    assert names(first) == []
    for _again in range(2):
        assert chief.post(address, data | {"confirmed": "1"}).status_code == 302
        assert names(first) == names(second) == ["Eed"]
    assert first.live
    assert not first.has_unpublished_changes


def test_an_editors_change_of_topics_waits_as_a_draft(editor, topics):
    question = make("Eed")
    look = editor.post(bulk([question]), {"add": [topics[0].pk]})
    assert look.context["drafts"] == 1
    editor.post(bulk([question]), {"add": [topics[0].pk], "confirmed": "1"})
    assert names(question) == []
    assert question.has_unpublished_changes
    draft = question.get_latest_revision_as_object()
    assert [topic.name for topic in draft.topics.all()] == ["Eed"]


def test_a_draft_stays_a_draft_when_topics_change(chief_person, topics):
    question = make("Eed")
    question.hint = "Nog niet"
    question.save_revision()
    question = Question.objects.get(pk=question.pk)
    change_topics([question], add=topics[:1], remove=[], by=chief_person, publishes=True)
    question.refresh_from_db()
    assert names(question) == ["Eed"]
    assert question.hint == ""
    assert question.has_unpublished_changes
    draft = question.get_latest_revision_as_object()
    assert draft.hint == "Nog niet"
    assert [topic.name for topic in draft.topics.all()] == ["Eed"]


def test_what_is_looked_at_by_somebody_is_left_out(chief_person, topics):
    question = make("Eed")
    question.get_workflow().start(question, chief_person)
    found = effects([question], add=topics, remove=[], by=chief_person)
    assert found[0].is_locked
    assert change_topics([question], add=topics, remove=[], by=chief_person, publishes=True) == 0


def test_a_topic_comes_in_the_questions_language(chief_person, topics):
    english = factories.locale("en")
    words = topics[0].copy_for_translation(english)
    words.name = "Oath"
    words.save()
    question = make("Oath", locale=english)
    change_topics([question], add=topics[:1], remove=[], by=chief_person, publishes=True)
    assert names(question) == ["Oath"]
    change_topics([question], add=[], remove=topics[:1], by=chief_person, publishes=True)
    assert names(question) == []


@pytest.mark.parametrize("data", [{}, {"add": ["x"]}, {"add": ["999999"]}, {"both": True}])
def test_no_topic_a_wrong_one_or_both_changes_nothing(chief, topics, data):
    question = make("Eed")
    if "both" in data:
        data = {"add": [topics[0].pk], "remove": [topics[0].pk]}
    response = chief.post(bulk([question]), data | {"confirmed": "1"})
    assert response.status_code == 200
    assert response.context["form"].errors
    assert names(question) == []


# Archiving


def test_a_used_question_is_archived_not_deleted(chief):
    question = make("Eed")
    quiz = factories.make_quiz(questions=[question], title="De toets")
    for address in (f"{LIST}delete/{question.pk}/", bulk([question], "delete")):
        for response in (chief.get(address), chief.post(address)):
            assert response.status_code == 200
            assert "De toets" in response.content.decode()
    assert Question.objects.filter(pk=question.pk).exists()
    page = chief.get(reverse("question_archive", args=[question.pk])).content.decode()
    assert "De toets" in page
    for _again in range(2):
        chief.post(reverse("question_archive", args=[question.pk]))
    assert listed(chief) == set()
    assert listed(chief, archived="yes") == listed(chief, archived="all") == {"Eed"}
    assert QuizQuestion.objects.filter(page=quiz, question=question).exists()
    assert ModelLogEntry.objects.filter(action="learning.archive").count() == 1
    chief.post(reverse("question_take_back", args=[question.pk]))
    assert listed(chief) == {"Eed"}


def test_a_question_that_was_asked_is_kept_when_no_quiz_has_it_any_more(chief):
    question = make("Eed")
    quiz = factories.make_quiz(questions=[question])
    attempts.start_attempt(factories.make_user(), quiz)
    quiz.quiz_questions.all().delete()
    quiz.delete()
    assert use_of([question.translation_key])[question.translation_key].was_asked
    chief.post(f"{LIST}delete/{question.pk}/")
    assert Question.objects.filter(pk=question.pk).exists()


def test_what_was_never_used_is_deleted(chief):
    question = make("Eed")
    assert "Eed" in chief.get(f"{LIST}delete/{question.pk}/").content.decode()
    chief.post(f"{LIST}delete/{question.pk}/")
    assert not Question.objects.filter(pk=question.pk).exists()


def test_a_quiz_keeps_asking_what_is_archived_until_it_is_taken_out(chief_person):
    question = make("Eed")
    quiz = factories.make_quiz(questions=[question])
    archive(question.translation_key, by=chief_person)
    assert attempts.start_attempt(factories.make_user(), quiz).items.count() == 1


def test_the_chooser_does_not_offer_what_is_archived(chief, chief_person):
    kept, gone = make("Blijft"), make("Weg")
    archive(gone.translation_key, by=chief_person)
    for address in ("/beheer/snippets/choose/learning/question/", "results/?q=we", "results/"):
        base = "/beheer/snippets/choose/learning/question/"
        response = chief.get(address if address == base else base + address)
        assert response.status_code == 200
        assert "Weg" not in {str(question) for question in response.context["results"]}
    assert kept.archived_at is None


def test_an_older_version_does_not_undo_archiving(chief_person):
    question = make("Eed")
    revision = question.save_revision()
    archive(question.translation_key, by=chief_person)
    Revision.objects.get(pk=revision.pk).publish()
    question.refresh_from_db()
    assert question.archived_at is not None
    take_back(question.translation_key, by=chief_person)
    question.refresh_from_db()
    assert question.archived_at is None


def test_all_languages_are_archived_at_once(chief_person):
    question = make("Eed")
    english = question.copy_for_translation(factories.locale("en"))
    english.save()
    archive(question.translation_key, by=chief_person)
    assert not Question.objects.current().exists()


def test_an_editor_who_may_not_publish_does_not_archive(editor):
    question = make("Eed")
    for name in ("question_archive", "question_take_back"):
        assert editor.post(reverse(name, args=[question.pk])).status_code in (302, 403)
    question.refresh_from_db()
    assert question.archived_at is None
    assert "archiveren" not in editor.get(edit(question)).content.decode()


# Reading what changed


def test_a_difference_is_shown_in_words(chief, topics):
    answers = factories.choice_answers(correct=(0,), total=3)
    question = make("Eed", answers=answers)
    article = factories.make_law_article()
    before = question.save_revision()
    options = answers[0]["value"]["options"]
    options[0]["value"]["correct"], options[1]["value"]["correct"] = False, True
    options[1]["value"]["text"] = "Na de belofte"
    gone = options.pop()
    question.answers = question.answers.stream_block.to_python(answers)
    question.topics.set(topics[:1])
    question.law_articles.set([article])
    question.difficulty = 3
    after = question.save_revision()
    address = f"{LIST}history/{question.pk}/revisions/compare/{before.pk}...{after.pk}/"
    page = chief.get(address).content.decode()
    for words in ("Na de belofte", "Antwoord 3", "Eed", str(article), "moeilijk"):
        assert words in page, words
    assert gone["id"] not in page
    for code in ("True", "False", "single_choice", "[", str(article.pk) + "]"):
        assert code not in page.split('class="comparison')[1].split("</table>")[0], code


def test_bulk_deletion_of_other_snippets_goes_on(chief, topics):
    address = f"/beheer/bulk/learning/topic/delete/?next={LIST}&id={topics[0].pk}"
    assert chief.post(address).status_code == 302
    assert Topic.objects.count() == 1
    assert not Attempt.objects.exists()


# Trying out


def trial_of(client, question, mode="question"):
    """The preview of what is stored, as its frame shows it."""
    revision = question.latest_revision.pk
    response = client.get(f"{LIST}history/{question.pk}/revisions/{revision}/view/?mode={mode}")
    assert response.status_code == 200
    page = response.content.decode()
    return page, re.search(r'name="sealed" value="([^"]+)"', page)[1]


@pytest.mark.parametrize(("number", "said"), [(0, "Goed"), (1, "Niet goed")])
def test_an_editor_answers_in_the_preview_and_sees_the_marking(editor, number, said):
    answers = factories.choice_answers(correct=(0,), total=3)
    question = make("Eed", answers=answers)
    page, sealed = trial_of(editor, question)
    key = answers[0]["value"]["options"][number]["id"]
    assert key in page
    response = editor.post(TRY, {"sealed": sealed, "1-answer": key})
    assert response.status_code == 200
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    page = response.content.decode()
    assert f">{said}<" in page
    assert f"Uitleg bij {number + 1}." in page
    assert f'value="{key}" checked' in page
    assert not Attempt.objects.exists()


def test_what_was_never_saved_is_tried_as_it_stands_in_the_form(editor):
    question = make("Eed")
    question.stem = "<p>Nog niet bewaard</p>"
    sealed = trial([question])["sealed"]
    page = editor.post(TRY, {"sealed": sealed}).content.decode()
    assert "Nog niet bewaard" in page
    assert "Niet beantwoord" in page


@pytest.mark.parametrize("sealed", ["", "x", "eyJh:1:x", "\u00e9" * 50])
def test_a_preview_that_is_not_ours_is_not_marked(editor, sealed):
    assert editor.post(TRY, {"sealed": sealed}).status_code == 410


def test_an_answer_that_cannot_be_is_said_and_stays(editor):
    number = [{"type": "number", "value": {"value": "45", "tolerance": "0", "unit": "leden"}}]
    _page, sealed = trial_of(editor, make("Hoeveel?", answers=number))
    page = editor.post(TRY, {"sealed": sealed, "1-answer": "veel"}).content.decode()
    assert 'value="veel"' in page
    assert 'role="alert"' in page


def test_all_questions_of_a_quiz_are_tried_at_once(chief):
    quiz = factories.make_quiz()
    response = quiz.make_preview_request(preview_mode="questions")
    sealed = re.search(r'name="sealed" value="([^"]+)"', response.content.decode())[1]
    page = chief.post(TRY, {"sealed": sealed, "3-answer": "true"}).content.decode()
    assert page.count("Niet beantwoord") == 2
    assert ">Goed<" in page
