"""What words are searched by: folded to plain small letters, and cut down to their stem.

Dutch and English have stems, by Snowball; a word of another language is searched as it is
written. Snowball's Dutch is helped with what councils write about daily: plurals in -s after a
vowel, "leden" and "lid", "brieven" and "brief", "melding" and "melden".
"""

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from typing import Final

import snowballstemmer

# Letters and signs of the writings of Europe: what is known of these is remembered.
NEAR: Final = 0x3000


class WithoutAccents(dict[int, int | None]):
    """For str.translate, without signs on another letter and those that nobody sees.

    Looking at all of Unicode beforehand would make every process start slower.
    """

    def __missing__(self, number: int) -> int | None:
        sign = chr(number)
        left_out = unicodedata.combining(sign) or unicodedata.category(sign) == "Cf"
        found = None if left_out else number
        if number < NEAR:
            self[number] = found
        return found


WORD: Final = re.compile(r"[^\W_]+")
NO_ACCENTS: Final = WithoutAccents()
# Longer than any word of a council: whoever types more is not looking for a word.
LONGEST: Final = 50

# Snowball's other Dutch cuts "gemeente" and "mening" down to the same stem.
STEMMERS: Final[dict[str, Callable[[str], str]]] = {
    "nl": snowballstemmer.stemmer("dutch_porter").stemWord,
    "en": snowballstemmer.stemmer("english").stemWord,
}
# Endings of words of which the plural has another vowel; not of "verleden" or "besteden".
OTHER_VOWELS: Final = (("leden", "lid"), ("steden", "stad"), ("schepen", "schip"))
NO_PLURALS: Final = frozenset({"verleden", "geleden", "overleden", "besteden"})
WHOLE_WORDS: Final = {"eden": "eed", "wegen": "weg", "raden": "raad", "weten": "weten"}
# Modules, agendas, fotos, functies: an s after these is a plural's.
BEFORE_PLURAL_S: Final = ("e", "a", "o", "y")
VOWELS: Final = frozenset("aeiou")

# Words that say nothing about what is looked for.
DUTCH_FILL: Final = """
    aan al als ben bent bij dan dat de den der deze die dit doe doen doet door dus een en er ge
    gedaan had heb hebben heeft hem het hij hoe hun iemand iets ik in is je kan kon kun kunnen
    kunt maar mag me meer men met mij mijn moet moeten mogen na naar niet nog nu of om omtrent
    onder ons onze ook op over te tegen toch toen tot u uit uw van veel voor waar wanneer waren
    was wat we wel welke werd wezen wie wij wil word worden wordt zal ze zelf zich zij zijn zo
    zonder zou
"""
ENGLISH_FILL: Final = """
    a about an and are as at be but by can do does for from had has have how i if in into is it
    its me my no not of on or our so that the their them then there these they this to was we were
    what when where which who will with you your
"""
STOP_WORDS: Final[dict[str, frozenset[str]]] = {
    "nl": frozenset(DUTCH_FILL.split()),
    "en": frozenset(ENGLISH_FILL.split()),
}


def fold(text: str) -> str:
    """Small letters without accents: "Coördinatie" is searched as "coordinatie"."""
    if text.isascii():
        return text.lower()
    # Twice to small letters: a letter that is taken apart may be a capital.
    split = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text.casefold()).casefold())
    return split.translate(NO_ACCENTS)


def words_of(text: str) -> list[str]:
    """The words of a text, folded, without signs: to a database these may be commands."""
    return [word[:LONGEST] for word in WORD.findall(fold(text))]


def is_stop_word(word: str, language: str) -> bool:
    """Whether a folded word says nothing about what is looked for."""
    return word in STOP_WORDS.get(language, ())


@lru_cache(maxsize=100_000)
def stem(word: str, language: str) -> str:
    """The stem of a folded word. What has no letters, or another language, stays as it is."""
    stemmer = STEMMERS.get(language)
    if stemmer is None or len(word) < 3 or not word.isalpha():
        return word
    if language != "nl":
        return stemmer(word)
    return dutch_stem(word, stemmer)


def dutch_stem(word: str, stemmer: Callable[[str], str]) -> str:
    """Snowball's, helped before and after."""
    if word in WHOLE_WORDS:
        return WHOLE_WORDS[word]
    for plural, single in OTHER_VOWELS:
        if word.endswith(plural) and word not in NO_PLURALS:
            return word.removesuffix(plural) + single
    if len(word) > 4 and word.endswith("s") and word[:-1].endswith(BEFORE_PLURAL_S):
        word = word[:-1]
    short = stemmer(word)
    if short.endswith("ing") and len(short) > 6:
        short = short.removesuffix("ing")
    return end_as_single(short)


def end_as_single(word: str) -> str:
    """Brieven and brief, huizen and huis, stemmen and stem."""
    if word.endswith("v"):
        return word[:-1] + "f"
    if word.endswith("z"):
        return word[:-1] + "s"
    doubled = len(word) > 3 and word[-1] == word[-2] and word[-1] not in VOWELS
    return word[:-1] if doubled else word
