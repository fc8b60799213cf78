"""Feeds of news: valid, whole addresses, the same ids for ever, and little to send twice."""

import json
from datetime import date, datetime
from urllib.parse import urlsplit
from uuid import UUID

import pytest
from django.conf import settings as django_settings
from lxml import etree

from home.models import Partner, Theme
from home.publication import PUBLICATION
from tests import factories

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
ADDRESSES = {
    "/nieuws/rss/": "application/rss+xml",
    "/nieuws/atom/": "application/atom+xml",
    "/nieuws/feed.json": "application/feed+json",
}


@pytest.fixture
def news(home):
    theme = Theme.objects.create(name="Integriteit", slug="integriteit", locale=factories.locale())
    vng = Partner.objects.create(
        name="Bureau & Co", kind="network", description="<p>.</p>", locale=factories.locale()
    )
    return [
        factories.make_news("Eerste", date(2026, 1, 2), themes=[theme], organisation=vng),
        factories.make_news("Met <b> & zo", date(2026, 2, 3), introduction="Tom < Jerry & co."),
    ]


def tree(client, address):
    return etree.fromstring(client.get(address).content)


def is_whole(address):
    parts = urlsplit(address)
    return parts.scheme in ("http", "https") and address.startswith(django_settings.BASE_URL)


@pytest.mark.parametrize("address", ADDRESSES)
def test_each_says_what_it_is(client, news, address):
    response = client.get(address)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == f"{ADDRESSES[address]}; charset=utf-8"


def test_rss_is_rss_2(client, news):
    root = tree(client, "/nieuws/rss/")
    assert (root.tag, root.get("version")) == ("rss", "2.0")
    channel = root.find("channel")
    for name in ("title", "link", "description", "language"):
        assert len(channel.findall(name)) == 1
    assert is_whole(channel.findtext("link"))
    items = channel.findall("item")
    assert [item.findtext("title") for item in items] == ["Met <b> & zo", "Eerste"]
    for item in items:
        assert is_whole(item.findtext("link"))
        assert item.find("guid").get("isPermaLink") == "false"
        assert UUID(item.findtext("guid"))
        assert datetime.strptime(item.findtext("pubDate"), "%a, %d %b %Y %H:%M:%S %z")
    # A description is HTML: what was typed must not become any.
    assert items[0].findtext("description") == "Tom &lt; Jerry &amp; co."
    assert items[1].findtext("category") == "Integriteit"


def test_atom_keeps_to_the_rules_of_rfc_4287(client, news):
    root = tree(client, "/nieuws/atom/")
    assert root.tag == f"{ATOM}feed"
    for name in ("id", "title", "updated"):
        assert len(root.findall(ATOM + name)) == 1
    links = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}
    assert is_whole(links["self"])
    assert is_whole(links["alternate"])
    assert root.find(f"{ATOM}author/{ATOM}name") is not None
    entries = root.findall(f"{ATOM}entry")
    assert len(entries) == 2
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(set(ids)) == 2
    for entry in entries:
        for name in ("id", "title", "updated", "published", "summary"):
            assert len(entry.findall(ATOM + name)) == 1
        assert entry.findtext(f"{ATOM}id").startswith("urn:uuid:")
        published, updated = (
            datetime.fromisoformat(entry.findtext(ATOM + name)) for name in ("published", "updated")
        )
        assert published <= updated
        assert is_whole(entry.find(f"{ATOM}link").get("href"))
    assert entries[1].findtext(f"{ATOM}author/{ATOM}name") == "Bureau & Co"


def test_an_item_of_nobody_has_no_empty_author(client, news):
    named = [
        [author.findtext(f"{ATOM}name") for author in entry.findall(f"{ATOM}author")]
        for entry in tree(client, "/nieuws/atom/").findall(f"{ATOM}entry")
    ]
    assert sorted(named) == [[], ["Bureau & Co"]]
    creators = [item.findall("{*}creator") for item in tree(client, "/nieuws/rss/").iter("item")]
    assert sorted(len(each) for each in creators) == [0, 1]


def test_json_feed_has_what_version_1_1_asks(client, news):
    feed = json.loads(client.get("/nieuws/feed.json").content)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert isinstance(feed["title"], str)
    assert is_whole(feed["home_page_url"])
    assert feed["feed_url"] == f"{django_settings.BASE_URL}/nieuws/feed.json"
    assert [item["title"] for item in feed["items"]] == ["Met <b> & zo", "Eerste"]
    for item in feed["items"]:
        assert isinstance(item["id"], str)
        assert is_whole(item["url"])
        assert isinstance(item["content_text"], str)
        for name in ("date_published", "date_modified"):
            assert datetime.fromisoformat(item[name]).tzinfo
        assert all(isinstance(tag, str) for tag in item["tags"])
    assert feed["items"][0]["content_text"] == "Tom < Jerry & co."
    assert feed["items"][1]["authors"] == [{"name": "Bureau & Co"}]
    assert feed["items"][1]["tags"] == ["Integriteit"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_by_theme(client, news, address):
    body = client.get(f"{address}?thema=integriteit").content.decode()
    assert "Eerste" in body
    assert "Tom" not in body
    assert "Nieuws: Integriteit" in body
    assert f"{address}?thema=integriteit" in body


def test_ids_stay_when_the_address_and_the_words_change(client, news):
    def ids():
        feed = json.loads(client.get("/nieuws/feed.json").content)
        return {item["id"] for item in feed["items"]}

    before = ids()
    page = news[0]
    page.slug, page.title = "anders", "Heel anders"
    page.save_revision().publish()
    assert ids() == before


def test_a_translation_is_an_item_of_its_own(client, news):
    factories.translated_news(news[0], "First")
    dutch, english = (
        json.loads(client.get(f"{prefix}/nieuws/feed.json").content)["items"]
        for prefix in ("", "/en")
    )
    assert [item["title"] for item in english] == ["First"]
    assert english[0]["url"].startswith(f"{django_settings.BASE_URL}/en/nieuws/")
    assert english[0]["id"] not in {item["id"] for item in dutch}


@pytest.mark.parametrize("query", ["", "?thema=integriteit", "?thema=integriteit&doel=&p=1&x=yyyy"])
@pytest.mark.parametrize("address", ADDRESSES)
def test_who_has_it_already_gets_nothing_again(client, news, address, query):
    address = address + query
    for _kept in (False, True):
        first = client.get(address)
        assert first.status_code == 200
        tag, changed = first.headers["ETag"], first.headers["Last-Modified"]
        assert client.get(address, headers={"if-none-match": tag}).status_code == 304
        assert client.get(address, headers={"if-modified-since": changed}).status_code == 304
    later = PUBLICATION.current() + 2_000_000_000
    news[0].unpublish()
    PUBLICATION.advance()
    assert client.get(address, headers={"if-none-match": tag}).status_code in (200, 404)
    assert later


def test_only_public_news(client, news):
    news[0].unpublish()
    news[1].view_restrictions.create(restriction_type="login")
    for address in ADDRESSES:
        body = client.get(address).content.decode()
        assert "Eerste" not in body
        assert "Tom" not in body


def test_invented_news_says_so_wherever_it_is_read(client, home):
    factories.make_news("Verzonnen", is_fictional=True)
    for address in ADDRESSES:
        assert "Een verzonnen voorbeeld. Kort." in client.get(address).content.decode()
    for page in ("/", "/nieuws/"):
        assert "verzonnen voorbeeld" in client.get(page).content.decode()


def test_pages_say_where_the_feeds_are(client, news):
    for page in ("/nieuws/", news[0].url):
        html = client.get(page).content.decode()
        for address, kind in ADDRESSES.items():
            assert f'type="{kind}"' in html
            assert f'href="{address}"' in html


def test_questions_to_the_database_do_not_grow(client, news, django_assert_max_num_queries):
    theme = Theme.objects.get()
    for number in range(8):
        factories.make_news(f"Bericht {number}", themes=[theme])
    with django_assert_max_num_queries(18):
        client.get("/nieuws/atom/?thema=integriteit")
