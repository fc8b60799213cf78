"""A certificate that everybody can read, also who hears it; the same file each time."""

import re
import time
import unicodedata
from datetime import date
from urllib.parse import urlsplit

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from accounts.models import User
from home.typeface import written
from learning.exports import certificate as certificates
from learning.exports.certificate import as_pdf
from learning.models import Certificate, Completion
from learning.rules.certificate_codes import new_code
from tests.learning.test_exports_report import read, tags, text_of
from tools.paths import ROOT

CODE = new_code()
LONG = "Bewustwordingsbijeenkomstvoorbereidingscommissielidmaatschap" * 2
AWKWARD = [
    "#panic()",
    '" + read("/etc/passwd") + "',
    "$x$ @label <label>",
    "= geen kop",
    "regel\r\nvolgende\tregel\x00\u202e",
]
# As it is typed, and as it is shown: what no typeface has is written as it sounds.
NAMES = {
    "Đặng Thị Ngọc Ánh": "Đặng Thị Ngọc Ánh",
    "Łukasz Żółć-Çağlayan Ștefănescu": "Łukasz Żółć-Çağlayan Ștefănescu",
    "Иван Кузнецов": "Иван Кузнецов",
    "Ελένη Παπαδοπούλου": "Ελένη Παπαδοπούλου",
    "שרה לוי": "שרה לוי",
    "محمد الأنصاري": "محمد الأنصاري",
    "王小明 \N{WINKING FACE}": "WangXiaoMing",
}


def make(name="Sanne de Vries", title="Uw ambt en uw eed", *, language="nl", **fields):
    fields = {"completed_on": date(2026, 6, 1), "minutes": 25, "kind": "finished"} | fields
    done = Completion(person=User(name=name), module_title=title, **fields)
    return Certificate(completion=done, code=CODE, language=language)


def squeezed(text):
    """Without what setting a text adds: hyphens, spaces, marks of direction; forms undone."""
    plain = unicodedata.normalize("NFKC", text)
    return re.sub(r"[\s\xad‐-]|[\u200e\u200f]", "", plain)


def test_it_is_tagged_has_a_language_and_shows_its_title():
    pdf = read(as_pdf(make()))
    root = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"].lower() == "nl-nl"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert pdf.metadata.title == "Certificaat: Uw ambt en uw eed"
    assert "pdfuaid:part>1<" in root["/Metadata"].get_data().decode()
    assert len(pdf.pages) == 1


def test_every_picture_says_what_it_is_and_the_pattern_is_passed_by():
    found = tags(as_pdf(make()))
    pictures = [tag for tag in found if tag.get("/S") == "/Figure"]
    assert [str(tag["/Alt"]) for tag in pictures] == [
        "QR-code die leidt naar de pagina waar u dit certificaat controleert."
    ]
    kinds = [str(tag.get("/S")) for tag in found]
    assert kinds.count("/Title") == 1
    assert "/Link" in kinds


def test_it_says_what_was_done():
    text = text_of(as_pdf(make(valid_until=date(2027, 6, 1), minutes=100)))
    for said in ("Sanne de Vries", "Uw ambt en uw eed", "1 juni 2026", "1 juni 2027"):
        assert said in text
    assert "1 uur en 40 minuten" in text
    assert make().spelled_code in text
    assert urlsplit(certificates.check_url(make())).path == f"/certificaat/{make().spelled_code}/"


@pytest.mark.parametrize(
    ("fields", "said", "never"),
    [
        ({"is_path": True}, ["leerlijn", "25 minuten"], ["Geldig", "Getoetst", "Erkend"]),
        ({"kind": "tested_out", "minutes": None}, ["Getoetst", "toets"], ["minuten", "Erkend"]),
        (
            {"kind": "recognised", "minutes": None, "municipality_name": "Gemeente Utrecht"},
            ["Erkend", "Gemeente Utrecht", "scholing"],
            ["minuten", "Getoetst", "Afgerond op"],
        ),
    ],
)
def test_it_says_how_it_was_done(fields, said, never):
    text = text_of(as_pdf(make(**fields)))
    assert [word for word in said if word not in text] == []
    assert [word for word in never if word in text] == []


def test_it_is_in_its_own_language():
    pdf = as_pdf(make(language="en"))
    assert read(pdf).trailer["/Root"]["/Lang"].lower() == "en-gb"
    assert "1 June 2026" in text_of(pdf)
    assert urlsplit(certificates.check_url(make(language="en"))).path.startswith("/en/certificaat/")


def test_the_same_certificate_is_the_same_file(monkeypatch):
    first = as_pdf(make())
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1")
    assert as_pdf(make()) == first
    assert as_pdf(make(name="Een ander")) != first


def test_it_is_made_while_somebody_waits():
    as_pdf(make())
    began = time.process_time()
    for number in range(10):
        as_pdf(make(name=f"Persoon {number}"))
    assert (time.process_time() - began) / 10 < 0.15


@pytest.mark.parametrize(("name", "shown"), NAMES.items())
def test_a_name_stands_in_its_own_letters(name, shown):
    pdf = as_pdf(make(name=name))
    found, wanted = squeezed(text_of(pdf)), squeezed(shown)
    embedded = " ".join(
        str(font.get_object()["/BaseFont"])
        for page in read(pdf).pages
        for font in page["/Resources"]["/Font"].values()
    )
    script = unicodedata.name(wanted[0]).split()[0].capitalize()
    if script in {"Arabic", "Hebrew"}:
        # What is written from right to left comes out in the order in which it is drawn.
        assert set(wanted) <= set(found)
        assert f"NotoSans{script}" in embedded
    else:
        assert wanted in found
        assert "NotoSans" not in embedded


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize(
    ("name", "title"),
    [
        (LONG[:120], LONG[:120]),
        (("Maria van den " * 9)[:120], ("Ondermijning en omkoping " * 5)[:120]),
        ("W" * 150, "W" * 255),
        ("i", "i"),
    ],
)
def test_long_names_and_titles_fit(name, title, language):
    made = make(
        name=name,
        title=title,
        language=language,
        kind="recognised",
        valid_until=date(2027, 9, 30),
        minutes=200,
        municipality_name="Gemeente ’s-Hertogenbosch en omstreken",
    )
    pdf = as_pdf(made)
    page = read(pdf).pages
    assert len(page) == 1
    text = squeezed(text_of(pdf))
    assert squeezed(name) in text
    assert squeezed(title) in text
    assert squeezed(made.spelled_code) in text


@pytest.mark.parametrize("name", AWKWARD)
def test_what_somebody_typed_is_text_and_never_code(name):
    assert squeezed(written(name)) in squeezed(text_of(as_pdf(make(name=name, title=name))))


@given(st.text(max_size=80), st.text(min_size=1, max_size=80))
@settings(max_examples=100, deadline=None)
@example("\xad", " ")
@example("\ufdd0\ue000\x85\u2028 e\u0301 ﷽ \u0300", "\u0300")
@example("می\u200cخواهم", "\u0651\u05b0")
def test_any_name_and_title_make_a_certificate(name, title):
    assert as_pdf(make(name=name, title=title)).startswith(b"%PDF")


def test_the_colours_are_those_of_the_site():
    palette = (ROOT / "site/frontend/css/palette.css").read_text()
    day = dict(re.findall(r"--voorbeeld-kleuren-([\w-]+): (#\w+);", palette.split("@media")[0]))
    template = certificates.TEMPLATE.read_text()
    used = re.findall(r'rgb\("(#\w+)"\) // ([\w-]+)', template)
    assert used == [(day[name], name) for _colour, name in used]
    assert template.count("rgb(") == len(used) > 5
