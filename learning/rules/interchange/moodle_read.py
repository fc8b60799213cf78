"""Moodle XML, as Moodle 4 and its common question types write it (docs/question-formats.md)."""

import base64
import binascii
import re
from decimal import Decimal
from typing import Final
from urllib.parse import unquote

from learning.rules.grading import Kind
from learning.rules.interchange import cloze, drafts, markup
from learning.rules.interchange.drafts import Draft
from learning.rules.interchange.items import (
    MOST_QUESTIONS,
    Found,
    Option,
    Pair,
    Problem,
    Reading,
    RefusedError,
    Trouble,
    UnreadableError,
    decimal,
    gap,
    lines_of,
    number,
    one_line,
)
from learning.rules.interchange.xml_tree import Node

NAMESPACE: Final = "urn:raadsleden-veiligheid:question"
PLUGIN_FILE: Final = "@@PLUGINFILE@@/"
TEXT_CLASS: Final = "rv-text"
GAP_NUMBER: Final = re.compile(r"\[\[(\d{1,3})\]\]")
# What Moodle fills in by itself says nothing about a question.
USUAL_PENALTIES: Final = ("", "0", "1", "0.1", "0.3333333", "0.3333", "0.33333")
USUAL_WORDS: Final = frozenset(
    (
        "Your answer is correct.",
        "Your answer is partially correct.",
        "Your answer is incorrect.",
        "Je antwoord is juist.",
        "Je antwoord is gedeeltelijk juist.",
        "Je antwoord is fout.",
        "Je antwoord is correct.",
        "Je antwoord is gedeeltelijk correct.",
        "Je antwoord is niet correct.",
        "Je antwoord is onjuist.",
        "Het antwoord is juist.",
    )
)
OUTCOMES: Final = ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback")


def read(root: Node) -> Reading:
    """All questions below `quiz`. Raises UnreadableError when there is none, or too many."""
    found: list[Found] = []
    problems: dict[Problem, None] = {}
    category = ""
    for number_, node in enumerate(root.all("question"), start=1):
        if node.attrs.get("type") == "category":
            category = category_of(node)
            continue
        if len(found) >= MOST_QUESTIONS:
            raise UnreadableError(Trouble.TOO_MANY)
        found.append(read_question(node, number_, category))
    if not found:
        raise UnreadableError(Trouble.NO_QUESTIONS)
    return Reading(found, tuple(problems))


def category_of(node: Node) -> str:
    """The last part of a category's path: what the questions after it are about."""
    path = one_line(text_in(node.first("category")))
    parts = [part.replace("\0", "/").strip() for part in path.replace("//", "\0").split("/")]
    last = parts[-1] if parts else ""
    return "" if last == "top" or last.startswith("$") else last


def read_question(node: Node, position: int, category: str) -> Found:
    draft = Draft(pictures=files_of(node))
    title = one_line(text_in(node.first("name")))
    draft.tags = [text_in(tag) for tag in (node.first("tags") or Node("tags")).all("tag")]
    if category and not draft.tags:
        draft.tags.append(category)
    return drafts.found(title or str(position), draft, lambda each: fill(each, node, title))


def fill(draft: Draft, node: Node, title: str) -> None:
    kind = node.attrs.get("type", "")
    reader = READERS.get(kind)
    if kind == "description":
        raise RefusedError(Trouble.DESCRIPTION)
    if reader is None:
        raise RefusedError(Trouble.UNKNOWN_KIND, one_line(kind)[:40])
    draft.set(title=title, identifier=one_line(text_in(node.first("idnumber")) or ""))
    draft.stem(html_in(node.first("questiontext")))
    reader(draft, node)
    common(draft, node)


def common(draft: Draft, node: Node) -> None:
    """What every kind has."""
    draft.set(feedback=draft.rich(html_in(node.first("generalfeedback"))))
    hints = [html_in(hint) for hint in node.all("hint")]
    hints = [hint for hint in hints if markup.plain(hint)]
    if hints:
        draft.set(hint=draft.line(hints[0]))
    if len(hints) > 1:
        draft.leave(Trouble.MORE_HINTS)
    own = [each for each in node.children if isinstance(each, Node) and each.namespace == NAMESPACE]
    for each in own:
        if each.tag == "note":
            draft.set(note=lines_of(each.text()))
    for name in OUTCOMES:
        words = one_line(markup.plain(html_in(node.first(name))))
        if words and words not in USUAL_WORDS:
            draft.leave(Trouble.OUTCOME_FEEDBACK, words)
    penalty = bare(node, "penalty").rstrip("0").rstrip(".")
    if penalty not in USUAL_PENALTIES:
        draft.leave(Trouble.PENALTY, penalty)
    if bare(node, "defaultgrade").rstrip("0").rstrip(".") not in ("", "1"):
        draft.leave(Trouble.WEIGHT, bare(node, "defaultgrade"))


def bare(node: Node, name: str) -> str:
    child = node.first(name)
    return one_line(child.text()) if child is not None else ""


def text_in(node: Node | None) -> str:
    """The words of an element that may have them in `text`."""
    if node is None:
        return ""
    inner = node.first("text")
    return node.text().strip(" \n\t") if inner is None else inner.text()


def html_in(node: Node | None) -> str:
    """The same as HTML, by the format that the element says it has."""
    text = text_in(node)
    written = node.attrs.get("format", "html") if node is not None else "html"
    if written == "html" or "<p" in text:
        return text
    return markup.paragraphs(text)


def files_of(node: Node) -> drafts.Pictures:
    """What is packed in the question, by the name that its texts give it."""
    files = {
        (each.attrs.get("path", "/").strip("/") + "/" + each.attrs.get("name", "")).lstrip(
            "/"
        ): each
        for each in node.below("file")
    }

    def content(address: str) -> bytes | None:
        file = files.get(unquote(address.removeprefix(PLUGIN_FILE)).lstrip("/"))
        if file is None or not address.startswith(PLUGIN_FILE):
            return None
        try:
            return base64.b64decode("".join(file.text().split()), validate=True)
        except (binascii.Error, ValueError):
            return None

    return content


def share(node: Node) -> Decimal:
    """The part of the points that an answer earns, from -1 to 1."""
    try:
        return decimal(node.attrs.get("fraction", "0") or "0") / 100
    except RefusedError:
        return Decimal(0)


def options_of(draft: Draft, node: Node) -> list[Option]:
    answers = node.all("answer")
    weights = [share(answer) for answer in answers]
    drafts.shares(draft, weights)
    return [
        Option(
            draft.line(html_in(answer)),
            correct=weight > 0,
            feedback=draft.line(html_in(answer.first("feedback"))),
        )
        for answer, weight in zip(answers, weights, strict=True)
    ]


def read_choice(draft: Draft, node: Node) -> None:
    several = bare(node, "single").lower() in ("false", "0")
    options = options_of(draft, node)
    if not several and sum(option.correct for option in options) > 1:
        # One choice, of which some are half right: only the best is right with us.
        draft.leave(Trouble.PARTIAL)
        best = max(share(answer) for answer in node.all("answer"))
        options = [
            Option(option.text, correct=share(answer) == best, feedback=option.feedback)
            for option, answer in zip(options, node.all("answer"), strict=True)
        ]
    kind = drafts.right_or_wrong(options, several=several, tagged=draft.tagged_kind)
    draft.set(kind=kind, options=tuple(options))


def read_set(draft: Draft, node: Node) -> None:
    """The plug-in in which all must be right to earn anything."""
    draft.leave(Trouble.SCORING)
    options = options_of(draft, node)
    kind = drafts.right_or_wrong(options, several=True, tagged="")
    draft.set(kind=kind, options=tuple(options))


def read_true_false(draft: Draft, node: Node) -> None:
    answers = {one_line(text_in(answer)).lower(): answer for answer in node.all("answer")}
    if set(answers) != {"true", "false"}:
        raise RefusedError(Trouble.BROKEN)
    options = tuple(
        Option(
            word,
            correct=share(answers[word]) > 0,
            feedback=draft.line(html_in(answers[word].first("feedback"))),
        )
        for word in ("true", "false")
    )
    if sum(option.correct for option in options) != 1:
        raise RefusedError(Trouble.NO_RIGHT)
    draft.set(kind=Kind.TRUE_FALSE, options=options)


def read_matching(draft: Draft, node: Node) -> None:
    pairs = []
    for each in node.all("subquestion"):
        own = next((child for child in each.all("feedback") if child.namespace == NAMESPACE), None)
        left = draft.line(html_in(each))
        # The answer is words, not HTML, whatever the question's own format is.
        right = one_line(text_in(each.first("answer")))
        pairs.append(Pair(left, right, one_line(own.text()) if own is not None else ""))
    drafts.matching(draft, pairs)


def read_ordering(draft: Draft, node: Node) -> None:
    for answer in node.all("answer"):
        draft.feedback_goes(html_in(answer.first("feedback")), Trouble.OPTION_FEEDBACK)
    drafts.ordering(draft, [draft.line(html_in(answer)) for answer in node.all("answer")])


def read_short(draft: Draft, node: Node) -> None:
    if bare(node, "usecase") == "1":
        draft.leave(Trouble.CASE)
    drafts.accepted(
        draft,
        [
            (
                one_line(text_in(answer)),
                share(answer),
                draft.line(html_in(answer.first("feedback"))),
            )
            for answer in node.all("answer")
        ],
        wildcards=True,
    )


def read_number(draft: Draft, node: Node) -> None:
    right = [answer for answer in node.all("answer") if share(answer) == 1]
    if not right:
        raise RefusedError(Trouble.NO_RIGHT)
    if len(node.all("answer")) > 1:
        draft.leave(Trouble.MORE_NUMBERS)
    for answer in node.all("answer"):
        draft.feedback_goes(html_in(answer.first("feedback")), Trouble.OPTION_FEEDBACK)
    units = (node.first("units") or Node("units")).all("unit")
    if len(units) > 1:
        draft.leave(Trouble.UNIT)
    draft.set(
        kind=Kind.NUMBER,
        value=number(text_in(right[0])),
        tolerance=abs(number(bare(right[0], "tolerance") or "0")),
        unit=bare(units[0], "unit_name") if units else "",
    )


def read_gaps(draft: Draft, node: Node) -> None:
    """Words to choose or to drag into a text: each gap names its word, and that one's group."""
    boxes = node.all("selectoption") or node.all("dragbox")
    words = [
        one_line(markup.plain(html_in(box)) if box.tag == "dragbox" else text_in(box))
        for box in boxes
    ]
    groups = [bare(box, "group") for box in boxes]

    def choices(match: re.Match[str]) -> str:
        at = int(match[1]) - 1
        if not 0 <= at < len(words):
            raise RefusedError(Trouble.BROKEN)
        others = [
            word
            for n, word in enumerate(words)
            if groups[n] == groups[at] and n != at and word != words[at]
        ]
        return gap([words[at], *dict.fromkeys(others)])

    cloze.split(draft, html_in(node.first("questiontext")), GAP_NUMBER, choices)


def read_cloze(draft: Draft, node: Node) -> None:
    cloze.read(draft, html_in(node.first("questiontext")))


def read_essay(draft: Draft, node: Node) -> None:
    if markup.plain(html_in(node.first("responsetemplate"))):
        draft.leave(Trouble.SETTINGS, "responsetemplate")
    draft.set(kind=Kind.REFLECTION, text=draft.lines(html_in(node.first("graderinfo"))))


READERS: Final = {
    "multichoice": read_choice,
    "multichoiceset": read_set,
    "truefalse": read_true_false,
    "matching": read_matching,
    "ddmatch": read_matching,
    "ordering": read_ordering,
    "shortanswer": read_short,
    "numerical": read_number,
    "gapselect": read_gaps,
    "ddwtos": read_gaps,
    "cloze": read_cloze,
    "multianswer": read_cloze,
    "essay": read_essay,
}
