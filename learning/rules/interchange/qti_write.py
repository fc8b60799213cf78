"""QTI packages of 2.1, 2.2 and 3.0: a manifest, a file for each question, and its picture."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Final

from learning.rules.grading import Kind
from learning.rules.interchange.drafts import WHOLE_TAG
from learning.rules.interchange.items import GAP, Item, Option, gaps_of
from learning.rules.interchange.markup import short_title
from learning.rules.interchange.packages import file_name, pack
from learning.rules.interchange.qti_names import METADATA, OURS, VERSIONS, Version, as_3
from learning.rules.interchange.xml_tree import Node, document, nodes_of

FEEDBACK, GENERAL, RESPONSE = "FEEDBACK", "GENERAL", "RESPONSE"
NO_IDENTIFIER: Final = f"{OURS}-"
TRUTH: Final = {"true": "Waar", "false": "Onwaar"}
DIFFICULTIES: Final = {1: "easy", 2: "medium", 3: "difficult"}


def write(items: Sequence[Item], version: str) -> bytes:
    names = VERSIONS[version]
    files: dict[str, bytes] = {"imsmanifest.xml": b""}
    resources = []
    for number, item in enumerate(items, start=1):
        name = f"item-{number:03}.xml"
        picture = file_name(item.picture, f"images/item-{number:03}") if item.picture else ""
        node = assessment_item(item, number, picture)
        if names.is_3:
            node = as_3(node)
        node.attrs = {"xmlns": names.item, **node.attrs}
        files[name] = document(node)
        if item.picture is not None:
            files[picture] = item.picture.content
        resources.append(resource(item, number, [name, picture], names))
    files["imsmanifest.xml"] = document(manifest(resources, names))
    return pack(files)


def words(tag: str, text: str, **attrs: str) -> Node:
    return Node(tag, attrs, text) if text else Node(tag, attrs)


# The manifest


def manifest(resources: Sequence[Node], names: Version) -> Node:
    about = Node(
        "metadata", {}, words("schema", names.schema), words("schemaversion", names.schema_version)
    )
    attrs = {"xmlns": names.content, "xmlns:lom": METADATA, "identifier": f"{OURS}-manifest"}
    return Node("manifest", attrs, about, Node("organizations"), Node("resources", {}, *resources))


def resource(item: Item, number: int, files: Sequence[str], names: Version) -> Node:
    lom = Node("lom:lom")
    words_for_it = [*item.topics, *([WHOLE_TAG] if item.all_or_nothing else [])]
    if words_for_it:
        keywords = (Node("lom:keyword", {}, lom_text(each)) for each in words_for_it)
        lom.children.append(Node("lom:general", {}, *keywords))
    level = Node(
        "lom:difficulty",
        {},
        words("lom:source", "LOMv1.0"),
        words("lom:value", DIFFICULTIES[item.difficulty]),
    )
    lom.children.append(Node("lom:educational", {}, level))
    for law in item.law:
        kind = Node("lom:kind", {}, words("lom:source", "LOMv1.0"), words("lom:value", "isbasedon"))
        described = Node("lom:resource", {}, Node("lom:description", {}, lom_text(law)))
        lom.children.append(Node("lom:relation", {}, kind, described))
    return Node(
        "resource",
        {"identifier": f"res-{number:03}", "type": names.resource, "href": files[0]},
        Node("metadata", {}, lom),
        *(Node("file", {"href": name}) for name in files if name),
    )


def lom_text(text: str) -> Node:
    return words("lom:string", text, language="nl")


# A question


def assessment_item(item: Item, number: int, picture: str) -> Node:
    node = Node(
        "assessmentItem",
        {
            "identifier": item.identifier or f"{NO_IDENTIFIER}{number}",
            "title": item.title or short_title(item.stem) or item.kind,
            "adaptive": "false",
            "timeDependent": "false",
            "xml:lang": "nl",
            "toolName": OURS,
        },
    )
    declared, body, score = WRITERS[item.kind](item)
    node.children += [*declared, *outcomes(item)]
    node.children.append(Node("itemBody", {}, *asides(item), *stem(item, picture), *body))
    processing = [*score]
    if any(option.feedback for option in item.options):
        processing.append(outcome(FEEDBACK, Node("variable", {"identifier": RESPONSE})))
    if item.feedback:
        processing.append(outcome(GENERAL, words("baseValue", "general", baseType="identifier")))
    if processing:
        node.children.append(Node("responseProcessing", {}, *processing))
    if item.feedback:
        attrs = {"outcomeIdentifier": GENERAL, "identifier": "general", "showHide": "show"}
        node.children.append(Node("modalFeedback", attrs, *nodes_of(item.feedback)))
    return node


def outcomes(item: Item) -> Iterable[Node]:
    if item.kind.is_marked:
        value = Node("defaultValue", {}, words("value", "0"))
        yield declaration("outcome", "SCORE", "single", "float", value)
    if any(option.feedback for option in item.options) or any(pair.feedback for pair in item.pairs):
        several = item.kind in (Kind.MULTIPLE_RESPONSE, Kind.MARK_SENTENCES)
        yield declaration("outcome", FEEDBACK, "multiple" if several else "single", "identifier")
    if item.feedback:
        yield declaration("outcome", GENERAL, "single", "identifier")


def declaration(what: str, name: str, cardinality: str, base: str, *more: Node) -> Node:
    attrs = {"identifier": name, "cardinality": cardinality, "baseType": base}
    return Node(f"{what}Declaration", attrs, *more)


def response(cardinality: str, base: str, *more: Node, name: str = RESPONSE) -> Node:
    return declaration("response", name, cardinality, base, *more)


def correct(*values: str) -> Node:
    return Node("correctResponse", {}, *(words("value", value) for value in values))


def mapping(points: dict[str, Decimal], **attrs: str) -> Node:
    entries = (
        Node("mapEntry", {"mapKey": key, "mappedValue": f"{value:f}", **attrs})
        for key, value in points.items()
    )
    return Node("mapping", {"lowerBound": "0", "defaultValue": "0"}, *entries)


def part(parts: int) -> Decimal:
    return round(Decimal(1) / parts, 6)


def outcome(name: str, value: Node) -> Node:
    return Node("setOutcomeValue", {"identifier": name}, value)


def mapped(*names: str) -> list[Node]:
    """The points of the mapping, or of those of all gaps together."""
    parts = [Node("mapResponse", {"identifier": name}) for name in names]
    return [outcome("SCORE", parts[0] if len(parts) == 1 else Node("sum", {}, *parts))]


def all_or_nothing(test: Node) -> list[Node]:
    full = outcome("SCORE", words("baseValue", "1", baseType="float"))
    return [Node("responseCondition", {}, Node("responseIf", {}, test, full))]


def both(tag: str, **attrs: str) -> Node:
    given = Node("variable", {"identifier": RESPONSE})
    return Node(tag, attrs, given, Node("correct", {"identifier": RESPONSE}))


def asides(item: Item) -> Iterable[Node]:
    """What is for others than the candidate, or only for who asks."""
    for view, name, text in (("author", "note", item.note), ("tutor", "hint", item.hint)):
        if text:
            yield rubric(view, name, text)
    if item.kind == Kind.REFLECTION and item.text:
        yield rubric("scorer", "example", item.text)


def rubric(view: str, name: str, text: str) -> Node:
    return Node("rubricBlock", {"view": view, "class": f"rv-{name}"}, Node("p", {}, *lined(text)))


def lined(text: str) -> list[Node | str]:
    """Words with a line break for each line end."""
    found: list[Node | str] = []
    for number, line in enumerate(text.split("\n")):
        found += [Node("br")] if number else []
        found += [line] if line else []
    return found


def stem(item: Item, picture: str) -> Iterable[Node | str]:
    yield from nodes_of(item.stem)
    if item.picture is not None:
        yield Node("p", {}, Node("img", {"src": picture, "alt": item.picture.alt}))


Written = tuple[list[Node], list[Node], list[Node]]


def feedback(text: str, name: str) -> list[Node]:
    attrs = {"outcomeIdentifier": FEEDBACK, "identifier": name, "showHide": "show"}
    return [Node("feedbackInline", attrs, text)] if text else []


def choices(tag: str, options: Sequence[Option]) -> list[Node]:
    return [
        Node(tag, {"identifier": f"A{n}"}, option.text, *feedback(option.feedback, f"A{n}"))
        for n, option in enumerate(options, start=1)
    ]


def names_of(options: Sequence[Option], *, right: bool) -> list[str]:
    return [f"A{n}" for n, each in enumerate(options, start=1) if each.correct == right]


def balance(options: Sequence[Option]) -> Node:
    """Right minus wrong, never under zero: as learning.rules.grading marks."""
    right, wrong = names_of(options, right=True), names_of(options, right=False)
    points = dict.fromkeys(right, part(len(right))) | dict.fromkeys(wrong, -part(len(wrong)))
    return mapping(points)


def single(item: Item) -> Written:
    declared = response("single", "identifier", correct(*names_of(item.options, right=True)))
    attrs = {"responseIdentifier": RESPONSE, "shuffle": "true", "maxChoices": "1"}
    body = Node("choiceInteraction", attrs, *choices("simpleChoice", item.options))
    return [declared], [body], all_or_nothing(both("match"))


def multiple(item: Item) -> Written:
    right = correct(*names_of(item.options, right=True))
    declared = response("multiple", "identifier", right, balance(item.options))
    attrs = {"responseIdentifier": RESPONSE, "shuffle": "true", "maxChoices": "0"}
    body = Node("choiceInteraction", attrs, *choices("simpleChoice", item.options))
    return [declared], [body], mapped(RESPONSE)


def true_false(item: Item) -> Written:
    right = next(option.text for option in item.options if option.correct)
    attrs = {"class": "rv-true_false", "responseIdentifier": RESPONSE, "shuffle": "false"}
    body = Node(
        "choiceInteraction",
        {**attrs, "maxChoices": "1"},
        *(
            Node(
                "simpleChoice",
                {"identifier": option.text},
                TRUTH[option.text],
                *feedback(option.feedback, option.text),
            )
            for option in item.options
        ),
    )
    declared = response("single", "identifier", correct(right))
    return [declared], [body], all_or_nothing(both("match"))


def matching(item: Item) -> Written:
    pairs = [f"L{n} R{n}" for n in range(1, len(item.pairs) + 1)]
    points = mapping(dict.fromkeys(pairs, part(len(pairs))))
    declared = response("multiple", "directedPair", correct(*pairs), points)
    left = [
        Node(
            "simpleAssociableChoice",
            {"identifier": f"L{n}", "matchMax": "1"},
            pair.left,
            *feedback(pair.feedback, f"L{n}"),
        )
        for n, pair in enumerate(item.pairs, start=1)
    ]
    right = [
        Node("simpleAssociableChoice", {"identifier": f"R{n}", "matchMax": "1"}, text)
        for n, text in enumerate([*(pair.right for pair in item.pairs), *item.decoys], start=1)
    ]
    attrs = {"responseIdentifier": RESPONSE, "shuffle": "true", "maxAssociations": str(len(pairs))}
    sets = (Node("simpleMatchSet", {}, *each) for each in (left, right))
    return [declared], [Node("matchInteraction", attrs, *sets)], mapped(RESPONSE)


def ordering(item: Item) -> Written:
    names = [f"A{n}" for n in range(1, len(item.lines) + 1)]
    declared = response("ordered", "identifier", correct(*names))
    lines = choices("simpleChoice", [Option(line) for line in item.lines])
    attrs = {"responseIdentifier": RESPONSE, "shuffle": "true"}
    body = Node("orderInteraction", attrs, *lines)
    return [declared], [body], all_or_nothing(both("match"))


def entry(*more: "Node | str", **attrs: str) -> list[Node]:
    """A field to fill in, on a line of its own below the question."""
    field = Node("textEntryInteraction", {"responseIdentifier": RESPONSE, **attrs})
    return [Node("div", {"class": "rv-answer"}, Node("p", {}, field, *more))]


def fill_in(item: Item) -> Written:
    points = mapping(dict.fromkeys(item.lines, Decimal(1)), caseSensitive="false")
    declared = response("single", "string", correct(item.lines[0]), points)
    extra = {"class": "rv-typo"} if item.typo_allowed else {}
    return [declared], entry(**extra), mapped(RESPONSE)


def number(item: Item) -> Written:
    declared = response("single", "float", correct(f"{item.value:f}"))
    tolerance = f"{item.tolerance:f}"
    test = both("equal", toleranceMode="absolute", tolerance=f"{tolerance} {tolerance}")
    unit = (" ", Node("span", {"class": "rv-unit"}, item.unit)) if item.unit else ()
    return [declared], entry(*unit), all_or_nothing(test)


def gaps(item: Item) -> Written:
    found = gaps_of(item.text)
    names = [f"{RESPONSE}_{n}" for n in range(1, len(found) + 1)]
    declared = [
        response(
            "single",
            "identifier",
            correct("A1"),
            mapping({"A1": part(len(found))}),
            name=name,
        )
        for name in names
    ]
    inside: list[Node | str] = []
    around = GAP.split(item.text)[0::2]
    for n, text in enumerate(around):
        inside += lined(text)
        if n < len(found):
            attrs = {"responseIdentifier": names[n], "shuffle": "true"}
            options = [Option(each) for each in found[n]]
            inside.append(Node("inlineChoiceInteraction", attrs, *choices("inlineChoice", options)))
    return declared, [Node("p", {"class": "rv-text"}, *inside)], mapped(*names)


def sentences(item: Item) -> Written:
    right = correct(*names_of(item.options, right=True))
    declared = response("multiple", "identifier", right, balance(item.options))
    inside: list[Node | str] = []
    for node in choices("hottext", item.options):
        inside += [node, " "]
    attrs = {"responseIdentifier": RESPONSE, "maxChoices": "0"}
    body = Node("hottextInteraction", attrs, Node("p", {}, *inside))
    return [declared], [body], mapped(RESPONSE)


def reflection(_item: Item) -> Written:
    attrs = {"responseIdentifier": RESPONSE, "expectedLines": "5"}
    return [response("single", "string")], [Node("extendedTextInteraction", attrs)], []


WRITERS: Final = {
    Kind.SINGLE_CHOICE: single,
    Kind.MULTIPLE_RESPONSE: multiple,
    Kind.TRUE_FALSE: true_false,
    Kind.MATCHING: matching,
    Kind.ORDERING: ordering,
    Kind.FILL_IN: fill_in,
    Kind.NUMBER: number,
    Kind.CHOOSE_IN_TEXT: gaps,
    Kind.MARK_SENTENCES: sentences,
    Kind.REFLECTION: reflection,
}
