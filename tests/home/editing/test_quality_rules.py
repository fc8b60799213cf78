"""What makes a text hard to read, as plain rules over plain parts."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from home.rules.quality import (
    About,
    Heading,
    Kind,
    Link,
    Picture,
    Place,
    Prose,
    hints,
)
from home.rules.words import difficult_words, sentences, simpler_words, words

HERE = Place("Tekst")
WHOLE = About(
    summary="Waar het over gaat.", description="Kort.", source="VNG", has_review_date=True
)
WORD = st.text(string.ascii_lowercase, min_size=1, max_size=8)


def kinds(*parts, about=WHOLE):
    return [hint.kind for hint in hints(parts, about)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Een zin. Nog een zin!", ["Een zin.", "Nog een zin!"]),
        ("Zonder punt", ["Zonder punt"]),
        ("Zie art. 14 van de wet.", ["Zie art. 14 van de wet."]),
        ("Dat kan o.a. hier.", ["Dat kan o.a. hier."]),
        ("Mevr. A. de Vries belt.", ["Mevr. A. de Vries belt."]),
        ("Hij is 18. Zij ook.", ["Hij is 18.", "Zij ook."]),
        ("1. Bel de griffier.", ["1. Bel de griffier."]),
        ("Zij zei: “Nee.” En toen?", ["Zij zei: “Nee.”", "En toen?"]),
        ("Dat kost € 1.250 per jaar.", ["Dat kost € 1.250 per jaar."]),
        ("Kijk op vng.nl voor meer.", ["Kijk op vng.nl voor meer."]),
        ("Dhr. J.P. Smit is er. Nu u.", ["Dhr. J.P. Smit is er.", "Nu u."]),
        ("Lid van de EU. De rest niet.", ["Lid van de EU.", "De rest niet."]),
        ("Pennen, papier enz. De rest komt.", ["Pennen, papier enz.", "De rest komt."]),
        ("Pennen enz. voor de raad.", ["Pennen enz. voor de raad."]),
        ("“Mag dat?” vroeg zij. “Nee.”", ["“Mag dat?” vroeg zij.", "“Nee.”"]),
        ("Hij zweeg … en ging.", ["Hij zweeg … en ging."]),
        ("  \n ", []),
    ],
)
def test_sentences_end_where_a_reader_stops(text, expected):
    assert list(sentences(text)) == expected


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("€ 1.250,50 per jaar", 3),
        ("artikel 2:3 van de Awb", 5),
        ("o.a. de foto’s op vng.nl", 5),
        ("mail naar info@voorbeeld.example", 3),
        ("een, twee en drie", 4),
        ("ja—nee", 2),
    ],
)
def test_words_are_counted_as_a_reader_does(text, count):
    assert len(words(text)) == count


@pytest.mark.parametrize(
    "text",
    [
        "De wet zegt: “Indien dat zo is, dient te worden betaald.”",
        'De wet zegt: "indien dat zo is".',
        "De wet zegt: ‘indien dat zo is’.",
        "De wet zegt: „indien dat zo is”.",
    ],
)
def test_the_words_of_somebody_else_are_not_to_be_written_better(text):
    assert difficult_words(text) == []


def test_an_apostrophe_opens_no_quote():
    assert difficult_words("Foto’s indien nodig, auto’s niet.") == [("indien", "als")]


@given(st.lists(st.lists(WORD, min_size=2, max_size=30), max_size=8))
def test_no_word_is_lost_between_sentences(said):
    text = " ".join(f"{' '.join(each).capitalize()}!" for each in said)
    found = list(sentences(text))
    assert len(found) == len(said)
    assert [len(words(sentence)) for sentence in found] == [len(each) for each in said]


@given(st.text(max_size=300))
def test_whatever_somebody_types_can_be_looked_at(text):
    assert "".join("".join(sentences(text)).split()) == "".join(text.split())
    hints(
        [Prose(HERE, (text,)), Heading(HERE, 3, text), Link(HERE, text), Picture(HERE, text)], WHOLE
    )


@given(st.integers(min_value=1, max_value=60))
def test_a_sentence_is_long_from_twenty_one_words_on(count):
    prose = Prose(HERE, (" ".join(["woord"] * count) + ".",))
    found = [k for k in kinds(prose) if k in (Kind.LONG_SENTENCE, Kind.VERY_LONG_SENTENCE)]
    expected = [Kind.VERY_LONG_SENTENCE] if count > 25 else [Kind.LONG_SENTENCE] * (count > 20)
    assert found == expected


def test_the_sentence_is_quoted_with_its_length_and_place():
    sentence = "Een " + " ".join(["woord"] * 25) + "."
    (hint,) = hints([Prose(HERE, ("Kort. " + sentence,))], WHOLE)
    assert (hint.quote, hint.count, hint.place) == (sentence, 26, HERE)


def test_words_of_officials_come_with_a_simpler_one():
    assert difficult_words("Indien u wilt, dient te worden\nbetaald. indien") == [
        ("Indien", "als"),
        ("dient te", "moet"),
    ]


@pytest.mark.parametrize(
    "text", ["indiening", "mitsgaders", "niet-conform", "Reedsma", "hedendaagse"]
)
def test_part_of_another_word_is_not_a_difficult_word(text):
    assert difficult_words(text) == []


def test_the_list_is_long_enough_and_every_word_is_found_by_itself():
    assert len(simpler_words()) >= 80
    for word, simple in simpler_words().items():
        assert simple
        assert word != simple
        assert (word, simple) in difficult_words(f"Hij zei {word} tegen haar."), word


def test_no_simpler_word_is_itself_on_the_list():
    for word, simple in simpler_words().items():
        assert difficult_words(simple) == [], word


def test_english_is_not_held_against_dutch_words():
    prose = Prose(HERE, ("The mits is fine.",))
    assert kinds(prose, about=About(language="en", summary="x", description="x")) == []


@pytest.mark.parametrize(
    ("alt", "decorative", "expected"),
    [
        ("", False, [Kind.NO_ALT]),
        ("  ", False, [Kind.NO_ALT]),
        ("", True, []),
        ("IMG_2034", False, [Kind.POOR_ALT]),
        ("raadzaal.jpg", False, [Kind.POOR_ALT]),
        ("Een foto van de raadzaal", False, [Kind.POOR_ALT]),
        ("De raadzaal tijdens een vergadering", False, []),
    ],
)
def test_a_picture_has_words(alt, decorative, expected):
    assert kinds(Picture(HERE, alt, decorative)) == expected


@pytest.mark.parametrize(
    ("levels", "skipped"),
    [((2, 3, 3, 2), 0), ((3,), 1), ((2, 4), 1), ((2, 3, 4, 2, 3), 0), ((), 0), ((3, 3), 1)],
)
def test_headings_skip_no_level(levels, skipped):
    found = kinds(*(Heading(HERE, level, "Kop") for level in levels))
    assert found == [Kind.HEADING_SKIPPED] * skipped


def test_an_empty_heading_is_named():
    assert kinds(Heading(HERE, 2, " ")) == [Kind.HEADING_EMPTY]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("klik hier", [Kind.VAGUE_LINK]),
        ("Lees meer …", [Kind.VAGUE_LINK]),
        ("Lees meer.", [Kind.VAGUE_LINK]),
        ("HIER", [Kind.VAGUE_LINK]),
        ("Klik hier voor meer informatie", [Kind.VAGUE_LINK]),
        ("https://vng.nl/iets", [Kind.BARE_LINK]),
        ("www.vng.nl", [Kind.BARE_LINK]),
        ("de gedragscode", []),
        ("", []),
    ],
)
def test_the_words_of_a_link_say_where_it_leads(text, expected):
    assert kinds(Link(HERE, text, href="/x/")) == expected


def test_a_long_paragraph_is_named_by_its_beginning():
    (hint,) = hints([Prose(HERE, (" ".join(["Kort."] * 101),))], WHOLE)
    assert hint.kind is Kind.LONG_PARAGRAPH
    assert hint.count == 101
    assert hint.quote.endswith("…")


def test_what_a_page_as_a_whole_lacks():
    empty = About(summary="", description="", source=" ", has_review_date=False)
    assert kinds(about=empty) == [
        Kind.NO_SUMMARY,
        Kind.NO_DESCRIPTION,
        Kind.NO_SOURCE,
        Kind.NO_REVIEW_DATE,
    ]
    assert kinds(about=About(summary="Kort.", description="")) == []
    assert kinds(about=About(description="x" * 161)) == [Kind.LONG_DESCRIPTION]


def test_what_a_page_has_no_field_for_is_not_missed():
    assert kinds(about=About()) == []


def test_hints_come_by_kind_and_in_the_order_of_the_page():
    found = hints(
        [Prose(HERE, ("Indien dat kan.",)), Picture(HERE, ""), Prose(HERE, ("Tevens dit.",))], WHOLE
    )
    assert [hint.quote for hint in found] == ["", "Indien", "Tevens"]
