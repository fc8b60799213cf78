"""Dutch and English: each page in one language, and a way from one to the other."""

import re
from collections.abc import Iterator

import pytest
from bs4 import BeautifulSoup
from wagtail.models import Page

from home.demo_english import load_english
from home.demo_loader import load_home_demo
from home.models import NewsPage, Partner, VisionPage
from learning.demo_modules import MODULE_FILES, load_modules
from tests import factories

pytestmark = pytest.mark.django_db

PUBLIC = ("", "visiedocument/", "partners/", "privacy/", "toegankelijkheid/", "leren/")
OTHERS = ("zoeken/", "zoeken/?q=xyzzy", "account/login/", "bestaat-niet/")
# Words that the one language cannot do without and the other does not have.
TELLTALES = {
    "en": r"\b(het|een|niet|voor|wordt|zijn|gemeente|aan|bij|uw|naar)\b",
    "nl": r"\b(the|and|with|your|which|this|from|you|page)\b",
}


@pytest.fixture
def demo(demo_in_english):
    return demo_in_english


def words_in(html: str, language: str) -> Iterator[str]:
    """What is said on a page in its own language: what is marked as another is left out."""
    soup = BeautifulSoup(html, "html.parser")
    assert soup.html["lang"] == language
    for other in soup.select(f'body [lang]:not([lang="{language}"]), body script, body i, body em'):
        other.decompose()
    yield soup.get_text(" ")
    for element in soup.select("[aria-label], [title], [alt], [placeholder]"):
        for name in ("aria-label", "title", "alt", "placeholder"):
            yield element.get(name, "")
    yield soup.select_one('meta[name="description"]')["content"]


def strangers(html: str, language: str) -> list[str]:
    """Words of the other language, each with what stands around it."""
    # Names keep their own language.
    names = r"“[^”]*”|\([A-Z][\w ]+\)|visiedocument|[\w.]+@[\w.]+|Raadsleden & Veiligheid"
    return [
        text[max(0, found.start() - 30) : found.end() + 30]
        for text in (re.sub(names, "", words) for words in words_in(html, language))
        for found in re.finditer(TELLTALES[language], text, re.IGNORECASE)
    ]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_page_mixes_languages(demo, client, language):
    prefix = "/en/" if language == "en" else "/"
    found = {
        address: strangers(client.get(prefix + address).content.decode(), language)
        for address in PUBLIC + OTHERS
    }
    assert not any(found.values()), found


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_learners_pages_do_not_either(demo, signed_in, language):
    browser = signed_in(factories.make_member().person)
    prefix = "/en/" if language == "en" else "/"
    for address in ("mijn/", "leren/", "bestaat-niet/", "landelijk/"):
        assert strangers(browser.get(prefix + address).content.decode(), language) == []


def test_the_switch_leads_to_the_same_page(demo, client):
    for address in PUBLIC:
        dutch, english = client.get(f"/{address}"), client.get(f"/en/{address}")
        assert (dutch.status_code, english.status_code) == (200, 200)
        assert f'href="/en/{address}" lang="en"' in dutch.content.decode()
        assert f'href="/{address}" lang="nl"' in english.content.decode()


def test_the_switch_keeps_what_lies_below_a_page(demo, client):
    for address in ("visiedocument/k4/", "visiedocument/geschiedenis/"):
        dutch, english = client.get(f"/{address}"), client.get(f"/en/{address}")
        assert f'href="/en/{address}" lang="en"' in dutch.content.decode()
        assert f'href="/{address}" lang="nl"' in english.content.decode()


def test_what_the_other_language_lacks_below_a_page_leads_to_the_page(demo, client):
    english = VisionPage.objects.get(locale=factories.locale("en"))
    english.goals = [goal for goal in english.goals.all() if goal.code != "K4"]
    english.save_revision().publish()
    html = client.get("/visiedocument/k4/").content.decode()
    assert 'href="/en/visiedocument/" lang="en"' in html


def test_a_page_in_one_language_leads_to_what_is_nearest_in_the_other(demo, client):
    item = NewsPage.objects.first()
    nearest = NewsPage.objects.first().get_parent().get_translation_or_none(factories.locale("en"))
    address = nearest.url if nearest else "/en/"
    html = client.get(item.url).content.decode()
    assert f'href="{address}?zonder-vertaling={item.pk}" lang="en"' in html


def test_loading_english_twice_changes_nothing(demo):
    def state():
        return (
            list(Page.objects.order_by("pk").values_list("pk", "title", "latest_revision", "path")),
            list(Partner.objects.order_by("pk").values_list("pk", "name")),
        )

    before = state()
    assets = load_home_demo()
    load_english(assets)
    load_modules(assets)
    assert state() == before


def test_the_menu_has_the_same_order(demo, client):
    def menu(address):
        soup = BeautifulSoup(client.get(address).content, "html.parser")
        return [link["href"].removeprefix("/en") for link in soup.select(".rv-nav")[0].select("a")]

    dutch, english = menu("/"), menu("/en/")
    assert english == [address for address in dutch if address in english]
    assert {"/visiedocument/", "/leren/"} <= set(english)


def test_goals_keep_their_anchors_and_what_came_of_them(demo, client):
    dutch = VisionPage.objects.get(locale=factories.locale())
    english = dutch.get_translation(factories.locale("en"))
    codes = [goal.code for goal in dutch.goals.all()]
    assert [goal.code for goal in english.specific.goals.all()] == codes
    soup = BeautifulSoup(client.get("/en/visiedocument/").content, "html.parser")
    for goal in dutch.goals.all():
        assert goal.title not in soup.select_one(f".rv-goal:has(#{goal.anchor}) h3").text
    link = soup.select_one(".rv-goal__side a")
    assert link["lang"] == "nl"
    assert not link["href"].startswith("/en/")


def test_modules_stand_once_in_whatever_language_there_is(demo, client):
    soup = BeautifulSoup(client.get("/en/leren/").content, "html.parser")
    links = soup.select(".rv-card__title a")
    assert [link["lang"] for link in links] == ["nl"] * len(MODULE_FILES)
    assert "In Dutch" in soup.text
    module = Page.objects.get(slug="uw-ambt-en-uw-eed").specific
    translated = module.copy_for_translation(factories.locale("en"))
    translated.title = "Your office and your oath"
    translated.save_revision().publish()
    soup = BeautifulSoup(client.get("/en/leren/").content, "html.parser")
    titles = [link.text for link in soup.select(".rv-card__title a")]
    assert titles[:2] == ["Your office and your oath", "Belangen en nevenfuncties"]
    assert len(titles) == len(MODULE_FILES)
    dutch = BeautifulSoup(client.get("/leren/").content, "html.parser")
    assert dutch.select_one(".rv-card__title a").text == module.title
