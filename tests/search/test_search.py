"""What is found, what is not, and what of it is shown."""

import pytest
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st

from config.settings import base
from learning import jobs
from search.excerpts import excerpt, plain, words_of
from tests import factories

TEXT = [("text", "<p>De griffier helpt u met de <b>geloofsbrieven</b>.</p>")]


@pytest.fixture
def module(db):
    return factories.make_module("eed", open_to_visitors=False, title="Uw eed")


def titles(response):
    return [result.title for result in response.context["results"]]


@pytest.mark.django_db
class TestResults:
    def test_words_in_a_lesson_are_found(self, client, module):
        factories.make_lesson(module, title="Wie helpt?", body=TEXT)
        assert titles(client.get("/zoeken/?q=geloofsbrieven")) == ["Wie helpt?"]

    def test_a_closed_lesson_shows_its_text_to_who_signed_in_only(
        self, client, module, signed_in, user
    ):
        factories.make_lesson(module, title="Wie helpt?", body=TEXT, introduction="Over hulp.")
        hidden = client.get("/zoeken/?q=geloofsbrieven").content.decode()
        assert "<mark>geloofsbrieven</mark>" not in hidden
        assert "Over hulp." in hidden
        shown = signed_in(user).get("/zoeken/?q=geloofsbrieven").content.decode()
        assert "<mark>geloofsbrieven</mark>" in shown

    def test_what_an_editor_chose_is_no_text(self, client, module):
        body = [("heading", {"text": "Regel", "level": "h2"})]
        factories.make_lesson(module, title="Les", body=body)
        assert titles(client.get("/zoeken/?q=kop")) == []
        assert titles(client.get("/zoeken/?q=regel")) == ["Les"]

    def test_the_beginning_of_a_title_is_enough(self, client, module):
        factories.make_lesson(module, title="Nevenfuncties melden")
        assert titles(client.get("/zoeken/?q=nevenf")) == ["Nevenfuncties melden"]

    def test_drafts_quizzes_people_and_other_languages_are_not_found(self, client, module):
        factories.make_lesson(module, title="Onaf verhaal", live=False)
        factories.make_quiz(module, title="Verborgen toets")
        factories.make_member(name="Verborgen Persoon")
        for words in ("onaf", "verborgen", "persoon"):
            assert titles(client.get(f"/zoeken/?q={words}")) == []
        factories.make_home("en")
        factories.make_lesson(module, title="Alleen Nederlands")
        assert titles(client.get("/en/zoeken/?q=alleen")) == []

    def test_a_page_for_some_is_for_some(self, client, module):
        lesson = factories.make_lesson(module, title="Besloten stuk")
        lesson.view_restrictions.create(restriction_type="login")
        assert titles(client.get("/zoeken/?q=besloten")) == []

    @pytest.mark.parametrize(
        "words", ["", "   ", "'", '"', "a-b", "(x", "*", "OR", "AND NOT", "%00", "x" * 5000, "🙂"]
    )
    def test_odd_words_are_answered(self, client, module, words):
        response = client.get("/zoeken/", {"q": words})
        assert response.status_code == (400 if words == "\x00" else 200)

    def test_words_come_back_as_words(self, client, module):
        page = client.get("/zoeken/", {"q": "<script>alert(1)</script>"}).content.decode()
        assert "<script>alert" not in page

    def test_there_are_pages_and_a_ceiling(self, client, module, django_assert_max_num_queries):
        for number in range(12):
            factories.make_lesson(module, title=f"Reglement {number}")
        client.get("/zoeken/?q=reglement")
        with django_assert_max_num_queries(40):
            response = client.get("/zoeken/?q=reglement")
        assert len(titles(response)) == 10
        assert len(titles(client.get("/zoeken/?q=reglement&p=2"))) == 2


@given(st.text(max_size=400), st.lists(st.text("abcé ", min_size=1, max_size=4), max_size=3))
def test_an_excerpt_is_a_piece_of_the_text(text, words):
    parts = excerpt(text, [word for word in words if word.strip()])
    whole = "".join(part.text for part in parts).removeprefix("… ").removesuffix(" …")
    assert whole in text
    assert len(whole) <= 180


def test_hits_are_marked_whatever_their_case():
    parts = excerpt("De Griffier helpt.", words_of("griffier"))
    assert [(part.text, part.is_hit) for part in parts] == [
        ("De ", False),
        ("Griffier", True),
        (" helpt.", False),
    ]


def test_rich_text_becomes_plain():
    assert plain(["<p>Een &amp; <b>twee</b></p>", "drie"]) == "Een & twee drie"


@pytest.mark.django_db
def test_what_is_published_is_found_at_once_when_no_worker_runs(client, module):
    """Wagtail's own tasks wait for nobody; those of ours would wait for a worker."""
    with override_settings(TASKS=base.TASKS):
        factories.make_lesson(module, title="Wie helpt?", body=TEXT)
        assert titles(client.get("/zoeken/?q=geloofsbrieven")) == ["Wie helpt?"]
        assert jobs.run_job.enqueue(0).status == "READY"
