"""A module's next version: written apart, published as a whole, nobody's work lost."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import PageLogEntry, Workflow
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from home.permissions import CHIEF_EDITORS, EDITORS
from learning import attempts
from learning.changes import Choice
from learning.completions import complete_if_done
from learning.enrolments import begin, finish_step
from learning.in_the_middle import in_the_middle, people
from learning.models import Completion, Job, LessonPage, ModulePage, NextVersion, QuizPage
from learning.models.people import today
from learning.module_versions import (
    PUBLISHED,
    NotFinished,
    StepState,
    begin_version,
    leave_out,
    next_version,
    publish_version,
    steps_in_it,
    stop_version,
)
from learning.steps import steps_of
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


def in_group(group):
    person = factories.make_user()
    person.groups.add(Group.objects.get(name=group))
    return person


@pytest.fixture
def chief(site):
    return in_group(CHIEF_EDITORS)


@pytest.fixture
def module(chief):
    return factories.make_module("eed", title="De eed")


@pytest.fixture
def lesson(module):
    lesson = factories.make_lesson(module, slug="les", title="De les")
    lesson.save_revision().publish()
    return LessonPage.objects.get(pk=lesson.pk)


@pytest.fixture
def old(module, lesson):
    return factories.make_lesson(module, slug="oud", title="Oude les")


@pytest.fixture
def quiz(module, old):
    return factories.make_quiz(module, slug="toets", title="De toets")


@pytest.fixture
def version(module, chief, quiz):
    return begin_version(module, by=chief)


def draft(page, title):
    page.title = page.draft_title = title
    page.save_revision()


def new_lesson(module):
    lesson = factories.make_lesson(module, slug="nieuw", title="Nieuwe les", live=False)
    LessonPage.objects.filter(pk=lesson.pk).update(first_published_at=None)
    lesson = LessonPage.objects.get(pk=lesson.pk)
    lesson.save_revision()
    return lesson


def on_the_site(module):
    return [step.title for step in steps_of(ModulePage.objects.get(pk=module.pk))]


def test_until_it_is_published_nothing_changes_for_anybody(module, version, lesson, quiz):
    before = on_the_site(module)
    draft(lesson, "De les, herzien")
    new_lesson(module)
    assert on_the_site(module) == before
    states = [(step.page.draft_title, step.state) for step in steps_in_it(module, version)]
    assert states == [
        ("De les, herzien", StepState.CHANGED),
        ("Oude les", StepState.SAME),
        (quiz.title, StepState.SAME),
        ("Nieuwe les", StepState.NEW),
    ]


def test_it_is_published_as_a_whole(module, version, lesson, old, chief):
    draft(lesson, "De les, herzien")
    new_lesson(module)
    leave_out(module, [old.translation_key])
    key = lesson.translation_key
    assert publish_version(module, by=chief) == 2
    assert on_the_site(module) == ["De les, herzien", "De toets", "Nieuwe les"]
    module.refresh_from_db()
    assert module.version == 2
    assert LessonPage.objects.get(pk=lesson.pk).translation_key == key
    assert next_version(module) is None
    assert PageLogEntry.objects.filter(action=PUBLISHED, page=module.pk).count() == 1


def test_again_publishes_nothing_more(module, version, chief):
    assert publish_version(module, by=chief) == 2
    assert publish_version(module, by=chief) is None
    module.refresh_from_db()
    assert module.version == 2


def test_beginning_twice_is_one_version(module, version, chief):
    assert begin_version(module, by=chief) == version
    assert NextVersion.objects.count() == 1


def test_stopping_leaves_the_drafts(module, version, lesson, chief):
    draft(lesson, "De les, herzien")
    stop_version(module, by=chief)
    stop_version(module, by=chief)
    lesson.refresh_from_db()
    assert lesson.title == "De les"
    assert lesson.get_latest_revision_as_object().title == "De les, herzien"


def test_a_page_that_is_not_whole_stops_all_of_it(module, version, lesson, old, chief):
    draft(lesson, "De les, herzien")
    old.source = ""
    old.save_revision(clean=False)
    with pytest.raises(NotFinished) as error:
        publish_version(module, by=chief)
    assert [page.pk for page in error.value.pages] == [old.pk]
    lesson.refresh_from_db()
    module.refresh_from_db()
    assert (lesson.title, module.version) == ("De les", 1)
    assert next_version(module) is not None


def test_who_is_halfway_keeps_what_they_did(module, version, lesson, old, chief):
    quiz = QuizPage.objects.child_of(module).get()
    person = factories.make_member().person
    enrolment = begin(person, module.translation_key)
    finish_step(person, module, lesson.translation_key)
    draft(lesson, "De les, herzien")
    leave_out(module, [old.translation_key])
    new = new_lesson(module)
    publish_version(module, by=chief)
    enrolment.refresh_from_db()
    assert enrolment.closed_at is None
    assert list(enrolment.steps.values_list("step_key", flat=True)) == [lesson.translation_key]
    module = ModulePage.objects.get(pk=module.pk)
    assert complete_if_done(person, module) is None
    finish_step(person, module, new.translation_key)
    finish_step(person, module, quiz.translation_key)
    assert complete_if_done(person, module).module_version == 2


def test_an_attempt_that_runs_is_handed_in_as_it_began(module, version, quiz, chief):
    person = factories.make_member().person
    attempt = attempts.start_attempt(person, quiz)
    items = list(attempt.items.order_by("position").values_list("version", flat=True))
    quiz.pass_mark = 100
    quiz.quiz_questions.all().delete()
    quiz.quiz_questions.create(question=factories.make_question())
    quiz.save_revision()
    publish_version(module, by=chief)
    attempt.refresh_from_db()
    assert list(attempt.items.order_by("position").values_list("version", flat=True)) == items
    assert attempts.submit_attempt(attempt).submitted_at is not None


def test_a_completion_stays_unless_it_is_asked_again(module, version, chief):
    person = factories.make_member().person
    done = factories.finish(person, module)
    publish_version(module, by=chief, choice=Choice.TELL)
    done.refresh_from_db()
    assert (done.module_version, done.ended_on) == (1, None)
    assert Job.objects.get().parameters["choice"] == "tell"


def test_asking_again_raises_the_number_once(module, version, chief):
    factories.finish(factories.make_member().person, module)
    with pytest.raises(ValueError, match="day"):
        publish_version(module, by=chief, choice=Choice.AGAIN)
    day = today() + timedelta(days=30)
    assert publish_version(module, by=chief, choice=Choice.AGAIN, ended_on=day) == 2
    module.refresh_from_db()
    assert module.version == 2
    assert Completion.objects.get().module_version == 1


def test_people_are_counted_and_small_numbers_are_not_told(module, quiz):
    members = [factories.make_member().person for _number in range(6)]
    for person in members:
        begin(person, module.translation_key)
    attempts.start_attempt(members[0], quiz)
    factories.finish(members[1], module)
    middle = in_the_middle(module)
    assert (middle.begun, middle.in_a_quiz) == (5, 1)
    assert [people(number) for number in (0, 1, 4, 5)] == [
        "niemand",
        "minder dan 5 mensen",
        "minder dan 5 mensen",
        "5 mensen",
    ]


def test_the_page_from_beginning_to_publication(signed_in, chief, module, lesson, old):
    client = signed_in(chief)
    address = reverse("module_version", args=[module.pk])
    assert address in client.get(f"/beheer/pages/{module.pk}/edit/").content.decode()
    assert "Begin de volgende versie" in client.get(address).content.decode()
    client.post(address, {"begin": "1"})
    client.post(address, {"leave_out": [str(old.translation_key), "no key"]})
    begin(factories.make_member(name="Geheim").person, module.translation_key)
    html = client.get(address).content.decode()
    assert "verdwijnt" in html
    assert "minder dan 5 mensen" in html
    assert "Geheim" not in html
    publishing = reverse("module_version_publish", args=[module.pk])
    html = client.get(publishing).content.decode()
    assert "Publiceer als versie 2" in html
    assert "Oude les: verdwijnt" in html
    answer = client.post(publishing, follow=True)
    assert "Versie 2 is gepubliceerd" in answer.content.decode()
    assert on_the_site(module) == ["De les"]
    assert client.get(publishing).status_code == 302


def test_where_people_finished_it_the_editor_chooses(signed_in, chief, module, version):
    factories.finish(factories.make_member().person, module)
    client = signed_in(chief)
    publishing = reverse("module_version_publish", args=[module.pk])
    assert client.post(publishing, {"choice": "again"}).status_code == 422
    assert next_version(module) is not None
    assert client.post(publishing, {"choice": "tell"}).status_code == 302
    assert next_version(module) is None


def test_an_unfinished_page_is_named(signed_in, chief, module, version, lesson):
    lesson.source = ""
    lesson.save_revision(clean=False)
    answer = signed_in(chief).post(reverse("module_version_publish", args=[module.pk]))
    assert answer.status_code == 422
    assert "nog niet af" in answer.content.decode()


def test_an_editor_writes_and_does_not_publish(signed_in, module, version, client):
    editor = in_group(EDITORS)
    address = reverse("module_version", args=[module.pk])
    assert client.get(address).status_code == 302
    client = signed_in(editor)
    assert "Een eindredacteur publiceert haar" in client.get(address).content.decode()
    client.post(reverse("module_version_publish", args=[module.pk]))
    assert next_version(module) is not None
    assert client.get(reverse("module_version", args=[987654])).status_code == 404


def lesson_data(lesson, **action):
    return nested_form_data(
        {
            "title": "Een nieuwe titel",
            "slug": lesson.slug,
            "introduction": "",
            "minutes": 5,
            "body": streamfield([("text", rich_text("<p>Tekst.</p>"))]),
            "source": "Gemeentewet, artikel 14",
            "checked_on": "2026-11-01",
            "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0},
        }
        | action
    )


def test_no_page_of_it_is_published_by_itself(signed_in, chief, module, version, lesson):
    client = signed_in(chief)
    edit = reverse("wagtailadmin_pages:edit", args=[lesson.pk])
    answer = client.post(edit, lesson_data(lesson, **{"action-publish": "yes"}))
    assert answer.url == reverse("module_version", args=[module.pk])
    lesson.refresh_from_db()
    assert lesson.title == "De les"
    assert lesson.draft_title == "Een nieuwe titel"


def test_nor_when_it_is_approved(module, version, lesson, chief):
    lesson.title = "Goedgekeurd"
    lesson.save_revision()
    state = Workflow.objects.get(name="Eindredactie").start(lesson, in_group(EDITORS))
    state.current_task_state.approve(user=chief)
    lesson.refresh_from_db()
    assert lesson.title == "De les"
    publish_version(module, by=chief)
    lesson.refresh_from_db()
    assert lesson.title == "Goedgekeurd"


def test_who_publishes_one_step_sees_who_is_in_the_middle(signed_in, chief, module, lesson):
    begin(factories.make_member(name="Geheim").person, module.translation_key)
    client = signed_in(chief)
    edit = reverse("wagtailadmin_pages:edit", args=[lesson.pk])
    answer = client.post(edit, lesson_data(lesson, **{"action-publish": "yes"}))
    html = client.get(answer.url).content.decode()
    assert "Halverwege: minder dan 5 mensen" in html
    assert "Geheim" not in html
    assert 'name="choice"' not in html
    client.post(answer.url)
    lesson.refresh_from_db()
    assert lesson.title == "Een nieuwe titel"
