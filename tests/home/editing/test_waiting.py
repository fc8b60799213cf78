"""The start page says what waits for whoever opens it, and no more."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Workflow
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from home.editing import waiting
from home.editing.deadlines import set_deadline
from home.editing.waiting import Waiting, register_waiting, waiting_for
from home.editing.workflow import drafts, sent_back, to_judge
from home.models import LawArticle, PageDeadline, Support
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_else(home):
    LawArticle.objects.all().delete()
    Support.objects.all().delete()


@pytest.fixture
def handed_in(make_page, editor):
    page = make_page("plan", live=False)
    page.save_revision(user=editor)
    workflow = Workflow.objects.get(name="Eindredactie")
    return page, workflow.start(page, editor)


def titles(user):
    return [line.title for line in waiting_for(user)]


def test_nothing_waits(signed_in, editor):
    assert waiting_for(editor) == []
    html = signed_in(editor).get("/beheer/").content.decode()
    assert "Er wacht niets op u" in html


def test_wagtail_does_not_speak_of_itself(signed_in, editor):
    html = signed_in(editor).get("/beheer/").content.decode()
    assert "guide.wagtail.org" not in html
    assert "releases" not in html


def test_nobody_else_has_anything_waiting(handed_in):
    assert waiting_for(factories.make_user()) == []


def test_what_is_handed_in_waits_for_the_chief_and_not_for_the_editor(handed_in, editor, chief):
    page, _state = handed_in
    assert to_judge(chief) == {page.pk}
    assert to_judge(editor) == drafts(editor) == set()
    assert titles(chief) == ["Ingediend: wacht op uw oordeel"]
    assert titles(editor) == []


def test_what_is_sent_back_waits_for_the_editor(handed_in, editor, chief):
    page, state = handed_in
    state.current_task_state.reject(user=chief, comment="Te lang.")
    assert sent_back(editor) == {page.pk}
    assert to_judge(chief) == set()
    assert titles(editor)[0] == "Teruggestuurd: pas het aan en dien het opnieuw in"


def test_a_draft_waits_for_who_wrote_it(make_page, editor, chief):
    page = make_page("concept", live=False)
    page.save_revision(user=editor)
    assert drafts(editor) == {page.pk}
    assert drafts(chief) == set()


def test_a_day_that_comes_near_puts_the_line_first(handed_in, chief, make_page):
    page, _state = handed_in
    make_page("oud", review_on=timezone.localdate())
    far = timezone.localdate() + timedelta(days=30)
    set_deadline(page, far)
    line = waiting_for(chief)[0]
    assert not line.is_late
    assert "nodig op" in line.detail
    set_deadline(page, timezone.localdate() + timedelta(days=2))
    assert waiting_for(chief)[0].is_late


def test_lines_of_other_parts_are_added_and_empty_ones_left_out(editor, monkeypatch):
    monkeypatch.setattr(waiting, "_sources", [])

    @register_waiting
    def lines(_user):
        yield Waiting("Later", 3, "/beheer/", order=20)
        yield Waiting("Niets", 0, "/beheer/")
        yield Waiting("Eerst", 1, "/beheer/", order=10)
        yield Waiting("Te laat", 1, "/beheer/", is_late=True, order=90)

    assert titles(editor) == ["Te laat", "Eerst", "Later"]


def test_the_day_is_typed_in_the_editor_and_goes_when_it_is_published(signed_in, editor, make_page):
    page = make_page("plan")
    client = signed_in(editor)
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert 'name="needed_by"' in client.get(address).content.decode()
    form = {
        "title": "Plan",
        "slug": "plan",
        "introduction": "",
        "body": streamfield([("text", rich_text("<p>Anders.</p>"))]),
        "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0},
        "needed_by": "2026-12-24",
    }
    preview = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    client.post(preview, nested_form_data(form))
    assert not PageDeadline.objects.exists()
    assert client.post(address, nested_form_data(form)).status_code == 302
    assert f"{PageDeadline.objects.get(page=page).needed_by}" == "2026-12-24"
    html = client.get(address).content.decode()
    assert 'value="2026-12-24"' in html
    answer = client.post(address, nested_form_data(form | {"needed_by": "morgen"}))
    assert answer.status_code in (200, 422)
    assert client.post(address, nested_form_data(form | {"needed_by": ""})).status_code == 302
    assert not PageDeadline.objects.exists()
    set_deadline(page, timezone.localdate())
    page.refresh_from_db()
    page.get_latest_revision().publish()
    assert not PageDeadline.objects.exists()


def test_two_versions_can_still_be_compared(signed_in, editor, make_page):
    page = make_page("plan")
    first = page.get_latest_revision()
    page.title = "Ander plan"
    second = page.save_revision()
    address = reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, first.pk, second.pk])
    assert signed_in(editor).get(address).status_code == 200


def test_the_list_of_what_is_on_its_way(signed_in, handed_in, editor, chief):
    page, state = handed_in
    set_deadline(page, timezone.localdate() - timedelta(days=1))
    html = signed_in(chief).get("/beheer/onderweg/").content.decode()
    assert editor.name in html
    assert "rv-late" in html
    state.current_task_state.reject(user=chief)
    assert "Teruggestuurd naar u" in signed_in(editor).get("/beheer/onderweg/").content.decode()


def test_the_start_page_asks_no_more_when_more_waits(
    signed_in, editor, chief, make_page, django_assert_max_num_queries
):
    client = signed_in(editor)

    def fill(first, last):
        for number in range(first, last):
            page = make_page(f"concept-{number}", live=False, review_on=timezone.localdate())
            page.save_revision(user=editor)
            set_deadline(page, timezone.localdate())

    fill(0, 6)
    client.get("/beheer/")
    with django_assert_max_num_queries(90) as few:
        client.get("/beheer/")
    fill(6, 15)
    with django_assert_max_num_queries(len(few.captured_queries)):
        client.get("/beheer/")


def test_what_waits_is_said_once(signed_in, handed_in, chief):
    html = signed_in(chief).get("/beheer/").content.decode()
    assert "Ingediend: wacht op uw oordeel" in html
    assert "In afwachting van" not in html
