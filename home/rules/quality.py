"""What makes a page hard to read, to hear or to trust: hints for who writes it.

Plain Python over the parts of a page (home/editing/parts.py takes a page apart). Each hint says
what, where and with which words; how that is said on the screen is elsewhere
(home/editing/hints.py). Hints never stop anybody.

The passive voice is not looked for: `is gemaakt` and `is boos` look alike to a rule.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from home.rules.words import difficult_words, sentences, words

# Level B1, as Dutch public bodies write it: ten to fifteen words, and a long one now and then.
LONG_SENTENCE: Final = 20
VERY_LONG_SENTENCE: Final = 25
LONG_PARAGRAPH: Final = 100
LONG_DESCRIPTION: Final = 160

_VAGUE: Final = (
    "hier, klik, klik hier, klik hier voor meer informatie, klik op deze link, deze link, link, "
    "lees hier, lees meer, lees verder, bekijk hier, zie hier, meer, meer info, meer informatie, "
    "meer weten, verder, download, download hier, via deze link, deze pagina, website, "
    "de website, deze website, naar de website, op deze website, via deze website, here, click, "
    "click here, this link, read more, more, more information, this page"
)
VAGUE: Final = frozenset(_VAGUE.split(", "))
BARE_ADDRESS: Final = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
FILE_NAME: Final = re.compile(
    r"\.(?:avif|gif|jpe?g|png|svg|webp)$|^(?:img|dsc|foto|image)[_-]?\d+$"
)
PICTURE_OF: Final = re.compile(
    r"^(?:een )?(?:foto|afbeelding|plaatje|photo|image|picture) (?:van|of)\b"
)


class Kind(StrEnum):
    """What there is to say. Those of hearing and seeing come first, then reading, then trust."""

    NO_ALT = "no_alt"
    POOR_ALT = "poor_alt"
    HEADING_SKIPPED = "heading_skipped"
    HEADING_EMPTY = "heading_empty"
    VAGUE_LINK = "vague_link"
    BARE_LINK = "bare_link"
    VERY_LONG_SENTENCE = "very_long_sentence"
    LONG_SENTENCE = "long_sentence"
    DIFFICULT_WORD = "difficult_word"
    LONG_PARAGRAPH = "long_paragraph"
    NO_SUMMARY = "no_summary"
    NO_DESCRIPTION = "no_description"
    LONG_DESCRIPTION = "long_description"
    NO_SOURCE = "no_source"
    NO_REVIEW_DATE = "no_review_date"


@dataclass(frozen=True, slots=True)
class Place:
    """Where on a page: in words, and the element of the editor that one can go to."""

    words: str
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Prose:
    """Paragraphs that somebody wrote, and points of lists."""

    place: Place
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    place: Place
    level: int
    text: str
    # Its address within the page, where it has one.
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead somewhere: to what was chosen (`target`, `pk`) or what was typed (`href`)."""

    place: Place
    text: str
    href: str = ""
    target: str = ""
    pk: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    place: Place
    alt: str
    decorative: bool = False


Part = Prose | Heading | Link | Picture


@dataclass(frozen=True, slots=True)
class About:
    """What is known of the page as a whole. None: it has no such field."""

    language: str = "nl"
    summary: str | None = None
    description: str | None = None
    source: str | None = None
    has_review_date: bool | None = None


@dataclass(frozen=True, slots=True)
class Hint:
    """One thing to look at. `quote` is the page's own words; `instead` what one could write."""

    kind: Kind
    place: Place
    quote: str = ""
    instead: str = ""
    count: int = 0


THE_PAGE: Final = Place("")


def hints(parts: Iterable[Part], about: About) -> list[Hint]:
    """Everything there is to say of a page, by kind and in the order of the page."""
    kept = list(parts)
    found = [
        *(hint for part in kept if isinstance(part, Picture) for hint in of_picture(part)),
        *of_headings([part for part in kept if isinstance(part, Heading)]),
        *(hint for part in kept if isinstance(part, Link) for hint in of_link(part)),
        *(hint for part in kept if isinstance(part, Prose) for hint in of_prose(part, about)),
        *of_page(about),
    ]
    order = list(Kind)
    return sorted(found, key=lambda hint: order.index(hint.kind))


def of_picture(picture: Picture) -> Iterator[Hint]:
    alt = picture.alt.strip()
    if picture.decorative:
        return
    if not alt:
        yield Hint(Kind.NO_ALT, picture.place)
    elif FILE_NAME.search(alt.lower()) or PICTURE_OF.search(alt.lower()):
        yield Hint(Kind.POOR_ALT, picture.place, alt)


def of_headings(headings: list[Heading]) -> Iterator[Hint]:
    """The page's title is level 1, so the first heading is of level 2 and none skips a level."""
    level = 1
    for heading in headings:
        if not heading.text.strip():
            yield Hint(Kind.HEADING_EMPTY, heading.place)
            continue
        if heading.level > level + 1:
            yield Hint(Kind.HEADING_SKIPPED, heading.place, heading.text, count=heading.level)
        level = heading.level


def of_link(link: Link) -> Iterator[Hint]:
    text = " ".join(link.text.split())
    if text.lower().strip(" .,:;!…›»>→") in VAGUE:
        yield Hint(Kind.VAGUE_LINK, link.place, text)
    elif BARE_ADDRESS.fullmatch(text):
        yield Hint(Kind.BARE_LINK, link.place, text)


def of_prose(prose: Prose, about: About) -> Iterator[Hint]:
    for paragraph in prose.paragraphs:
        length = len(words(paragraph))
        if length > LONG_PARAGRAPH:
            yield Hint(Kind.LONG_PARAGRAPH, prose.place, beginning(paragraph), count=length)
        for sentence in sentences(paragraph):
            count = len(words(BARE_ADDRESS.sub("adres", sentence)))
            if count > VERY_LONG_SENTENCE:
                yield Hint(Kind.VERY_LONG_SENTENCE, prose.place, sentence, count=count)
            elif count > LONG_SENTENCE:
                yield Hint(Kind.LONG_SENTENCE, prose.place, sentence, count=count)
    if about.language == "nl":
        for word, simple in difficult_words("\n".join(prose.paragraphs)):
            yield Hint(Kind.DIFFICULT_WORD, prose.place, word, simple)


def beginning(text: str, most: int = 80) -> str:
    """The first words of a text."""
    text = " ".join(text.split())
    if len(text) <= most:
        return text
    return f"{text[:most].rsplit(' ', 1)[0]} …"


def of_page(about: About) -> Iterator[Hint]:
    if about.summary is not None and not about.summary.strip():
        yield Hint(Kind.NO_SUMMARY, THE_PAGE)
    if about.description is not None:
        length = len(about.description.strip())
        # The summary takes its place where there is one.
        if not length and not (about.summary or "").strip():
            yield Hint(Kind.NO_DESCRIPTION, THE_PAGE)
        elif length > LONG_DESCRIPTION:
            yield Hint(Kind.LONG_DESCRIPTION, THE_PAGE, count=length)
    if about.source is not None and not about.source.strip():
        yield Hint(Kind.NO_SOURCE, THE_PAGE)
    if about.has_review_date is False:
        yield Hint(Kind.NO_REVIEW_DATE, THE_PAGE)
