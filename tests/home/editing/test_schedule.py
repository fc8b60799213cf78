"""A page that is to come, and to go, at a set time: said in the editor, done by the worker."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from home.editing.planned import planned

pytestmark = pytest.mark.django_db


def form(**fields):
    return nested_form_data(
        {
            "title": "Plan",
            "slug": "plan",
            "introduction": "",
            "body": streamfield([("text", rich_text("<p>Later.</p>"))]),
            "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0},
            "action-publish": "yes",
        }
        | fields
    )


def moment(**ahead):
    return timezone.localtime(timezone.now() + timedelta(**ahead)).strftime("%Y-%m-%d %H:%M")


def test_it_comes_and_goes(signed_in, chief, make_page, monkeypatch):
    page = make_page("plan", live=False)
    client = signed_in(chief)
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    answer = client.post(address, form(go_live_at=moment(days=1), expire_at=moment(days=2)))
    assert answer.status_code == 302
    call_command("publish_scheduled")
    assert not Page.objects.get(pk=page.pk).live
    now = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now + timedelta(days=1, minutes=1))
    call_command("publish_scheduled")
    assert Page.objects.get(pk=page.pk).live
    assert client.get("/plan/").status_code == 200
    monkeypatch.setattr(timezone, "now", lambda: now + timedelta(days=2, minutes=1))
    call_command("publish_scheduled")
    assert not Page.objects.get(pk=page.pk).live


def test_an_editor_may_say_when_and_a_chief_editor_lets_it(signed_in, editor, make_page):
    page = make_page("plan", live=False)
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    signed_in(editor).post(address, form(go_live_at=moment(days=1)))
    assert not page.revisions.filter(approved_go_live_at__isnull=False).exists()
    assert not Page.objects.get(pk=page.pk).live


def test_the_list_says_when_what_comes_and_goes(signed_in, editor, chief, make_page):
    assert planned(timezone.now()) == []
    soon, later, draft = (make_page(name, live=False) for name in ("morgen", "later", "concept"))
    client = signed_in(chief)
    for page, days in ((later, 3), (soon, 1)):
        when = {"go_live_at": moment(days=days), "expire_at": moment(days=days + 5)}
        client.post(
            reverse("wagtailadmin_pages:edit", args=[page.pk]), form(slug=page.slug, **when)
        )
    going = make_page("gaat", live=True)
    Page.objects.filter(pk=going.pk).update(expire_at=timezone.now() + timedelta(days=2))
    # What nobody let through yet does not appear.
    client = signed_in(editor)
    address = reverse("wagtailadmin_pages:edit", args=[draft.pk])
    client.post(address, form(slug=draft.slug, go_live_at=moment(days=1)))

    found = planned(timezone.now())
    assert [each.page.pk for each in found] == [soon.pk, going.pk, later.pk]
    assert found[0].appears < found[0].goes
    assert (found[1].appears, found[1].goes is None) == (None, False)
    html = client.get("/beheer/onderweg/").content.decode()
    day = date_format(timezone.localtime(found[2].goes), "j F Y, H:i")
    assert f'data-label="Verdwijnt">{day}' in html


def test_the_list_of_what_is_planned_asks_the_same_for_more(
    make_page, django_assert_max_num_queries
):
    def fill(first, last):
        for number in range(first, last):
            page = make_page(f"plan-{number}", live=False)
            page.revisions.update(approved_go_live_at=timezone.now() + timedelta(days=number))

    fill(1, 3)
    with django_assert_max_num_queries(3) as few:
        assert [each.kind for each in planned(timezone.now())] == ["tekstpagina"] * 2
    fill(3, 9)
    with django_assert_max_num_queries(len(few.captured_queries)):
        assert [each.kind for each in planned(timezone.now())] == ["tekstpagina"] * 8
