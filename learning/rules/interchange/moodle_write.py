"""Moodle XML that Moodle 4 reads. What Moodle has no place for stands in tags or elements of
our own, which it leaves alone (docs/question-formats.md)."""

import base64
from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Final

from learning.rules.grading import Kind
from learning.rules.interchange import drafts
from learning.rules.interchange.items import GAP, Item, Option, gaps_of
from learning.rules.interchange.markup import escape, short_title
from learning.rules.interchange.moodle_read import NAMESPACE, PLUGIN_FILE, TEXT_CLASS
from learning.rules.interchange.packages import file_name
from learning.rules.interchange.xml_tree import Node, document

TYPES: Final = {
    Kind.SINGLE_CHOICE: "multichoice",
    Kind.MULTIPLE_RESPONSE: "multichoice",
    Kind.TRUE_FALSE: "truefalse",
    Kind.MATCHING: "matching",
    Kind.ORDERING: "ordering",
    Kind.FILL_IN: "shortanswer",
    Kind.NUMBER: "numerical",
    Kind.CHOOSE_IN_TEXT: "gapselect",
    Kind.MARK_SENTENCES: "multichoice",
    Kind.REFLECTION: "essay",
}


def write(items: Sequence[Item]) -> bytes:
    questions = [question(item) for item in items]
    return document(Node("quiz", {"xmlns:rv": NAMESPACE}, *questions))


def text(name: str, words: str, **attrs: str) -> Node:
    return Node(name, attrs, Node("text", {}, words))


def html(name: str, words: str, *more: Node, **attrs: str) -> Node:
    node = text(name, words, **attrs, format="html")
    node.children += more
    return node


def line(name: str, words: str, *more: Node, **attrs: str) -> Node:
    """One line of words, as HTML."""
    return html(name, escape(words), *more, **attrs)


def leaf(name: str, words: object) -> Node:
    return Node(name, {}, str(words))


def question(item: Item) -> Node:
    node = Node(
        "question",
        {"type": TYPES[item.kind]},
        text("name", item.title or short_title(item.stem) or item.kind),
        stem(item),
        html("generalfeedback", item.feedback),
        leaf("defaultgrade", "1.0000000"),
        leaf("penalty", "0.3333333"),
        leaf("hidden", 0),
        leaf("idnumber", item.identifier),
        *WRITERS[item.kind](item),
    )
    if item.hint:
        node.children.append(line("hint", item.hint))
    if item.note:
        node.children.append(leaf("rv:note", item.note))
    if names := list(tags(item)):
        node.children.append(Node("tags", {}, *(text("tag", name) for name in names)))
    return node


def tags(item: Item) -> Iterable[str]:
    """Topics, and what Moodle has no field for."""
    yield from item.topics
    if item.kind == Kind.MARK_SENTENCES:
        yield f"{drafts.KIND_TAG}{item.kind}"
    if item.difficulty != 2:
        yield f"{drafts.DIFFICULTY_TAG}{item.difficulty}"
    if item.typo_allowed:
        yield drafts.TYPO_TAG
    if item.all_or_nothing:
        yield drafts.WHOLE_TAG
    for law in item.law:
        yield f"{drafts.LAW_TAG}{law}"


def stem(item: Item) -> Node:
    written = item.stem
    files = []
    if item.picture is not None:
        name = file_name(item.picture, "afbeelding")
        alt = escape(item.picture.alt, quote=True)
        written += f'<p><img src="{PLUGIN_FILE}{name}" alt="{alt}"/></p>'
        content = base64.b64encode(item.picture.content).decode()
        files.append(Node("file", {"name": name, "path": "/", "encoding": "base64"}, content))
    if item.kind == Kind.CHOOSE_IN_TEXT:
        numbers = iter(firsts(item))
        gapped = GAP.sub(lambda _match: f"[[{next(numbers)}]]", escape(item.text))
        written += f'<p class="{TEXT_CLASS}">{gapped}</p>'
    return html("questiontext", written, *files)


def firsts(item: Item) -> Iterable[int]:
    """The number of the right word of each gap, among the words of all."""
    at = 1
    for choices in gaps_of(item.text):
        yield at
        at += len(choices)


def percent(share: Fraction) -> str:
    """As Moodle writes it: 33.33333, 50, 100. It knows the shares up to a twentieth by that."""
    written = f"{round(Decimal(share.numerator) / share.denominator * 100, 5):f}"
    return written.rstrip("0").rstrip(".") if "." in written else written


def answer(option: Option, fraction: str) -> Node:
    return line("answer", option.text, line("feedback", option.feedback), fraction=fraction)


def choice(item: Item) -> Iterable[Node]:
    several = item.kind != Kind.SINGLE_CHOICE
    right = sum(option.correct for option in item.options)
    wrong = len(item.options) - right
    yield leaf("single", "false" if several else "true")
    # The sentences of a text keep their order.
    yield leaf("shuffleanswers", "false" if item.kind == Kind.MARK_SENTENCES else "true")
    yield leaf("answernumbering", "none")
    for option in item.options:
        share = Fraction(1, right) if option.correct else Fraction(-int(several), max(wrong, 1))
        yield answer(option, percent(share))


def true_false(item: Item) -> Iterable[Node]:
    for option in item.options:
        words = text("answer", option.text, fraction="100" if option.correct else "0")
        words.attrs["format"] = "moodle_auto_format"
        words.children.append(line("feedback", option.feedback))
        yield words


def matching(item: Item) -> Iterable[Node]:
    yield leaf("shuffleanswers", "true")
    for pair in item.pairs:
        node = line("subquestion", pair.left, text("answer", pair.right))
        if pair.feedback:
            node.children.append(leaf("rv:feedback", pair.feedback))
        yield node
    for decoy in item.decoys:
        yield line("subquestion", "", text("answer", decoy))


def ordering(item: Item) -> Iterable[Node]:
    yield leaf("layouttype", "VERTICAL")
    yield leaf("selecttype", "ALL")
    yield leaf("selectcount", len(item.lines))
    yield leaf("gradingtype", "LONGEST_ORDERED_SUBSET")
    yield leaf("showgrading", "SHOW")
    yield leaf("numberingstyle", "none")
    for number, words in enumerate(item.lines, start=1):
        yield line("answer", words, fraction=f"{number}.0000000")


def fill_in(item: Item) -> Iterable[Node]:
    yield leaf("usecase", 0)
    for words in item.lines:
        node = text("answer", starless(words), fraction="100", format="moodle_auto_format")
        node.children.append(line("feedback", ""))
        yield node


def starless(text: str) -> str:
    """A star stands for anything in Moodle, but for one after a backslash."""
    return text.replace("*", "\\*")


def number(item: Item) -> Iterable[Node]:
    node = text("answer", f"{item.value:f}", fraction="100", format="moodle_auto_format")
    node.children += [line("feedback", ""), leaf("tolerance", f"{item.tolerance:f}")]
    yield node
    yield leaf("unitgradingtype", 0)
    yield leaf("unitpenalty", "0.1000000")
    yield leaf("showunits", 3)
    yield leaf("unitsleft", 0)
    if item.unit:
        unit = Node("unit", {}, leaf("multiplier", 1), leaf("unit_name", item.unit))
        yield Node("units", {}, unit)


def gaps(item: Item) -> Iterable[Node]:
    yield leaf("shuffleanswers", 1)
    for group, choices in enumerate(gaps_of(item.text), start=1):
        for words in choices:
            yield Node("selectoption", {}, Node("text", {}, words), leaf("group", group))


def reflection(item: Item) -> Iterable[Node]:
    yield leaf("responseformat", "plain")
    yield leaf("responserequired", 0)
    yield leaf("responsefieldlines", 10)
    yield leaf("attachments", 0)
    yield html("graderinfo", f"<p>{escape(item.text)}</p>" if item.text else "")


WRITERS: Final = {
    Kind.SINGLE_CHOICE: choice,
    Kind.MULTIPLE_RESPONSE: choice,
    Kind.TRUE_FALSE: true_false,
    Kind.MATCHING: matching,
    Kind.ORDERING: ordering,
    Kind.FILL_IN: fill_in,
    Kind.NUMBER: number,
    Kind.CHOOSE_IN_TEXT: gaps,
    Kind.MARK_SENTENCES: choice,
    Kind.REFLECTION: reflection,
}
