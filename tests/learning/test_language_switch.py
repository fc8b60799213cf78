"""Another language in the middle of learning: the same place, and nothing done is lost."""

import uuid

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from home.publication import PUBLICATION
from learning.enrolments import begin, finish_step
from learning.models import Attempt, Enrolment, StepProgress
from learning.steps import steps_of_each, way_of
from tests import factories

pytestmark = pytest.mark.django_db

HEADING = str(uuid.uuid4())


def translated(page, code="en", **fields):
    """The page in another language, published, as an editor leaves it."""
    copy = page.copy_for_translation(factories.locale(code))
    for name, value in fields.items():
        setattr(copy, name, value)
    copy.save_revision().publish()
    copy.refresh_from_db()
    return copy


@pytest.fixture
def module(catalogue):
    module = factories.make_module("eed", open_to_visitors=True)
    factories.make_lesson(
        module,
        slug="les-een",
        body=[
            {
                "type": "heading",
                "value": {"text": "Wat u belooft", "level": "h2"},
                "id": HEADING,
            }
        ],
    )
    factories.make_quiz(module, slug="toets")
    return module


@pytest.fixture
def english(module):
    factories.make_home("en")
    translated(module.get_parent().specific)
    there = translated(module, title="The oath", slug="oath")
    lesson = module.get_children().get(slug="les-een").specific
    body = [{"type": "heading", "value": {"text": "A promise", "level": "h2"}, "id": HEADING}]
    copy = translated(lesson, title="Lesson one", slug="lesson-one")
    copy.body = copy.body.stream_block.to_python(body)
    copy.save_revision().publish()
    return there


@pytest.fixture
def person():
    return factories.make_member().person


@pytest.fixture
def browser(signed_in, person):
    return signed_in(person)


def soup_of(browser, address):
    response = browser.get(address)
    assert response.status_code == 200, address
    return BeautifulSoup(response.content, "html.parser")


def test_a_translation_has_what_it_lacks_in_the_first_language(module, english, browser, person):
    first, last = way_of(person, english).steps
    assert (first.url, first.language) == ("/en/leren/oath/lesson-one/", "")
    assert (last.url, last.language) == ("/leren/eed/toets/", "nl")
    assert [step.number for step in (first, last)] == [1, 2]
    link = soup_of(browser, english.url).select(".rv-steps a")[1]
    assert (link["href"], link["lang"], link["hreflang"]) == (last.url, "nl", "nl")
    begin(person, english.translation_key)
    button = soup_of(browser, first.url).select_one(".rv-button--next")
    assert button.select_one("span[lang=nl]").text == last.title
    # What is done in English leads on to what is there in Dutch alone.
    assert browser.post(first.url).url == last.url
    assert way_of(person, english).resume == last
    assert way_of(person, module).done == way_of(person, english).done


def test_a_translation_whose_source_is_offline_has_its_own_steps(module, english, person):
    module.unpublish()
    assert [step.slug for step in way_of(person, english).steps] == ["lesson-one"]


def test_the_steps_of_translations_cost_no_more_for_many(module, english):
    copies = [translated(factories.make_module()) for _number in range(3)]

    def asked(modules):
        PUBLICATION.advance()
        with CaptureQueriesContext(connection) as queries:
            steps_of_each(modules)
        return len(queries)

    asked([english])
    assert asked([english]) == asked([english, *copies])


def switch(browser, address, code="en"):
    """Where the link to another language leads."""
    return soup_of(browser, address).select_one(f'.rv-nav a[hreflang="{code}"]')["href"]


def test_from_a_step_to_the_same_step_and_back(module, english, browser):
    assert switch(browser, "/leren/eed/les-een/") == "/en/leren/oath/lesson-one/"
    assert switch(browser, "/en/leren/oath/lesson-one/", "nl") == "/leren/eed/les-een/"
    assert switch(browser, "/leren/eed/") == "/en/leren/oath/"


def test_what_was_done_stays_done(module, english, browser, person):
    lesson = module.get_children().get(slug="les-een")
    finish_step(person, module, lesson.translation_key)
    assert lesson.translation_key in way_of(person, english).done
    browser.post("/en/leren/oath/lesson-one/", {"done": "yes"})
    assert StepProgress.objects.count() == 1


def test_a_step_without_a_translation_leads_to_the_module_which_says_so(module, english, browser):
    quiz = module.get_children().get(slug="toets")
    address = switch(browser, "/leren/eed/toets/")
    assert address == f"/en/leren/oath/?zonder-vertaling={quiz.pk}"
    soup = soup_of(browser, address)
    notice = soup.select_one(".rv-notice--info")
    assert "not there in this language" in notice.text
    assert notice.a["href"] == "/leren/eed/toets/"
    assert notice.a["lang"] == "nl"
    # And the switch leads back to where one was.
    assert soup.select_one('.rv-nav a[hreflang="nl"]')["href"] == "/leren/eed/toets/"


def test_without_a_translated_module_to_the_catalogue_and_never_home(module, browser):
    factories.make_home("en")
    translated(module.get_parent().specific)
    address = switch(browser, "/leren/eed/les-een/")
    assert address.startswith("/en/leren/?zonder-vertaling=")
    assert "not there in this language" in soup_of(browser, address).text


def test_a_translation_that_nobody_can_read_is_not_led_to(module, english, browser):
    english.refresh_from_db()
    english.unpublish()
    assert switch(browser, "/leren/eed/les-een/").startswith("/en/leren/?zonder-vertaling=")
    english.save_revision().publish()
    english.get_children().get(slug="lesson-one").unpublish()
    assert switch(browser, "/leren/eed/les-een/").startswith("/en/leren/oath/?zonder-vertaling=")


@pytest.mark.parametrize("value", ["", "x", "0", "99999999", "-1", "1' or 1", "²", "12345678901"])
def test_a_page_that_stands_in_for_nothing_says_nothing(module, english, client, value):
    soup = BeautifulSoup(
        client.get("/en/leren/", {"zonder-vertaling": value}).content, "html.parser"
    )
    assert "not there in this language" not in soup.text


def test_neither_does_it_for_what_is_not_published_or_in_its_own_language(module, english, client):
    lesson = module.get_children().get(slug="les-een").specific
    for page in (english, lesson):
        if page == lesson:
            lesson.unpublish()
        address = f"/en/leren/?zonder-vertaling={page.pk}"
        assert "not there in this language" not in client.get(address).content.decode()


def test_a_heading_has_one_place_in_both_languages(module, english, browser, person):
    begin(person, module.translation_key)
    browser.post("/leren/eed/les-een/", {"position": "wat-u-belooft"})
    place = Enrolment.objects.get().last_anchor
    assert place == f"plek-{HEADING[:8]}"
    assert way_of(person, english).resume_url == f"/en/leren/oath/lesson-one/#{place}"
    for address in ("/leren/eed/les-een/", "/en/leren/oath/lesson-one/"):
        assert soup_of(browser, address).select_one(f"h2 #{place}") is not None
    # The place itself is understood too, as is the heading's name in the other language.
    for said in (place, "a-promise"):
        browser.post("/en/leren/oath/lesson-one/", {"position": said})
        assert Enrolment.objects.get().last_anchor == place


def test_an_attempt_goes_on_at_the_same_question(module, english, browser, person):
    browser.post("/leren/eed/toets/")
    attempt = Attempt.objects.get()
    address = reverse("attempt_question", args=[attempt.pk, 2])
    asked = list(attempt.items.values_list("version", "position"))
    there = switch(browser, address)
    assert there == f"/en{address}"
    soup = soup_of(browser, there)
    assert soup.html["lang"] == "en"
    assert switch(browser, there, "nl") == address
    assert list(attempt.items.values_list("version", "position")) == asked
    assert Attempt.objects.count() == 1


def test_the_page_of_a_list_and_its_filters_go_along(home, client):
    factories.make_home("en")
    soup = BeautifulSoup(client.get("/zoeken/?q=eed&p=2").content, "html.parser")
    link = soup.select_one('.rv-nav a[hreflang="en"]')
    assert link["href"] == "/en/zoeken/?q=eed&p=2"
    long = client.get("/zoeken/", {"q": "x", "rest": "y" * 400})
    link = BeautifulSoup(long.content, "html.parser").select_one('.rv-nav a[hreflang="en"]')
    assert link["href"] == "/en/zoeken/"


def test_what_stands_in_a_query_stays_text(home, client):
    factories.make_home("en")
    html = client.get('/zoeken/?x="><b>').content.decode()
    assert '"><b>' not in html


def test_switching_is_reading_and_changes_no_choice(module, english, browser, person):
    browser.get("/en/leren/oath/lesson-one/")
    assert User.objects.get(pk=person.pk).language == "nl"


def test_a_language_is_called_what_its_readers_call_it(home, client):
    factories.make_home("en")
    link = BeautifulSoup(client.get("/").content, "html.parser").select_one("a[hreflang]")
    assert (link.text, link["lang"]) == ("English", "en")


def test_the_switch_costs_nothing_after_the_first_time(
    module, english, browser, django_assert_max_num_queries
):
    for _ in range(2):
        browser.get("/leren/eed/les-een/")
    with django_assert_max_num_queries(12):
        browser.get("/leren/eed/les-een/")
