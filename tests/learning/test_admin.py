"""An editor at work in /beheer/: everything can be made there, and nothing is lost on an error."""

import pytest
from django.contrib.auth.models import Group
from wagtail.test.utils.form_data import (
    inline_formset,
    nested_form_data,
    rich_text,
    streamfield,
)

from home.models import NewsIndexPage
from home.permissions import CHIEF_EDITORS, EDITORS
from learning.models import CataloguePage, LessonPage, ModulePage, Question, QuizPage, Topic
from tests import factories

pytestmark = pytest.mark.django_db
PAYLOAD = "<script>alert(1)</script>"


@pytest.fixture
def editor(site, signed_in):
    person = factories.make_user()
    person.groups.add(Group.objects.get(name=EDITORS))
    return signed_in(person)


@pytest.fixture
def chief(site, signed_in):
    person = factories.make_user()
    person.groups.add(Group.objects.get(name=CHIEF_EDITORS))
    return signed_in(person)


def question_data(**answers):
    option = {"feedback": "Uitleg.", "correct": ""}
    options = answers or {"Na de eed": "on", "Meteen": ""}
    return nested_form_data(
        {
            "stem": rich_text("<p>Wanneer begint u?</p>"),
            "hint": PAYLOAD,
            "feedback": rich_text("<p>Na de eed.</p>"),
            "difficulty": "1",
            "editor_note": "",
            "answers": streamfield(
                [
                    (
                        "single_choice",
                        {
                            "options": {
                                "count": len(options),
                                **{
                                    str(n): {
                                        "value": {**option, "text": text, "correct": correct},
                                        "order": str(n),
                                        "deleted": "",
                                        "id": "",
                                    }
                                    for n, (text, correct) in enumerate(options.items())
                                },
                            }
                        },
                    )
                ]
            ),
        }
    )


def errors_of(response):
    return response.context["form"].errors if response.context else None


def test_a_question_is_written_in_the_bank(editor):
    response = editor.post("/beheer/snippets/learning/question/add/", question_data())
    assert response.status_code == 302, errors_of(response)
    question = Question.objects.get()
    assert not question.live
    assert [option["correct"] for option in question.answers[0].value.key_data()["options"]] == [
        True,
        False,
    ]


def test_a_question_without_a_right_answer_comes_back_whole(editor):
    data = question_data(Eerste="", Tweede="")
    response = editor.post("/beheer/snippets/learning/question/add/", data)
    assert response.status_code == 200
    assert not Question.objects.exists()
    page = response.content.decode()
    assert "Eerste" in page
    assert "Tweede" in page


def test_a_module_a_lesson_and_a_quiz_are_made(editor):
    catalogue = CataloguePage.objects.get(locale__language_code="nl")
    module_data = {
        "title": "Nieuwe module",
        "slug": "nieuwe-module",
        "summary": PAYLOAD,
        "goal": "Meer weten.",
        "minutes": "20",
        "number": "9",
        "version": "1",
        "roles": ["raadslid"],
        "comments": inline_formset([]),
    }
    address = f"/beheer/pages/add/learning/modulepage/{catalogue.pk}/"
    response = editor.post(address, nested_form_data(module_data))
    assert response.status_code == 302, errors_of(response)
    module = ModulePage.objects.get(slug="nieuwe-module")
    assert not module.live

    lesson_data = {
        "title": "Nieuwe les",
        "slug": "nieuwe-les",
        "introduction": "Kort.",
        "minutes": "5",
        "source": "Gemeentewet",
        "checked_on": "2026-11-01",
        "is_example": "on",
        "body": streamfield(
            [
                ("heading", {"text": "De regel", "level": "h2"}),
                ("text", rich_text(f"<p>Tekst {PAYLOAD}</p>")),
                ("quote", {"text": "Ik twijfelde.", "source": "Een raadslid"}),
            ]
        ),
        "comments": inline_formset([]),
    }
    address = f"/beheer/pages/add/learning/lessonpage/{module.pk}/"
    response = editor.post(address, nested_form_data(lesson_data))
    assert response.status_code == 302, errors_of(response)
    lesson = LessonPage.objects.get(slug="nieuwe-les")
    assert "<script>" not in str(lesson.body.render_as_block())

    question = factories.make_question()
    quiz_data = {
        "title": "Nieuwe toets",
        "slug": "nieuwe-toets",
        "introduction": rich_text("<p>Begin maar.</p>"),
        "minutes": "5",
        "pass_mark": "70",
        "shuffle_options": "on",
        "quiz_questions": inline_formset(
            [{"question": str(question.pk), "lesson": "", "weight": "1"}]
        ),
        "draws": inline_formset([]),
        "feedback_when": "after_attempt",
        "counts": "best",
        "wait_minutes": "0",
        "comments": inline_formset([]),
    }
    address = f"/beheer/pages/add/learning/quizpage/{module.pk}/"
    response = editor.post(address, nested_form_data(quiz_data))
    assert response.status_code == 302, errors_of(response)
    assert QuizPage.objects.get(slug="nieuwe-toets").quiz_questions.count() == 1


def quiz_form(questions, **fields):
    """What the form of a new quiz sends, with these questions."""
    rows = [{"question": str(each.pk), "lesson": "", "weight": "1"} for each in questions]
    return nested_form_data(
        {
            "title": "Een toets",
            "slug": "een-toets",
            "introduction": rich_text(""),
            "minutes": "5",
            "pass_mark": "70",
            "feedback_when": "after_attempt",
            "counts": "best",
            "wait_minutes": "0",
            "quiz_questions": inline_formset(rows),
            "draws": inline_formset([]),
            "comments": inline_formset([]),
            "action-publish": "1",
        }
        | fields
    )


@pytest.mark.parametrize(
    ("kinds", "fields", "message"),
    [
        ([], {}, "Voeg een vraag toe die punten oplevert"),
        (["reflection"], {}, "Voeg een vraag toe die punten oplevert"),
        (["true_false", "same"], {}, "twee keer in deze toets"),
        (["true_false"], {"on_one_page": "on", "forward_only": "on"}, "is er geen volgende vraag"),
    ],
)
def test_a_quiz_that_cannot_be_is_refused(chief, kinds, fields, message):
    module = factories.make_module()
    questions = []
    for kind in kinds:
        same = kind == "same"
        questions.append(
            questions[0] if same else factories.make_question(factories.answers_of(kind))
        )
    address = f"/beheer/pages/add/learning/quizpage/{module.pk}/"
    response = chief.post(address, quiz_form(questions, **fields))
    assert response.status_code == 200
    assert message in str(errors_of(response))
    assert not QuizPage.objects.exists()


def test_a_quiz_that_only_draws_is_published_and_an_unfinished_one_kept_as_a_draft(chief):
    module = factories.make_module()
    topic = Topic.objects.create(name="Eed", locale=factories.locale())
    address = f"/beheer/pages/add/learning/quizpage/{module.pk}/"
    row = {"number": "2", "difficulty": "", "weight": "1", "topics": str(topic.pk)}
    drawn = quiz_form([], draws=inline_formset([row]))
    response = chief.post(address, drawn)
    assert response.status_code == 302, errors_of(response)
    assert QuizPage.objects.get().live
    draft = quiz_form([], slug="concept")
    del draft["action-publish"]
    response = chief.post(address, draft)
    assert response.status_code == 302, errors_of(response)
    assert not QuizPage.objects.get(slug="concept").live


@pytest.mark.parametrize("kind", ["learning/modulepage", "home/newspage"])
def test_the_forms_open_in_dutch(editor, kind):
    parents = {"learning/modulepage": CataloguePage, "home/newspage": NewsIndexPage}
    parent = parents[kind].objects.get(locale__language_code="nl")
    response = editor.get(f"/beheer/pages/add/{kind}/{parent.pk}/")
    assert response.status_code == 200
    assert '<html lang="nl"' in response.content.decode()


def test_an_editor_does_not_publish(editor):
    module = factories.make_module(live=False)
    data = {
        "title": "Toch",
        "slug": module.slug,
        "summary": "Kort.",
        "goal": "Meer.",
        "minutes": "20",
        "number": "9",
        "version": "1",
        "roles": ["raadslid"],
        "comments": inline_formset([]),
        "action-publish": "yes",
    }
    editor.post(f"/beheer/pages/{module.pk}/edit/", nested_form_data(data))
    module.refresh_from_db()
    assert not module.live
