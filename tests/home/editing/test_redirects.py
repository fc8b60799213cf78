"""Who changes an address or moves a page breaks no link: the old address leads on."""

from datetime import date

import pytest
from wagtail.contrib.redirects.models import Redirect

from home.models import NewsIndexPage, NewsPage
from learning.models import Enrolment
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def rename(django_capture_on_commit_callbacks):
    """As an editor does who publishes the page with another address."""

    def with_another_address(page, slug):
        page.slug = slug
        with django_capture_on_commit_callbacks(execute=True):
            page.save_revision().publish()

    return with_another_address


def leads_to(client, old, new):
    answer = client.get(old)
    assert (answer.status_code, answer["Location"]) == (301, new), old
    assert client.get(new).status_code in (200, 302), new


def test_a_page_and_what_lies_below_it(client, rename, make_page):
    parent = make_page("ouder")
    parent.add_child(
        instance=type(parent)(title="Kind", slug="kind", body=[], locale=parent.locale)
    )
    rename(parent, "anders")
    leads_to(client, "/ouder/", "/anders/")
    leads_to(client, "/ouder/kind/", "/anders/kind/")
    leads_to(client, "/ouder", "/anders/")


def test_a_module_with_its_steps_and_nobodys_progress_is_lost(client, rename):
    person = factories.make_user()
    module = factories.make_module("oud")
    factories.make_lesson(module, slug="les")
    Enrolment.objects.create(person=person, module_key=module.translation_key)
    rename(module, "nieuw")
    leads_to(client, "/leren/oud/", "/leren/nieuw/")
    client.force_login(person)
    leads_to(client, "/leren/oud/les/", "/leren/nieuw/les/")
    module.refresh_from_db()
    assert Enrolment.objects.filter(person=person, module_key=module.translation_key).exists()


def test_a_list_with_addresses_of_its_own(client, rename, home):
    index = NewsIndexPage.objects.get(locale=home.locale)
    index.add_child(
        instance=NewsPage(
            title="Bericht",
            slug="bericht",
            date=date(2026, 1, 2),
            introduction="Kort.",
            body=[],
            locale=home.locale,
        )
    )
    rename(index, "berichten")
    leads_to(client, "/nieuws/", "/berichten/")
    leads_to(client, "/nieuws/bericht/", "/berichten/bericht/")
    leads_to(client, "/nieuws/rss/", "/berichten/rss/")
    leads_to(client, "/nieuws/2026/", "/berichten/2026/")
    # What never was there is not there now either, and sends nobody round in circles.
    answer = client.get("/nieuws/bestaat-niet/", follow=True)
    assert answer.status_code == 404
    assert len(answer.redirect_chain) == 1
    assert client.get("/bestaat-niet/iets/").status_code == 404


def test_an_english_page(client, rename, make_page):
    factories.make_home("en")
    page = make_page("tekst").copy_for_translation(factories.locale("en"), copy_parents=True)
    page.slug = "text"
    page.save_revision().publish()
    Redirect.objects.all().delete()
    rename(page, "words")
    leads_to(client, "/en/text/", "/en/words/")


def test_a_page_that_moves(client, make_page):
    parent, page = make_page("map"), make_page("tekst")
    page.move(parent, pos="last-child")
    leads_to(client, "/tekst/", "/map/tekst/")


def test_back_to_the_old_address_is_no_circle(client, rename, make_page):
    page = make_page("een")
    rename(page, "twee")
    rename(page, "een")
    assert client.get("/een/").status_code == 200
    leads_to(client, "/twee/", "/een/")


def test_an_address_that_is_taken_again_belongs_to_the_new_page(client, rename, make_page):
    rename(make_page("een"), "twee")
    make_page("een", title="Een ander")
    assert "Een ander" in client.get("/een/").content.decode()
