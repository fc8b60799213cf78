"""What may tell who a text is about: found often, not too often, and never broken."""

import csv
import time
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practice.rules.identifying import Kind, find
from practice.rules.identifying_numbers import SIDECODES, is_sound, passes_eleven
from practice.rules.identifying_quotes import quotes
from practice.rules.identifying_words import PLACES_LIKE_WORDS
from tests.practice.passages import PLACES, TABLE
from tests.practice.passages_typed import ORDINARY, ORDINARY_LATER, TELLING, TELLING_LATER

MUNICIPALITIES_FILE = Path(__file__).parents[2] / "learning" / "data" / "municipalities.csv"
WORDS = st.sampled_from(
    [
        *("Anna", "van", "der", "Veen", "de", "De", "Utrecht", "Best", "06-12345678", "3511 EP"),
        *("GZ-123-B", "Dorpsstraat", "12", ".", "!", "\n", "“", "”", "J.", "wethouder", "x@y.nl"),
        *("NL91ABNA0417164300", "123456782", "É", "’t", "'s", "-", "…", "ß", "İ", "raadslid"),
    ]
)
TEXTS = st.lists(WORDS | st.text(max_size=8), max_size=30).map(" ".join)


def pieces(text, **more):
    return [(str(each.kind), each.text) for each in find(text, places=PLACES, **more)]


@pytest.mark.parametrize("told", TABLE, ids=lambda told: told.text[:40])
def test_a_passage_is_marked_as_a_person_would(told):
    assert Counter(pieces(told.text)) == Counter(told.found) + Counter(told.alarms)
    for _kind, text in told.misses:
        assert text in told.text


def test_nine_in_ten_are_found_and_nine_in_ten_alarms_are_right():
    right = sum(len(told.found) for told in TABLE)
    missed = sum(len(told.misses) for told in TABLE)
    wrong = sum(len(told.alarms) for told in TABLE)
    assert len(TABLE) >= 60
    assert right / (right + missed) >= 0.9
    assert right / (right + wrong) >= 0.9


@pytest.mark.parametrize("rows", [TELLING, TELLING_LATER], ids=["first", "later"])
def test_what_people_really_type_is_found(rows):
    missed = [
        (text, piece)
        for text, wanted in rows
        for piece in wanted
        if not any(piece in each.text for each in find(text, places=MUNICIPALITIES))
    ]
    assert len(missed) <= 0.03 * sum(len(wanted) for _text, wanted in rows), missed


@pytest.mark.parametrize("rows", [ORDINARY, ORDINARY_LATER], ids=["first", "later"])
def test_ordinary_sentences_raise_hardly_an_alarm(rows):
    alarms = [text for text in rows if find(text, places=MUNICIPALITIES)]
    assert len(alarms) <= 0.035 * len(rows), alarms


def test_a_sentence_is_shown_once_with_all_that_was_found_in_it():
    text = "Eerst dit. Mevrouw Bakker uit Utrecht belde Fatima (06-12345678). Fatima zweeg."
    first, second = quotes(text, find(text, places=PLACES))
    assert first.kinds == (Kind.NAME, Kind.PLACE, Kind.PHONE)
    assert "".join(part.text for part in first.parts) == (
        "Mevrouw Bakker uit Utrecht belde Fatima (06-12345678)."
    )
    marked = [part.text for part in first.parts if part.kind]
    assert marked == ["Bakker", "Utrecht", "Fatima", "06-12345678"]
    assert [part.text for part in second.parts] == ["Fatima", " zweeg."]


@given(TEXTS)
def test_quotes_hold_every_piece_once_and_nothing_of_another_sentence(text):
    found = find(text, places=PLACES)
    shown = [part.text for each in quotes(text, found) for part in each.parts if part.kind]
    assert shown == [each.text for each in found]


@given(TEXTS)
def test_pieces_are_in_order_apart_and_as_they_stand_in_the_text(text):
    found = find(text, places=PLACES, names=("Ada Kuipers",))
    ends = 0
    for each in found:
        assert ends <= each.start < each.end <= len(text)
        assert each.text == text[each.start : each.end]
        assert each.text.strip()
        assert len(each.before) + len(each.after) < 300
        ends = each.end


@given(TEXTS)
def test_looking_twice_finds_the_same(text):
    assert pieces(text) == pieces(text)


@given(st.sampled_from(SIDECODES), st.data())
def test_a_plate_of_any_series_is_found(sidecode, data):
    plate = "".join(
        data.draw(st.sampled_from({"L": "BDFGHJKLNPRSTVXZ", "D": "0123456789", "-": "-"}[sign]))
        for sign in sidecode
    )
    assert ("plate", plate) in pieces(f"Er stond een auto, {plate}, voor de deur.")
    plain = plate.replace("-", "")
    assert ("plate", plain.lower()) in pieces(f"Het kenteken was {plain.lower()} zei hij.")


@given(st.integers(10_000_000, 999_999_999))
def test_every_number_that_passes_the_test_of_eleven_is_found(number):
    digits = str(number)
    found = ("bsn", digits) in pieces(f"Er stond {digits} op.")
    assert found == passes_eleven(digits)


@given(st.integers(0, 10**10 - 1), st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=4, max_size=4))
def test_dutch_accounts_are_found_with_and_without_spaces(number, bank):
    account = f"NL02{bank}{number:010}"
    spaced = " ".join(account[at : at + 4] for at in range(0, 18, 4))
    assert ("iban", account) in pieces(f"Geld op {account}.")
    assert ("iban", spaced) in pieces(f"Geld op {spaced}, zei hij.")


def test_an_account_from_abroad_must_be_sound():
    assert is_sound("BE68539007547034")
    assert not is_sound("BE68539007547035")


def test_ones_own_name_is_known_also_at_the_beginning_of_a_sentence():
    assert pieces("Xylofoon zweeg.") == []
    assert pieces("Xylofoon zweeg.", names=("Ada Xylofoon",)) == [("name", "Xylofoon")]


def test_a_passage_stands_in_its_own_sentence():
    [each] = find("Eerst dit. Toen belde Fatima ons op. Daarna niets.")
    assert (each.before, each.text, each.after) == ("Toen belde ", "Fatima", " ons op.")
    long = "woord " * 60
    [each] = find(f"Eerst dit. Want {long}belde Fatima {long}niet.")
    assert each.before.startswith("… woord")
    assert each.after.endswith("woord …") or each.after.endswith(" …")


def test_the_names_of_the_demo_are_nearly_all_found():
    """Invented names of every kind, in a sentence: no list of names is kept for it."""
    import tomllib  # noqa: PLC0415  only here

    names = tomllib.loads((Path("learning") / "demo" / "names.toml").read_text(encoding="utf-8"))
    given_names, surnames = names["given_names"], names["surnames"]
    every = [f"{given_names[n % len(given_names)]} {surname}" for n, surname in enumerate(surnames)]
    whole = [name for name in every if ("name", name) in pieces(f"Toen belde {name} de griffier.")]
    assert len(whole) / len(every) >= 0.95


MUNICIPALITIES = sorted(
    {
        name.partition(" (")[0]
        for row in csv.DictReader(MUNICIPALITIES_FILE.read_text(encoding="utf-8").splitlines())
        for name in (row["name"], row["display_name"])
    }
)


@pytest.mark.parametrize(
    "sentence",
    [
        *(
            "Dit gebeurde in {} na een vergadering.",
            "De gemeente {} deed niets.",
            "{} koos anders.",
        ),
        *("Een raadslid uit {} vertelde het.", "De burgemeester van {} belde.", "Wij wonen in {}."),
    ],
)
def test_every_municipality_is_found_wherever_it_stands(sentence):
    """Also Ede, Heerde and Bergen at the beginning, and Nieuwegein, which holds a street."""
    missed = [
        name
        for name in MUNICIPALITIES
        if [(each.kind, each.text) for each in find(sentence.format(name), places=MUNICIPALITIES)]
        != [(Kind.PLACE, name)]
    ]
    assert len(MUNICIPALITIES) >= 340
    assert missed == []


def test_in_small_letters_all_but_ordinary_words_are_found():
    missed = {
        name.lower()
        for name in MUNICIPALITIES
        if not find(f"ik woon in {name.lower()}", places=MUNICIPALITIES)
    }
    assert missed <= PLACES_LIKE_WORDS


LONG = 20_000


@pytest.mark.parametrize(
    "piece",
    ["A", "Aa ", "van de ", "1", "06-", "a@", "A. ", "Straat ", "de heer van den ", "12 AB "],
)
def test_no_text_takes_long(piece):
    """As long as anything that is stored; in time of our own, since others use the machine too."""
    text = (piece * LONG)[:LONG]
    began = time.process_time()
    find(text, places=PLACES)
    assert time.process_time() - began < 5


def test_every_kind_has_a_place_in_the_order():
    assert list(Kind)[-1] is Kind.NAME
