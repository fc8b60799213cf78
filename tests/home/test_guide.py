"""The editors' guide: what it says is there in the admin, and whoever edits can read it."""

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.contrib.auth.models import Group
from django.contrib.staticfiles import finders
from django.urls import reverse
from django.utils.translation.trans_real import DjangoTranslation
from wagtail.models import get_page_models

from home.guide.tasks import Step, path_of, tasks
from learning.models import Question
from tests import factories
from tools.guide_screenshots import LARGEST, PICTURES, wanted

pytestmark = pytest.mark.django_db

# Pages of the demo, by which one finds one's way.
PAGES = {"Nieuws", "Leren"}


@pytest.fixture
def editor(site, signed_in):
    person = factories.make_user()
    person.groups.add(Group.objects.get(name="Redacteuren"))
    return signed_in(person)


def dutch_words():
    """Everything that our admin can say in Dutch."""
    said = set()
    for catalog in DjangoTranslation("nl")._catalog._catalogs:
        said |= {text for text in catalog.values() if isinstance(text, str)}
    for domain in Path(settings.BASE_DIR).glob(
        ".venv/lib/python*/site-packages/wagtail_localize/locale/nl/LC_MESSAGES/djangojs.po"
    ):
        said |= set(re.findall(r'msgstr "(.*)"', domain.read_text()))
    models = (*get_page_models(), Question)
    said |= {str(model._meta.verbose_name) for model in models}
    said |= {f"{model._meta.verbose_name} toevoegen" for model in models}
    return {each.lower() for each in said}


def test_there_are_ten_tasks_with_steps_and_pictures():
    assert len(tasks()) == 10
    assert len({task.slug for task in tasks()}) == 10
    for task in tasks():
        assert 3 <= len(task.steps) <= 7, task.slug
        assert any(step.picture for step in task.steps), task.slug


def test_every_picture_is_there_small_and_described():
    assert wanted() == {name for name, _email, _steps in PICTURES if name}
    for name in wanted():
        found = finders.find(path_of(name))
        assert found, name
        assert Path(found).stat().st_size < LARGEST, name
    for step in (step for task in tasks() for step in task.steps if step.picture):
        assert 20 < len(step.picture.alt) < 150
        assert step.picture.width > 600


def test_what_it_says_stands_on_the_screen_does():
    """As far as a catalogue can tell: words of Wagtail, of wagtail-localize and of ours."""
    known = dutch_words() | {each.lower() for each in PAGES}
    known |= {f"{each} en publiceren" for each in known if len(each) < 30}
    known |= {each.format("x") for each in known if each == "stuur door naar {}"}
    missing = [
        (task.slug, name)
        for task in tasks()
        for step in task.steps
        for name in step.names
        if name.lower() not in known and not name.startswith("Stuur door naar ")
    ]
    assert missing == []
    assert any(each.startswith("stuur door naar") for each in known)


def test_its_links_lead_somewhere(editor):
    for link in {view for task in tasks() for step in task.steps for view in step.links}:
        assert editor.get(reverse(link)).status_code == 200, link


def test_editors_read_it_as_one_page_that_a_browser_searches(editor):
    response = editor.get("/beheer/handleiding/")
    assert response.status_code == 200
    soup = BeautifulSoup(response.content, "html.parser")
    guide = soup.select_one(".rv-guide")
    assert guide["lang"] == "nl"
    for link in guide.select("nav a"):
        assert soup.select_one(link["href"]) is not None
    assert [heading.name for heading in guide.select("h1, h2, h3, h4")] == ["h2"] * 11
    for image in guide.select("img"):
        assert image["alt"]
        assert image["width"]
        assert image["height"]
        assert image["loading"] == "lazy"
    assert "**" not in guide.text
    assert "[[" not in guide.text


def test_it_is_in_the_menu_and_on_the_start_page(editor):
    html = editor.get("/beheer/").content.decode()
    soup = BeautifulSoup(html, "html.parser")
    assert soup.select_one('a[href="/beheer/handleiding/#vertalen"]').text == "Vertalen"
    assert "Handleiding" in html


def test_nobody_else_reads_it(client, signed_in, home):
    assert client.get("/beheer/handleiding/").status_code == 302
    learner = signed_in(factories.make_member().person)
    assert learner.get("/beheer/handleiding/").status_code == 302


def test_what_an_author_writes_is_text_and_no_markup():
    step = Step("<script> **Knop** [[lijst|guide]]")
    assert "<script>" not in step.html
    assert "<b>Knop</b>" in step.html
    assert f'<a href="{reverse("guide")}">lijst</a>' in step.html
