"""Forms of one Dutch verb find each other; words that only look like forms do not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.rules.queries import interpret
from search.rules.stems import stem
from search.rules.verbs import other_forms
from search.rules.vocabulary import Vocabulary

# Whole, as it is now, as it was, and done: as a grammar has them.
VERBS = (
    ("bedreigen", "bedreigt", "bedreigde", "bedreigd"),
    ("lekken", "lekt", "lekte", "gelekt"),
    ("werken", "werkt", "werkte", "gewerkt"),
    ("maken", "maakt", "maakte", "gemaakt"),
    ("melden", "meldt", "meldde", "gemeld"),
    ("delen", "deelt", "deelde", "gedeeld"),
    ("weigeren", "weigert", "weigerde", "geweigerd"),
    ("handhaven", "handhaaft", "handhaafde", "gehandhaafd"),
    ("verlenen", "verleent", "verleende", "verleend"),
    ("opleggen", "oplegt", "oplegde", "opgelegd"),
    ("stemmen", "stemt", "stemde", "gestemd"),
)


@given(st.sampled_from(VERBS), st.sampled_from([0, 3]))
def test_who_types_the_whole_verb_finds_it_done_and_the_other_way_round(verb, at):
    typed, used = verb[at], verb[3 - at]
    vocabulary = Vocabulary("nl", {used: 1})
    wanted = interpret(typed, vocabulary).wanted[0]
    assert (stem(used, "nl"),) in wanted.ways
    assert wanted.is_known
    assert not wanted.meant


@pytest.mark.parametrize("verb", VERBS)
def test_every_form_is_found_by_the_whole_verb(verb):
    used = {stem(form, "nl") for form in verb}
    assert set(other_forms(verb[0], used)) == used - {stem(verb[0], "nl")}


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("gemeente", "gemeen"),
        ("sporen", "sport"),
        ("sport", "spoor"),
        ("beeld", "bellen"),
        ("bellen", "beeld"),
        ("geweld", "wel"),
        ("waarde", "waar"),
        ("plant", "plannen"),
        ("raad", "raden"),
        ("bestuur", "bestand"),
    ],
)
def test_what_only_looks_like_a_form_is_none(word, other):
    assert other_forms(word, {stem(other, "nl")}) == []


@given(
    st.text("abcdefgiklmnoprstuvwz", min_size=1, max_size=14),
    st.sets(st.text("adegnot", min_size=2, max_size=6)),
)
def test_only_what_is_used_is_another_form(word, used):
    found = other_forms(word, used)
    assert set(found) <= used - {stem(word, "nl")}
    assert len(found) == len(set(found))


def test_english_has_no_dutch_verbs():
    wanted = interpret("melden", Vocabulary("en", {"gemeld": 1})).wanted[0]
    assert not wanted.is_known
    assert len(wanted.ways) == 1
