"""All kinds of things that are found, each with its number, and where each leads to."""

import pytest
from django.core.files.base import ContentFile
from wagtail.documents.models import Document

from home.models import Theme, VisionGoal, VisionPage
from search.kinds import KINDS
from tests import factories, factories_field
from tests.practice import builders

pytestmark = pytest.mark.django_db
WORD = "weegschaal"
TEXT = [
    ("heading", {"text": "Afwegen", "level": "h2"}),
    ("text", f"<p>Leg het op de {WORD}.</p>"),
]


@pytest.fixture
def everything(db):
    """One of each kind with the same word, and a theme to some."""
    theme = Theme.objects.create(name="Wegen", slug="wegen", locale=factories.locale())
    document = Document.objects.create(title=WORD, file=ContentFile(b"x", name="blad.pdf"))
    body = [*TEXT, ("document", {"document": document, "description": ""})]
    builders.make_case(title="Een geval", happened=f"<p>Een {WORD}.</p>", themes=[theme])
    module = factories.make_module("wegen", title=f"De {WORD}", open_to_visitors=True)
    factories.make_lesson(module, title="De les", body=TEXT)
    factories.make_path([module], title=f"Leerlijn {WORD}")
    factories.make_news(title="Het bericht", body=body, themes=[theme])
    factories.make_meeting(title="De bijeenkomst", introduction=f"Over de {WORD}.")
    factories_field.make_instrument(f"De {WORD} zelf", themes=[theme])
    factories_field.make_partner(f"Stichting {WORD.title()}", themes=[theme])
    vision = VisionPage.objects.get()
    vision.introduction = f"<p>De {WORD} van de raad.</p>"
    vision.goals = [
        VisionGoal(
            locale=vision.locale,
            code="K1",
            term="short",
            title="Doel K1",
            text="<p>De tekst.</p>",
            progress_text=f"<p>De {WORD} is af.</p>",
        )
    ]
    vision.save_revision().publish()


@pytest.fixture
def found(client, everything):
    response = client.get("/zoeken/", {"q": WORD})
    groups = {group.kind.key: group for group in response.context["groups"]}
    return response, groups


def test_each_kind_has_its_number_and_its_group(client, found):
    response, groups = found
    keys = [kind.key for kind in KINDS if kind.key != "teksten"]
    choices = response.context["kinds"]
    assert [choice.count for choice in choices] == [groups[key].count for key in keys]
    assert [choice.label for choice in choices] == [
        *("Modules", "Leerlijnen", "Lessen", "Nieuws", "Praktijk", "Bijeenkomsten"),
        *("Instrumenten", "Partners", "Doelen van het visiedocument", "Visiedocument"),
        "Documenten",
    ]
    for choice in choices:
        narrowed = client.get(f"/zoeken/{choice.url}")
        assert len(narrowed.context["results"]) == choice.count
        assert f"Alleen: {choice.label}." in narrowed.content.decode()


def test_themes_count_what_is_found(client, found):
    response, _groups = found
    (theme,) = response.context["themes"]
    assert (theme.label, theme.count) == ("Wegen", 4)
    narrowed = client.get(f"/zoeken/{theme.url}")
    assert {group.kind.key for group in narrowed.context["groups"]} == {
        *("praktijk", "nieuws", "instrumenten", "partners"),
    }


def test_each_leads_to_where_the_words_are(client, found):
    _response, groups = found
    lesson = groups["lessen"].results[0]
    assert lesson.url.endswith(f"/#afwegen:~:text={WORD}")
    goal = groups["doelen"].results[0]
    assert goal.url == f"/visiedocument/k1/#:~:text={WORD}"
    partner = groups["partners"].results[0]
    assert "/partners/#partner-" in partner.url
    for group in groups.values():
        for result in group.results:
            address, _, fragment = result.url.partition("#")
            if result.document:
                continue
            page = client.get(address)
            assert page.status_code == 200
            anchor = fragment.partition(":~:")[0]
            assert not anchor or f'id="{anchor}"' in page.content.decode()
            assert WORD in page.content.decode().casefold()


def test_suggestions_say_of_what_kind_they_are(client, everything):
    answer = client.get("/zoeken/suggesties/", {"q": "weegs"}).json()["suggestions"]
    kinds = [each["kind"] for each in answer]
    assert kinds[0] == "Document"
    assert {"Module", "Leerlijn", "Instrument", "Partner"} <= set(kinds)
    goal = client.get("/zoeken/suggesties/", {"q": "doel k1"}).json()["suggestions"][0]
    assert goal["url"] == "/visiedocument/k1/"
