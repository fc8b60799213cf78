"""What search engines and who shares a page are told."""

import json
import xml.etree.ElementTree as ET
from urllib.robotparser import RobotFileParser

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.models import Page

from home.models import NewsIndexPage, NewsPage, StandardPage, VisionPage
from home.setup import keep_address
from home.sharing import structured
from learning.models import LessonPage, ModulePage
from tests import factories
from tests.home.test_site import make_news

pytestmark = pytest.mark.django_db
SITE = "https://raad.voorbeeld.example"
MAPS = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


@pytest.fixture(autouse=True)
def _address(request, settings, db):
    settings.BASE_URL = SITE
    if "demo" in request.fixturenames:
        keep_address()


@pytest.fixture
def english(demo):
    """The visiedocument in English too."""
    dutch = VisionPage.objects.get(locale=factories.locale())
    page = dutch.copy_for_translation(factories.locale("en"), copy_parents=True)
    page.title = "Policy document"
    page.save_revision().publish()
    page.refresh_from_db()
    return page


def head(client, address):
    response = client.get(address)
    return BeautifulSoup(response.content, "html.parser").head


def data_in(soup):
    found = soup.select('script[type="application/ld+json"]')
    return [item for script in found for item in json.loads(script.string)["@graph"]]


def alternates(soup):
    return {link["hreflang"]: link["href"] for link in soup.select("link[rel=alternate][hreflang]")}


def meta(soup, name):
    tag = soup.select_one(f'meta[property="{name}"], meta[name="{name}"]')
    return tag and tag["content"]


def test_a_page_names_its_address_without_what_was_asked(demo, client):
    soup = head(client, "/visiedocument/?utm_source=x&p=2")
    assert soup.select_one("link[rel=canonical]")["href"] == f"{SITE}/visiedocument/"
    assert meta(soup, "og:url") == f"{SITE}/visiedocument/"
    assert meta(soup, "robots") is None


def test_a_leaf_of_a_list_is_a_page_of_its_own(demo, client):
    for number in range(12):
        make_news(f"Bericht {number}", f"2026-10-{number + 1:02}", slug=f"bericht-{number}")
    assert NewsPage.objects.count() > 10
    second = head(client, "/nieuws/?p=2")
    assert second.select_one("link[rel=canonical]")["href"] == f"{SITE}/nieuws/?p=2"
    assert alternates(second) == {}
    for address in ("/nieuws/?p=1", "/nieuws/?p=x", "/nieuws/?p=2&q=1"):
        soup = head(client, address)
        assert soup.select_one("link[rel=canonical]")["href"] == f"{SITE}/nieuws/"
    # What is past the last leaf shows the last.
    last = head(client, "/nieuws/?p=999")
    assert last.select_one("link[rel=canonical]")["href"] == f"{SITE}/nieuws/?p=2"


def test_languages_are_named_where_the_page_exists_in_them(english, client):
    expected = {
        "nl": f"{SITE}/visiedocument/",
        "en": f"{SITE}{english.url}",
        "x-default": f"{SITE}/visiedocument/",
    }
    dutch = head(client, "/visiedocument/")
    assert alternates(dutch) == expected
    assert alternates(head(client, english.url)) == expected
    assert meta(dutch, "og:locale") == "nl_NL"
    assert meta(dutch, "og:locale:alternate") == "en_GB"
    assert alternates(head(client, "/nieuws/")) == {}
    english.unpublish()
    assert alternates(head(client, "/visiedocument/")) == {}


def test_what_lies_below_a_page_claims_no_translation(demo, client):
    year = NewsPage.objects.first().date.year
    soup = head(client, f"/nieuws/{year}/")
    assert soup.select_one("link[rel=canonical]")["href"] == f"{SITE}/nieuws/{year}/"
    assert alternates(soup) == {}


def test_no_page_is_without_a_description(demo, client):
    page = StandardPage.objects.first()
    page.introduction = page.search_description = ""
    page.save_revision().publish()
    for address in ("/", "/nieuws/", page.url, "/account/login/", "/zoeken/", "/bestaat-niet/"):
        assert len(meta(head(client, address), "description")) > 40, address


@pytest.mark.parametrize("address", ["/account/login/", "/certificaat/", "/weg/"])
def test_what_is_not_to_be_found_says_so(demo, client, address):
    soup = head(client, address)
    assert meta(soup, "robots") == "noindex"
    assert soup.select_one("link[rel=canonical]") is None
    assert data_in(soup) == []


def test_of_a_search_engines_are_told_the_first_page_only(demo, client):
    soup = head(client, "/zoeken/?q=integriteit&soort=nieuws")
    assert meta(soup, "robots") is None
    assert soup.select_one("link[rel=canonical]")["href"] == f"{SITE}/zoeken/"
    assert all("?" not in url for url in alternates(soup).values())
    page = BeautifulSoup(client.get("/zoeken/?q=integriteit").content, "html.parser")
    choices = page.select(".rv-search__choices a")
    assert choices
    assert all(link["rel"] == ["nofollow"] for link in choices)


def test_a_lesson_is_shown_to_search_engines_when_it_is_open(home, client, signed_in):
    for slug, is_open in (("open", True), ("dicht", False)):
        module = factories.make_module(slug=slug, open_to_visitors=is_open)
        lesson = factories.make_lesson(module)
        soup = head(signed_in(factories.make_user()), lesson.url)
        assert (meta(soup, "robots") is None) == is_open
        assert (f"{lesson.url}</loc>" in client.get("/sitemap.xml").content.decode()) == (is_open)


def test_data_cannot_end_its_element(demo, client):
    page = make_news("</script><script>alert(1)</script>&<!--", "2026-11-01", slug="kwaad")
    html = client.get(page.url).content.decode()
    assert "<script>alert" not in html
    names = [item["name"] for item in data_in(head(client, page.url))[0]["itemListElement"]]
    assert names[-1] == "</script><script>alert(1)</script>&<!--"


def test_the_home_page_says_whose_it_is_and_how_it_is_searched(demo, client):
    organisation, site = data_in(head(client, "/"))[:2]
    assert organisation["@type"] == "Organization"
    # Called as on every other page that refers to it.
    assert organisation["name"] == "Raadsleden & Veiligheid"
    assert organisation["legalName"] == "Voorbeeldorganisatie (verzonnen)"
    target = site["potentialAction"]["target"]["urlTemplate"]
    assert target == f"{SITE}{reverse('search')}?q={{search_term_string}}"
    assert site["publisher"] == {"@id": organisation["@id"]}
    assert site["potentialAction"]["query-input"] == "required name=search_term_string"


def test_every_page_below_it_says_where_it_stands(demo, client):
    for page in Page.objects.live().filter(depth__gt=2).select_related("locale"):
        if not page.specific.is_indexed:
            continue
        items = [
            item for item in data_in(head(client, page.url)) if item["@type"] == "BreadcrumbList"
        ]
        assert len(items) == 1, page.url
        places = items[0]["itemListElement"]
        assert [place["position"] for place in places] == list(range(1, len(places) + 1))
        assert places[-1]["item"] == f"{SITE}{page.url}"
        assert len(places) == page.depth - 1


def test_the_sitemap_names_every_language_and_when_it_changed(english, client):
    root = ET.fromstring(client.get("/sitemap.xml").content)  # noqa: S314  our own
    entries = {url.find("s:loc", MAPS).text: url for url in root}
    dutch = entries[f"{SITE}/visiedocument/"]
    links = {link.get("hreflang"): link.get("href") for link in dutch.findall("x:link", MAPS)}
    assert links == {
        "nl": f"{SITE}/visiedocument/",
        "en": f"{SITE}{english.url}",
        "x-default": f"{SITE}/visiedocument/",
    }
    assert dutch.find("s:lastmod", MAPS).text[:3] == "202"
    assert f"{SITE}{english.url}" in entries
    assert f"{SITE}/hulp/" in entries
    closed = ("/zoeken/?", "/account/", "/mijn/")
    assert not any(place in address for address in entries for place in closed)
    assert all(address.startswith(SITE) for address in entries)


def test_the_sitemap_and_the_pages_agree(english, client):
    root = ET.fromstring(client.get("/sitemap.xml").content)  # noqa: S314  our own
    for url in root:
        address = url.find("s:loc", MAPS).text
        soup = head(client, address.removeprefix(SITE))
        assert soup.select_one("link[rel=canonical]")["href"] == address
        named = {link.get("hreflang"): link.get("href") for link in url.findall("x:link", MAPS)}
        assert alternates(soup) == named, address


def test_the_sitemap_leaves_out_what_is_behind_a_door(demo, client):
    page = make_news("Besloten", "2026-11-03", slug="besloten")
    assert "/nieuws/besloten/" in client.get("/sitemap.xml").content.decode()
    page.view_restrictions.create(restriction_type="login")
    assert "/nieuws/besloten/" not in client.get("/sitemap.xml").content.decode()


@pytest.mark.usefixtures("demo")
def test_the_sitemaps_questions_do_not_grow_with_its_pages(client, django_assert_max_num_queries):
    for number in range(15):
        make_news(f"Bericht {number}", "2026-10-01", slug=f"bericht-{number}")
    module = factories.make_module(open_to_visitors=True)
    for number in range(5):
        factories.make_lesson(module, slug=f"les-{number}")
    assert NewsIndexPage.objects.exists()
    assert LessonPage.objects.exists()
    assert ModulePage.objects.exists()
    with django_assert_max_num_queries(25):
        client.get("/sitemap.xml")


def test_robots_are_told_where_the_sitemap_is(home, client):
    text = client.get("/robots.txt").content.decode()
    assert f"Sitemap: {SITE}/sitemap.xml" in text
    rules = RobotFileParser()
    rules.parse(text.splitlines())
    for place in ("account", "beheer", "mijn", "gemeente", "landelijk"):
        for prefix in ("", "/en"):
            assert not rules.can_fetch("*", f"{SITE}{prefix}/{place}/")
    # What the sitemap names may be visited, and what says of itself that it is another page.
    for url in ET.fromstring(client.get("/sitemap.xml").content):  # noqa: S314  our own
        assert rules.can_fetch("*", url.find("s:loc", MAPS).text)
    assert rules.can_fetch("*", f"{SITE}/zoeken/?q=eed")


def test_an_address_is_whole():
    assert structured.absolute("/nieuws/") == f"{SITE}/nieuws/"
    assert structured.absolute("https://elders.example/x") == "https://elders.example/x"
