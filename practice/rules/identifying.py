"""What in a text may tell who it is about: names, numbers, addresses, places.

It warns and never decides: a word with a capital may be anything, and a story may point at
somebody without a single name. Only whoever wrote it can tell.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from practice.rules.identifying_numbers import NUMBERS
from practice.rules.identifying_places import ADDRESSED, addresses, places_in
from practice.rules.identifying_small import small_names
from practice.rules.identifying_text import (
    CAPITAL,
    Span,
    begins_sentence,
    either,
    with_plain_signs,
    without_shouting,
)
from practice.rules.identifying_words import (
    BEGINNINGS,
    DEEDS,
    KNOWN,
    KNOWN_ENDINGS,
    PARTICLES,
    PLACES_LIKE_WORDS,
    TITLES,
)

# Longer texts are looked through as far as this: a form takes less.
MOST: Final = 60_000


class Kind(StrEnum):
    """What a passage may be. In this order: what is found first has the words."""

    EMAIL = "email"
    WEB = "web"
    IBAN = "iban"
    COMPANY = "company"
    PLATE = "plate"
    BSN = "bsn"
    PHONE = "phone"
    POSTCODE = "postcode"
    ADDRESS = "address"
    PLACE = "place"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a text, and its sentence."""

    kind: Kind
    start: int
    end: int
    before: str
    text: str
    after: str


def find(text: str, *, places: Collection[str] = (), names: Collection[str] = ()) -> list[Passage]:
    """All that may tell who it is about, in order; no two pieces overlap.

    `places`: names of municipalities. `names`: words of which it is known that they are names, as
    of whoever writes.
    """
    text = text[:MOST]
    taken: list[tuple[Kind, int, int]] = []
    # Which signs belong to a piece already: asked for each piece, however many there are.
    is_taken = bytearray(len(text))
    for kind, spans in every_kind(text, tuple(places), names):
        for start, end in spans:
            if 1 not in is_taken[start:end]:
                is_taken[start:end] = b"\x01" * (end - start)
                taken.append((kind, start, end))
    return [passage(text, *each) for each in sorted(taken, key=lambda each: each[1])]


def every_kind(
    text: str, places: tuple[str, ...], names: Collection[str]
) -> Iterator[tuple[Kind, Iterable[Span]]]:
    """What each rule finds, the surest first."""
    text = with_plain_signs(text)
    for kind, rule in NUMBERS.items():
        yield Kind(kind), rule(text)
    known = list(places_in(text, places))
    whole = frozenset(known)
    # “Moerdijk” and “Hof van Twente” look like streets, and are not.
    yield Kind.ADDRESS, [each for each in addresses(text) if each not in whole]
    ends = {end: start for start, end in known}
    quiet = without_shouting(text)
    people = [without_place(quiet, each, ends) for each in names_in(quiet, known, names)]
    # “Anna van Dongen” is called so, wherever she lives.
    called_so = [each for each in people if ends.get(each[1], each[0]) > each[0]]
    yield Kind.NAME, called_so
    yield Kind.PLACE, known
    yield Kind.NAME, people


# The sentence around it

ENDS: Final = re.compile(r"[.!?]+[\s”’\")]+(?=[A-ZÀ-Þ‘“\"'(0-9])|\n+")
MOST_AROUND: Final = 120


@dataclass(frozen=True, slots=True)
class Around:
    """From where to where a sentence is shown, and whether it is cut in the middle of it."""

    first: int
    last: int
    is_cut_before: bool
    is_cut_after: bool


def around(text: str, start: int, end: int) -> Around:
    """The sentence of a piece, or as much of it as is still short."""
    first, last = max(0, start - MOST_AROUND), min(len(text), end + MOST_AROUND)
    # One sign more, by which it is seen that a sentence begins with the piece itself.
    breaks = [match.end() for match in ENDS.finditer(text, first, start + 1)]
    breaks = [at for at in breaks if at <= start]
    following = re.search(r"[.!?](?=\s|$)|\n", text[end:last])
    return Around(
        first=breaks[-1] if breaks else first,
        last=end + following.end() if following else last,
        is_cut_before=not breaks and first > 0,
        is_cut_after=following is None and last < len(text),
    )


def passage(text: str, kind: Kind, start: int, end: int) -> Passage:
    """The piece with what stands before and after it in its sentence."""
    place = around(text, start, end)
    before = text[place.first : start]
    if place.is_cut_before:
        # A cut in the middle of a word reads badly.
        before = "… " + before.partition(" ")[2]
    after = text[end : place.last].rstrip() + (" …" if place.is_cut_after else "")
    return Passage(kind, start, end, before.lstrip(), text[start:end], after)


# People

WORD: Final = rf"{CAPITAL}[\w’'-]*\w"
PARTICLE: Final = either(PARTICLES)
BETWEEN: Final = rf"(?:(?:(?i:{PARTICLE}))\s+){{0,2}}"
# “A.B.” and “Th.”, not “Mw.”
INITIALS: Final = rf"(?:(?!(?:Mw|Mr|Dr|Ir|Ing|Drs|Fam|Dhr)\.){CAPITAL}[a-z]{{0,2}}\.\s?){{1,5}}"
# “de heer J. van den Berg”, “wethouder Jansen”
TITLED: Final = re.compile(
    rf"\b(?i:{either(TITLES)})\s+"
    rf"(?P<name>(?:{INITIALS})?{BETWEEN}{WORD}(?:\s+{BETWEEN}{WORD}){{0,2}})"
)
# “A.B. de Wit”
INITIALED: Final = re.compile(rf"(?<![\w.-])(?P<name>{INITIALS}{BETWEEN}{WORD})")
# “Anna van der Veen”, and a capital by itself
CAPITALS: Final = re.compile(rf"(?<![\w.@/-])(?P<name>{WORD}(?:\s+{BETWEEN}{WORD}){{0,3}})")
# “Fam. De Jong” and “Jan B.”
SHORTENED: Final = re.compile(rf"(?<![\w.@/-])(?P<name>{WORD}\s+{CAPITAL}\.)(?!\w)")


def names_in(text: str, places: list[Span], known_names: Collection[str]) -> list[Span]:
    """Words that may be the name of somebody; what was found once is found again elsewhere."""
    place_words = {word for start, end in places for word in words_of(text[start:end])}
    found: list[Span] = []
    for pattern in (TITLED, INITIALED):
        for match in pattern.finditer(text):
            is_addressed = ADDRESSED.search(match[0][: match.start("name") - match.start()])
            known: Collection[str] | None = None if is_addressed else place_words
            span = without_known(text, *match.span("name"), known)
            found += [span] if span else []
    found += [
        match.span("name")
        for match in SHORTENED.finditer(text)
        if not is_known(match["name"].split()[0], place_words)
        and not begins_sentence(text, match.start())
    ]
    rows = (person_in(text, match, place_words) for match in CAPITALS.finditer(text))
    found += [span for span in rows if span]
    found += said_again(text, found, known_names)
    small = list(small_names(text))
    found += small + said_again_small(text, small)
    # A whole name before a part of it.
    return sorted(found, key=lambda span: span[0] - span[1])


# “Jan van” before the place, and not “Van der Berg van” or “Jan Bakker van”.
HEAD: Final = re.compile(rf"{WORD}\s+{BETWEEN}")
TAIL: Final = re.compile(rf"(?:\s+(?i:{PARTICLE}))*\s*$")


def without_place(text: str, span: Span, places: Mapping[int, int]) -> Span:
    """“Burgemeester Van der Berg van Bergen” is a whole name, and then where from.

    `places`: where they begin, by where they end.
    """
    start, end = span
    at = places.get(end, start)
    if at == start or HEAD.fullmatch(text, start, at):
        return span
    return start, start + len(TAIL.sub("", text[start:at]))


def words_of(text: str) -> list[str]:
    return re.findall(r"[\w’'-]*\w", text)


def is_known(word: str, place_words: Collection[str]) -> bool:
    """Whether a word with a capital is known to be no name of a person."""
    plain = word.lower().strip("’'-")
    return (
        plain in KNOWN
        or plain in BEGINNINGS
        or plain in TITLES
        or word in place_words
        or is_acronym(word)
        or (len(plain) > 5 and plain.endswith(KNOWN_ENDINGS))
        or any(mark.isdigit() for mark in word)
    )


def is_acronym(word: str) -> bool:
    """“OM”, “RIEC’s”, and with a known beginning also “VVD-fractie” and “Bibob-onderzoek”."""
    head, dash, tail = word.partition("-")
    plain = re.sub(r"[’']s$", "", head)
    if plain.isupper() and len(plain) < 7:
        return True
    return bool(dash) and tail.islower() and head.lower() in KNOWN


def without_known(
    text: str, start: int, end: int, place_words: Collection[str] | None
) -> Span | None:
    """The piece, unless all its words with a capital are known to be no names.

    After “mevrouw” (`place_words` is None) all are names but a title: “Burgers”, and not
    “de Voorzitter”.
    """
    capitals = [word for word in words_of(text[start:end]) if word[:1].isupper() and len(word) > 1]
    if place_words is None:
        unknown = [word for word in capitals if word.lower() not in TITLES]
    else:
        unknown = [word for word in capitals if not is_known(word, place_words)]
    if not unknown:
        return None
    return start, end


def person_in(text: str, match: re.Match[str], place_words: Collection[str]) -> Span | None:
    """The part of a row of words with a capital that may be a person.

    A word that begins a sentence has its capital from that: alone it counts only when somebody
    does something.
    """
    start, end = match.span("name")
    first, *others = re.finditer(WORD, text[start:end])
    if begins_sentence(text, start):
        is_ordinary = is_known(first[0], place_words)
        if not others:
            is_ordinary = is_ordinary or first[0].lower() in PLACES_LIKE_WORDS
            if is_ordinary or not (does_something(text, end) or begins_a_row(text, end)):
                return None
            return start, end
        if is_ordinary:
            return without_known(text, start + others[0].start(), end, place_words)
    elif others and first[0].lower() in KNOWN.union(TITLES):
        start += others[0].start()
    return without_known(text, start, end, place_words)


DOING: Final = re.compile(rf"\s+(?:{'|'.join(DEEDS)})\b")


def does_something(text: str, at: int) -> bool:
    return DOING.match(text, at) is not None


ROW: Final = re.compile(rf"(?:,\s+(?:en\s+)?|\s+en\s+)(?P<next>{WORD})")


def begins_a_row(text: str, at: int) -> bool:
    """“Youssef, Sanne en Koen”: what follows is a name, so what goes before it is."""
    match = ROW.match(text, at)
    return match is not None and not is_known(match["next"], ())


def said_again(text: str, found: list[Span], known_names: Collection[str]) -> list[Span]:
    """Where words of names that were found, or are known, stand once more."""
    words = {
        word
        for start, end in found
        for word in words_of(text[start:end])
        if word[:1].isupper() and len(word) > 2
    }
    words |= {word for name in known_names for word in words_of(name) if len(word) > 3}
    words = {word for word in words if not is_known(word, ())}
    words |= {text[start:end] for start, end in found if " " in text[start:end]}
    return standing_in(text, words)


def said_again_small(text: str, found: list[Span]) -> list[Span]:
    """Where a surname in small letters stands once more, and not as “de bakker”."""
    words = {word for start, end in found for word in words_of(text[start:end])[-1:]}
    words = {word for word in words if len(word) > 3 and word.islower()}
    return standing_in(text, words, unless=r"(?<!\bde )(?<!\been )(?<!\bhet )")


def standing_in(text: str, words: Collection[str], unless: str = "") -> list[Span]:
    """Where any of these stands, also as a possessive; `unless` is what may not go before."""
    if not words:
        return []
    again = re.compile(rf"(?<![\w-]){unless}(?:{either(words)})(?:s|’s|'s)?(?!\w)")
    return [match.span() for match in again.finditer(text)]
