"""The visiedocument: how far each goal is, and an address for each."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.test import RequestFactory

from home.goal_progress import goals_served, states_of
from home.models import VisionPage
from home.results import Result, grouped, results_by_goal
from tests import factories
from tests import factories_field as field

pytestmark = pytest.mark.django_db


@pytest.fixture
def vision(home):
    return field.make_vision()


def goal(vision, code):
    return vision.goals.get(code=code)


def test_a_goal_says_how_far_it_is(client, vision):
    goals = list(vision.goals.all())
    goals[0].progress = "under_way"
    goals[0].progress_text = "De eerste stap is gezet."
    vision.goals = goals
    vision.save_revision().publish()
    page = client.get("/visiedocument/k1/").content.decode()
    assert "Onderweg" in page
    assert "De eerste stap is gezet." in page
    # Nothing is said of a goal of which an editor said nothing.
    assert "rv-progress-word" not in client.get("/visiedocument/k2/").content.decode()


def test_what_serves_a_goal_stands_by_kind_with_its_number(client, vision):
    served = [goal(vision, "K2")]
    field.make_instrument("Een checklist", goals=served)
    field.make_instrument("Nog een checklist", goals=served)
    field.make_partners_page()
    field.make_partner("Voorbeeldbond", goals=served)
    page = client.get("/visiedocument/k2/").content.decode()
    assert "Instrumenten (2)" in page
    assert "Partner (1)" in page
    assert "Een checklist" in page
    assert "Voorbeeldbond" in page
    overview = client.get("/visiedocument/").content.decode()
    assert 'id="k2"' in overview
    assert "Instrumenten (2)" in overview
    assert "Een checklist" not in client.get("/visiedocument/k1/").content.decode()


def test_the_document_is_folded_until_one_asks_for_all(client, vision):
    def folds(address):
        soup = BeautifulSoup(client.get(address).content, "html.parser")
        return {fold.div["id"]: fold.has_attr("open") for fold in soup.select(".rv-fold")}

    assert folds("/visiedocument/") == dict.fromkeys(("waarom", "k1", "k2", "l1"), False)
    assert all(folds("/visiedocument/?alles=open").values())
    assert not any(folds("/visiedocument/?alles=x").values())


def test_a_goal_was_updated_when_its_text_or_what_serves_it_was(vision):
    entry_day = datetime(2099, 5, 1, 10, tzinfo=UTC)
    field.make_calendar()
    field.make_entry("Nog ver weg", starts_at=entry_day, goals=[goal(vision, "K1")])
    VisionPage.objects.filter(pk=vision.pk).update(last_published_at=None)
    states = {state.goal.code: state for state in states_of(vision)}
    today = max(state.updated_on for state in states.values())
    # What is planned has not been yet.
    assert states["K1"].updated_on == states["K2"].updated_on == today
    assert states["K1"].count == 1
    assert states["K2"].count == 0


def test_each_goal_leads_to_its_neighbours(client, vision):
    first, middle, last = (client.get(f"/visiedocument/{code}/") for code in ("k1", "k2", "l1"))
    assert 'rel="prev"' not in first.content.decode()
    assert 'rel="next" href="/visiedocument/k2/"' in first.content.decode()
    assert 'rel="prev" href="/visiedocument/k1/"' in middle.content.decode()
    assert 'rel="next" href="/visiedocument/l1/"' in middle.content.decode()
    assert 'rel="next"' not in last.content.decode()


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/visiedocument/k9/", 404),
        ("/visiedocument/x-y_z/", 404),
        ("/visiedocument/k1/k2/", 404),
        ("/visiedocument/geschiedenis/k1/", 404),
        ("/visiedocument/K1/", 301),
        ("/visiedocument/k1", 301),
    ],
)
def test_other_addresses_lead_nowhere(client, vision, address, status):
    response = client.get(address)
    assert response.status_code == status
    if status == 301:
        assert response.url == "/visiedocument/k1/"


def test_an_unpublished_document_has_no_goals(client, vision):
    assert client.get("/visiedocument/k1/").status_code == 200
    vision.unpublish()
    for address in ("", "k1/", "geschiedenis/", "visiedocument.pdf"):
        assert client.get(f"/visiedocument/{address}").status_code == 404


def test_a_page_behind_a_door_shows_no_goal(client, vision):
    assert client.get("/visiedocument/k1/").status_code == 200
    vision.view_restrictions.create(restriction_type="login")
    assert client.get("/visiedocument/k1/").status_code == 302
    assert client.get("/visiedocument/visiedocument.pdf").status_code == 404


def test_a_goal_has_a_page_in_each_language(client, vision):
    factories.make_home("en")
    english = vision.copy_for_translation(factories.locale("en"))
    english.save_revision().publish()
    response = client.get("/en/visiedocument/k1/")
    assert response.status_code == 200
    assert '<html lang="en"' in response.content.decode()
    instrument = field.make_instrument("Een checklist", goals=[goal(vision, "K1")])
    # In the other language it is named as what it is: Dutch.
    page = client.get("/en/visiedocument/k1/").content.decode()
    assert 'lang="nl" hreflang="nl">Een checklist' in page
    assert [each.page_id for each in goals_served(instrument)] == [vision.pk]


def test_search_engines_know_each_goal(vision):
    request = RequestFactory().get(vision.url, HTTP_HOST="localhost")
    places = [entry["location"] for entry in vision.get_sitemap_urls(request)]
    assert [place.split("/visiedocument")[1] for place in places] == [
        "/",
        "/k1/",
        "/k2/",
        "/l1/",
        "/geschiedenis/",
    ]
    assert vision.structured_data(request)[0]["dateCreated"] == "2017-10-17"


def test_results_are_grouped_in_a_fixed_order():
    results = [
        Result(uuid4(), kind, kind, "/", day, kinds=f"{kind}s")
        for kind, day in (("B", date(2026, 1, 1)), ("A", None), ("B", None))
    ]
    groups = grouped(results)
    assert [(group.label, len(group.results)) for group in groups] == [("A", 1), ("Bs", 2)]
    assert groups[1].results[0].day == date(2026, 1, 1)


def test_the_last_day_of_a_result():
    result = Result(uuid4(), "A", "x", "/", date(2026, 1, 1), changed_on=date(2026, 2, 1))
    assert result.last_day == date(2026, 2, 1)
    assert Result(uuid4(), "A", "x", "/").last_day is None


def test_drafts_serve_no_goal(vision):
    page = field.make_instrument("Af", goals=[goal(vision, "K1")])
    assert results_by_goal(vision.locale)
    page.unpublish()
    assert results_by_goal(vision.locale) == {}


@pytest.mark.parametrize(
    ("address", "most"),
    # A goal is also looked for in the other languages, once per publication.
    [("", 25), ("k1/", 28), ("geschiedenis/", 25)],
)
def test_questions_to_the_database_do_not_grow(
    client, vision, django_assert_max_num_queries, address, most
):
    field.make_partners_page()
    field.make_calendar()
    goals = list(vision.goals.all())
    for number in range(8):
        field.make_instrument(goals=goals)
        field.make_partner(goals=goals)
        moment = datetime(2026, 1, number + 1, 9, tzinfo=UTC)
        field.make_entry(starts_at=moment, goals=goals)
        vision.introduction = f"<p>Versie {number}</p>"
        vision.save_revision().publish()
    # What frames every page is asked once per publication.
    client.get("/hulp/")
    with django_assert_max_num_queries(most):
        assert client.get(f"/visiedocument/{address}").status_code == 200


def test_a_module_leads_to_the_goals_that_it_serves(client, vision):
    module = factories.make_module("eed")
    module.goals = [goal(vision, "K2")]
    module.save_revision().publish()
    assert 'href="/visiedocument/k2/"' in client.get("/leren/eed/").content.decode()


def test_news_leads_to_the_goals_that_it_serves(client, vision):
    news = factories.make_news("Bericht", goals=[goal(vision, "K1")])
    assert 'href="/visiedocument/k1/"' in client.get(news.url).content.decode()
