"""The library of instruments: found by a choice, and honest about its age."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError
from django.test import RequestFactory
from django.utils import timezone

from home.models import InstrumentPage
from tests import factories_field as field

pytestmark = pytest.mark.django_db


def titles(response):
    return [item.title for item in response.context["page_obj"]]


@pytest.fixture
def library(home):
    field.make_library()
    owner = field.make_partner("Voorbeeldbond")
    theme = field.make_theme("melden")
    field.make_instrument("Anders", kind="guide")
    field.make_instrument("Beter", kind="checklist", organisation=owner, themes=[theme])
    field.make_instrument("Contact", kind="guide", themes=[theme])
    return owner


def test_all_of_them_by_title(client, library):
    assert titles(client.get("/instrumenten/")) == ["Anders", "Beter", "Contact"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("soort=guide", ["Anders", "Contact"]),
        ("thema=melden", ["Beter", "Contact"]),
        ("soort=guide&thema=melden", ["Contact"]),
        ("soort=checklist&thema=melden&eigenaar={owner}", ["Beter"]),
        # What is not on offer is as if it were not said.
        ("soort=niets", ["Anders", "Beter", "Contact"]),
        ("soort=tool", ["Anders", "Beter", "Contact"]),
        ("eigenaar=999999999999999999999", ["Anders", "Beter", "Contact"]),
        ("eigenaar=x%27--&thema=%3Cb%3E&p=zz", ["Anders", "Beter", "Contact"]),
        ("soort=guide&soort=checklist", ["Beter"]),
    ],
)
def test_a_choice_is_an_address(client, library, query, found):
    response = client.get(f"/instrumenten/?{query.format(owner=library.pk)}")
    assert response.status_code == 200
    assert titles(response) == found
    assert "<b>" not in response.content.decode()


def test_what_was_chosen_stays_chosen(client, library):
    page = client.get("/instrumenten/?soort=guide").content.decode()
    assert '<option value="guide" selected>' in page
    assert "2 instrumenten" in page
    assert 'href="?"' in page


def test_a_choice_without_any_says_what_to_do(client, library):
    page = client.get(f"/instrumenten/?soort=guide&eigenaar={library.pk}").content.decode()
    assert "Geen instrument past bij deze keuze" in page


def test_an_empty_library_says_what_comes(client, home):
    field.make_library()
    page = client.get("/instrumenten/").content.decode()
    assert "Nog geen instrumenten" in page
    assert "<select" not in page


def test_overdue_from_the_day_after(home):
    today = date(2026, 11, 26)
    old = field.make_instrument("Oud", valid_until=today - timedelta(days=1))
    field.make_instrument("Vandaag nog", valid_until=today)
    field.make_instrument("Zonder einde", valid_until=None)
    assert list(InstrumentPage.objects.overdue(today)) == [old]
    assert old.is_overdue(today)
    assert not old.is_overdue(today - timedelta(days=1))


def test_visitors_are_told_what_may_be_out_of_date(client, home):
    today = timezone.localdate()
    old = field.make_instrument("Oud", valid_until=today - timedelta(days=1))
    new = field.make_instrument("Nieuw", valid_until=today)
    words = "Misschien is het verouderd"
    assert words in client.get(old.url).content.decode()
    assert words not in client.get(new.url).content.decode()
    assert client.get("/instrumenten/").content.decode().count("misschien verouderd") == 1


def test_its_address_is_its_own(client, library):
    page = InstrumentPage.objects.get(title="Anders")
    assert page.url.startswith("/instrumenten/")
    assert f'href="{page.url}"' in client.get("/instrumenten/").content.decode()
    assert 'href="https://voorbeeld.example/instrument"' in client.get(page.url).content.decode()


def test_its_page_says_whose_it_is_and_leads_to_its_goals(client, home):
    vision = field.make_vision()
    owner = field.make_partner("Voorbeeldbond")
    page = field.make_instrument(
        "Een checklist", organisation=owner, version="1.2", goals=list(vision.goals.all())[:1]
    )
    text = client.get(page.url).content.decode()
    for words in ("Voorbeeldbond", "1.2", "Griffiers", "15 januari 2026", "/visiedocument/k1/"):
        assert words in text
    assert "Geen einddatum" in text
    [data] = page.structured_data(RequestFactory().get("/", HTTP_HOST="localhost"))
    assert data["publisher"]["name"] == "Voorbeeldbond"
    assert data["version"] == "1.2"
    assert "expires" not in data


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"link": ""}, "document"),
        ({"valid_until": date(2025, 1, 1)}, "valid_until"),
        ({"kind": "onzin"}, "kind"),
        ({"link": "geen adres"}, "link"),
    ],
)
def test_an_editor_is_told_what_is_wrong(home, fields, wrong):
    page = field.make_instrument()
    for name, value in fields.items():
        setattr(page, name, value)
    with pytest.raises(ValidationError) as error:
        page.full_clean()
    assert set(error.value.message_dict) == {wrong}


def test_an_owner_stays_while_something_is_theirs(home):
    page = field.make_instrument()
    with pytest.raises(ProtectedError):
        page.organisation.delete()


def test_drafts_and_closed_pages_are_not_listed(client, library):
    draft, closed = (InstrumentPage.objects.get(title=title) for title in ("Anders", "Beter"))
    draft.unpublish()
    closed.view_restrictions.create(restriction_type="login")
    assert titles(client.get("/instrumenten/")) == ["Contact"]


@pytest.mark.parametrize("address", ["/instrumenten/", "/instrumenten/?thema=melden"])
def test_questions_to_the_database_do_not_grow(
    client, library, django_assert_max_num_queries, address
):
    theme = InstrumentPage.objects.get(title="Contact").themes.get()
    for _number in range(30):
        field.make_instrument(themes=[theme])
    client.get("/hulp/")
    with django_assert_max_num_queries(18):
        assert len(client.get(address).context["page_obj"]) == 20
