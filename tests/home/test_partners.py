"""Partners: by sector, theme and region, and how to reach them."""

import pytest
from django.core.exceptions import ValidationError

from home.models import Partner
from home.models.partners import PartnerForm
from home.provinces import Province
from home.results import results_by_goal
from learning.models import Municipality
from tests import factories
from tests import factories_field as field

pytestmark = pytest.mark.django_db


@pytest.fixture
def partners(home):
    field.make_partners_page()
    horeca, field_work = field.make_sector("horeca"), field.make_sector("landbouw")
    field.make_sector("transport")
    theme = field.make_theme("melden")
    field.make_partner("Aarde", sectors=[field_work], provinces=["Drenthe", "Utrecht"])
    field.make_partner("Borrel", sectors=[horeca, field_work], themes=[theme])
    field.make_partner("Centraal", kind=Partner.Kind.MINISTRY)


def names(response):
    return [partner.name for partner in response.context["partners"]]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Aarde", "Borrel", "Centraal"]),
        ("branche=landbouw", ["Aarde", "Borrel"]),
        ("branche=horeca&thema=melden", ["Borrel"]),
        # Who works in the whole country works in Drenthe too.
        ("regio=Drenthe", ["Aarde", "Borrel", "Centraal"]),
        ("regio=Drenthe&branche=landbouw", ["Aarde", "Borrel"]),
        ("regio=landelijk", ["Borrel", "Centraal"]),
        # Nobody works there alone, so it is not on offer.
        ("regio=Zeeland", ["Aarde", "Borrel", "Centraal"]),
        ("branche=niets&thema=%00x", None),
        ("branche=%3Cscript%3E", ["Aarde", "Borrel", "Centraal"]),
    ],
)
def test_a_choice_is_an_address(client, partners, query, found):
    response = client.get(f"/partners/?{query}")
    if found is None:
        assert response.status_code == 400
    else:
        assert names(response) == found


def test_a_choice_that_nobody_fits_says_what_to_do(client, partners):
    page = client.get("/partners/?regio=Drenthe&thema=melden&branche=horeca").content.decode()
    assert "Borrel" in page
    Partner.objects.get(name="Borrel").delete()
    field.make_partner("Dorp", themes=[field.make_theme("melden")], provinces=["Utrecht"])
    page = client.get("/partners/?regio=Drenthe&thema=melden").content.decode()
    assert "Geen partner past bij deze keuze" in page


def test_sectors_are_explained_with_their_number(client, partners):
    page = client.get("/partners/").content.decode()
    assert 'id="branche-landbouw"' in page
    assert "2 partners" in page
    assert "Nog geen partner uit deze branche" in page
    assert "Uitleg." in page


def test_an_organisation_can_be_reached(client, home):
    field.make_partners_page()
    partner = field.make_partner("Bond", email="info@bond.example", phone="+31 (0)38 123-45 67")
    page = client.get("/partners/").content.decode()
    assert 'href="mailto:info@bond.example"' in page
    assert 'href="tel:+310381234567"' in page
    assert f'id="{partner.anchor}"' in page


def test_what_is_invented_says_so(client, home):
    field.make_partners_page()
    field.make_partner("Bond", is_fictional=True)
    assert "verzonnen voorbeeld" in client.get("/partners/").content.decode()


@pytest.mark.parametrize("fields", [{"phone": "bel Jan"}, {"email": "jan"}, {"url": "niet"}])
def test_an_address_that_is_none_is_refused(home, fields):
    partner = field.make_partner()
    for name, value in fields.items():
        setattr(partner, name, value)
    with pytest.raises(ValidationError) as error:
        partner.full_clean()
    assert set(error.value.message_dict) == set(fields)


def test_editors_choose_among_the_provinces():
    field_of_form = PartnerForm.base_fields["provinces"]
    assert field_of_form.clean(["Utrecht", "Zeeland"]) == ["Utrecht", "Zeeland"]
    assert field_of_form.clean([]) == []
    with pytest.raises(ValidationError):
        field_of_form.clean(["Atlantis"])
    assert Municipality.Province is Province


def test_partners_serve_goals(home):
    vision = field.make_vision()
    goals = list(vision.goals.all())[:1]
    field.make_partner("Bond", goals=goals)
    # Without a page to stand on there is nowhere to lead to.
    assert results_by_goal(vision.locale) == {}
    field.make_partners_page().save_revision().publish()
    [result] = results_by_goal(vision.locale)[goals[0].translation_key]
    assert result.title == "Bond"
    assert result.url.startswith("/partners/#partner-")


def test_a_revision_keeps_sectors_and_goals(home):
    vision = field.make_vision()
    sector = field.make_sector("horeca")
    partner = field.make_partner("Bond", sectors=[sector], goals=list(vision.goals.all()))
    partner.save_revision()
    kept = partner.get_latest_revision().as_object()
    assert list(kept.sectors.all()) == [sector]
    assert len(kept.goals.all()) == 3


def test_a_change_is_seen_at_once(client, partners):
    assert "Aarde" in client.get("/partners/").content.decode()
    partner = Partner.objects.get(name="Aarde")
    partner.name = "Akker"
    partner.save()
    assert "Akker" in client.get("/partners/").content.decode()


def test_other_languages_show_their_own(client, partners):
    factories.make_home("en")
    english = factories.locale("en")
    page = client.get("/partners/").context["page"]
    page.specific.copy_for_translation(english).save_revision().publish()
    assert names(client.get("/en/partners/")) == []


def test_questions_to_the_database_do_not_grow(client, partners, django_assert_max_num_queries):
    sector, theme = field.make_sector("vastgoed"), field.make_theme("hulp")
    vision = field.make_vision()
    for _number in range(20):
        field.make_partner(sectors=[sector], themes=[theme], goals=list(vision.goals.all()))
    client.get("/hulp/")
    with django_assert_max_num_queries(18):
        assert len(names(client.get("/partners/"))) == 23
