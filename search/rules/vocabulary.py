"""The words that a site uses in one language, and what can be told by them: which long words
are made of others, which word somebody meant that made a slip, which words begin so.
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from search.rules.stems import is_stop_word, stem

# What Dutch puts between the parts: integriteit-s-module, belang-en-verstrengeling.
LINKS: Final = ("", "s", "e", "en", "n")
SHORTEST_PART: Final = 4
# Shorter words that do make long ones. Of others, such as "uur", too much would be made; and a
# "wethouder" is not found by "wet", though a "gemeentewet" is.
SHORT_FIRST: Final = frozenset({"eed", "vog", "wob", "woo", "ggd", "vng"})
SHORT_LAST: Final = frozenset({"wet", "lid", "eed"})
# Endings that look like words and are none.
ENDINGS_THAT_ARE_NONE: Final = "lijk lijke lijks baar bare loos loze heid heden achtig tien erbij"
ENDINGS: Final = frozenset(ENDINGS_THAT_ARE_NONE.split())
# From here on another form of a word that is used will do as a part: "modules" for "module".
OTHER_FORM: Final = 6
MOST_PARTS: Final = 4
MOST_BEGINNINGS: Final = 12
MOST_CORRECTIONS: Final = 3
# A shorter beginning with a slip in it says too little.
SHORTEST_MENDED: Final = 6

# A word's parts, each folded, in order.
Parts = tuple[str, ...]


# From here on a word is still itself with two letters wrong; a shorter one if it begins the same.
SURELY_LONG: Final = 10
SAME_BEGINNING: Final = 5

# What sounds alike in Dutch and is mixed up most.
ALIKE: Final = (("ij", "ei"), ("ou", "au"), ("ph", "f"), ("th", "t"), ("ck", "k"), ("dt", "t"))
LETTERS_ALIKE: Final = str.maketrans("vzycq", "fsikk")


@lru_cache(maxsize=100_000)
def sound(word: str) -> str:
    """A word as it sounds, roughly: "integritijd" sounds as "integriteit"."""
    for letters, other in ALIKE:
        word = word.replace(letters, other)
    if word.endswith("d"):
        word = word[:-1] + "t"
    return word.translate(LETTERS_ALIKE)


def slips_allowed(word: str) -> int:
    """How many letters may be wrong: none in a short word, two in a long one."""
    if len(word) < 4:
        return 0
    return 1 if len(word) < 8 else 2


def is_another(word: str, other: str, slips: float) -> bool:
    """Whether two slips make it another word: of one with another first letter, and of a word of
    eight or nine letters that does not begin the same. "afleggen" is no "afwegen", but "ontbreken"
    is "ontbreekt". Both as they sound.
    """
    same = 1 if len(word) >= SURELY_LONG else SAME_BEGINNING
    return slips > 1 and word[:same] != other[:same]


class Vocabulary:
    """Words of a site, each with the number of places that use it. It only grows."""

    def __init__(self, language: str, words: Mapping[str, int] | None = None) -> None:
        self.language = language
        self.pages: dict[str, int] = {}
        self.stems: set[str] = set()
        self.in_order: list[str] = []
        self.sounds: list[str] = []
        # Both depend on all words, so they begin anew when there are more.
        self.split = lru_cache(maxsize=50_000)(self._split)
        self.terms_of = lru_cache(maxsize=100_000)(self._terms_of)
        self.add(words or {})

    def add(self, words: Mapping[str, int]) -> None:
        new = {word: pages for word, pages in words.items() if word not in self.pages}
        if not new:
            return
        self.pages.update(new)
        self.stems |= {stem(word, self.language) for word in new}
        self.in_order = sorted(self.pages)
        self.sounds = [self.sounded(word) for word in self.in_order]
        self.split.cache_clear()
        self.terms_of.cache_clear()

    def knows(self, word: str) -> bool:
        """Whether a word is used on the site, in one of its forms."""
        return stem(word, self.language) in self.stems

    def _is_part(self, word: str, short: frozenset[str]) -> bool:
        if word in short or stem(word, self.language) in short:
            return True
        if len(word) < SHORTEST_PART or word in ENDINGS or is_stop_word(word, self.language):
            return False
        if word in self.pages:
            return True
        root = stem(word, self.language)
        return len(word) >= OTHER_FORM and len(root) >= SHORTEST_PART and root in self.stems

    def _split(self, word: str, most: int = MOST_PARTS) -> Parts:
        """The words of which a Dutch word is made, or nothing: as few as it can be.

        Of two ways the one with the longest beginning is taken: a "buurt-huis" is no "buur-thuis".
        """
        if self.language != "nl" or most < 2 or len(word) < SHORTEST_PART + 3:
            return ()
        best: Parts = ()
        for at in range(len(word) - 3, 2, -1):
            last = word[at:]
            if not self._is_part(last, SHORT_LAST):
                continue
            first = self._first_parts(word[:at], most - 1)
            if first and (not best or len(first) + 1 < len(best)):
                best = (*first, last)
        return best

    def _first_parts(self, text: str, most: int) -> Parts:
        """What stands before the last part, without what links the two."""
        for link in LINKS:
            if link and not text.endswith(link):
                continue
            word = text.removesuffix(link) if link else text
            if self._is_part(word, SHORT_FIRST):
                return (word,)
            inner = self.split(word, most)
            if inner:
                return inner
        return ()

    def _terms_of(self, word: str) -> frozenset[str]:
        """All by which a word of a text is found: its stem, and those of its parts and theirs."""
        terms = {stem(word, self.language)}
        for part in self.split(word):
            terms |= self.terms_of(part)
        return frozenset(terms)

    def beginning_with(self, beginning: str) -> list[str]:
        """Words that begin so, those that most pages use first."""
        start = bisect_left(self.in_order, beginning)
        end = bisect_left(self.in_order, beginning + "\U0010ffff")
        found = self.in_order[start:end]
        return sorted(found, key=lambda word: (-self.pages[word], word))[:MOST_BEGINNINGS]

    def nearly_beginning_with(self, beginning: str) -> list[str]:
        """Words that begin so but for one slip: somebody is still typing."""
        if len(beginning) < SHORTEST_MENDED:
            return []
        starts = [word[: len(beginning)] for word in self.in_order]
        found = process.extract(beginning, starts, scorer=OSA.distance, score_cutoff=1, limit=40)
        words = [self.in_order[at] for _start, _slips, at in found]
        return sorted(words, key=lambda word: (-self.pages[word], word))[:MOST_CORRECTIONS]

    def sounded(self, word: str) -> str:
        return sound(word) if self.language == "nl" else word

    def corrections(self, word: str, among: Iterable[str] | None = None) -> list[str]:
        """Words that somebody may have meant: those with the fewest slips.

        Two letters that changed places are one slip; letters that sound alike are half a one.
        """
        allowed = slips_allowed(word)
        if not allowed:
            return []
        words, sounds = self.in_order, self.sounds
        if among is not None:
            words = [each for each in among if each in self.pages]
            sounds = [self.sounded(each) for each in words]
        slips: dict[str, float] = {}
        for typed, others, extra in ((word, words, 0.0), (self.sounded(word), sounds, 0.5)):
            for _text, distance, at in process.extract(
                typed, others, scorer=OSA.distance, score_cutoff=allowed, limit=40
            ):
                other = words[at]
                far = is_another(self.sounded(word), self.sounded(other), distance)
                # "de" and the like are no words that somebody looks for.
                if not far and not is_stop_word(other, self.language):
                    slips[other] = min(slips.get(other, 9.0), distance + extra)
        fewest = min(slips.values(), default=0.0)
        # A beginning is seldom wrong, and a word that many pages use is likelier.
        found = [other for other, count in slips.items() if count == fewest]
        found.sort(key=lambda other: (other[0] != word[0], -self.pages[other], other))
        return found[:MOST_CORRECTIONS]
