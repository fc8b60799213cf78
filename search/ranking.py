"""The order of the first results, beyond what a database can tell: what a name says counts most."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from search.engines.hits import Hit
from search.rules.queries import Query, Wanted
from search.rules.stems import is_stop_word, stem, words_of
from search.rules.vocabulary import Vocabulary

# So many are looked at again; results beyond come as the database has them.
LOOKED_AT: Final = 80
# What is wanted stands in the name as it was typed, or in another way.
AS_TYPED: Final = 1.0
OTHERWISE: Final = 0.75
IN_NAME: Final = 1.5
WHOLE_NAME: Final = 0.8
# Nothing else stands in the name.
ONLY_NAME: Final = 0.6
# Nothing else stands in it, but not all that is wanted either: as much as it has of that.
PART_NAME: Final = 1.2
IN_ORDER: Final = 0.3
# A whole subject before a part of it, where all else is alike.
KINDS: Final[Mapping[str, float]] = {
    "modules": 0.2,
    "leerlijnen": 0.1,
    "doelen": 0.05,
    "documenten": -0.1,
}


@dataclass(frozen=True, slots=True)
class Name:
    """A name's words that tell something: the stem of each, and all its terms."""

    stems: tuple[str, ...]
    terms: tuple[frozenset[str], ...]


def name_of(text: str, vocabulary: Vocabulary) -> Name:
    words = [word for word in words_of(text) if not is_stop_word(word, vocabulary.language)]
    return Name(
        tuple(stem(word, vocabulary.language) for word in words),
        tuple(vocabulary.terms_of(word) for word in words),
    )


def in_name(wanted: Wanted, name: Name) -> tuple[float, set[int]]:
    """How well a name says what is wanted, and which of its words do."""
    for number, way in enumerate(wanted.ways):
        places = {at for at, own in enumerate(name.stems) if own in way}
        if places and all(term in name.stems for term in way):
            return (OTHERWISE if number else AS_TYPED), places
    for way in wanted.ways:
        places = {at for at, terms in enumerate(name.terms) if terms.intersection(way)}
        if places and all(any(term in terms for terms in name.terms) for term in way):
            return OTHERWISE, places
    return 0.0, set()


def is_about(query: Query, text: str, vocabulary: Vocabulary) -> bool:
    """Whether a name has no words but those that are wanted."""
    name = name_of(text, vocabulary)
    places = set().union(*(in_name(wanted, name)[1] for wanted in query.wanted))
    return bool(name.stems) and len(places) == len(name.stems)


def score(hit: Hit, best: float, query: Query, name: Name) -> float:
    """How well an entry answers: by the database, and by what its name says."""
    found = [in_name(wanted, name) for wanted in query.wanted]
    covered = sum(part for part, _places in found) / len(query.wanted)
    places = set().union(*(places for _part, places in found))
    total = hit.score / best if best > 0 else 0.0
    total += IN_NAME * covered + KINDS.get(hit.kind, 0.0)
    if name.stems and all(part for part, _places in found):
        total += WHOLE_NAME * len(places) / len(name.stems)
        total += ONLY_NAME if len(places) == len(name.stems) else 0.0
        firsts = [min(places) for _part, places in found]
        total += IN_ORDER if firsts == sorted(firsts) else 0.0
    elif name.stems and len(places) == len(name.stems):
        total += PART_NAME * covered
    return total


def in_order(
    hits: Sequence[Hit], query: Query, names: Mapping[int, str], vocabulary: Vocabulary
) -> list[Hit]:
    """The hits with the first of them, whose names are given, in a better order."""
    first = [hit for hit in hits[:LOOKED_AT] if hit.pk in names]
    best = max((hit.score for hit in first), default=0.0)
    scores = {hit.pk: score(hit, best, query, name_of(names[hit.pk], vocabulary)) for hit in first}
    first.sort(key=lambda hit: (-scores[hit.pk], hit.pk))
    return [*first, *hits[LOOKED_AT:]]
