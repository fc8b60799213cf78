"""XML as a tree of plain nodes, read so that it cannot unfold, reach out or go on for ever.

A document type is refused: entities come from nowhere else, and no format here has one. So
are trees deeper and larger than any question needs.
"""

import re
from collections.abc import Iterator
from typing import Final
from xml.parsers import expat

from learning.rules.interchange.items import Trouble, UnreadableError

DEEPEST: Final = 100
MOST_NODES: Final = 100_000
NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_.:-]*")
VOID: Final = frozenset(("br", "hr", "img"))
# In these a line end would be a space between words.
TIGHT: Final = frozenset(("p", "li", "b", "i", "a", "span"))


class Node:
    """An element: its name without what stands before the colon, and what is in it."""

    __slots__ = ("attrs", "children", "namespace", "tag")

    def __init__(
        self,
        tag: str,
        attrs: dict[str, str] | None = None,
        *children: "Node | str",
        namespace: str = "",
    ) -> None:
        self.tag = tag
        self.attrs = attrs or {}
        self.children: list[Node | str] = list(children)
        self.namespace = namespace

    def all(self, tag: str) -> "list[Node]":
        return [each for each in self.children if isinstance(each, Node) and each.tag == tag]

    def first(self, tag: str) -> "Node | None":
        return next(iter(self.all(tag)), None)

    def walk(self) -> "Iterator[Node]":
        """This node and all below it, in the order of the document."""
        yield self
        for child in self.children:
            if isinstance(child, Node):
                yield from child.walk()

    def below(self, *tags: str) -> "list[Node]":
        return [each for each in self.walk() if each.tag in tags and each is not self]

    def text(self) -> str:
        """All words in it."""
        return "".join(each if isinstance(each, str) else each.text() for each in self.children)

    def has(self, *tags: str) -> bool:
        return any(each.tag in tags for each in self.walk())


class Builder:
    """Puts together what the parser meets."""

    def __init__(self) -> None:
        self.root: Node | None = None
        self.open: list[Node] = []
        self.count = 0

    def start(self, name: str, attrs: dict[str, str]) -> None:
        self.count += 1 + len(attrs)
        if len(self.open) >= DEEPEST or self.count > MOST_NODES:
            raise UnreadableError(Trouble.TOO_DEEP)
        namespace, _blank, tag = name.rpartition(" ")
        node = Node(
            tag,
            {key.rpartition(" ")[2]: value for key, value in attrs.items()},
            namespace=namespace,
        )
        if self.open:
            self.open[-1].children.append(node)
        else:
            self.root = node
        self.open.append(node)

    def end(self, _name: str) -> None:
        self.open.pop()

    def words(self, text: str) -> None:
        self.open[-1].children.append(text)


def refuse(*_arguments: object) -> None:
    raise UnreadableError(Trouble.DOCTYPE)


def parse(content: bytes) -> Node:
    """The root of a document. Raises UnreadableError, and nothing else."""
    builder = Builder()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.words
    try:
        parser.Parse(content, True)  # noqa: FBT003  it takes no names
    except (expat.ExpatError, LookupError, ValueError):
        # An encoding that nobody knows is a LookupError, one that does not fit a ValueError.
        raise UnreadableError(Trouble.DAMAGED_XML) from None
    if builder.root is None:
        raise UnreadableError(Trouble.DAMAGED_XML)
    return builder.root


def looks_like_xml(content: bytes) -> bool:
    start = content[:400].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return start.startswith(b"<")


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def written(node: Node, *, pretty: bool = False, level: int = 0) -> str:
    """The node as XML. Pretty only where there are no words among the elements."""
    attrs = "".join(f' {name}="{attribute(value)}"' for name, value in node.attrs.items())
    if not node.children:
        return f"<{node.tag}{attrs}/>"
    spread = (
        pretty
        and node.tag not in TIGHT
        and not any(isinstance(each, str) for each in node.children)
    )
    if not spread:
        inside = "".join(
            escaped(each) if isinstance(each, str) else written(each) for each in node.children
        )
        return f"<{node.tag}{attrs}>{inside}</{node.tag}>"
    indent = "\n" + "  " * (level + 1)
    inside = "".join(
        indent + written(each, pretty=True, level=level + 1)
        for each in node.children
        if not isinstance(each, str)
    )
    return f"<{node.tag}{attrs}>{inside}\n{'  ' * level}</{node.tag}>"


def attribute(value: str) -> str:
    return escaped(value).replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;")


def document(root: Node) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{written(root, pretty=True)}\n'.encode()


def html_of(nodes: "list[Node | str]") -> str:
    """Elements as HTML: no tag of it closes itself, but for those that never have content."""
    pieces = []
    for node in nodes:
        if isinstance(node, str):
            pieces.append(escaped(node))
        elif NAME.fullmatch(node.tag):
            attrs = "".join(
                f' {name}="{attribute(value)}"'
                for name, value in node.attrs.items()
                if NAME.fullmatch(name)
            )
            end = "" if node.tag in VOID else f"{html_of(node.children)}</{node.tag}>"
            pieces.append(f"<{node.tag}{attrs}>{end}")
    return "".join(pieces)


def nodes_of(html: str) -> "list[Node | str]":
    """HTML that markup.tidy made, as nodes: that is XML too."""
    return parse(f"<div>{html}</div>".encode()).children
