"""How words are read: folded, cut down to stems, split, mended. Plain rules, without a database."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.rules.private_words import may_be_kept
from search.rules.queries import MOST_WORDS, interpret
from search.rules.stems import LONGEST, fold, stem, words_of
from search.rules.vocabulary import MOST_CORRECTIONS, Vocabulary, slips_allowed, sound

USED_ON_A_SITE = (
    "integriteit module raad lid raadsleden vergadering belang verstrengeling ondermijning "
    "wethouder griffie griffier geheim plicht geheimhouding wet houder gemeente buurt huis thuis "
    "nevenfuncties veilig melden gedrag verklaring"
)
USED = USED_ON_A_SITE.split()
DUTCH = Vocabulary("nl", dict.fromkeys(USED, 1))
GROUPS = [[("vog",), ("verklaring", "omtrent", "het", "gedrag")]]


def wanted(text, vocabulary=DUTCH, **options):
    return interpret(text, vocabulary, synonyms=GROUPS, **options).wanted


@pytest.mark.parametrize(
    "words",
    [
        "raadslid raadsleden",
        "wethouder wethouders",
        "gemeente gemeenten gemeentelijke",
        "melden melding meldingen",
        "module modules",
        "nevenfunctie nevenfuncties",
        "geloofsbrief geloofsbrieven",
        "eed eden",
        "stad steden",
        "huis huizen",
        "foto fotos",
        "overleg overleggen",
    ],
)
def test_forms_of_a_dutch_word_have_one_stem(words):
    assert len({stem(word, "nl") for word in words.split()}) == 1


@pytest.mark.parametrize(
    "words", ["gemeente mening", "griffie grief", "wet weten", "verleden lid", "thuis thee"]
)
def test_other_words_keep_other_stems(words):
    assert len({stem(word, "nl") for word in words.split()}) == 2


def test_english_has_its_own_stems_and_other_languages_none():
    assert stem("councils", "en") == stem("council", "en")
    assert stem("riedsleden", "fy") == "riedsleden"


def test_accents_and_signs_are_folded():
    assert words_of("Coördinatie: één (1) raads-lid_x!") == [
        *("coordinatie", "een", "1", "raads", "lid", "x"),
    ]


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("integriteitsmodule", ("integriteit", "modul")),
        ("integriteitsmodules", ("integriteit", "modul")),
        ("belangenverstrengeling", ("belang", "verstrengel")),
        ("raadsledenvergadering", ("raadslid", "vergader")),
        ("geheimhoudingsplicht", ("geheimhoud", "plicht")),
        ("buurthuis", ("buurt", "huis")),
        ("gemeentewet", ("gemeent", "wet")),
        # Not by so short a word.
        ("wethouder", ()),
        ("module", ()),
        ("xyz", ()),
    ],
)
def test_a_long_word_is_split_into_words_of_the_site(word, parts):
    assert tuple(stem(part, "nl") for part in DUTCH.split(word)) == parts


def test_a_long_word_is_found_by_all_in_it():
    assert {"raadslid", "raad", "lid"} - DUTCH.terms_of("raadslid") == {"raad"}
    assert stem("raad", "nl") in DUTCH.terms_of("raadsledenvergadering")


def test_english_words_are_not_split():
    assert Vocabulary("en", {"council": 1, "member": 1}).split("councilmember") == ()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ondremijning", "ondermijning"),
        ("integritijd", "integriteit"),
        ("intergriteit", "integriteit"),
        ("grifier", "griffier"),
        ("wethauder", "wethouder"),
        ("gemeete", "gemeente"),
        ("geheimhuoding", "geheimhouding"),
    ],
)
def test_one_or_two_wrong_letters_are_forgiven(typed, meant):
    assert DUTCH.corrections(typed)[0] == meant
    assert wanted(typed)[0].meant == meant


def test_another_word_is_no_slip():
    words = Vocabulary("nl", {"eerlijk": 3, "naar": 9})
    assert words.corrections("leerlijn") == []
    assert words.corrections("near") == []
    assert words.corrections("eerlijjk") == ["eerlijk"]
    # Two of eight letters, unless they stand at the end.
    assert Vocabulary("nl", {"afwegen": 3}).corrections("afleggen") == []
    assert Vocabulary("nl", {"ontbreekt": 3}).corrections("ontbreken") == ["ontbreekt"]
    assert Vocabulary("nl", {"criminaliteit": 3}).corrections("crimenalitijd") == ["criminaliteit"]


def test_what_nobody_sees_cuts_no_word():
    assert words_of("raad\u00adslid \u202egriffie\u200b") == ["raadslid", "griffie"]


def test_short_words_and_those_that_are_used_are_left_alone():
    assert DUTCH.corrections("rad") == []
    assert wanted("raad")[0].meant == ""
    assert sound("integritijd") == sound("integriteit")


def test_a_slip_in_a_long_word_is_mended_by_its_parts():
    assert wanted("integritietsmodule")[0].meant == "integriteit module"


def test_the_beginning_of_a_word_is_enough_also_with_a_slip():
    assert (stem("nevenfuncties", "nl"),) in wanted("nevenf")[0].ways
    assert wanted("ondremij")[0].meant == "ondermijning"


def test_a_synonym_may_be_many_words():
    phrase, *others = wanted("de Verklaring omtrent het gedrag aanvragen")
    assert phrase.typed == "verklaring gedrag"
    assert ("vog",) in phrase.ways
    assert [other.typed for other in others] == ["aanvragen"]
    assert ("verklar", "gedrag") in wanted("VOG")[0].ways


def test_words_that_were_torn_apart_are_joined():
    assert wanted("neven functies")[0].typed == "nevenfuncties"


def test_fill_words_count_only_when_there_is_nothing_else():
    assert [each.typed for each in wanted("de raad van het")] == ["raad"]
    assert [each.typed for each in wanted("van het")] == ["van", "het"]


@pytest.mark.parametrize("text", ["", "  ", '"', "* ( ) :", "---", "🙂"])
def test_signs_want_nothing(text):
    assert not interpret(text, DUTCH)


@given(st.text(max_size=300))
def test_any_text_can_be_read(text):
    query = interpret(text, DUTCH, synonyms=GROUPS)
    assert len(query.wanted) <= MOST_WORDS
    assert all(each.ways and all(each.ways) for each in query.wanted)
    assert all(len(word) <= LONGEST for word in query.words)


@given(st.text(max_size=60))
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)


@given(st.lists(st.sampled_from(USED), min_size=2, max_size=3))
def test_what_is_put_together_is_found_by_what_it_was_made_of(parts):
    """Whatever way it is split, the last word is always among what it is found by."""
    word = "".join(parts)
    if DUTCH.split(word) and len(word) < LONGEST:
        joined = "".join(DUTCH.split(word))
        assert joined.replace("s", "") in word.replace("s", "") or len(joined) < len(word)
        assert stem(word, "nl") in DUTCH.terms_of(word)


@given(
    st.sampled_from([w for w in USED if len(w) >= 4]), st.integers(0, 20), st.sampled_from("etx")
)
def test_a_letter_too_many_is_always_forgiven(word, at, letter):
    place = min(at, len(word))
    typed = word[:place] + letter + word[place:]
    found = [typed] if DUTCH.knows(typed) else DUTCH.corrections(typed)
    assert found
    assert len(found) <= MOST_CORRECTIONS
    assert slips_allowed(typed) >= 1


@pytest.mark.parametrize(
    ("text", "unknown", "kept"),
    [
        ("parkeervergunning", ["parkeervergunning"], ["parkeervergunning"]),
        ("Parkeervergunning aanvragen", ["parkeervergunning"], ["parkeervergunning"]),
        # Perhaps somebody's name, number or address.
        ("wethouder Verstappen", ["verstappen"], []),
        ("jan verstappen", ["jan", "verstappen"], []),
        ("verstappen@voorbeeld.example", ["verstappen", "voorbeeld", "example"], []),
        ("0612345678 xyz", ["0612345678", "xyz"], []),
        ("verstappen\uff20voorbeeld", ["verstappen", "voorbeeld"], []),
        ("verstappen(at)voorbeeld", ["verstappen", "at", "voorbeeld"], []),
        ("verstappen [at] voorbeeld", ["verstappen", "at", "voorbeeld"], []),
        ("voorbeeld.nl/verstappen", ["voorbeeld", "nl", "verstappen"], []),
        ("\uff10\uff16 xyzzy", ["xyzzy"], []),
        ("wxyzstraat", ["wxyzstraat"], []),
        ("hondenbelasting. kwijtschelding", ["hondenbelasting"], ["hondenbelasting"]),
        ("zaak 12a", ["12a"], []),
        ("xy", ["xy"], []),
        ("a" * 40, ["a" * 40], []),
    ],
)
def test_what_may_be_somebodys_is_not_kept(text, unknown, kept):
    assert may_be_kept(text, unknown) == kept


@given(st.text(max_size=80))
def test_nothing_with_a_digit_or_an_at_is_ever_kept(text):
    for word in may_be_kept(text, words_of(text)):
        assert word.isalpha()
        assert "@" not in text
