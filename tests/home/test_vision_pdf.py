"""The visiedocument as a file that everybody can read, also who hears it."""

import io
import re

import pytest
import typst
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from home import vision_pdf as pdf
from home.models import VisionPage
from home.typesetting import printable
from tests import factories
from tests import factories_field as field
from tools.paths import ROOT

pytestmark = pytest.mark.django_db

ADDRESS = "/visiedocument/visiedocument.pdf"


@pytest.fixture
def vision(home):
    vision = field.make_vision(
        introduction="<p>Over <b>druk</b> en “hulp”.</p>",
        occasion='<ul><li>een</li><li><a href="/hulp/">twee</a></li></ul>',
        outcome="<ol><li>#panic() *x* [ ] $y$ \\ &lt;b&gt;</li></ol><p>北京</p>",
    )
    goals = list(vision.goals.all())
    goals[0].progress = "done"
    goals[0].progress_text = "Klaar sinds vandaag."
    vision.goals = goals
    vision.save_revision().publish()
    return VisionPage.objects.get(pk=vision.pk)


def kinds(node, found=None):
    """Every kind of tag in the tree of the structure."""
    found = [] if found is None else found
    node = node.get_object()
    if isinstance(node, list):
        for each in node:
            kinds(each, found)
    elif hasattr(node, "get"):
        if "/S" in node and node.get("/Type") != "/OBJR":
            found.append(str(node["/S"]))
        if "/K" in node:
            kinds(node.raw_get("/K"), found)
    return found


def test_the_file_is_tagged(client, vision):
    response = client.get(ADDRESS)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/pdf"
    assert 'filename="visiedocument.pdf"' in response.headers["Content-Disposition"]
    reader = PdfReader(io.BytesIO(response.content))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] is True or root["/MarkInfo"]["/Marked"].value
    assert root["/Lang"].startswith("nl")
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata.title == "Visiedocument Ondermijning"
    assert "pdfuaid" in reader.xmp_metadata.stream.get_data().decode()
    found = kinds(root["/StructTreeRoot"].raw_get("/K"))
    assert found.count("/H2") >= 4  # three goals and an aspect
    assert {"/H1", "/P", "/L", "/LI", "/Link", "/TOC"} <= set(found)


def test_it_says_what_the_page_says(vision):
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf.as_pdf(vision))).pages)
    for words in ("Over druk en “hulp”.", "#panic()", "K1 – Doel K1", "Klaar. Klaar sinds"):
        assert words in re.sub(r"\s+", " ", text)
    assert "北京" not in text


def test_links_lead_to_the_site(vision, settings):
    reader = PdfReader(io.BytesIO(pdf.as_pdf(vision)))
    links = {
        str(each.get_object()["/A"]["/URI"])
        for page in reader.pages
        for each in page.get("/Annots", ())
        if "/URI" in each.get_object().get("/A", {})
    }
    assert f"{settings.BASE_URL}/hulp/" in links
    assert any(link.endswith("/visiedocument/k1/") for link in links)


def test_it_is_made_once_for_each_version(client, vision, monkeypatch):
    made = []

    def make(page):
        made.append(page.title)
        return b"%PDF"

    monkeypatch.setattr(pdf, "as_pdf", make)
    first = client.get(ADDRESS)
    again = client.get(ADDRESS, headers={"if-none-match": first.headers["ETag"]})
    assert again.status_code == 304
    # What else is published does not matter to it.
    field.make_instrument()
    client.get(ADDRESS)
    assert made == ["Visiedocument Ondermijning"]
    vision.title = "Visiedocument, herzien"
    vision.save_revision().publish()
    assert client.get(ADDRESS).headers["ETag"] != first.headers["ETag"]
    assert made == ["Visiedocument Ondermijning", "Visiedocument, herzien"]


def test_a_draft_is_not_in_it(client, vision):
    before = client.get(ADDRESS).headers["ETag"]
    vision.introduction = "<p>Nog geheim.</p>"
    vision.save_revision()
    response = client.get(ADDRESS)
    assert response.headers["ETag"] == before
    text = "".join(p.extract_text() for p in PdfReader(io.BytesIO(response.content)).pages)
    assert "geheim" not in text


def test_in_english_it_is_english(client, vision):
    factories.make_home("en")
    vision.copy_for_translation(factories.locale("en")).save_revision().publish()
    reader = PdfReader(io.BytesIO(client.get(f"/en{ADDRESS}").content))
    assert reader.trailer["/Root"]["/Lang"].startswith("en")
    assert "Goals for the short term" in "".join(p.extract_text() for p in reader.pages)


def test_when_it_cannot_be_made_the_page_is_there(client, vision, monkeypatch):
    def fail(page):
        raise typst.TypstError("no")

    monkeypatch.setattr(pdf, "as_pdf", fail)
    response = client.get(ADDRESS)
    assert response.status_code == 503
    assert 'href="/visiedocument/"' in response.content.decode()


def test_without_a_document_there_is_no_file(client, home):
    assert client.get(ADDRESS).status_code == 404
    assert client.post(ADDRESS).status_code == 405


@given(st.text(alphabet="abé ‘’–\t\n"))
def test_parts_of_a_sentence_keep_the_space_between_them(text):
    said = printable(text, keep_ends=True)
    assert said.split() == text.split()
    assert said[:1].isspace() == text[:1].isspace()
    assert said[-1:].isspace() == text[-1:].isspace()


def test_its_colours_are_those_of_the_site():
    palette = (ROOT / "site/frontend/css/palette.css").read_text().split("@media")[0]
    used = re.findall(r'rgb\("(#\w+)"\) // ([\w-]+)', pdf.TEMPLATE.read_text())
    assert used
    for colour, name in used:
        assert f"--voorbeeld-kleuren-{name}: {colour};" in palette
