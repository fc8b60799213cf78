"""Rich text as the parts that an editor wrote: paragraphs, headings, links, pictures."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final

from home.rules.quality import Heading, Link, Part, Picture, Place, Prose

PARAGRAPHS: Final = frozenset({"p", "li", "blockquote", "td", "th", "div", "ul", "ol"})
HEADINGS: Final = {f"h{level}": level for level in range(1, 7)}


@dataclass(slots=True)
class _Open:
    """A link whose end is still to come."""

    attributes: dict[str, str]
    words: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self, place: Place) -> None:
        super().__init__(convert_charrefs=True)
        self.place = place
        self.parts: list[Part] = []
        self.paragraphs: list[str] = []
        self.words: list[str] = []
        self.level = 0
        self.link: _Open | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if tag in PARAGRAPHS or tag in HEADINGS:
            self.end_of_words()
            self.level = HEADINGS.get(tag, 0)
        elif tag == "a":
            self.link = _Open(attributes)
        elif tag == "br" and self.level:
            self.words.append(" ")
        elif tag == "br":
            # Lines below each other, as of an address, are no one sentence.
            self.end_of_words()
        elif tag == "img" or (tag == "embed" and attributes.get("embedtype") == "image"):
            self.parts.append(Picture(self.place, attributes.get("alt", "")))

    def handle_endtag(self, tag: str) -> None:
        if tag in PARAGRAPHS or tag in HEADINGS:
            self.end_of_words()
        elif tag == "a" and self.link is not None:
            self.parts.append(link_of(self.place, self.link.attributes, "".join(self.link.words)))
            self.link = None

    def handle_data(self, data: str) -> None:
        self.words.append(data)
        if self.link is not None:
            self.link.words.append(data)

    def end_of_words(self) -> None:
        text = " ".join("".join(self.words).split())
        self.words = []
        if self.level:
            self.parts.append(Heading(self.place, self.level, text))
        elif text:
            self.paragraphs.append(text)
        self.level = 0


def link_of(place: Place, attributes: dict[str, str], text: str) -> Link:
    """Wagtail stores a link to something of its own as what it is and its number."""
    target = attributes.get("linktype", "")
    if target:
        return Link(place, text, target=target, pk=attributes.get("id", ""))
    return Link(place, text, href=attributes.get("href", ""))


def parts_of_markup(html: str, place: Place) -> list[Part]:
    """The parts of rich text, in its own order; its paragraphs together, at the end."""
    reader = _Reader(place)
    reader.feed(html)
    reader.close()
    reader.end_of_words()
    if reader.paragraphs:
        reader.parts.append(Prose(place, tuple(reader.paragraphs)))
    return reader.parts
