"""A few words around what was looked for, with the words themselves marked."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from search.rules.stems import WORD, fold
from search.rules.vocabulary import Vocabulary
from search.sections import Section

LENGTH: Final = 180
BEFORE: Final = 60
# How much of a long text is looked through for the best place.
MOST: Final = 20_000
NO_BREAK: Final = "\u00a0"

# Whether a word of a text, as written, is one of those that were looked for.
IsHit = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of text that was looked for, or not. Plain text: the template escapes it."""

    text: str
    is_hit: bool


def hits_of(terms: frozenset[str], vocabulary: Vocabulary) -> IsHit:
    """Words with a term that was looked for: other forms, long words with it, what was meant."""
    known: dict[str, bool] = {}

    def is_hit(word: str) -> bool:
        if word not in known:
            known[word] = not terms.isdisjoint(vocabulary.terms_of(fold(word)))
        return known[word]

    return is_hit


def marked(text: str, is_hit: IsHit) -> list[Part]:
    """A whole text, with its hits apart."""
    parts: list[Part] = []
    position = 0
    for word in WORD.finditer(text):
        if is_hit(word[0]):
            parts += [Part(text[position : word.start()], is_hit=False), Part(word[0], is_hit=True)]
            position = word.end()
    parts.append(Part(text[position:], is_hit=False))
    return [part for part in parts if part.text]


def excerpt(text: str, is_hit: IsHit) -> list[Part]:
    """About `LENGTH` characters around the first word that is a hit, cut between words.

    Without any hit: the beginning of the text.
    """
    first = next((word.start() for word in WORD.finditer(text[:MOST]) if is_hit(word[0])), 0)
    start = max(0, first - BEFORE)
    if start:
        start = text.find(" ", start, start + BEFORE) + 1 or start
    end = min(len(text), start + LENGTH)
    if end < len(text):
        end = (
            text.rfind(" ", start + LENGTH // 2, end)
            if " " in text[start + LENGTH // 2 : end]
            else end
        )
    parts = marked(text[start:end], is_hit)
    # Never alone on a line.
    before = [Part(f"…{NO_BREAK}", is_hit=False)] if start else []
    after = [Part(f"{NO_BREAK}…", is_hit=False)] if end < len(text) else []
    return [*before, *parts, *after]


def best_section(sections: Sequence[Section], wanted: Sequence[IsHit]) -> Section | None:
    """The piece in which most of what is wanted stands, the first of such; None without any."""
    best, most = None, 0
    for section in sections:
        words = {word for text in section[1:] for word in WORD.findall(text[:MOST])}
        found = sum(any(is_hit(word) for word in words) for is_hit in wanted)
        if found > most:
            best, most = section, found
    return best
