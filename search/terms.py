"""Words as they stand in the index: stems, each with its language before it.

So an English "die" is no Dutch one, and a search for visitors meets nothing of what else Wagtail
indexes in the same table. A database's own dictionary leaves such words as good as alone.
"""

from typing import Final

from wagtail.models import Locale

from search.rules.stems import words_of
from search.vocabularies import vocabulary_of

MARK: Final = "x"


def language_of(locale: Locale) -> str:
    """The language of a locale: `nl` of `nl-be`."""
    code: str = locale.language_code
    return code.partition("-")[0]


def spelled(term: str, language: str) -> str:
    """A term as the index has it."""
    return f"{language}{MARK}{term}"


def terms_of(text: str, language: str) -> str:
    """All by which a text is found, in the order of its words: stems, and parts of long words."""
    vocabulary = vocabulary_of(language)
    known: dict[str, str] = {}
    for word in (words := words_of(text)):
        if word not in known:
            terms = sorted(vocabulary.terms_of(word))
            known[word] = " ".join(spelled(term, language) for term in terms)
    return " ".join(known[word] for word in words)


def beginnings_of(text: str, language: str) -> str:
    """Words of a name as they are written, by which somebody who types finds it."""
    return " ".join(spelled(word, language) for word in words_of(text))
