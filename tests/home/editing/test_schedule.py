"""A page that is to come, and to go, at a set time: said in the editor, done by the worker."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

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


def test_it_comes_and_goes(signed_in, chief, make_page):
    page = make_page("plan", live=False)
    client = signed_in(chief)
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    answer = client.post(address, form(go_live_at=moment(days=1), expire_at=moment(days=2)))
    assert answer.status_code == 302
    call_command("publish_scheduled")
    assert not Page.objects.get(pk=page.pk).live
    # A day later.
    page.revisions.update(approved_go_live_at=timezone.now() - timedelta(minutes=1))
    call_command("publish_scheduled")
    assert Page.objects.get(pk=page.pk).live
    assert client.get("/plan/").status_code == 200
    # And another.
    Page.objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(minutes=1))
    call_command("publish_scheduled")
    assert not Page.objects.get(pk=page.pk).live


def test_an_editor_may_say_when_and_a_chief_editor_lets_it(signed_in, editor, make_page):
    page = make_page("plan", live=False)
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    signed_in(editor).post(address, form(go_live_at=moment(days=1)))
    assert not page.revisions.filter(approved_go_live_at__isnull=False).exists()
    assert not Page.objects.get(pk=page.pk).live
