"""The public site: what a visitor reads, and that it is fresh."""

import xml.etree.ElementTree as ET
from datetime import date

import pytest
from django.core.cache import cache
from wagtail.models import GroupPagePermission, Page, Workflow

from home.demo_loader import load_home_demo
from home.models import NewsIndexPage, NewsPage, VisionPage
from home.permissions import CHIEF_EDITORS, EDITORS
from home.setup import set_up_site
from learning.setup import set_up_learning
from tests import factories

pytestmark = pytest.mark.django_db


def make_news(title: str, day: date, **fields) -> NewsPage:
    page = NewsIndexPage.objects.get().add_child(
        instance=NewsPage(
            title=title,
            date=day,
            introduction="Kort.",
            body=[("text", "<p>Lang.</p>")],
            locale=factories.locale(),
            **fields,
        )
    )
    page.save_revision().publish()
    return page


def test_setting_up_twice_changes_nothing(demo):
    def state():
        return (
            list(Page.objects.order_by("pk").values_list("pk", "title", "latest_revision")),
            GroupPagePermission.objects.count(),
            Workflow.objects.count(),
        )

    before = state()
    set_up_learning(set_up_site())
    load_home_demo()
    assert state() == before


def test_editors_write_and_chief_editors_publish(demo):
    def rights(name):
        found = GroupPagePermission.objects.filter(group__name=name)
        return set(found.values_list("permission__codename", flat=True))

    assert rights(EDITORS) == {"add_page", "change_page"}
    assert "publish_page" in rights(CHIEF_EDITORS)


def test_every_page_of_the_demo_answers(demo, client):
    addresses = [page.url for page in Page.objects.live().filter(depth__gt=1)]
    assert len(addresses) > 12
    assert {address: client.get(address).status_code for address in addresses} == dict.fromkeys(
        addresses, 200
    )


def test_news_has_an_archive_and_a_feed(demo, client):
    page = client.get("/nieuws/").content.decode()
    years = sorted({item.date.year for item in NewsPage.objects.all()})
    assert NewsPage.objects.count() == 6
    for year in years:
        archive = client.get(f"/nieuws/{year}/")
        assert f'href="/nieuws/{year}/"' in page
        assert len(archive.context["page_obj"]) == NewsPage.objects.of_year(year).count()
    assert client.get("/nieuws/1999/").status_code == 404
    feed = client.get("/nieuws/rss/")
    assert feed.headers["Content-Type"].startswith("application/rss+xml")
    root = ET.fromstring(feed.content)  # noqa: S314  our own
    assert len(root.findall("channel/item")) == 6
    assert all(link.text.startswith("http") for link in root.findall("channel/item/link"))


def test_feed_and_sitemap_name_the_sites_own_address(demo, client, settings):
    settings.BASE_URL = "https://raad.voorbeeld.example"
    set_up_site()
    feed = client.get("/nieuws/rss/").content.decode()
    assert "<link>https://raad.voorbeeld.example/nieuws/" in feed
    assert "localhost" not in feed
    sitemap = client.get("/sitemap.xml").content.decode()
    assert "<loc>https://raad.voorbeeld.example/visiedocument/</loc>" in sitemap
    settings.BASE_URL = "http://127.0.0.1:8123"
    set_up_site()
    assert "<link>http://127.0.0.1:8123/nieuws/" in client.get("/nieuws/rss/").content.decode()


def test_drafts_are_not_news(demo, client):
    make_news("Nog niet", date(2026, 11, 1)).unpublish()
    assert "Nog niet" not in client.get("/nieuws/").content.decode()
    assert "Nog niet" not in client.get("/nieuws/rss/").content.decode()


def test_each_goal_has_its_anchor_and_what_came_of_it(demo, client):
    vision = VisionPage.objects.get(locale=factories.locale())
    goal = vision.goals.get(code="K2")
    module = factories.make_module("eed", title="Een module bij K2")
    module.goals.set([goal])
    module.save_revision().publish()
    news = make_news("Nieuws bij K2", date(2026, 11, 2))
    news.goals.set([goal])
    news.save_revision().publish()
    page = client.get("/visiedocument/").content.decode()
    for each in vision.goals.all():
        assert f'id="{each.code.lower()}"' in page
    assert vision.aspects.count() == 3
    section = page.split('id="k2"')[1].split('id="k3"')[0]
    assert "Een module bij K2" in section
    assert "Nieuws bij K2" in section
    news.unpublish()
    assert "Nieuws bij K2" not in client.get("/visiedocument/").content.decode()


def test_a_page_seen_before_asks_the_database_nothing(demo, client, django_assert_num_queries):
    client.get("/visiedocument/")
    with django_assert_num_queries(0):
        response = client.get("/visiedocument/")
    assert response.status_code == 200
    again = client.get("/visiedocument/", headers={"if-none-match": response.headers["ETag"]})
    assert again.status_code == 304


def test_a_change_is_seen_at_once(demo, client):
    page = make_news("Eerste titel", date(2026, 11, 3), slug="verhaal")
    assert "Eerste titel" in client.get("/nieuws/verhaal/").content.decode()
    page.title = "Tweede titel"
    page.save_revision().publish()
    assert "Tweede titel" in client.get("/nieuws/verhaal/").content.decode()
    page.unpublish()
    assert client.get("/nieuws/verhaal/").status_code == 404
    page.save_revision().publish()
    assert client.get("/nieuws/verhaal/").status_code == 200
    page.delete()
    assert client.get("/nieuws/verhaal/").status_code == 404


def test_a_page_behind_a_door_is_not_kept_for_others(demo, client, signed_in, user):
    page = make_news("Besloten", date(2026, 11, 3), slug="besloten")
    assert client.get("/nieuws/besloten/").status_code == 200
    page.view_restrictions.create(restriction_type="login")
    assert client.get("/nieuws/besloten/").status_code == 302
    assert signed_in(user).get("/nieuws/besloten/").status_code == 200


def test_what_is_personal_is_never_kept_for_visitors(demo, client, signed_in, user):
    mine = signed_in(user).get("/leren/").content.decode()
    assert "Uitloggen" in mine or "Sign out" in mine
    theirs = client.get("/leren/").content.decode()
    assert "/account/logout/" not in theirs


def test_the_sitemap_names_public_pages_only(demo, client):
    make_news("Weg", date(2026, 11, 3), slug="weg").unpublish()
    sitemap = client.get("/sitemap.xml").content.decode()
    assert "/visiedocument/" in sitemap
    assert "/nieuws/weg/" not in sitemap


@pytest.mark.parametrize("address", ["/", "/visiedocument/", "/nieuws/", "/partners/"])
def test_queries_of_a_first_view(demo, client, django_assert_max_num_queries, address):
    cache.clear()
    # What frames every page is asked once per publication.
    client.get("/hulp/")
    with django_assert_max_num_queries(25):
        client.get(address)
