"""Files as Moodle and other programmes write them: what they become, and what is named as left."""

from decimal import Decimal
from pathlib import Path

import pytest

from learning.rules.grading import Kind
from learning.rules.interchange import formats
from learning.rules.interchange.formats import Format
from learning.rules.interchange.items import Option, Pair, Trouble, UnreadableError
from tests.learning.interchange import foreign_qti
from tests.learning.interchange.items_made import PNG

FILES = Path(__file__).parent / "files"


def read(content):
    """The questions by their label, and what is left of each."""
    _format, reading = formats.read(content)
    return {found.label: found for found in reading.found}


def troubles(found):
    return {problem.trouble for problem in found.problems}


@pytest.fixture(scope="module")
def moodle():
    return read((FILES / "moodle.xml").read_bytes())


@pytest.fixture(scope="module")
def gift():
    return read((FILES / "gift.txt").read_bytes())


@pytest.fixture(scope="module")
def qti():
    return read(foreign_qti.package_2())


def test_moodle_kinds(moodle):
    assert {label: found.item and found.item.kind for label, found in moodle.items()} == {
        "Meldpunt": Kind.SINGLE_CHOICE,
        "Waar": Kind.TRUE_FALSE,
        "Koppel": Kind.MATCHING,
        "Kort": Kind.FILL_IN,
        "Getal": Kind.NUMBER,
        "Kies": Kind.CHOOSE_IN_TEXT,
        "Sleep": Kind.CHOOSE_IN_TEXT,
        "Cloze": Kind.CHOOSE_IN_TEXT,
        "Cloze met woord": Kind.FILL_IN,
        "Cloze gemengd": None,
        "Orde": Kind.ORDERING,
        "Open": Kind.REFLECTION,
        "Uitleg": None,
        "Rekenen": None,
    }
    assert troubles(moodle["Uitleg"]) == {Trouble.DESCRIPTION}
    assert troubles(moodle["Rekenen"]) == {Trouble.UNKNOWN_KIND}
    assert troubles(moodle["Cloze gemengd"]) == {Trouble.SEVERAL_PARTS}


def test_a_choice_of_moodle_with_all_that_hangs_on_it(moodle):
    found = moodle["Meldpunt"]
    item = found.item
    assert item.stem == "<p>Wat is dit?</p>"
    assert item.picture.content == PNG
    assert item.picture.alt == "De zaal"
    assert item.options[0] == Option("Een zaal", correct=True, feedback="Juist")
    assert [option.correct for option in item.options] == [True, False, False]
    assert item.hint == "Groot"
    assert item.feedback == '<p>Zie <a href="https://www.voorbeeld.example/">hier</a>.</p>'
    assert (item.identifier, item.topics) == ("INT-7", ("raad",))
    assert troubles(found) == {
        Trouble.MARKUP,
        Trouble.MARKUP_LOST,
        Trouble.PARTIAL,
        Trouble.MORE_HINTS,
        Trouble.OUTCOME_FEEDBACK,
        Trouble.PENALTY,
        Trouble.WEIGHT,
    }


def test_other_kinds_of_moodle(moodle):
    assert moodle["Waar"].item.options == (
        Option("true", True, "Ja"),
        Option("false", False, "Nee"),
    )
    assert moodle["Waar"].item.topics == ("Geschenken",)
    assert moodle["Koppel"].item.decoys == ("rechtspraak",)
    assert moodle["Koppel"].item.pairs[0] == Pair("raad", "begroting")
    assert moodle["Kort"].item.lines == ("griffier",)
    assert moodle["Kort"].item.stem.count("<br/>") == 1
    assert {Trouble.CASE, Trouble.WRONG_VARIANTS} <= troubles(moodle["Kort"])
    number = moodle["Getal"].item
    assert (number.value, number.tolerance, number.unit) == (45, Decimal("0.5"), "zetels")
    assert moodle["Kies"].item.text == "De [raad|rechter] kiest de [griffier|koning & co]."
    assert moodle["Kies"].item.stem == "<p>Vul in.</p>"
    assert moodle["Cloze"].item.text == "De raad [benoemt|kiest] de griffier en [schorst|groet]."
    assert moodle["Cloze met woord"].item.lines == ("burgemeester", "burgervader")
    assert moodle["Orde"].item.lines == ("een", "twee", "drie")
    assert moodle["Open"].item.text == "Let op de toon."


def test_all_that_gift_knows(gift):
    kinds = [found.item.kind if found.item else None for found in gift.values()]
    assert kinds == [
        *(Kind.SINGLE_CHOICE, Kind.MULTIPLE_RESPONSE, Kind.TRUE_FALSE, Kind.TRUE_FALSE),
        *(Kind.FILL_IN, Kind.MATCHING, Kind.NUMBER, Kind.NUMBER, Kind.NUMBER),
        *(Kind.CHOOSE_IN_TEXT, Kind.SINGLE_CHOICE, Kind.SINGLE_CHOICE, Kind.REFLECTION, None),
        *(Kind.SINGLE_CHOICE, Kind.ORDERING, None),
    ]
    found = list(gift.values())
    grave = gift["Begraven"].item
    assert grave.identifier == "vraag-1"
    assert grave.topics == ("Integriteit", "Eed")
    assert grave.feedback == "<p>Een oude grap.</p>"
    assert grave.options[0] == Option("niemand", True, "Juist: hij is bijgezet")
    several = gift["Meer antwoorden"].item
    assert several.topics == ("Geschenken",)
    assert [option.correct for option in several.options] == [False, True, True, False]
    said = found[3].item
    assert said.options == (
        Option("true", False, "Kijk nog eens."),
        Option("false", True, "Dat klopt."),
    )
    assert said.stem == "<p>Grant ligt er <i>niet</i>.</p>"
    assert found[4].item.lines == ("vier", "4", "vi*r")
    assert troubles(found[4]) == {
        Trouble.OPTION_FEEDBACK,
        Trouble.WRONG_VARIANTS,
        Trouble.WILDCARD,
    }
    assert gift["Koppelen"].item.pairs[1] == Pair("Itali=e", "Rome")
    assert gift["Koppelen"].item.decoys == ("Parijs",)
    assert (found[6].item.value, found[6].item.tolerance) == (1822, 5)
    assert (found[7].item.value, found[7].item.tolerance) == (Decimal("3.1415"), Decimal("0.0005"))
    assert Trouble.MORE_NUMBERS in troubles(found[8])
    assert found[9].item.text == "De [gedragscode|notulen|agenda] stelt de raad vast."
    assert "{ en } en = en ~ en # en : en \\" in found[10].item.stem
    assert found[10].item.options[0].text == "ja {dat} = goed"
    # What is said about an answer has no place in a gap.
    assert found[11].item.stem == "<p>Schrijf iets over _____ in de raad.</p>"
    assert troubles(found[13]) == {Trouble.DESCRIPTION}
    assert troubles(found[14]) == {Trouble.MARKUP}
    assert found[15].item.lines == ("eerst", "dan", "ten slotte")
    assert troubles(found[16]) == {Trouble.BROKEN}


def test_a_package_of_another_programme(qti):
    chair = qti["Voorzitter"]
    assert chair.item.stem == "<p>Wie zit de raad voor?</p><p>Kies <b>één</b> antwoord.</p>"
    assert chair.item.options == (
        Option("burgemeester", True, "Juist."),
        Option("griffier", False, "Die ondersteunt."),
    )
    assert chair.item.picture.content == PNG
    assert (chair.item.topics, chair.item.difficulty) == (("Voorzitten",), 3)
    assert troubles(chair) == {Trouble.OUTCOME_FEEDBACK}
    assert qti["Stelling"].item.kind == Kind.TRUE_FALSE
    number = qti["Getal"].item
    assert (number.value, number.tolerance) == (45, Decimal("4.5"))
    assert number.stem == "<p>De raad heeft _____ leden.</p>"
    assert qti["Kies"].item.text == "De [raad|rechter] kiest de [griffier|koning]."
    assert troubles(qti["Upload"]) == {Trouble.UNKNOWN_KIND}
    assert troubles(qti["Twee"]) == {Trouble.SEVERAL_PARTS}
    assert troubles(qti["pakket/items/weg.xml"]) == {Trouble.MISSING_FILE}
    _format, reading = formats.read(foreign_qti.package_2())
    assert [problem.trouble for problem in reading.problems] == [Trouble.TEST]


def test_version_3_and_a_loose_item():
    found = read(foreign_qti.package_3())
    assert found["Volgorde"].item.lines == ("verkiezing", "eed", "vergadering")
    assert found["Volgorde"].item.feedback == "<p>Eerst kiest de inwoner.</p>"
    marked = found["Signalen"]
    assert [option.correct for option in marked.item.options] == [False, True]
    assert troubles(marked) == {Trouble.TEXT_AROUND}
    (item,) = read((FILES / "qti21-item.xml").read_bytes()).values()
    assert item.item.pairs == (Pair("raad", "begroting"), Pair("college", "uitvoering"))
    assert item.item.decoys == ("rechtspraak",)


@pytest.mark.parametrize(
    ("content", "trouble"),
    [
        (b"<questestinterop/>", Trouble.OLD_QTI),
        (b"<moodle_backup/>", Trouble.BACKUP),
        (b"<html><body/></html>", Trouble.UNKNOWN_FORMAT),
        (b"vraag;goed\r\na;b", Trouble.NO_QUESTIONS),
        (b"soort;vraag\r\n;", Trouble.NO_QUESTIONS),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 xls", Trouble.DAMAGED_TABLE),
    ],
)
def test_what_is_no_file_of_questions(content, trouble):
    with pytest.raises(UnreadableError) as refused:
        formats.read(content)
    assert refused.value.trouble is trouble


def test_a_table_as_dutch_excel_saves_it():
    written = (
        "Soort;Vraag;Antwoord 1;Antwoord 2;Goed;Marge;Eenheid;Onderwerpen;Moeilijkheid;Kleur\r\n"
        "Eén antwoord;Wie?;de raad;de rechter;1;;;Geld | Eed;moeilijk;rood\r\n"
        "getal;Hoeveel?;;;1.250,5;0,5;euro;;;\r\n"
        "meer antwoorden;Welke?;'=1+1;b;1;;;;;\r\n"
        "waar/onwaar;Klopt het?;;;onwaar;;;;;\r\n"
        "raadsel;Wat?;;;;;;;;\r\n"
        "kies in de tekst;Wat past?;;;;;;;;\r\n"
        "één antwoord;Wie?;a;b;3;;;;;\r\n"
    )
    for encoding in ("utf-8-sig", "utf-16", "cp1252"):
        _format, reading = formats.read(written.encode(encoding))
        choice, number, several, truth, unknown, no_gap, wrong = reading.found
        assert choice.item.topics == ("Geld", "Eed")
        assert choice.item.difficulty == 3
        assert (number.item.value, number.item.unit) == (Decimal("1250.5"), "euro")
        assert several.item.options[0] == Option("=1+1", correct=True)
        assert truth.item.options[1].correct
        assert troubles(unknown) == {Trouble.UNKNOWN_KIND}
        assert troubles(no_gap) == troubles(wrong) == {Trouble.NO_RIGHT}
        assert [problem.details for problem in reading.problems] == [("Kleur",)]


@pytest.mark.parametrize("to", [Format.QTI_21, Format.QTI_22, Format.QTI_30])
def test_foreign_questions_go_out_as_they_came_in(to):
    for content in (
        (FILES / "moodle.xml").read_bytes(),
        (FILES / "gift.txt").read_bytes(),
        foreign_qti.package_2(),
    ):
        items = [found.item for found in read(content).values() if found.item]
        again = read(formats.write(to, items)).values()
        assert [(each.item.kind, each.item.stem, each.item.options) for each in again] == [
            (item.kind, item.stem, item.options) for item in items
        ]


@pytest.mark.parametrize(
    "content",
    [
        b'[html]<p title="{=a ~b}">Een</p> woord',
        b"[html]<script>{=a ~b}</script> woord",
        b"[html]<!-- {=a ~b} --> woord",
    ],
)
def test_a_gap_that_nobody_sees_is_no_gap(content):
    _format, reading = formats.read(content)
    assert all(Trouble.BROKEN in troubles(found) for found in reading.found)
    assert [found.item for found in reading.found] == [None]
