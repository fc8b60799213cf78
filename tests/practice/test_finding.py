"""`/praktijk/`: cases found by what they are about, at addresses that can be sent on."""

import pytest
from django.utils import translation

from home.models import Theme, VisionGoal, VisionPage
from home.models.vision import VisionAspect
from home.results import results_by_goal
from practice.models import CasePage, LearnedLesson
from tests import factories
from tests.practice import builders

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("practice")]
ADDRESS = "/praktijk/"


def text(response) -> str:
    return " ".join(response.content.decode().split())


def titles(response) -> list[str]:
    return [case.title for case in response.context["cases"]]


@pytest.fixture
def index(home):
    return builders.make_practice()


@pytest.fixture
def subjects(index):
    """A theme, a lesson, an aspect and a goal."""
    nl = factories.locale()
    vision = VisionPage.objects.get(locale=nl)
    return {
        "theme": Theme.objects.create(slug="geheim", name="Geheimhouding", locale=nl),
        "lesson": LearnedLesson.objects.get(slug="leg-het-vast", locale=nl),
        "aspect": VisionAspect.objects.create(
            page=vision, title="Weerbare samenleving", text="<p>x</p>", locale=nl
        ),
        "goal": VisionGoal.objects.create(
            page=vision, code="K3", term="short", title="Leren", text="<p>x</p>", locale=nl
        ),
    }


@pytest.fixture
def cases(subjects):
    return [
        builders.make_case(
            title="Alfa",
            kind="goed",
            roles=["raadslid"],
            themes=[subjects["theme"]],
            lessons=[subjects["lesson"]],
            aspects=[subjects["aspect"]],
            goals=[subjects["goal"]],
        ),
        builders.make_case(title="Beta", kind="mis", roles=["raadslid", "griffie"]),
        builders.make_case(title="Gamma", kind="mis", roles=["wethouder"]),
    ]


def test_without_a_choice_all_stand_there_newest_first(client, cases):
    assert titles(client.get(ADDRESS)) == ["Gamma", "Beta", "Alfa"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("soort=mis", ["Gamma", "Beta"]),
        ("thema=geheim", ["Alfa"]),
        ("les=leg-het-vast", ["Alfa"]),
        ("aspect=weerbare-samenleving", ["Alfa"]),
        ("doel=k3", ["Alfa"]),
        ("rol=raadslid&soort=mis", ["Beta"]),
        # Of one facet either will do.
        ("rol=griffie&rol=wethouder", ["Gamma", "Beta"]),
        ("soort=goed&rol=wethouder", []),
        # What is not there is left out of the question.
        ("thema=bestaat-niet", ["Gamma", "Beta", "Alfa"]),
        ("p=99", ["Gamma", "Beta", "Alfa"]),
        ("p=x&soort=%00", ["Gamma", "Beta", "Alfa"]),
    ],
)
def test_each_facet_finds(client, cases, query, expected):
    response = client.get(f"{ADDRESS}?{query}")
    if "%00" in query:
        assert response.status_code == 400
        return
    assert titles(response) == expected


def test_a_facet_says_how_many_and_leads_on(client, cases):
    response = client.get(f"{ADDRESS}?soort=mis")
    page = text(response)
    assert "2 voorbeelden" in page
    choices = {
        choice.label: choice for facet in response.context["facets"] for choice in facet.choices
    }
    assert (choices["raadslid"].count, choices["Dit ging goed"].count) == (1, 1)
    assert choices["raadslid"].query == "soort=mis&rol=raadslid"
    assert choices["Dit ging mis"].query == ""
    # What would leave nothing is told and is no link.
    assert choices["Geheimhouding"].count == 0
    assert "thema=geheim" not in page


def test_what_is_chosen_can_be_left_out_one_by_one_or_all(client, cases):
    page = text(client.get(f"{ADDRESS}?soort=mis&rol=raadslid"))
    assert 'href="/praktijk/?rol=raadslid"' in page
    assert "Toon weer alle voorbeelden" in page
    assert '<meta name="robots" content="noindex, follow">' in page


def test_the_same_choices_have_one_address(client, cases):
    one = client.get(f"{ADDRESS}?rol=wethouder&soort=mis&rol=griffie").context["query"]
    other = client.get(f"{ADDRESS}?soort=mis&rol=griffie&rol=wethouder").context["query"]
    assert one == other == "soort=mis&rol=griffie&rol=wethouder&"


def test_nothing_that_fits_and_nothing_yet_are_told_apart(client, index):
    assert "Nog geen voorbeelden" in text(client.get(ADDRESS))
    builders.make_case(kind="goed", roles=["raadslid"])
    builders.make_case(kind="mis", roles=["griffie"])
    page = text(client.get(f"{ADDRESS}?soort=goed&rol=griffie"))
    assert "Niets past bij al uw keuzes" in page


def test_a_long_list_goes_on_with_the_same_choice(client, index):
    for _number in range(12):
        builders.make_case(kind="mis")
    builders.make_case(kind="goed")
    first = client.get(f"{ADDRESS}?soort=mis")
    assert "?soort=mis&amp;p=2#voorbeelden" in text(first)
    second = client.get(f"{ADDRESS}?soort=mis&p=2")
    assert (len(titles(first)), len(titles(second))) == (10, 2)


def test_drafts_are_not_found(client, index):
    case = builders.make_case(title="Weg")
    case.unpublish()
    builders.make_sent(title="Nog niet")
    page = text(client.get(ADDRESS))
    assert "Weg" not in page
    assert "Nog niet" not in page


def test_the_list_asks_no_more_for_more_cases(client, subjects, django_assert_max_num_queries):
    def ask():
        # What frames every page is asked once per publication.
        client.get("/privacy/")
        with django_assert_max_num_queries(25):
            client.get(ADDRESS)
        # Another page of the same list: what can be found by is remembered.
        with django_assert_max_num_queries(12):
            client.get(f"{ADDRESS}?soort=goed&rol=raadslid&thema=geheim&les=leg-het-vast")

    for number in range(24):
        if number in (2, 23):
            ask()
        builders.make_case(roles=["raadslid"], themes=[subjects["theme"]])


def test_a_case_tells_what_it_is_about(client, cases, django_assert_max_num_queries):
    # What frames every page is asked once per publication.
    client.get("/privacy/")
    with django_assert_max_num_queries(25):
        page = text(client.get(cases[0].url))
    for words in ("Dit ging goed", "Geheimhouding", "Leg het vast", "K3: Leren", "Raadslid"):
        assert words in page
    assert 'href="/praktijk/?les=leg-het-vast"' in page
    assert 'href="/praktijk/?thema=geheim"' in page


def test_a_goal_names_its_cases(cases, subjects):
    found = results_by_goal(factories.locale())[subjects["goal"].translation_key]
    assert [(each.kind, each.title) for each in found] == [("Praktijkvoorbeeld", "Alfa")]


def test_the_sheet_for_a_council(client, index):
    case = builders.make_case(outcome="<p>Het <b>liep</b> goed af.</p>")
    response = client.get(f"{case.url}bespreken/")
    page = text(response)
    assert response.status_code == 200
    assert response.content.count(b'rel="canonical"') <= 1
    assert b'content="noindex, follow"' in response.content
    # Without questions of its own it has some that always fit.
    assert "Kan dit hier gebeuren?" in page
    assert "Het liep goed af." in page
    case.questions = case.questions.stream_block.to_python(
        [{"type": "question", "value": "Wat doet u?"}]
    )
    case.save_revision().publish()
    page = text(client.get(f"{case.url}bespreken/"))
    assert "Wat doet u?" in page
    assert "Kan dit hier gebeuren?" not in page
    assert client.get(f"{case.url}iets-anders/").status_code == 404


def test_the_sheet_of_a_draft_is_not_there(client, index):
    case = builders.make_case()
    case.unpublish()
    assert client.get(f"{case.url}bespreken/").status_code == 404


def test_search_engines_are_told_of_an_article_of_the_sites_own(rf, index):
    case = builders.make_case(title="Een pakket")
    [data] = case.structured_data(rf.get("/"))
    assert (data["@type"], data["headline"], data["inLanguage"]) == ("Article", "Een pakket", "nl")
    # Who sent it is nobody's to know.
    assert data["author"]["@type"] == "Organization"
    assert data["author"]["@id"].endswith("/#organisatie")


def test_in_english_the_frame_is_english(client, index):
    builders.make_case(title="Alleen Nederlands")
    with translation.override("en"):
        page = text(client.get("/en/praktijk/"))
    # What there is in Dutch is told to be so, instead of that there is nothing.
    assert "This page is there in Dutch only." in page
    assert ' lang="nl" hreflang="nl">Alleen Nederlands</a>' in page
    assert "No examples yet" not in page
    CasePage.objects.get(title="Alleen Nederlands").unpublish()
    with translation.override("en"):
        assert "No examples yet" in text(client.get("/en/praktijk/"))


def test_no_page_can_have_the_address_of_handing_in(index):
    assert CasePage.objects.filter(slug="insturen").count() == 0
    sent = builders.make_sent(title="Insturen")
    assert sent.page.slug == "praktijkvoorbeeld"
