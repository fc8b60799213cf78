"""From the body of a pinned question (`learning.versions`) to the key that marks it."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, Final

from learning.rules.grading import ChoiceKey, Key, Kind
from learning.rules.keys import NumberKey, OrderKey, PairsKey, ReflectionKey, TextKey


def key_from(body: Mapping[str, Any]) -> Key:
    """The key of a pinned question."""
    kind = Kind(body["kind"])
    return choice_key(kind, body) if kind.has_options else KEYS[kind](body)


def choice_key(kind: Kind, body: Mapping[str, Any]) -> Key:
    options = body["options"]
    return ChoiceKey(
        kind,
        frozenset(option["key"] for option in options),
        frozenset(option["key"] for option in options if option["correct"]),
    )


def matching_key(body: Mapping[str, Any]) -> Key:
    right = {pair["key"]: pair["target"] for pair in body["pairs"]}
    return PairsKey(right, dict.fromkeys(right, frozenset(body["targets"])))


def gaps_key(body: Mapping[str, Any]) -> Key:
    return PairsKey(
        {gap["key"]: gap["choices"][0] for gap in body["gaps"]},
        {gap["key"]: frozenset(gap["choices"]) for gap in body["gaps"]},
    )


def text_key(body: Mapping[str, Any]) -> Key:
    """Who answers in another language than they read in is right as well."""
    source = body["texts"][body["source"]]["accepted"]
    others = [text for words in body["texts"].values() for text in words.get("accepted", [])]
    return TextKey(tuple(dict.fromkeys([*source, *others])), bool(body["typo_allowed"]))


KEYS: Final[Mapping[Kind, Callable[[Mapping[str, Any]], Key]]] = {
    Kind.MATCHING: matching_key,
    Kind.ORDERING: lambda body: OrderKey(tuple(body["items"])),
    Kind.FILL_IN: text_key,
    Kind.NUMBER: lambda body: NumberKey(Decimal(body["value"]), Decimal(body["tolerance"])),
    Kind.CHOOSE_IN_TEXT: gaps_key,
    Kind.REFLECTION: lambda _body: ReflectionKey(),
}
