"""A law has changed: what rests on it is listed until somebody has looked at each."""

from datetime import date

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.models import ReferenceIndex

from home.permissions import EDITORS
from learning.archiving import archive
from learning.law_reviews import ChangedAgain, changes, count_left, review
from learning.models import LawReview, Question
from tests import factories

pytestmark = pytest.mark.django_db

DAY, LATER = date(2026, 10, 1), date(2026, 11, 1)
REPORT = "/beheer/nakijken/"


@pytest.fixture
def person(site):
    person = factories.make_user()
    person.groups.add(Group.objects.get(name=EDITORS))
    return person


@pytest.fixture
def editor(person, signed_in):
    return signed_in(person)


@pytest.fixture
def article(person):
    return factories.make_law_article(changed_on=DAY, change="De eed is langer geworden.")


def question_on(article, name="Wanneer de eed?", **fields):
    made = factories.make_question(stem=f"<p>{name}</p>", **fields)
    question = Question.objects.get(pk=made.pk)
    question.law_articles.set([article])
    question.save()
    return question


def lesson_on(article, **fields):
    block = {"article": article, "explanation": ""}
    lesson = factories.make_lesson(body=[("law_article", block)], **fields)
    ReferenceIndex.create_or_update_for_object(lesson)
    return lesson


def tick(client, article, kind, thing, **data):
    names = [article.translation_key, article.changed_on, kind, thing.pk]
    return client.post(reverse("law_review_tick", args=names), data)


def test_questions_and_lessons_are_listed_until_each_is_ticked(editor, person, article):
    question, lesson = question_on(article), lesson_on(article, title="De les over de eed")
    question_on(factories.make_law_article(number="15"), "Een ander artikel")
    assert "2" in editor.get("/beheer/").content.decode()
    page = editor.get(REPORT).content.decode()
    for words in ("De eed is langer geworden.", "Wanneer de eed?", "De les over de eed"):
        assert words in page
    assert "Een ander artikel" not in page
    for _again in range(2):
        assert tick(editor, article, "question", question).url == REPORT
    assert count_left() == 1
    kept = LawReview.objects.get()
    assert kept.reviewed_by == person
    editor.get(REPORT)  # says once that it is ticked
    assert "Wanneer de eed?" not in editor.get(REPORT).content.decode()
    tick(editor, article, "page", lesson)
    assert count_left() == 0
    assert REPORT not in editor.get("/beheer/").content.decode().split("<h1")[1]
    page = editor.get(REPORT + "?alles=1").content.decode()
    assert "Wanneer de eed?" in page
    assert person.name in page
    assert tick(editor, article, "page", lesson, undo="1", alles="1").url.endswith("?alles=1")
    assert count_left() == 1


def test_a_later_change_asks_for_another_look(editor, person, article):
    question = question_on(article)
    tick(editor, article, "question", question)
    before = factories.LawArticle.objects.get(pk=article.pk)
    article.changed_on, article.change = LATER, "Nog langer."
    article.save()
    assert count_left() == 1
    # Who has the older list open has not read what is new.
    response = tick(editor, before, "question", question)
    assert response.status_code == 302
    assert count_left() == 1
    with pytest.raises(ChangedAgain):
        review(question, article_key=article.translation_key, changed_on=DAY, by=person)


def test_all_languages_rest_on_it_and_each_is_looked_at(article):
    question = question_on(article)
    english = article.copy_for_translation(factories.locale("en"))
    english.save()
    question_on(english, "When is the oath?", locale=factories.locale("en"))
    (change,) = changes()
    assert change.article.change == "De eed is langer geworden."
    assert {item.thing.locale.language_code for item in change.left} == {"nl", "en"}
    assert question in {item.thing for item in change.left}


def test_a_dilemma_rests_on_its_articles_too(article):
    scenes = [factories.scene("", [("zwijgen", ""), ("melden", "")])]
    dilemma = factories.make_dilemma(scenes=scenes)
    dilemma.law_articles.set([article])
    dilemma.save()
    [change] = changes()
    assert [item.thing.pk for item in change.left] == [dilemma.pk]


def test_what_is_archived_and_in_no_quiz_needs_no_look(person, article):
    gone, asked = question_on(article), question_on(article, "Staat in een toets")
    factories.make_quiz(questions=[asked])
    for question in (gone, asked):
        archive(question.translation_key, by=person)
    assert [item.thing for item in changes()[0].left] == [asked]


def test_the_bank_finds_what_is_to_be_reviewed(editor, article):
    question = question_on(article)
    question_on(factories.make_law_article(number="15"), "Een ander artikel")
    response = editor.get("/beheer/snippets/learning/question/", {"checked": "changed"})
    assert list(response.context["table"].data) == [question]


def test_a_change_has_a_day_and_words():
    with pytest.raises(ValidationError, match="veranderd"):
        factories.make_law_article(changed_on=DAY).full_clean()
    with pytest.raises(ValidationError, match="wanneer"):
        factories.make_law_article(change="Iets.").full_clean()


def test_an_editor_marks_an_article_as_changed(editor, person):
    article = factories.make_law_article()
    question_on(article)
    data = {
        "law": article.law,
        "number": article.number,
        "title": article.title,
        "summary": article.summary,
        "url": "",
        "checked_on": "2026-11-01",
        "changed_on": "2026-10-01",
        "change": "De eed is langer.",
    }
    response = editor.post(f"/beheer/snippets/home/lawarticle/edit/{article.pk}/", data)
    assert response.status_code == 302
    assert count_left() == 1


def test_nothing_is_changed_and_nothing_rests_on_it(editor, person):
    assert "Geen artikel" in editor.get(REPORT).content.decode()
    factories.make_law_article(changed_on=DAY, change="Iets.")
    assert "Er rust niets op" in editor.get(REPORT + "?alles=1").content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "00000000-0000-4000-8000-000000000000/2026-10-01/question/{pk}/",
        "{key}/2026-99-01/question/{pk}/",
        "{key}/2026-10-01/lesson/{pk}/",
        "{key}/2026-10-01/question/999999/",
        "{key}/2026-10-01/page/999999/",
        "iets/2026-10-01/question/{pk}/",
    ],
)
def test_what_is_not_there_is_not_ticked(editor, article, address):
    question = question_on(article)
    address = REPORT + address.format(key=article.translation_key, pk=question.pk)
    assert editor.post(address).status_code in (302, 404)
    assert not LawReview.objects.exists()


def test_the_report_asks_no_more_when_more_rests_on_it(
    editor, article, django_assert_max_num_queries
):
    question_on(article)
    lesson_on(article)
    editor.get(REPORT)
    with django_assert_max_num_queries(40) as few:
        editor.get(REPORT)
    for number in range(8):
        question_on(article, f"Vraag {number}")
    lesson_on(article)
    with django_assert_max_num_queries(len(few)):
        editor.get(REPORT)
