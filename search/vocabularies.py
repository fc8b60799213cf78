"""The vocabulary of each language, as a process remembers it."""

from collections import Counter
from collections.abc import Mapping
from threading import Lock
from typing import Final

from home.publication import ChangeNumber
from search.rules.vocabulary import Vocabulary

WORDS: Final = ChangeNumber("search-words")


class Shelf:
    """The vocabularies that this process has read, until somebody else changes them."""

    def __init__(self) -> None:
        self.number = 0
        self.read: dict[str, Vocabulary] = {}
        self.lock = Lock()

    def get(self, language: str) -> Vocabulary:
        number = WORDS.current()
        with self.lock:
            if number != self.number:
                self.number, self.read = number, {}
            if language not in self.read:
                self.read[language] = Vocabulary(language, stored_words(language))
            return self.read[language]

    def add(self, language: str, words: Mapping[str, int]) -> None:
        """Add words to what was read, and have all others read anew."""
        vocabulary = self.get(language)
        vocabulary.add(words)
        WORDS.announce()
        self.number = WORDS.current()

    def forget(self) -> None:
        WORDS.announce()
        self.read = {}


SHELF: Final = Shelf()


def vocabulary_of(language: str) -> Vocabulary:
    return SHELF.get(language)


def stored_words(language: str) -> dict[str, int]:
    from search.models import Word  # noqa: PLC0415  the models ask for terms, which stand on this

    return dict(Word.objects.filter(language=language).values_list("text", "pages"))


def note_words(language: str, words: Counter[str]) -> None:
    """Add words that are new, each with the number of entries that use it. Those known stay."""
    from search.models import Word  # noqa: PLC0415  likewise

    known = vocabulary_of(language).pages
    new = {word: pages for word, pages in words.items() if word not in known}
    if not new:
        return
    Word.objects.bulk_create(
        [Word(language=language, text=word, pages=pages) for word, pages in new.items()],
        ignore_conflicts=True,
        batch_size=2000,
    )
    SHELF.add(language, new)


def replace_words(language: str, words: Counter[str]) -> None:
    """Make the vocabulary exactly this."""
    from search.models import Word  # noqa: PLC0415  likewise

    stored = stored_words(language)
    gone = [word for word in stored if word not in words]
    for start in range(0, len(gone), 500):
        Word.objects.filter(language=language, text__in=gone[start : start + 500]).delete()
    Word.objects.bulk_create(
        [
            Word(language=language, text=word, pages=pages)
            for word, pages in words.items()
            if stored.get(word) != pages
        ],
        update_conflicts=True,
        unique_fields=["language", "text"],
        update_fields=["pages"],
        batch_size=2000,
    )
    SHELF.forget()
