"""Frisian, which a site can switch on: its own addresses, and Dutch where it has no words."""

import os
import subprocess
import sys
from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.utils import formats, translation
from wagtail.models import Locale, Page

from config.extra_languages import extra_languages
from home.models import HomePage
from learning.own_data.forms import DisplayForm
from tests import factories

pytestmark = pytest.mark.django_db

ALL = [("nl", "Dutch"), ("en", "English"), ("fy", "Frisian")]


@pytest.fixture
def frisian(settings):
    settings.LANGUAGES = settings.WAGTAIL_CONTENT_LANGUAGES = ALL
    call_command("setup_site", verbosity=0)


def soup_of(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status, address
    return BeautifulSoup(response.content, "html.parser")


@pytest.mark.parametrize("codes", ["fy", " FY ,fy", "fy,"])
def test_it_is_switched_on_by_its_code(codes):
    assert [code for code, _name in extra_languages(codes.split(","))] == ["fy"]


def test_a_language_that_nobody_made_ready_is_refused():
    assert extra_languages([]) == extra_languages([""]) == []
    with pytest.raises(ImproperlyConfigured, match="de, nl; known: fy"):
        extra_languages(["nl", "de"])


def told_by(*command):
    """What the site says of itself where the environment switches Frisian on."""
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
        "EXTRA_LANGUAGES": "fy",
    }
    done = subprocess.run(  # noqa: S603  our own command
        [sys.executable, "manage.py", *command],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def test_the_environment_switches_it_on_and_no_model_changes():
    tell = "from django.conf import settings as s; print([code for code, _name in s.LANGUAGES])"
    assert told_by("shell", "--no-imports", "-c", tell).strip() == "['nl', 'en', 'fy']"
    assert "No changes" in told_by("makemigrations", "--check", "--dry-run")


def test_without_it_there_is_none(site, client):
    assert {each.language_code for each in Locale.objects.all()} == {"nl", "en"}
    assert HomePage.objects.count() == 2
    assert client.get("/fy/").status_code == 404
    assert 'hreflang="fy"' not in client.get("/").content.decode()


def test_setting_up_makes_its_home_page_once(frisian):
    call_command("setup_site", verbosity=0)
    assert HomePage.objects.filter(locale__language_code="fy").count() == 1
    assert Page.objects.filter(locale__language_code="fy").count() == 1


def test_its_home_page_is_at_its_own_address(frisian, client):
    soup = soup_of(client, "/fy/")
    assert soup.html["lang"] == "fy"
    assert "Stean sterk" in soup.h1.text
    links = {link["hreflang"]: link for link in soup.select(".rv-nav a[hreflang]")}
    assert (links["nl"]["href"], links["en"]["href"]) == ("/", "/en/")
    back = soup_of(client, "/").select_one('.rv-nav a[hreflang="fy"]')
    assert (back["href"], back["lang"], back.text) == ("/fy/", "fy", "Frysk")


def test_its_menu_leads_to_the_dutch_pages_that_it_lacks(frisian, client):
    menu = soup_of(client, "/fy/").select_one(".rv-nav").select("a")
    news = next(link for link in menu if link["href"] == "/nieuws/")
    assert news["lang"] == "nl"
    page = Page.objects.get(slug="nieuws", locale__language_code="nl").specific
    translated = page.copy_for_translation(factories.locale("fy"))
    translated.title = "Nijs"
    translated.save_revision().publish()
    menu = soup_of(client, "/fy/").select_one(".rv-nav").select("a")
    own = next(link for link in menu if link["href"] == "/fy/nieuws/")
    assert (own.text, own.get("lang")) == ("Nijs", None)
    assert not any(link["href"] == "/nieuws/" for link in menu)


def test_words_that_it_lacks_are_dutch_and_never_english(frisian, client, signed_in):
    soup = soup_of(client, "/fy/zoeken/")
    assert soup.html["lang"] == "fy"
    assert soup.h1.text == "Zoeken"
    learner = signed_in(factories.make_member().person)
    soup = soup_of(learner, "/fy/mijn/")
    assert "Mijn leren" in soup.text
    assert "My learning" not in soup.text
    assert soup_of(client, "/fy/bestaat-niet/", 404).html["lang"] == "fy"


def test_a_lesson_without_frisian_leads_to_its_own_home_and_says_so(frisian, client):
    lesson = factories.make_lesson(factories.make_module("eed", open_to_visitors=True))
    link = soup_of(client, lesson.url).select_one('.rv-nav a[hreflang="fy"]')
    assert link["href"] == f"/fy/?zonder-vertaling={lesson.pk}"
    assert soup_of(client, link["href"]).select_one(".rv-notice a")["href"] == lesson.url


def test_days_and_numbers_are_written_as_in_dutch():
    with translation.override("fy"):
        assert formats.date_format(date(2026, 3, 5)) == "5 maart 2026"
        assert formats.localize(1.5) == "1,5"


def test_somebody_may_choose_it_for_mail_and_pages(frisian, user):
    form = DisplayForm(
        {"language": "fy", "text_size": "normal", "contrast": "device"}, instance=user
    )
    assert form.is_valid(), form.errors
    assert ("fy", "Frysk") in form.fields["language"].choices


def test_without_it_nobody_can(user):
    form = DisplayForm(
        {"language": "fy", "text_size": "normal", "contrast": "device"}, instance=user
    )
    assert not form.is_valid()
