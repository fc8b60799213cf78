"""Dutch and English: each page in one language, and a way from one to the other."""

import re
from collections.abc import Iterator
from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.forms import DateField
from django.utils import formats, timezone, translation
from wagtail.models import Page

from home.demo_english import load_english
from home.demo_loader import load_home_demo
from home.models import InstrumentPage, NewsPage, Partner, VisionPage
from home.translating.standing import State, standings
from home.untranslated import MOST
from learning.demo_modules import MODULE_FILES, load_modules
from tests import factories

pytestmark = pytest.mark.django_db

PUBLIC = (
    *("", "visiedocument/", "visiedocument/geschiedenis/", "partners/", "nieuws/", "nieuws/2026/"),
    *(
        "nieuws/een-afspraak-over-giften/",
        "instrumenten/",
        "instrumenten/formulier-melden-van-druk/",
    ),
    *("agenda/", "privacy/", "toegankelijkheid/", "leren/"),
)
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
    item = NewsPage.objects.get(slug="nieuwe-raadsleden-leren-van-elkaar")
    html = client.get(item.url).content.decode()
    assert f'href="/en/nieuws/?zonder-vertaling={item.pk}" lang="en"' in html


def switch_on(client, address):
    soup = BeautifulSoup(client.get(address).content, "html.parser")
    return soup.select_one('.rv-nav a[hreflang="en"]')["href"]


def test_the_switch_keeps_archives(demo, client):
    assert switch_on(client, "/nieuws/2026/?thema=samenleving") == (
        "/en/nieuws/2026/?thema=samenleving"
    )
    NewsPage.objects.get(slug="een-afspraak-over-giften", locale__language_code="en").unpublish()
    # Of that year there is none left in English.
    assert switch_on(client, "/nieuws/2025/") == "/en/nieuws/"
    assert switch_on(client, "/agenda/archief/") == "/en/agenda/archief/"
    year = timezone.localdate().year - 1
    assert switch_on(client, f"/agenda/archief/{year}/") == f"/en/agenda/archief/{year}/"


@pytest.mark.parametrize(
    ("address", "model"), [("/en/nieuws/", NewsPage), ("/en/instrumenten/", InstrumentPage)]
)
def test_a_list_says_what_is_there_in_dutch_only(demo, client, address, model):
    def lacking(address):
        soup = BeautifulSoup(client.get(address).content, "html.parser")
        return soup.select("section[aria-labelledby=alleen-nederlands] li a")

    english = model.objects.filter(locale__language_code="en").values("translation_key")
    dutch = model.objects.filter(locale__language_code="nl").exclude(translation_key__in=english)
    assert dutch
    assert {(link["href"], link.text) for link in lacking(address)} == {
        (page.url, page.title) for page in dutch
    }
    assert all(link["lang"] == link["hreflang"] == "nl" for link in lacking(address))
    # Not below what somebody chose, nor on the Dutch page.
    assert not lacking(f"{address}?thema=integriteit")
    assert not lacking(address.removeprefix("/en"))


def test_a_long_list_of_what_is_there_in_dutch_leads_to_the_rest(demo, client):
    for _number in range(MOST):
        factories.make_news()
    soup = BeautifulSoup(client.get("/en/nieuws/").content, "html.parser")
    section = soup.select_one("section[aria-labelledby=alleen-nederlands]")
    assert len(section.select("li")) == MOST
    assert section.select_one("p:last-of-type a")["href"] == "/nieuws/"
    assert str(NewsPage.objects.filter(locale__language_code="nl").count() - 3) in section.p.text


def test_the_demos_translations_are_in_step_with_their_sources(demo):
    found = {
        each.title: (each.state, each.open_texts)
        for each in standings()
        if each.translation_pk is not None
    }
    assert len(found) == 6
    assert set(found.values()) == {(State.IN_STEP, 0)}
    page = NewsPage.objects.get(slug="een-afspraak-over-giften", locale__language_code="nl")
    page.introduction = "Er is nu één afspraak."
    page.save_revision().publish()
    behind = [each for each in standings() if each.state is State.BEHIND]
    assert [(each.title, each.open_texts) for each in behind] == [(page.title, 1)]


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


def test_english_dates_are_not_american():
    with translation.override("en"):
        assert formats.date_format(date(2026, 3, 5)) == "5 March 2026"
        assert formats.date_format(date(2026, 3, 5), "SHORT_DATE_FORMAT") == "05/03/2026"
        assert DateField(localize=True).clean("3/4/2026") == date(2026, 4, 3)
        assert formats.localize(1234.5) == "1234.5"
