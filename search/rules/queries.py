"""What somebody looks for, worked out from what they typed.

Each word becomes something wanted, that is there when one of its ways is: the word itself in any
form, all parts of a long word, a synonym, a word that begins so, or the word that was meant.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from search.rules.stems import is_stop_word, stem, words_of
from search.rules.verbs import other_forms
from search.rules.vocabulary import Vocabulary

# More words than that say no more, and each costs time.
MOST_WORDS: Final = 8

# Terms that must all be there.
Way = tuple[str, ...]
# Groups of phrases that mean the same, each phrase as folded words.
Groups = Sequence[Sequence[tuple[str, ...]]]
# Words that look like one that the site does not use. None: compare with all.
LooksLike = Callable[[str], Iterable[str] | None]
# Whether a word stands in something that everybody may see now.
IsUsed = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Wanted:
    """One word or phrase of a search."""

    typed: str
    # The first is what was typed itself; the others are as good, but for the order.
    ways: tuple[Way, ...]
    # What it was taken for, when the site does not use the word.
    meant: str = ""
    is_known: bool = True

    @property
    def terms(self) -> frozenset[str]:
        return frozenset(term for way in self.ways for term in way)


@dataclass(frozen=True, slots=True)
class Query:
    """All that is wanted."""

    words: tuple[str, ...]
    wanted: tuple[Wanted, ...] = field(default=())

    def __bool__(self) -> bool:
        return bool(self.wanted)

    @property
    def terms(self) -> frozenset[str]:
        """Everything that is marked where it stands."""
        return frozenset(term for each in self.wanted for term in each.terms)

    @property
    def corrected(self) -> str:
        """The words as they were meant, or nothing when all were found as typed."""
        if not any(each.meant for each in self.wanted):
            return ""
        return " ".join(each.meant or each.typed for each in self.wanted)

    @property
    def mended(self) -> str:
        """The words that were taken for others, as they were typed."""
        return " ".join(each.typed for each in self.wanted if each.meant)

    @property
    def unknown(self) -> list[str]:
        """Words that the site does not use, also when it uses the parts of which they are made."""
        return [each.typed for each in self.wanted if not each.is_known]


def interpret(
    text: str,
    vocabulary: Vocabulary,
    *,
    synonyms: Groups = (),
    looks_like: LooksLike = lambda _word: None,
    is_used: IsUsed = lambda _word: True,
) -> Query:
    """What is wanted by a text. Signs and quotes mean nothing; nor do "de", "van" and the like.

    The words that somebody may have meant are told, so they must be words that `is_used` knows:
    a vocabulary still has those of a page that was closed today.
    """
    language = vocabulary.language
    words = words_of(text)[: 2 * MOST_WORDS]
    telling = [word for word in words if not is_stop_word(word, language)]
    wanted: list[Wanted] = []
    at = 0
    while at < len(telling):
        group, length = synonym_at(telling, at, synonyms, language)
        if group:
            wanted.append(as_synonym(telling[at : at + length], group, language))
        else:
            length, found = one_or_two(telling, at, vocabulary, looks_like, is_used)
            wanted.append(found)
        at += length
    if not wanted:
        # Only "de" and the like: then these are what is looked for.
        wanted = [Wanted(word, ((stem(word, language),),)) for word in words]
    return Query(tuple(words), tuple(wanted[:MOST_WORDS]))


def stems_of(words: Iterable[str], language: str) -> Way:
    """A phrase as terms: of "omtrent het" nothing is left."""
    telling = [word for word in words if not is_stop_word(word, language)]
    return tuple(dict.fromkeys(stem(word, language) for word in telling))


def synonym_at(
    words: Sequence[str], at: int, groups: Groups, language: str
) -> tuple[Sequence[tuple[str, ...]], int]:
    """The group of which a phrase stands here, and how many words long: the longest one.

    Fill words count on neither side: "verklaring gedrag" is "verklaring omtrent het gedrag".
    """
    best: tuple[Sequence[tuple[str, ...]], int] = ((), 0)
    for group in groups:
        for phrase in group:
            wanted = stems_of(phrase, language)
            here = words[at : at + len(wanted)]
            if len(wanted) > best[1] and wanted == tuple(stem(word, language) for word in here):
                best = group, len(wanted)
    return best


def as_synonym(typed: Sequence[str], group: Sequence[tuple[str, ...]], language: str) -> Wanted:
    own = stems_of(typed, language)
    ways = [own, *(stems_of(phrase, language) for phrase in group)]
    return Wanted(" ".join(typed), tuple(dict.fromkeys(way for way in ways if way)))


def one_or_two(
    words: Sequence[str],
    at: int,
    vocabulary: Vocabulary,
    looks_like: LooksLike,
    is_used: IsUsed,
) -> tuple[int, Wanted]:
    """What is wanted by the word here; "raads lid" is the one word that the site uses."""
    pair = "".join(words[at : at + 2])
    if len(words) > at + 1 and not vocabulary.knows(words[at]) and vocabulary.knows(pair):
        return 2, wanted_word(pair, vocabulary, looks_like, is_used)
    return 1, wanted_word(words[at], vocabulary, looks_like, is_used)


def wanted_word(
    word: str, vocabulary: Vocabulary, looks_like: LooksLike, is_used: IsUsed
) -> Wanted:
    """The ways in which a word may stand on the site."""
    language = vocabulary.language
    ways: list[Way] = [(stem(word, language),)]
    parts = vocabulary.split(word)
    if parts:
        ways.append(stems_of(parts, language))
    forms = other_forms(word, vocabulary.stems) if language == "nl" else []
    ways += [(form,) for form in forms]
    is_known = vocabulary.knows(word) or bool(forms)
    if parts or is_known:
        return Wanted(word, tuple(dict.fromkeys(ways)), is_known=is_known)
    begin_so = vocabulary.beginning_with(word) if len(word) >= 3 else []
    if begin_so:
        ways += [(stem(each, language),) for each in begin_so]
        return Wanted(word, tuple(dict.fromkeys(ways)))
    meant = [each for each in vocabulary.corrections(word, looks_like(word)) if is_used(each)]
    if meant:
        ways += [(stem(each, language),) for each in meant]
        return Wanted(word, tuple(dict.fromkeys(ways)), meant=meant[0])
    mended = mended_compound(word, vocabulary, is_used)
    if mended:
        ways.append(stems_of(mended, language))
        return Wanted(word, tuple(dict.fromkeys(ways)), meant=" ".join(mended))
    nearly = [each for each in vocabulary.nearly_beginning_with(word) if is_used(each)]
    if nearly:
        ways += [(stem(each, language),) for each in nearly]
        return Wanted(word, tuple(dict.fromkeys(ways)), meant=nearly[0])
    return Wanted(word, tuple(ways), is_known=False)


def mended_compound(word: str, vocabulary: Vocabulary, is_used: IsUsed) -> tuple[str, str] | None:
    """Two parts of which the site uses the last, when there was a slip in the first."""
    for at in range(5, len(word) - 3):
        first, last = word[:at].removesuffix("s"), word[at:]
        if vocabulary.language == "nl" and vocabulary.knows(last):
            for meant in vocabulary.corrections(first):
                if is_used(meant) and is_used(last):
                    return meant, last
    return None
