"""*Account* in the admin asks for nothing that we do not keep, and can be saved."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


def test_it_asks_for_no_name_picture_or_time_zone(signed_in, editor):
    page = signed_in(editor).get(reverse("wagtailadmin_account"))
    fields = {
        each.html_name
        for panels in page.context["panels_by_tab"].values()
        for panel in panels
        for each in panel.get_form()
    }
    assert "locale-preferred_language" in fields
    assert not {name for name in fields if name.startswith(("name_email", "avatar"))}
    assert "locale-current_time_zone" not in fields


def test_what_one_chooses_is_kept(signed_in, editor):
    browser = signed_in(editor)
    page = browser.get(reverse("wagtailadmin_account"))
    sent = {
        each.html_name: each.value() or ""
        for panels in page.context["panels_by_tab"].values()
        for panel in panels
        for each in panel.get_form()
        if each.value() is not False
    }
    answer = browser.post(
        reverse("wagtailadmin_account"), sent | {"locale-preferred_language": "en"}
    )
    assert answer.status_code == 302
    editor.refresh_from_db()
    assert editor.wagtail_userprofile.preferred_language == "en"
