"""One question of QTI, in the names of 2.x (qti_names.as_2): what it asks and what is right."""

import re
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Final

from learning.rules.grading import Kind
from learning.rules.interchange import cloze, drafts
from learning.rules.interchange.drafts import BLANK, Draft
from learning.rules.interchange.items import (
    DECIMALS,
    Option,
    Pair,
    RefusedError,
    Trouble,
    decimal,
    gap,
    lines_of,
    number,
    one_line,
    plain_number,
)
from learning.rules.interchange.qti_names import OURS
from learning.rules.interchange.qti_write import NO_IDENTIFIER
from learning.rules.interchange.xml_tree import Node, html_of

FEEDBACK: Final = ("feedbackInline", "feedbackBlock", "modalFeedback")
ASIDE: Final = (
    *FEEDBACK,
    "rubricBlock",
    "stylesheet",
    "templateBlock",
    "templateInline",
    "catalogInfo",
)
TEMPLATES: Final = ("match_correct", "map_response", "CC2_match", "CC2_match_basic")
# Of these a mark can be made that is ours too: all right, or a sum of parts.
USUAL: Final = frozenset(
    (
        *("responseProcessing", "responseCondition", "responseIf", "responseElse"),
        *("responseElseIf", "match", "variable", "correct", "setOutcomeValue", "baseValue"),
        *("mapResponse", "isNull", "not", "and", "or", "equal", "sum", "null", "gte", "gt"),
        *("stringMatch",),
    )
)
GENERAL: Final = frozenset(("general", "solution", "feedback", "modal", "modelfeedback"))
TRUE_WORDS: Final = (("waar", "onwaar"), ("juist", "onjuist"), ("true", "false"))
HOLE: Final = re.compile("\ue002(\\d+)\ue003")


@dataclass(slots=True)
class Answer:
    """A response: what is right, and what else earns something."""

    cardinality: str
    base: str
    right: list[str]
    points: dict[str, Decimal]
    keeps_case: bool


@dataclass(slots=True)
class Question:
    root: Node
    body: Node
    answers: dict[str, Answer] = field(default_factory=dict)
    # What is said to who chose what, by its identifier.
    said: dict[str, str] = field(default_factory=dict)

    @property
    def is_ours(self) -> bool:
        return self.root.attrs.get("toolName") == OURS

    def answer(self, node: Node) -> Answer:
        """Raises RefusedError for an interaction that answers nothing that was declared."""
        found = self.answers.get(node.attrs.get("responseIdentifier", ""))
        if found is None:
            raise RefusedError(Trouble.BROKEN)
        return found


def fill(draft: Draft, root: Node) -> None:
    body = root.first("itemBody")
    if body is None:
        raise RefusedError(Trouble.BROKEN)
    question = Question(root, body)
    for each in root.all("responseDeclaration"):
        question.answers[each.attrs.get("identifier", "")] = answer_of(each)
    if root.all("templateDeclaration"):
        raise RefusedError(Trouble.UNKNOWN_KIND, "template")
    headers(draft, question)
    interactions = [each for each in body.walk() if each.tag.endswith("Interaction")]
    if not interactions:
        raise RefusedError(Trouble.DESCRIPTION)
    kinds = {each.tag for each in interactions}
    if len(kinds) > 1 or (len(interactions) > 1 and kinds != {"inlineChoiceInteraction"}):
        raise RefusedError(Trouble.SEVERAL_PARTS)
    reader = READERS.get(interactions[0].tag)
    if reader is None:
        raise RefusedError(Trouble.UNKNOWN_KIND, interactions[0].tag)
    reader(draft, question, interactions[0])
    scoring(draft, root)


def answer_of(node: Node) -> Answer:
    right = [
        one_line(value.text())
        for each in node.all("correctResponse")
        for value in each.all("value")
    ]
    points: dict[str, Decimal] = {}
    keeps_case = False
    for entry in node.below("mapEntry"):
        try:
            points[one_line(entry.attrs.get("mapKey", ""))] = decimal(
                entry.attrs.get("mappedValue", "0")
            )
        except RefusedError:
            continue
        keeps_case |= entry.attrs.get("caseSensitive", "true") != "false"
    return Answer(
        node.attrs.get("cardinality", "single"),
        node.attrs.get("baseType", "identifier"),
        right or [key for key, value in points.items() if value > 0],
        points,
        keeps_case,
    )


def headers(draft: Draft, question: Question) -> None:
    """Title, identifier, notes and feedback: what does not depend on the kind."""
    attrs = question.root.attrs
    identifier = one_line(attrs.get("identifier", ""))[:200]
    if question.is_ours and identifier.startswith(NO_IDENTIFIER):
        identifier = ""
    draft.set(identifier=identifier, title=attrs.get("title", ""))
    for block in question.body.below("rubricBlock"):
        text = draft.lines(html_of(block.children))
        name = {"rv-note": "note", "rv-hint": "hint", "rv-example": "text"}.get(
            block.attrs.get("class", "")
        )
        if name is None:
            name = "note" if block.attrs.get("view") in ("author", "tutor", "scorer") else ""
        if not name:
            draft.leave(Trouble.SETTINGS, text)
        elif name == "hint":
            draft.set(hint=one_line(text))
        else:
            before = str(draft.fields.get(name, ""))
            draft.set(**{name: lines_of(f"{before}\n{text}")})
    # The example of a reflection; of another kind it is no text of its own.
    general = []
    for each in question.root.all("modalFeedback"):
        html = html_of(each.children)
        name = each.attrs.get("identifier", "")
        if name.lower() in GENERAL or each.attrs.get("outcomeIdentifier") == "GENERAL":
            general.append(html)
        else:
            question.said[name] = html
    draft.set(feedback=draft.rich("".join(general)))


def scoring(draft: Draft, root: Node) -> None:
    """Name points that we give in another way; and feedback that went with the outcome."""
    processing = root.first("responseProcessing")
    if processing is not None:
        template = processing.attrs.get("template", "").rpartition("/")[2].removesuffix(".xml")
        odd = any(each.tag not in USUAL for each in processing.walk())
        if (template and template not in TEMPLATES) or (odd and not template):
            draft.leave(Trouble.SCORING)
    if root.attrs.get("adaptive") == "true":
        draft.leave(Trouble.SCORING)


def copy(node: Node, replaced: dict[int, "list[Node | str]"]) -> Node:
    """The node without asides, and with other nodes in place of some."""
    children: list[Node | str] = []
    for each in node.children:
        if isinstance(each, str):
            children.append(each)
        elif id(each) in replaced:
            children += replaced[id(each)]
        elif each.tag == "object" and each.attrs.get("type", "").startswith("image/"):
            attrs = {"src": each.attrs.get("data", ""), "alt": one_line(each.text())}
            children.append(Node("img", attrs))
        elif each.tag not in ASIDE:
            children.append(copy(each, replaced))
    return Node(node.tag, node.attrs, *children)


def set_stem(draft: Draft, question: Question, interaction: Node, blank: str = "") -> None:
    """All that stands around the interaction, and its own prompt."""
    put: list[Node | str] = [blank] if blank else []
    prompt = interaction.first("prompt")
    if prompt is not None:
        put = [Node("p", {}, *copy(prompt, {}).children)]
    own = [each for each in question.body.below("div") if each.attrs.get("class") == "rv-answer"]
    replaced = {id(interaction): put} | {id(each): [] for each in own}
    draft.stem(html_of(copy(question.body, replaced).children))
    for each in question.body.below("feedbackBlock", "feedbackInline"):
        if not any(
            each in choice.children
            for choice in question.body.walk()
            if "identifier" in choice.attrs
        ):
            draft.feedback_goes(html_of(each.children), Trouble.OUTCOME_FEEDBACK)
    for html in question.said.values():
        draft.feedback_goes(html, Trouble.OUTCOME_FEEDBACK)


def option(draft: Draft, question: Question, node: Node, right: list[str]) -> Option:
    name = node.attrs.get("identifier", "")
    said = [
        html_of(each.children)
        for each in node.children
        if isinstance(each, Node) and each.tag in FEEDBACK
    ]
    said.append(question.said.pop(name, ""))
    text = draft.line(html_of(copy(node, {}).children))
    return Option(text, correct=name in right, feedback=draft.line(" ".join(said)))


def read_choice(draft: Draft, question: Question, node: Node) -> None:
    answer = question.answer(node)
    options = [option(draft, question, each, answer.right) for each in node.below("simpleChoice")]
    drafts.shares(draft, [answer.points.get(name, Decimal(0)) for name in answer.right])
    several = answer.cardinality == "multiple" and node.attrs.get("maxChoices") != "1"
    kind = drafts.right_or_wrong(options, several=several, tagged="")
    words = tuple(each.text.lower() for each in options)
    is_truth = not question.is_ours or node.attrs.get("class") == "rv-true_false"
    if kind == Kind.SINGLE_CHOICE and words in TRUE_WORDS and is_truth:
        kind = Kind.TRUE_FALSE
        texts = ("true", "false")
        options = [replace(each, text=text) for each, text in zip(options, texts, strict=True)]
    draft.set(kind=kind, options=tuple(options))
    set_stem(draft, question, node)


def read_order(draft: Draft, question: Question, node: Node) -> None:
    texts = {
        each.attrs.get("identifier", ""): option(draft, question, each, []).text
        for each in node.below("simpleChoice")
    }
    right = question.answer(node).right
    if len(set(right)) != len(right) or set(right) != set(texts):
        raise RefusedError(Trouble.NO_RIGHT)
    drafts.ordering(draft, [texts[name] for name in right])
    set_stem(draft, question, node)


def read_match(draft: Draft, question: Question, node: Node) -> None:
    sets = node.all("simpleMatchSet")
    if len(sets) != 2:
        raise RefusedError(Trouble.BROKEN)
    left, right = (
        {
            each.attrs.get("identifier", ""): option(draft, question, each, [])
            for each in one.all("simpleAssociableChoice")
        }
        for one in sets
    )
    pairs = [each.split(" ") for each in question.answer(node).right]
    if not all(len(each) == 2 and each[0] in left and each[1] in right for each in pairs):
        raise RefusedError(Trouble.BROKEN)
    if len({each[0] for each in pairs}) != len(pairs) or len(pairs) != len(left):
        # Something on the left that goes with nothing, or with two.
        raise RefusedError(Trouble.UNKNOWN_KIND, "matchInteraction")
    used = {each[1] for each in pairs}
    found = [Pair(left[a].text, right[b].text, left[a].feedback) for a, b in pairs]
    found += [Pair("", each.text) for name, each in right.items() if name not in used]
    drafts.matching(draft, found)
    set_stem(draft, question, node)


def read_entry(draft: Draft, question: Question, node: Node) -> None:
    answer = question.answer(node)
    if answer.base in ("float", "integer"):
        read_number(draft, question, node, answer)
    else:
        best = max(answer.points.values(), default=Decimal(1))
        texts = dict.fromkeys(answer.right) | dict.fromkeys(answer.points)
        shares = [
            Decimal(int(text in answer.right or answer.points.get(text, Decimal(0)) >= best > 0))
            for text in texts
        ]
        if answer.keeps_case:
            draft.leave(Trouble.CASE)
        drafts.accepted(
            draft, [(text, share, "") for text, share in zip(texts, shares, strict=True)]
        )
        draft.set(typo_allowed=node.attrs.get("class") == "rv-typo")
    set_stem(draft, question, node, BLANK)


def read_number(draft: Draft, question: Question, node: Node, answer: Answer) -> None:
    if not answer.right:
        raise RefusedError(Trouble.NO_RIGHT)
    if len(answer.right) > 1:
        draft.leave(Trouble.MORE_NUMBERS)
    value = number(answer.right[0])
    unit = next(
        (each for each in question.body.below("span") if each.attrs.get("class") == "rv-unit"), None
    )
    draft.set(
        kind=Kind.NUMBER,
        value=value,
        tolerance=tolerance_of(draft, question.root, value),
        unit=one_line(unit.text()) if unit is not None else "",
    )


def tolerance_of(draft: Draft, root: Node, value: Decimal) -> Decimal:
    """What may differ, by the test for equality that the points are given by."""
    for each in root.below("equal"):
        written = each.attrs.get("tolerance", "").split()
        if not written:
            continue
        try:
            widths = [round(abs(decimal(width)), DECIMALS) for width in written]
        except RefusedError:
            draft.leave(Trouble.SCORING)
            continue
        if each.attrs.get("toleranceMode") == "relative":
            widths = [plain_number(round(abs(value) * width / 100, DECIMALS)) for width in widths]
        if len(set(widths)) > 1:
            draft.leave(Trouble.SCORING)
        return plain_number(max(widths))
    return Decimal(0)


def read_gaps(draft: Draft, question: Question, _node: Node) -> None:
    found: list[str] = []
    replaced: dict[int, list[Node | str]] = {}
    for each in question.body.below("inlineChoiceInteraction"):
        right = question.answer(each).right
        options = [option(draft, question, one, right[:1]) for one in each.below("inlineChoice")]
        words = [one.text for one in options if one.correct]
        if len(words) != 1:
            raise RefusedError(Trouble.NO_RIGHT)
        words += [one.text for one in options if not one.correct]
        for one in options:
            if one.feedback:
                draft.leave(Trouble.OPTION_FEEDBACK, one.feedback)
        replaced[id(each)] = [f"\ue002{len(found)}\ue003"]
        found.append(gap(list(dict.fromkeys(words))))
    html = html_of(copy(question.body, replaced).children)
    cloze.split(draft, html, HOLE, lambda match: found[int(match[1])])


def read_hottext(draft: Draft, question: Question, node: Node) -> None:
    answer = question.answer(node)
    texts = node.below("hottext")
    options = [option(draft, question, each, answer.right) for each in texts]
    kind = drafts.right_or_wrong(options, several=True, tagged=Kind.MARK_SENTENCES)
    around = copy(node, {id(each): [] for each in [*texts, *node.all("prompt")]})
    between = one_line(around.text())
    if re.search(r"\w", between):
        draft.leave(Trouble.TEXT_AROUND, between)
    draft.set(kind=kind, options=tuple(options))
    set_stem(draft, question, node)


def read_extended(draft: Draft, question: Question, node: Node) -> None:
    draft.set(kind=Kind.REFLECTION)
    set_stem(draft, question, node)


READERS: Final = {
    "choiceInteraction": read_choice,
    "orderInteraction": read_order,
    "matchInteraction": read_match,
    "textEntryInteraction": read_entry,
    "inlineChoiceInteraction": read_gaps,
    "hottextInteraction": read_hottext,
    "extendedTextInteraction": read_extended,
}
