"""`/nieuws/` by theme, goal and year, by addresses that can be shared."""

from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from home.models import NewsIndexPage, NewsPage, Partner, Theme, VisionGoal, VisionPage
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def themes(home):
    return {
        name: Theme.objects.create(name=name, slug=name.lower(), locale=factories.locale())
        for name in ("Integriteit", "Samenwerking", "Ongebruikt")
    }


@pytest.fixture
def goals(home):
    vision = VisionPage(
        title="Visie",
        slug="visie",
        written_on=date(2017, 10, 17),
        locale=factories.locale(),
        **dict.fromkeys(("introduction", "occasion", "outcome", "cooperation"), "<p>.</p>"),
    )
    vision.goals = [
        VisionGoal(
            code=code,
            term="short",
            title=f"Doel {code}",
            text="<p>.</p>",
            locale=factories.locale(),
        )
        for code in ("K1", "K2")
    ]
    home.add_child(instance=vision)
    return {goal.code: goal for goal in vision.goals.all()}


@pytest.fixture
def news(themes, goals):
    both = [themes["Integriteit"], themes["Samenwerking"]]
    return [
        factories.make_news("Oud en integer", date(2025, 1, 2), themes=both[:1]),
        factories.make_news("Nieuw en integer", date(2026, 1, 2), themes=both),
        factories.make_news("Samen", date(2026, 3, 4), themes=both[1:], goals=[goals["K1"]]),
    ]


def listed(client, address):
    response = client.get(address)
    assert response.status_code == 200
    soup = BeautifulSoup(response.content, "html.parser")
    return [each.get_text() for each in soup.select(".rv-list h2")], soup


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", ["Samen", "Nieuw en integer", "Oud en integer"]),
        ("?thema=integriteit", ["Nieuw en integer", "Oud en integer"]),
        ("?thema=INTEGRITEIT", ["Nieuw en integer", "Oud en integer"]),
        ("?doel=k1", ["Samen"]),
        ("?thema=samenwerking&doel=K1", ["Samen"]),
        ("?thema=integriteit&doel=K1", []),
        ("2026/?thema=integriteit", ["Nieuw en integer"]),
        ("2025/?doel=K1", []),
    ],
)
def test_by_theme_goal_and_year(client, news, query, titles):
    assert listed(client, f"/nieuws/{query}")[0] == titles


def test_what_was_chosen_stays_chosen_everywhere(client, news):
    soup = listed(client, "/nieuws/?thema=integriteit")[1]
    assert soup.select_one('select[name="thema"] option[selected]')["value"] == "integriteit"
    links = {each["href"] for each in soup.select("main a")}
    assert {"/nieuws/2025/?thema=integriteit", "/nieuws/rss/?thema=integriteit"} <= links
    alternates = [each["href"] for each in soup.select('link[rel="alternate"]')]
    assert "/nieuws/feed.json?thema=integriteit" in alternates
    assert soup.title.get_text().startswith("Nieuws: Integriteit")
    soup = listed(client, "/nieuws/2025/?thema=integriteit")[1]
    assert soup.select_one("main form")["action"] == "/nieuws/2025/"


def test_only_what_leads_to_news_can_be_chosen(client, news):
    soup = listed(client, "/nieuws/")[1]
    offered = [each["value"] for each in soup.select('select[name="thema"] option')]
    assert offered == ["", "integriteit", "samenwerking"]
    assert [each["value"] for each in soup.select('select[name="doel"] option')] == ["", "K1"]


def test_nothing_found_says_what_to_do(client, news):
    soup = listed(client, "/nieuws/?thema=integriteit&doel=K1")[1]
    assert "Kies hierboven een ander thema" in soup.select_one(".rv-empty").get_text()
    assert soup.find("a", string="Toon al het nieuws")["href"] == "/nieuws/"


@pytest.mark.parametrize(
    "query", ["thema=bestaat-niet", "thema=ongebruikt", "doel=K9", "doel=<script>", "thema=é&p=x"]
)
def test_what_we_do_not_know_is_told_beside_the_field(client, news, query):
    titles, soup = listed(client, f"/nieuws/?{query}")
    assert len(titles) == 3
    assert "Kies" in soup.select_one(".rv-field__error").get_text()
    assert "<script>" not in str(soup)
    for feed in ("rss/", "atom/", "feed.json"):
        assert client.get(f"/nieuws/{feed}?{query}").status_code == 404


def test_leafing_keeps_the_choice(client, themes):
    for number in range(12):
        factories.make_news(f"Bericht {number}", themes=[themes["Integriteit"]])
    soup = listed(client, "/nieuws/?thema=integriteit")[1]
    address = soup.select_one('a[rel="next"]')["href"]
    assert address == "?thema=integriteit&p=2"
    assert len(listed(client, f"/nieuws/{address}")[0]) == 2


def test_an_item_says_whose_it_is_what_about_and_since_when(client, news, goals):
    page = news[2]
    page.organisation = Partner.objects.create(
        name="Voorbeeldbureau", kind="network", description="<p>.</p>", locale=factories.locale()
    )
    page.save_revision().publish()
    soup = BeautifulSoup(client.get(page.url).content, "html.parser")
    text = soup.select_one("article").get_text(" ", strip=True)
    assert "Geplaatst op 4 maart 2026" in text
    assert "Voorbeeldbureau" in text
    assert soup.select_one(".rv-tags a")["href"] == "/nieuws/?thema=samenwerking"
    assert "K1: Doel K1" in soup.get_text()
    assert "Voorbeeldbureau" in client.get("/nieuws/").content.decode()
    assert "bijgewerkt" not in text
    NewsPage.objects.filter(pk=page.pk).update(
        first_published_at=timezone.now() - timedelta(days=3), date=date(2026, 3, 4)
    )
    fresh = NewsPage.objects.get(pk=page.pk)
    assert fresh.updated_on == timezone.localdate(fresh.last_published_at)
    # An organisation that goes takes no news with it.
    page.organisation.delete()
    assert NewsPage.objects.get(pk=page.pk).organisation is None


def test_search_engines_are_told(news, rf):
    page = factories.make_news("Verzonnen", is_fictional=True)
    (article,) = page.structured_data(rf.get("/"))
    assert article["@type"] == "NewsArticle"
    assert article["headline"] == "Verzonnen"
    assert article["mainEntityOfPage"].startswith("http")
    assert article["author"]["@type"] == "Organization"
    assert article["genre"] == "Verzonnen voorbeeld"
    assert "genre" not in news[0].structured_data(rf.get("/"))[0]


def test_an_empty_list_says_what_comes(client, home):
    factories.make_news("Weg").delete()
    assert NewsIndexPage.objects.count() == 1
    assert "Zodra er nieuws is" in client.get("/nieuws/").content.decode()


def test_questions_to_the_database_do_not_grow(client, themes, django_assert_max_num_queries):
    for number in range(11):
        factories.make_news(f"Bericht {number}", themes=list(themes.values()))
    # What frames every page is asked once per publication.
    client.get("/hulp/")
    with django_assert_max_num_queries(20):
        client.get("/nieuws/?thema=integriteit")
