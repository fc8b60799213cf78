"""A report that everybody can read, also who hears it, and that runs nothing."""

import io
import re
from datetime import date

import pytest
import typst
from django.utils import translation
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from home.chamber import chamber
from learning.exports import report as reports
from learning.exports.report import Bar, Council, Part, Report, Section, TextTable, Trend, as_pdf
from tools.paths import ROOT

PARTS = [
    Part("completed", "klaar", 20),
    Part("renewal_open", "verlenging open", 2),
    Part("under_way", "bezig", 9),
    Part("to_do", "te doen", 6),
    Part("overdue", "te laat", 5),
    Part("lapsed", "verlopen", 2),
]
AWKWARD = [
    "#panic()",
    "*x* _y_ `z`",
    "[",
    "]",
    "\\",
    '" + read("/etc/passwd") + "',
    "$x$ @label <label>",
    "= geen kop",
    "Bewustwordingsbijeenkomstvoorbereidingscommissielidmaatschapsaanvraagformulier",
    "regel\r\nvolgende\tregel\x00\u202e",
    "北京 \N{WINKING FACE} Müller",
]


def make_report(title="De eed", *, place="Gemeente Utrecht", day=date(2026, 6, 1)):
    seats = [part.status for part in PARTS for _ in range(part.count)]
    return Report(
        title=f"Weerbaarheid van {place}",
        kicker="Verslag aan de gemeenteraad",
        author=place,
        day=day,
        lead=[f"20 van de 44 mensen hebben {title} afgerond."],
        sections=[
            Section(
                heading="De raad",
                intro=["Elke zetel is een raadslid."],
                legend=PARTS,
                council=Council(
                    chamber([*seats, "nobody"]), "20 van 45", "raadsleden klaar", "45 zetels."
                ),
            ),
            Section(
                heading="Per verplichting",
                bars=[
                    Bar(title, "Voor 1 juli 2026.", "20 van 44 (45%).", PARTS),
                    Bar(title, "", "Niemand.", []),
                ],
                tables=[TextTable("Aantallen", ["Verplichting", "Klaar"], [[title, "20"]])],
            ),
            Section(
                heading="Verloop",
                trends=[
                    Trend(title, [(date(2026, 5, 1), 39), (day, 45)]),
                    Trend(title, [(day, 45)]),
                ],
            ),
            Section(heading="Zo is geteld", notes=["Wie twee rollen heeft, telt een keer mee."]),
        ],
    )


def read(pdf):
    return PdfReader(io.BytesIO(pdf))


def text_of(pdf):
    return " ".join(page.extract_text() for page in read(pdf).pages)


def elements(node):
    """Every element of the tree that a screen reader walks."""
    if isinstance(node, list):
        return [found for each in node for found in elements(each.get_object())]
    if not hasattr(node, "get"):
        return []
    below = node.get("/K")
    below = below.get_object() if hasattr(below, "get_object") else below
    return [node, *elements(below)]


def tags(pdf):
    return elements(read(pdf).trailer["/Root"]["/StructTreeRoot"])


def test_it_is_tagged_has_a_language_and_shows_its_title():
    root = read(as_pdf(make_report())).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"].lower() == "nl-nl"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert read(as_pdf(make_report())).metadata.title == "Weerbaarheid van Gemeente Utrecht"
    assert "pdfuaid:part>1<" in root["/Metadata"].get_data().decode()


def test_every_picture_has_a_text_and_every_table_headings():
    found = tags(as_pdf(make_report()))
    pictures = [tag for tag in found if tag.get("/S") == "/Figure"]
    assert len(pictures) == 5
    assert all(str(tag["/Alt"]).strip() for tag in pictures)
    assert "klaar: 20, verlenging open: 2" in " ".join(str(tag["/Alt"]) for tag in pictures)
    assert [tag.get("/S") for tag in found].count("/TH") == 2
    headings = [str(tag["/S"]) for tag in found if re.fullmatch(r"/H\d", str(tag.get("/S")))]
    assert headings == ["/H1", "/H1", "/H2", "/H2", "/H1", "/H1"]


def test_a_picture_without_a_text_is_refused():
    bad = make_report()
    council = bad.sections[0].council
    object.__setattr__(council, "alt", None)
    with pytest.raises(typst.TypstError):
        as_pdf(bad)


@pytest.mark.parametrize("name", AWKWARD)
def test_what_somebody_typed_is_text_and_never_code(name):
    shown = text_of(as_pdf(make_report(name, place=name))).replace("\xad", "")
    said = reports.printable(name)
    assert re.sub(r"\s|-|‐", "", said) in re.sub(r"\s|-|‐", "", shown)


@given(st.text(min_size=1, max_size=60))
@settings(max_examples=100, deadline=None)
@example(" ")
@example("\xad")
@example("\ufdd0\ue000\x85\u2028 e\u0301 ﷽ \u0300")
def test_any_title_makes_a_report(title):
    assert as_pdf(make_report(title)).startswith(b"%PDF")


def test_the_same_report_is_the_same_file():
    assert as_pdf(make_report()) == as_pdf(make_report())
    assert as_pdf(make_report()) != as_pdf(make_report(day=date(2026, 6, 2)))


def test_it_is_in_the_language_of_who_asks():
    with translation.override("en"):
        pdf = as_pdf(make_report())
    assert read(pdf).trailer["/Root"]["/Lang"].lower() == "en-gb"
    assert "Page 1 of" in text_of(pdf)
    assert "measured on 1 June 2026" in text_of(pdf)


def test_the_colours_are_those_of_the_site():
    palette = (ROOT / "site/frontend/css/palette.css").read_text()
    day = dict(re.findall(r"--voorbeeld-kleuren-([\w-]+): (#\w+);", palette.split("@media")[0]))
    used = re.findall(r'rgb\("(#\w+)"\) // ([\w-]+)', reports.TEMPLATE.read_text())
    assert len(used) > 10
    assert used == [(day[name], name) for _colour, name in used]
    assert "rgb(" not in re.sub(r'#let [\w-]+ = rgb\("#\w+"\) //', "", reports.TEMPLATE.read_text())
