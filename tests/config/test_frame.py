"""What stands around every page is what the editors have, and as it was where they have nothing."""

import json
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client, RequestFactory
from django.utils import timezone
from wagtail.models import Locale

from config import error_page
from home.models import Banner, FooterLink, MainLink, PartnersPage, SiteFrame, VisionPage
from home.permissions import CHIEF_EDITORS, EDITORS, group_named
from tests import factories

pytestmark = pytest.mark.django_db
NOW = timezone.now


@pytest.fixture
def frame(demo):
    return SiteFrame.objects.get(locale=factories.locale())


def soup_of(client, address="/", status=200):
    response = client.get(address)
    assert response.status_code == status
    return BeautifulSoup(response.content, "html.parser")


def links(soup, place):
    return [link["href"] for link in soup.select(f"{place} a")]


def main_links(soup):
    return [link["href"] for link in soup.select("nav .rv-nav")[0].select("a")]


def test_without_links_the_pages_that_are_ticked_are_in_the_menu(demo, client):
    soup = soup_of(client)
    assert {"/visiedocument/", "/nieuws/", "/leren/"} <= set(main_links(soup))
    assert "/partners/" not in main_links(soup)
    assert "/partners/" in links(soup, ".rv-footer__more")


def test_links_of_editors_replace_them_and_follow_their_pages(frame, client):
    vision = VisionPage.objects.get(locale=factories.locale())
    frame.main_links.add(MainLink(page=vision, title="Visie"))
    frame.main_links.add(MainLink(url="https://elders.example/", title="Elders"))
    frame.footer_links.add(FooterLink(page=PartnersPage.objects.first()))
    frame.save()
    soup = soup_of(client)
    assert main_links(soup) == ["/visiedocument/", "https://elders.example/"]
    assert soup.select("nav .rv-nav")[0].a.text == "Visie"
    assert links(soup, ".rv-footer__more") == ["/partners/"]
    vision.slug = "visie"
    vision.save_revision().publish()
    assert main_links(soup_of(client))[0] == "/visie/"
    vision.unpublish()
    assert main_links(soup_of(client)) == ["https://elders.example/"]


def test_a_page_is_linked_in_the_language_of_the_menu(frame, client):
    vision = VisionPage.objects.get(locale=factories.locale())
    english = vision.get_translation_or_none(Locale.objects.get(language_code="en"))
    if english is None:
        english = vision.copy_for_translation(Locale.objects.get(language_code="en"))
        english.save_revision().publish()
    other = SiteFrame.objects.get(locale__language_code="en")
    other.main_links.add(MainLink(page=vision))
    other.save()
    assert main_links(soup_of(client, "/en/")) == [english.url]


def test_a_link_leads_somewhere_and_says_where(frame):
    vision = VisionPage.objects.first()
    for wrong in ({}, {"page": vision, "url": "https://x.example"}, {"url": "https://x.example"}):
        with pytest.raises(ValidationError):
            MainLink(frame=frame, locale=frame.locale, **wrong).clean()
    with pytest.raises(ValidationError):
        MainLink(frame=frame, locale=frame.locale, url="javascript:x", title="x").full_clean()
    MainLink(frame=frame, locale=frame.locale, page=vision).clean()


def test_an_address_of_ours_that_is_no_page(frame, client, signed_in):
    """As the browser says it, or typed; in English it is the English address."""
    for url in ("/netwerk/", f"{settings.BASE_URL}/netwerk/"):
        link = FooterLink(frame=frame, locale=frame.locale, url=url, title="Netwerk")
        link.full_clean(exclude=["sort_order"])
        assert link.url == "/netwerk/"
    link.save()
    other = SiteFrame.objects.get(locale__language_code="en")
    other.footer_links.add(FooterLink(url="/netwerk/", title="Peers"))
    other.save()
    assert links(soup_of(client), ".rv-footer__more") == ["/netwerk/"]
    assert links(soup_of(client, "/en/"), ".rv-footer__more") == ["/en/netwerk/"]


@pytest.mark.parametrize(
    "url",
    [
        "/bestaat-niet/",
        "/nieuws/bestaat-niet/",
        "/beheer/",
        "//elders.example/",
        "/\\elders.example/",
        "netwerk",
        "http://elders.example/",
        "javascript:alert(1)",
        "/documenten/987654/x.pdf",
    ],
)
def test_an_address_that_leads_nowhere_is_refused_beside_its_field(frame, url):
    for link in (
        FooterLink(frame=frame, locale=frame.locale, url=url, title="x"),
        Banner(locale=frame.locale, text="x", url=url, link_text="x"),
    ):
        with pytest.raises(ValidationError) as refused:
            link.full_clean(exclude=["sort_order", "translation_key"])
        assert set(refused.value.message_dict) == {"url"}


def test_a_page_that_is_typed_is_chosen_and_followed(frame, client):
    vision = VisionPage.objects.get(locale=frame.locale)
    link = FooterLink(frame=frame, locale=frame.locale, url="/visiedocument/")
    banner = Banner(locale=frame.locale, text="x", url="/visiedocument/", link_text="Lees")
    for each in (link, banner):
        each.full_clean(exclude=["sort_order", "translation_key"])
        assert (each.page_id, each.url) == (vision.pk, "")
        each.save()
    vision.slug = "visie"
    vision.save_revision().publish()
    soup = soup_of(client)
    assert links(soup, ".rv-footer__more") == links(soup, ".rv-banner") == ["/visie/"]
    place = FooterLink(frame=frame, locale=frame.locale, url="/visie/#k1", title="Doel")
    place.full_clean(exclude=["sort_order"])
    assert place.url == "/visie/#k1"


def test_a_language_has_one_frame(frame):
    with pytest.raises(ValidationError, match="Voor deze taal"):
        SiteFrame(locale=frame.locale).clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        SiteFrame.objects.create(locale=frame.locale)


def test_the_footer_and_the_description_are_the_editors(frame, client):
    frame.footer_note = "Een eigen woord."
    frame.email, frame.phone = "ons@x.example", "070 123 45 67"
    frame.description = "Alles over weerbare gemeenten op één plek, in gewone taal."
    frame.save()
    soup = soup_of(client, "/zoeken/")
    assert soup.select_one(".rv-footer__note").text == "Een eigen woord."
    assert links(soup, ".rv-footer__contact") == ["mailto:ons@x.example", "tel:0701234567"]
    login = soup_of(client, "/account/login/")
    assert login.select_one('meta[name="description"]')["content"] == frame.description


def test_words_of_error_pages(frame, client, signed_in):
    frame.missing_title, frame.missing_text = "Weg", "Deze pagina is <b>weg</b>."
    frame.closed_title = "Niet voor u"
    frame.save()
    missing = soup_of(client, "/bestaat-niet/", status=404)
    assert missing.h1.text == "Weg"
    assert missing.select_one(".rv-lead").text == "Deze pagina is <b>weg</b>."
    closed = soup_of(signed_in(factories.make_user()), "/gemeente/utrecht/", status=403)
    assert closed.h1.text == "Niet voor u"
    assert "Deze pagina bestaat niet" not in missing.text


@pytest.fixture
def known(monkeypatch, tmp_path, settings):
    settings.VAR_DIR = tmp_path
    monkeypatch.setattr(error_page, "_known", None)
    return tmp_path / error_page.NAME


def test_the_page_of_our_errors_has_the_editors_words(frame, client, known, monkeypatch):
    frame.failed_title, frame.failed_text = "Storing", "Bel de <i>helpdesk</i>."
    frame.save()
    client.get("/")
    assert json.loads(known.read_text())["nl"]["title"] == "Storing"

    def broken(*_args, **_kwargs):
        raise RuntimeError

    monkeypatch.setattr("home.models.HomePage.get_context", broken)
    # Not the page that was kept a moment ago.
    cache.clear()
    response = Client(raise_request_exception=False).get("/")
    assert response.status_code == 500
    assert "<h1>Storing</h1>" in response.content.decode()
    assert "Bel de &lt;i&gt;helpdesk" in response.content.decode()


def test_a_process_that_begins_without_a_database_has_them_too(known):
    known.write_text(json.dumps({"nl": {"title": "Storing"}, "en": {"text": "Call us."}}))
    page = error_page.server_error(RequestFactory().get("/x/")).content.decode()
    assert "<h1>Storing</h1>" in page
    assert "Het ligt niet aan u." in page
    assert '<p lang="en">Call us.</p>' in page
    english = error_page.server_error(RequestFactory().get("/en/x/")).content.decode()
    assert '<html lang="en">' in english
    assert "Call us." in english


@pytest.mark.parametrize("text", ["", "{", "[]", '{"nl": 3}'])
def test_a_broken_file_does_not_break_it(known, text):
    known.write_text(text)
    page = error_page.server_error(RequestFactory().get("/")).content.decode()
    assert "Er ging iets mis bij ons" in page


def test_a_folder_that_cannot_be_written_to_is_no_fault(monkeypatch, settings, tmp_path):
    settings.VAR_DIR = tmp_path / "not" / "there"
    monkeypatch.setattr(error_page, "_known", None)
    error_page.remember({"nl": {"title": "Storing"}})
    page = error_page.server_error(RequestFactory().get("/")).content.decode()
    assert "<h1>Storing</h1>" in page


def close(client, banner):
    """As a visitor without a script does: by the link, and then the button."""
    address = soup_of(client).select_one("noscript a.rv-banner__close")["href"]
    page = soup_of(Client(HTTP_REFERER="http://testserver/nieuws/"), address)
    assert page.select_one('input[name="back"]')["value"] == "/nieuws/"
    assert banner.text in page.select_one(".rv-lead").text
    return client.post(address, {"back": "/nieuws/"})


def test_an_announcement_is_closed_without_a_script(frame, client):
    banner = make_banner(text="Nieuw.", may_be_closed=True)
    make_banner(text="Blijft.")
    assert sorted(banners(client)) == ["Blijft.", "Nieuw."]
    response = close(client, banner)
    assert (response.status_code, response.url) == (302, "/nieuws/")
    # Closed on every page, kept or not, and for nobody else.
    for _again in range(2):
        assert banners(client) == banners(client, "/zoeken/") == ["Blijft."]
        assert sorted(banners(Client())) == ["Blijft.", "Nieuw."]
    banner.text = "Ander nieuws."
    banner.save()
    assert "Ander nieuws." in banners(client)
    close(client, banner)
    assert len(client.cookies["announcements"].value) == 12
    banner.may_be_closed = False
    banner.save()
    assert "Ander nieuws." in banners(client)


@pytest.mark.parametrize(
    "back", ["https://kwaad.example/", "//kwaad.example/", "javascript:alert(1)", "", "/\\kwaad"]
)
def test_closing_leads_nowhere_else_and_needs_its_token(frame, client, back):
    banner = make_banner(may_be_closed=True)
    address = f"/mededelingen/{banner.version}/sluiten/"
    assert client.post(address, {"back": back}).url == "/"
    assert Client(enforce_csrf_checks=True).post(address).status_code == 403
    for wrong in ("000000000000", "niets"):
        assert client.get(f"/mededelingen/{wrong}/sluiten/").status_code == 404
    client.cookies["announcements"] = "<script>" * 900
    assert client.get("/").status_code == 200


def make_banner(code="nl", **fields):
    defaults = {"text": "Er is iets.", "locale": factories.locale(code), "starts_at": NOW()}
    return Banner.objects.create(**(defaults | fields))


def banners(client, address="/"):
    return [each.p.text.split(": ")[1] for each in soup_of(client, address).select(".rv-banner")]


def test_an_announcement_begins_and_ends_in_time_on_kept_pages(frame, client, monkeypatch):
    start = NOW() + timedelta(hours=1)
    make_banner(text="Storing.", starts_at=start, ends_at=start + timedelta(hours=1))
    for minutes, shown in ((0, []), (59, []), (61, ["Storing."]), (119, ["Storing."]), (121, [])):
        moment = NOW() + timedelta(minutes=minutes)
        monkeypatch.setattr("home.frame.timezone.now", lambda moment=moment: moment)
        # The second is a page that was kept.
        assert [banners(client), banners(client)] == [shown, shown], minutes


def test_announcements_are_there_on_every_page_what_is_out_of_order_first(frame, client):
    make_banner(text="Nieuw.", kind="new")
    make_banner(text="Kapot.", kind="disturbance")
    for address in ("/", "/nieuws/", "/account/login/", "/zoeken/"):
        assert banners(client, address) == ["Kapot.", "Nieuw."]
    assert soup_of(client).select_one("aside.rv-banners")["aria-label"] == "Mededelingen"


def test_an_announcement_without_translation_says_its_language(frame, client):
    dutch = make_banner(text="Kapot.", kind="disturbance")
    banner = soup_of(client, "/en/").select_one(".rv-banner")
    assert banner["lang"] == "nl"
    assert banner.strong.text == "Storing:"
    make_banner("en", text="Broken.", kind="disturbance", translation_key=dutch.translation_key)
    assert banners(client, "/en/") == ["Broken."]
    assert banners(client) == ["Kapot."]
    Banner.objects.filter(pk=dutch.pk).delete()


def test_only_what_may_be_closed_brings_a_script(frame, client):
    make_banner()
    assert "banner.js" not in client.get("/").content.decode()
    make_banner(may_be_closed=True)
    soup = soup_of(client)
    (button,) = soup.select("[data-close-banner]")
    assert button.has_attr("hidden")
    before = button["data-close-banner"]
    Banner.objects.get(may_be_closed=True)
    changed = Banner.objects.get(may_be_closed=True)
    changed.text = "Anders."
    changed.save()
    assert soup_of(client).select_one("[data-close-banner]")["data-close-banner"] != before


def test_an_announcement_leads_to_a_page_or_elsewhere(frame, client):
    page = VisionPage.objects.get(locale=factories.locale())
    make_banner(page=page, link_text="Lees meer")
    assert links(soup_of(client), ".rv-banner") == ["/visiedocument/"]
    page.unpublish()
    assert links(soup_of(client), ".rv-banner") == []
    for wrong in (
        {"page": page, "url": "https://x.example", "link_text": "x"},
        {"url": "https://x.example"},
        {"ends_at": NOW() - timedelta(days=1)},
    ):
        with pytest.raises(ValidationError):
            Banner(text="x", locale=factories.locale(), **wrong).clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        make_banner(ends_at=NOW() - timedelta(days=1))


def test_who_may_change_them(frame, signed_in):
    people = {name: factories.make_user() for name in (EDITORS, CHIEF_EDITORS)}
    for name, person in people.items():
        person.groups.add(group_named(name))
    for address in (
        f"/beheer/snippets/home/siteframe/edit/{frame.pk}/",
        "/beheer/snippets/home/banner/add/",
    ):
        assert signed_in(people[CHIEF_EDITORS]).get(address).status_code == 200
        assert signed_in(people[EDITORS]).get(address).status_code in {302, 403}
