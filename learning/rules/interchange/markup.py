"""HTML of any programme, made into what an editor of ours can write, and into nothing else.

What is kept: paragraphs, line breaks, bold, italic, links and lists. The result has one
spelling for one text, so that two questions can be compared and a file can come back the same.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from itertools import groupby
from typing import Final

from learning.rules.interchange.items import LONGEST_TEXT, RefusedError, Trouble, fit, one_line

DEEPEST: Final = 60
DEEPEST_LIST: Final = 4
MOST_UNENDED: Final = 50
UNENDED: Final = re.compile(r"<(?=[^<>]*(?:<|$))")
WITHOUT_CONTENT: Final = frozenset(
    (
        *("script", "style", "iframe", "object", "embed", "svg", "math", "video", "audio"),
        *("canvas", "form", "select", "textarea", "button", "template", "noscript", "head"),
        *("title", "applet", "frameset", "input", "source", "track", "link", "meta", "base"),
        *("map",),
    )
)
VOID: Final = frozenset(
    (
        *("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source"),
        *("track", "wbr"),
    )
)
BOLD, ITALIC = frozenset(("b", "strong")), frozenset(("i", "em"))
HEADINGS: Final = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
CELLS: Final = frozenset(("td", "th"))
BLOCKS: Final = (
    frozenset(
        (
            *("p", "div", "section", "article", "header", "footer", "blockquote", "pre", "address"),
            *("figure", "figcaption", "dl", "dt", "dd", "table", "thead", "tbody", "tfoot", "tr"),
            *("caption", "hr", "main", "aside", "nav", "details", "summary", "fieldset"),
        )
    )
    | HEADINGS
)
# Kept, or saying nothing that a reader would miss.
SILENT: Final = (
    BOLD
    | ITALIC
    | frozenset(
        (
            *("p", "div", "span", "br", "a", "ul", "ol", "li", "img", "html", "body", "font"),
            *("center", "section", "tbody", "thead"),
        )
    )
)
SCHEMES: Final = ("http:", "https:", "mailto:", "tel:")
SCHEME: Final = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
INVISIBLE: Final = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028\u2029\ufeff\ufffd`]")
DATA: Final = re.compile(r"(src\s*=\s*[\"']?data:)[^\"'>\s]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text that looks the same all through; a line break is a line feed."""

    text: str
    href: str = ""
    bold: bool = False
    italic: bool = False


@dataclass(slots=True)
class Block:
    """A paragraph (depth 0) or an item of a list."""

    depth: int = 0
    ordered: bool = False
    runs: list[Run] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Tidied:
    html: str
    dropped: tuple[str, ...]
    pictures: tuple[tuple[str, str], ...]


class Reader(HTMLParser):
    """Reads HTML into blocks; knows no error."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = [Block()]
        self.open: list[tuple[str, str]] = []
        self.muted = 0
        self.dropped: dict[str, None] = {}
        self.pictures: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.name_what_goes(tag, values)
        if tag == "img":
            if not self.muted:
                self.pictures.append((values.get("src", ""), one_line(values.get("alt", ""))))
            return
        if tag in ("br", "hr") and not self.muted:
            self.add("\n")
        if tag in VOID:
            return
        if tag in WITHOUT_CONTENT:
            self.muted += 1
        elif tag in CELLS:
            self.add(" ")
        if len(self.open) < DEEPEST:
            self.open.append((tag, link(values.get("href", "")) if tag == "a" else ""))
            self.turn(tag)
        else:
            self.muted -= tag in WITHOUT_CONTENT

    def handle_endtag(self, tag: str) -> None:
        if not any(name == tag for name, _href in self.open):
            return
        while True:
            name, _href = self.open.pop()
            self.muted -= name in WITHOUT_CONTENT
            self.turn(name)
            if name == tag:
                return

    def handle_data(self, data: str) -> None:
        if not self.muted:
            self.add(re.sub("[ \t\r\n\f\u2028\u2029]+", " ", data))

    def name_what_goes(self, tag: str, values: dict[str, str]) -> None:
        if tag not in SILENT:
            self.dropped[tag] = None
        for name in values:
            if name.startswith("on") or name == "style":
                self.dropped[name] = None
        if tag == "a" and values.get("href") and not link(values["href"]):
            self.dropped["href"] = None

    def turn(self, tag: str) -> None:
        """A block begins or ends here, so that what follows is another one."""
        if tag not in BLOCKS and tag not in ("ul", "ol", "li"):
            return
        lists = [name for name, _href in self.open if name in ("ul", "ol")]
        in_item = any(name == "li" for name, _href in self.open)
        if tag not in ("ul", "ol", "li") and in_item:
            # A paragraph within an item: another line of it.
            self.add("\n")
            return
        depth = min(len(lists), DEEPEST_LIST)
        self.blocks.append(Block(depth, bool(lists) and lists[-1] == "ol"))

    def add(self, text: str) -> None:
        names = {name for name, _href in self.open}
        href = next((href for name, href in reversed(self.open) if name == "a" and href), "")
        bold = bool(names & BOLD or names & HEADINGS)
        self.blocks[-1].runs.append(Run(text, href, bold, bool(names & ITALIC)))


def link(href: str) -> str:
    """An address that may be followed, or nothing."""
    href = one_line(href)
    bare = INVISIBLE.sub("", href).lower()
    if SCHEME.match(bare) and not bare.startswith(SCHEMES):
        return ""
    return href


def tidy(html: str, *, lists: bool = True, most: int = LONGEST_TEXT) -> Tidied:
    """HTML with nothing in it but what an editor can make. Raises RefusedError when too long."""
    html = DATA.sub(r"\1", html)
    if len(html) > most:
        raise RefusedError(Trouble.TEXT_TOO_LONG)
    reader = reading(html)
    blocks = [Block(each.depth, each.ordered, squeezed(each.runs)) for each in reader.blocks]
    blocks = [each for each in blocks if each.runs]
    if not lists and any(each.depth for each in blocks):
        reader.dropped["ul"] = None
        blocks = [Block(runs=each.runs) for each in blocks]
    tidied = written(blocks)
    if len(tidied) > most:
        raise RefusedError(Trouble.TEXT_TOO_LONG)
    return Tidied(tidied, tuple(reader.dropped), tuple(reader.pictures))


def reading(html: str) -> Reader:
    """HTML, read. Python's own reader goes over many tags that never end again and again."""
    if html.count("<") - html.count(">") > MOST_UNENDED:
        html = UNENDED.sub("&lt;", html)
    reader = Reader()
    reader.feed(fit(html))
    reader.close()
    return reader


def squeezed(runs: list[Run]) -> list[Run]:
    """Without spaces that no reader sees, and with alike neighbours joined."""
    kept: list[Run] = []
    before = "\n"
    for run in runs:
        text = ""
        for sign in run.text:
            if sign == " " and before in " \n":
                continue
            if sign == "\n" and before == " ":
                if text:
                    text = text[:-1]
                else:
                    cut(kept, -1)
            text, before = text + sign, sign
        if text:
            kept.append(replace(run, text=text))
    while kept and kept[-1].text[-1] in " \n":
        cut(kept, -1)
    while kept and kept[0].text[0] == "\n":
        cut(kept, 0)
    return [
        Run("".join(each.text for each in alike), *look)
        for look, alike in groupby(kept, key=lambda run: (run.href, run.bold, run.italic))
    ]


def cut(runs: list[Run], end: int) -> None:
    """Take away the last sign of the last run (-1), or the first of the first (0)."""
    run = runs.pop(end)
    rest = run.text[:-1] if end else run.text[1:]
    if rest:
        runs.insert(len(runs) if end else 0, replace(run, text=rest))


def written(blocks: list[Block]) -> str:
    pieces = []
    for is_list, group in groupby(blocks, key=lambda block: block.depth > 0):
        if is_list:
            pieces.append(lists_written(list(group), 1))
        else:
            pieces += [f"<p>{inline(block.runs)}</p>" for block in group]
    return "".join(pieces)


def lists_written(blocks: list[Block], depth: int) -> str:
    """Items of this depth; what lies deeper hangs below the item before it."""
    pieces: list[str] = []
    before = ""
    at = 0
    while at < len(blocks):
        block = blocks[at]
        end = at + 1
        while end < len(blocks) and blocks[end].depth > depth:
            end += 1
        name = "ol" if block.ordered else "ul"
        below = lists_written(blocks[at + 1 : end], depth + 1) if end > at + 1 else ""
        if name != before:
            pieces.append(f"</{before}><{name}>" if before else f"<{name}>")
            before = name
        pieces.append(f"<li>{inline(block.runs)}{below}</li>")
        at = end
    return "".join([*pieces, f"</{before}>"])


def inline(runs: list[Run]) -> str:
    """Links outside, then bold, then italic: one order, whatever it was."""
    pieces = []
    for href, linked in groupby(runs, key=lambda run: run.href):
        text = ""
        for bold, alike in groupby(linked, key=lambda run: run.bold):
            words = "".join(
                wrapped("i", escape(run.text)) if run.italic else escape(run.text) for run in alike
            )
            text += wrapped("b", words) if bold else words
        pieces.append(f'<a href="{escape(href, quote=True)}">{text}</a>' if href else text)
    return "".join(pieces)


def wrapped(tag: str, html: str) -> str:
    return f"<{tag}>{html}</{tag}>"


def escape(text: str, *, quote: bool = False) -> str:
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace('"', "&quot;") if quote else text.replace("\n", "<br/>")


def paragraphs(text: str) -> str:
    """Plain text as HTML: an empty line between paragraphs, a line end within them."""
    parts = re.split(r"\n[ \t]*\n", fit(text))
    return "".join(f"<p>{escape(part.strip())}</p>" for part in parts if part.strip())


def plain(html: str) -> str:
    """The words alone, a line for each paragraph."""
    return "\n".join(text for text in texts_of(html) if text)


def texts_of(html: str) -> Iterator[str]:
    reader = reading(html)
    for block in reader.blocks:
        yield "".join(run.text for run in squeezed(block.runs))


def is_plain(html: str) -> bool:
    """Whether it is nothing but paragraphs of words."""
    return html == "".join(f"<p>{escape(text)}</p>" for text in texts_of(html) if text)


def short_title(html: str) -> str:
    """The first words, to name a question by."""
    words = one_line(plain(html))
    return words if len(words) <= 60 else words[:60].rsplit(" ", 1)[0] + " …"
