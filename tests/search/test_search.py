"""What is found, what is not, and what of it is shown."""

from datetime import UTC, datetime

import pytest
from django.core.files.base import ContentFile
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st
from wagtail.documents.models import Document
from wagtail.models import Collection, CollectionViewRestriction

from config.settings import base
from home.models import NewsIndexPage, NewsPage, Theme
from learning import jobs
from search.excerpts import excerpt, hits_of
from search.indexing import rebuild, refresh_page
from search.models import Entry, PromotedResult, SynonymGroup, Word
from search.rules.vocabulary import Vocabulary
from search.sections import plain
from tests import factories

TEXT = [("text", "<p>De griffier helpt u met de <b>geloofsbrieven</b>.</p>")]


@pytest.fixture
def module(catalogue):
    return factories.make_module("eed", open_to_visitors=False, title="Uw eed")


def make_news(title="Nieuws van de raad", **fields):
    home = factories.make_home()
    index = NewsIndexPage.objects.child_of(home).first() or home.add_child(
        instance=NewsIndexPage(title="Nieuws", slug="nieuws", locale=home.locale)
    )
    defaults = {"date": "2026-05-01", "introduction": "Kort.", "body": TEXT, "locale": home.locale}
    return index.add_child(instance=NewsPage(title=title, **(defaults | fields)))


def results(response):
    groups = response.context.get("groups") or []
    return [r for group in groups for r in group.results] or response.context.get("results") or []


def titles(response):
    return [result.title for result in results(response)]


def found(client, text, **options):
    return titles(client.get("/zoeken/", {"q": text, **options}))


@pytest.mark.django_db
class TestResults:
    def test_words_in_a_lesson_are_found(self, client, module):
        factories.make_lesson(module, title="Wie helpt?", body=TEXT)
        assert found(client, "geloofsbrieven") == ["Wie helpt?"]

    def test_a_closed_lesson_shows_its_text_to_who_signed_in_only(
        self, client, module, signed_in, user
    ):
        factories.make_lesson(module, title="Wie helpt?", body=TEXT, introduction="Over hulp.")
        hidden = client.get("/zoeken/?q=geloofsbrieven").content.decode()
        assert "<mark>geloofsbrieven</mark>" not in hidden
        assert "Over hulp." in hidden
        assert "als u inlogt" in hidden
        assert ":~:text=" not in hidden
        shown = signed_in(user).get("/zoeken/?q=geloofsbrieven").content.decode()
        assert "<mark>geloofsbrieven</mark>" in shown

    def test_what_an_editor_chose_is_no_text(self, client, module):
        body = [("heading", {"text": "Regel", "level": "h2"})]
        factories.make_lesson(module, title="Les", body=body)
        assert found(client, "h2") == []
        assert found(client, "regel") == ["Les"]

    def test_the_beginning_of_a_word_is_enough(self, client, module):
        factories.make_lesson(module, title="Nevenfuncties melden")
        assert found(client, "nevenf") == ["Nevenfuncties melden"]

    def test_drafts_quizzes_people_and_other_languages_are_not_found(self, client, module):
        factories.make_lesson(module, title="Onaf verhaal", live=False)
        factories.make_quiz(module, title="Verborgen toets")
        factories.make_member(name="Verborgen Persoon")
        for words in ("onaf", "verborgen", "persoon"):
            assert found(client, words) == []
        factories.make_home("en")
        factories.make_lesson(module, title="Alleen Nederlands")
        assert titles(client.get("/en/zoeken/?q=nederlands")) == []

    def test_in_english_one_is_told_what_there_is_in_dutch(self, client, module):
        factories.make_home("en")
        factories.make_lesson(module, title="Wie helpt?", body=TEXT)
        page = client.get("/en/zoeken/?q=geloofsbrieven").content.decode()
        assert "There is 1 result in Dutch." in page
        assert '<a href="/zoeken/?q=geloofsbrieven" hreflang="nl">Search in Dutch</a>' in page
        assert "Search in Dutch" not in client.get("/en/zoeken/?q=xyzzyqwert").content.decode()
        assert "Zoek in het" not in client.get("/zoeken/?q=geloofsbrieven").content.decode()

    def test_a_page_for_some_is_for_some(self, client, module):
        lesson = factories.make_lesson(module, title="Besloten stuk")
        assert found(client, "besloten") == ["Besloten stuk"]
        module.view_restrictions.create(restriction_type="login")
        assert found(client, "besloten") == []
        assert client.get("/zoeken/suggesties/?q=beslo").json() == {"suggestions": []}
        # Nor is a word of it offered to who misspelt it, once the night has passed.
        rebuild()
        assert not Word.objects.filter(text="besloten").exists()
        assert Entry.objects.filter(page=lesson).exists()

    def test_a_step_of_a_module_that_is_gone_is_gone(self, client, module):
        factories.make_lesson(module, title="Wie helpt?", body=TEXT)
        module.live = False
        module.save()
        assert found(client, "geloofsbrieven") == []

    def test_what_is_deleted_or_withdrawn_is_found_no_more(self, client, module):
        lesson = factories.make_lesson(module, title="Wie helpt?", body=TEXT)
        lesson.unpublish()
        assert found(client, "geloofsbrieven") == []
        assert not Entry.objects.filter(page=lesson).exists()
        other = factories.make_lesson(module, title="Geloofsbrieven")
        other.delete()
        assert found(client, "geloofsbrieven") == []

    def test_a_draft_changes_nothing_of_what_is_found(self, client, module):
        lesson = factories.make_lesson(module, title="Wie helpt?", body=TEXT)
        lesson.title = "Parkeervergunning"
        lesson.save_revision()
        assert found(client, "parkeervergunning") == []
        lesson.save_revision().publish()
        assert found(client, "parkeervergunning") == ["Parkeervergunning"]

    @pytest.mark.parametrize(
        "words",
        [
            *(
                "\x00",
                "raad\x00slid",
                "",
                "   ",
                "'",
                '"',
                "a-b",
                "(x",
                "*",
                "OR",
                "AND NOT",
                "%00",
                "x" * 5000,
                "🙂",
            ),
            *("title:x", "NEAR(a b)", "a & !b", "a:*", "\\", "'; drop table search_entry; --"),
            "\u0130\u00df\ufb01 \u0391\u03b8 \u6f22\u5b57",
        ],
    )
    def test_odd_words_are_answered(self, client, module, words):
        for address in ("/zoeken/", "/zoeken/suggesties/"):
            response = client.get(address, {"q": words})
            assert response.status_code == (400 if "\x00" in words else 200)

    @pytest.mark.parametrize(
        "query", ["soort=niets", "thema=niets", "p=999", "p=x", "soort=lessen&thema=%00x"]
    )
    def test_odd_choices_are_answered(self, client, module, query):
        factories.make_lesson(module, title="Wie helpt?", body=TEXT)
        response = client.get(f"/zoeken/?q=geloofsbrieven&{query}")
        assert response.status_code in {200, 400}

    def test_words_come_back_as_words(self, client, module):
        page = client.get("/zoeken/", {"q": "<script>alert(1)</script>"}).content.decode()
        assert "<script>alert" not in page


@pytest.mark.django_db
class TestKinds:
    def test_results_stand_by_kind_with_what_is_more(self, client, module):
        for number in range(12):
            factories.make_lesson(module, title=f"Reglement {number}")
        make_news("Een reglement voor de raad")
        response = client.get("/zoeken/?q=reglement")
        groups = {g.kind.key: (g.count, len(g.results)) for g in response.context["groups"]}
        assert groups == {"lessen": (12, 3), "nieuws": (1, 1)}
        lessons = client.get("/zoeken/?q=reglement&soort=lessen")
        assert len(titles(lessons)) == 10
        assert len(titles(client.get("/zoeken/?q=reglement&soort=lessen&p=2"))) == 2
        assert lessons.context["kinds"][0].label == "Lessen"
        assert "Alleen: Lessen." in lessons.content.decode()
        chosen = [choice.label for choice in lessons.context["kinds"] if choice.current]
        assert chosen == ["Lessen"]

    def test_a_meeting_is_found_by_its_day_and_whom_it_is_for(self, client, db):
        factories.make_meeting(
            title="Intervisie",
            starts_at=datetime(2027, 12, 7, 19, 0, tzinfo=UTC),
            roles=["raadslid"],
        )
        assert found(client, "dinsdag 7 december 2027") == ["Intervisie"]
        assert "Intervisie" in found(client, "bijeenkomst december 2027")
        assert found(client, "raadslid dinsdag") == ["Intervisie"]

    def test_a_theme_narrows(self, client, db):
        home = factories.make_home()
        theme = Theme.objects.create(name="Eerlijk", slug="eerlijk", locale=home.locale)
        item = make_news("Reglement met thema")
        item.themes = [theme]
        item.save()
        refresh_page(item.pk)
        make_news("Reglement zonder thema")
        assert len(found(client, "reglement")) == 2
        assert found(client, "reglement", thema="eerlijk") == ["Reglement met thema"]
        counts = client.get("/zoeken/?q=reglement").context["themes"]
        assert [(choice.label, choice.count) for choice in counts] == [("Eerlijk", 1)]

    def test_what_is_about_a_theme_is_found_by_its_name(self, client, db):
        home = factories.make_home()
        theme = Theme.objects.create(name="Nevenfuncties", slug="neven", locale=home.locale)
        item = make_news("Een andere baan")
        item.themes = [theme]
        item.save()
        refresh_page(item.pk)
        response = client.get("/zoeken/?q=nevenfunctie")
        (result,) = results(response)
        assert [part.text for part in result.parts if part.is_hit] == ["Nevenfuncties"]

    def test_a_theme_that_is_called_otherwise_is_followed(
        self, client, db, django_capture_on_commit_callbacks
    ):
        home = factories.make_home()
        theme = Theme.objects.create(name="Nevenfuncties", slug="neven", locale=home.locale)
        other = Theme.objects.create(name="Giften", slug="giften", locale=home.locale)
        item = make_news("Een andere baan")
        item.themes = [other, theme]
        item.save()
        refresh_page(item.pk)
        theme.slug, theme.name = "bijbanen", "Bijbanen"
        with django_capture_on_commit_callbacks(execute=True):
            theme.save()
        assert found(client, "baan", thema="bijbanen") == ["Een andere baan"]
        assert found(client, "baan", thema="giften") == ["Een andere baan"]
        counts = client.get("/zoeken/?q=baan").context["themes"]
        assert [(choice.label, choice.count) for choice in counts] == [
            ("Bijbanen", 1),
            ("Giften", 1),
        ]
        # And by its name, which the worker has written anew.
        assert found(client, "bijbanen") == ["Een andere baan"]
        assert found(client, "nevenfuncties") == []
        with django_capture_on_commit_callbacks(execute=True):
            theme.delete()
        counts = client.get("/zoeken/?q=baan").context["themes"]
        assert [choice.label for choice in counts] == ["Giften"]
        assert found(client, "bijbanen") == []

    def test_queries_do_not_grow(self, client, module, django_assert_max_num_queries):
        for number in range(3):
            factories.make_lesson(module, title=f"Reglement {number}")
        make_news("Een reglement voor de raad")
        client.get("/zoeken/?q=reglement")
        with django_assert_max_num_queries(25) as few:
            client.get("/zoeken/?q=reglement")
        for number in range(12):
            factories.make_lesson(module, title=f"Reglement nummer {number}")
        client.get("/zoeken/?q=reglement")
        with django_assert_max_num_queries(25) as many:
            client.get("/zoeken/?q=reglement")
        assert len(many) == len(few)

    def test_a_document_is_found_by_the_page_that_offers_it(self, client, module):
        document = Document.objects.create(
            title="Handreiking screening", file=ContentFile(b"x", name="handreiking.pdf")
        )
        body = [("document", {"document": document, "description": ""})]
        factories.make_lesson(module, title="Stukken", body=body).save_revision().publish()
        response = client.get("/zoeken/?q=handreiking&soort=documenten")
        (result,) = results(response)
        assert (result.title, result.offered_by) == ("Handreiking screening", "Stukken")
        assert result.url == document.url
        # The lesson is for who signed in; the document opens by itself.
        page = response.content.decode()
        assert not result.is_closed
        assert "in de module" not in page
        assert "bytes" not in page
        collection = Collection.get_first_root_node().add_child(name="Besloten")
        Document.objects.filter(pk=document.pk).update(collection=collection)
        CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
        assert found(client, "handreiking", soort="documenten") == []

    def test_a_document_on_no_page_is_not_found(self, client, module):
        Document.objects.create(title="Losse notitie", file=ContentFile(b"x", name="los.pdf"))
        assert found(client, "notitie") == []


@pytest.mark.django_db
class TestUnderstanding:
    @pytest.mark.parametrize(
        ("title", "text"),
        [
            ("Een integriteitsmodule", "module integriteit"),
            ("Module integriteit", "integriteitsmodule"),
            ("Voor raadsleden", "raadslid"),
            ("Voor elk raadslid", "raadsleden"),
            ("De wethouder", "wethouders"),
            ("Coördinatie", "coordinatie"),
            ("Coordinatie", "coördinatie"),
            ("Ondermijning herkennen", "ondremijning"),
            ("Ondermijning herkennen", "ondermijnig"),
            ("Uw integriteit", "integritijd"),
            ("De geheimhoudingsplicht", "“geheimhoudingsplicht”"),
        ],
    )
    def test_what_was_meant_is_found_and_marked(self, client, module, title, text):
        for word in ("Integriteit", "Module"):
            factories.make_lesson(module, title=word)
        factories.make_lesson(module, title=title)
        rebuild()
        response = client.get("/zoeken/", {"q": text})
        first = next(result for result in results(response) if result.title == title)
        assert any(part.is_hit for part in first.name)

    def test_it_is_said_when_another_word_was_searched(self, client, module):
        factories.make_lesson(module, title="Ondermijning herkennen")
        page = client.get("/zoeken/?q=ondremijning+herkennen").content.decode()
        assert "<strong>ondermijning herkennen</strong>" in page
        # Only of the word that is not there.
        assert "“ondremijning” komt op deze site niet voor" in page

    def test_some_of_the_words_are_better_than_nothing(self, client, module):
        factories.make_lesson(module, title="Wie helpt?", body=TEXT)
        factories.make_lesson(module, title="Parkeren")
        response = client.get("/zoeken/?q=geloofsbrieven+parkeren")
        assert set(titles(response)) == {"Wie helpt?", "Parkeren"}
        assert "een deel ervan" in response.content.decode()

    def test_what_is_about_a_part_by_its_whole_name_comes_before_texts(self, client, module):
        """Among many pages some hold all words; the page about one of them is still meant."""
        both = [("text", "<p>Wie de geloofsbrieven leest, ziet dat er iets ontbreekt.</p>")]
        factories.make_lesson(module, title="Een lange avond", body=both)
        factories.make_lesson(module, title="Geloofsbrieven in de hal", body=[])
        factories.make_lesson(module, title="De geloofsbrieven", body=[])
        assert found(client, "geloofsbrieven ontbreken") == [
            "De geloofsbrieven",
            "Een lange avond",
        ]
        # A name with all words is better still.
        factories.make_lesson(module, title="Ontbrekende geloofsbrieven", body=[])
        assert found(client, "geloofsbrieven ontbreken")[0] == "Ontbrekende geloofsbrieven"

    def test_synonyms_of_editors_count_at_once(self, client, module):
        factories.make_lesson(module, title="Verklaring omtrent het gedrag")
        assert found(client, "vog") == []
        group = SynonymGroup.objects.create(
            locale=factories.locale(), words="VOG\nverklaring omtrent het gedrag"
        )
        assert found(client, "vog") == ["Verklaring omtrent het gedrag"]
        group.delete()
        assert found(client, "vog") == []

    def test_english_pages_have_english_words(self, client, module):
        home = factories.make_home("en")
        home.title = "Council members"
        home.save_revision().publish()
        assert titles(client.get("/en/zoeken/?q=member")) == ["Council members"]
        assert found(client, "member") == []

    def test_a_page_on_top(self, client, module):
        lesson = factories.make_lesson(module, title="Steun")
        PromotedResult.objects.create(words="hulp\nbedreigd", page=lesson, why="Bel ons.")
        page = client.get("/zoeken/?q=Bedreigd").content.decode()
        assert "Bel ons." in page
        assert "Bel ons." not in client.get("/zoeken/?q=steun").content.decode()
        lesson.view_restrictions.create(restriction_type="login")
        assert "Bel ons." not in client.get("/zoeken/?q=bedreigd").content.decode()


@pytest.mark.django_db
class TestWhereItLeads:
    def test_to_the_heading_above_the_words(self, client, db):
        module = factories.make_module("open", open_to_visitors=True)
        body = [
            ("heading", {"text": "Hulp", "level": "h2"}),
            ("text", "<p>Begin hier.</p>"),
            ("heading", {"text": "Hulp", "level": "h2"}),
            ("text", "<p>Met geloofsbrieven.</p>"),
        ]
        factories.make_lesson(module, title="Les", body=body)
        (result,) = results(client.get("/zoeken/?q=geloofsbrief"))
        assert result.url.endswith("/#hulp-2:~:text=geloofsbrieven")
        assert result.heading == "Hulp"
        page = client.get(result.url.partition("#")[0]).content.decode()
        assert 'id="hulp-2"' in page

    def test_a_page_that_moves_is_found_at_its_new_address(self, client, module):
        lesson = factories.make_lesson(module, title="Wie helpt?", body=TEXT)
        lesson.slug = "elders"
        lesson.save_revision().publish()
        (result,) = results(client.get("/zoeken/?q=geloofsbrieven"))
        assert result.url.startswith("/leren/eed/elders/")


@pytest.mark.django_db
class TestSuggestions:
    def names(self, client, text):
        answer = client.get("/zoeken/suggesties/", {"q": text}).json()["suggestions"]
        return [each["title"] for each in answer]

    def test_names_that_begin_so(self, client, module):
        lesson = factories.make_lesson(module, title="Nevenfuncties melden")
        factories.make_lesson(module, title="Melden van nevenfuncties")
        assert self.names(client, "nev") == ["Nevenfuncties melden", "Melden van nevenfuncties"]
        assert self.names(client, "nevenfuncties mel")[0] == "Nevenfuncties melden"
        answer = client.get("/zoeken/suggesties/?q=nev").json()["suggestions"][0]
        assert answer == {"title": lesson.title, "url": lesson.url, "kind": "Les"}

    def test_a_short_word_that_is_whole(self, client, module):
        factories.make_lesson(module, title="Verklaring omtrent het gedrag")
        assert self.names(client, "vog") == []
        SynonymGroup.objects.create(
            locale=factories.locale(), words="VOG\nverklaring omtrent het gedrag"
        )
        assert self.names(client, "VOG") == ["Verklaring omtrent het gedrag"]

    def test_what_was_meant(self, client, module):
        factories.make_lesson(module, title="Ondermijning herkennen")
        assert self.names(client, "ondremij") == ["Ondermijning herkennen"]

    def test_eight_at_most_and_none_for_a_letter(self, client, module):
        for number in range(12):
            factories.make_lesson(module, title=f"Reglement {number}")
        assert len(self.names(client, "regl")) == 8
        assert self.names(client, "r") == []

    def test_what_is_withdrawn_is_suggested_no_more(self, client, module):
        lesson = factories.make_lesson(module, title="Reglement")
        assert self.names(client, "regl") == ["Reglement"]
        lesson.unpublish()
        assert self.names(client, "regl") == []

    def test_an_answer_is_kept_by_nothing_on_the_way(self, client, module):
        answer = client.get("/zoeken/suggesties/?q=regl")
        assert "no-store" in answer["Cache-Control"]
        assert client.post("/zoeken/suggesties/").status_code == 405


DUTCH = Vocabulary("nl", {"griffier": 1, "module": 1, "integriteit": 1})


@given(st.text(max_size=400), st.lists(st.text("abcé ", min_size=1, max_size=4), max_size=3))
def test_an_excerpt_is_a_piece_of_the_text(text, words):
    parts = excerpt(text, lambda word: word in words)
    whole = "".join(part.text for part in parts).removeprefix("…\u00a0").removesuffix("\u00a0…")
    assert whole in text
    assert len(whole) <= 180


def test_hits_are_marked_in_whatever_form():
    is_hit = hits_of(frozenset({"griffier", "modul"}), DUTCH)
    parts = excerpt("De Griffiers maken integriteitsmodules.", is_hit)
    assert [(part.text, part.is_hit) for part in parts] == [
        ("De ", False),
        ("Griffiers", True),
        (" maken ", False),
        ("integriteitsmodules", True),
        (".", False),
    ]


def test_rich_text_becomes_plain():
    assert plain(["<p>Een &amp; <b>twee</b></p>", "drie"]) == "Een & twee drie"


@pytest.mark.django_db
def test_what_is_published_is_found_at_once_when_no_worker_runs(client, module):
    """Wagtail's own tasks wait for nobody; those of ours would wait for a worker."""
    with override_settings(TASKS=base.TASKS):
        factories.make_lesson(module, title="Wie helpt?", body=TEXT)
        assert found(client, "geloofsbrieven") == ["Wie helpt?"]
        assert jobs.run_job.enqueue(0).status == "READY"
