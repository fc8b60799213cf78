"""Rich text as data: paragraphs and lists of runs of text, for what is no web page."""

import re
from dataclasses import asdict, dataclass, field
from html.parser import HTMLParser
from typing import Any, Final

LISTS: Final = {"ul", "ol"}
# Where one paragraph ends and another begins.
BREAKS: Final = {"p", "li", "br", "ul", "ol", "h2", "h3", "h4", "blockquote", "hr"}
STYLES: Final = {"b": "bold", "strong": "bold", "i": "italic", "em": "italic"}


@dataclass(frozen=True, slots=True)
class Run:
    """Words in one style; `href` is where they lead, if anywhere."""

    text: str
    bold: bool = False
    italic: bool = False
    href: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph, or a list with a paragraph per item. `kind` is p, ul or ol."""

    kind: str
    items: list[list[Run]] = field(default_factory=list)


class Reader(HTMLParser):
    """Reads what editors' rich text can hold; of anything else the words stay."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[Part] = []
        self.runs: list[Run] = []
        self.lists: list[str] = []
        self.depth = {"bold": 0, "italic": 0}
        self.href = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in BREAKS:
            self.end_paragraph()
        if tag in LISTS:
            self.lists.append(tag)
            if len(self.lists) == 1:
                self.parts.append(Part(tag))
        elif tag == "a":
            self.href = dict(attrs).get("href") or ""
        elif tag in STYLES:
            self.depth[STYLES[tag]] += 1

    def handle_endtag(self, tag: str) -> None:
        if tag in BREAKS:
            self.end_paragraph()
        if tag in LISTS and self.lists:
            self.lists.pop()
        elif tag == "a":
            self.href = ""
        elif tag in STYLES:
            self.depth[STYLES[tag]] = max(self.depth[STYLES[tag]] - 1, 0)

    def handle_data(self, data: str) -> None:
        text = re.sub(r"\s+", " ", data)
        if not self.runs:
            text = text.lstrip()
        if text:
            styles = {name: depth > 0 for name, depth in self.depth.items()}
            self.runs.append(Run(text, href=self.href, **styles))

    def end_paragraph(self) -> None:
        """What was read since the last break is a paragraph, or an item of the list."""
        runs, self.runs = self.runs, []
        if not any(run.text.strip() for run in runs):
            return
        if self.lists:
            self.parts[-1].items.append(runs)
        else:
            self.parts.append(Part("p", [runs]))


def parts_of(html: str) -> list[Part]:
    """The paragraphs and lists of a rich text."""
    reader = Reader()
    reader.feed(html)
    reader.close()
    reader.end_paragraph()
    return [part for part in reader.parts if part.items]


def as_data(html: str) -> list[dict[str, Any]]:
    """The same as plain dicts."""
    return [asdict(part) for part in parts_of(html)]


def as_text(html: str) -> str:
    """The words alone, a line per paragraph or item."""
    lines = []
    for part in parts_of(html):
        sign = "" if part.kind == "p" else "• "
        lines += [sign + "".join(run.text for run in item).strip() for item in part.items]
    return "\n".join(lines)
