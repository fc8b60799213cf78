"""What a question of a file becomes, for who looks before deciding."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from learning.models.questions import KIND_LABELS
from learning.rules.grading import Kind
from learning.rules.interchange.items import Item


@dataclass(frozen=True, slots=True)
class ShownAnswer:
    text: str
    is_right: bool
    feedback: str = ""


@dataclass(frozen=True, slots=True)
class ShownItem:
    kind: str
    stem: str
    answers: list[ShownAnswer]
    details: list[tuple[str, str]]
    feedback: str


def shown_item(item: Item) -> ShownItem:
    return ShownItem(
        str(KIND_LABELS[item.kind]),
        item.stem,
        list(answers_of(item)),
        [(label, text) for label, text in details_of(item) if text],
        item.feedback,
    )


def answers_of(item: Item) -> Iterator[ShownAnswer]:
    words = {"true": _("True"), "false": _("False")} if item.kind is Kind.TRUE_FALSE else {}
    for option in item.options:
        yield ShownAnswer(words.get(option.text, option.text), option.correct, option.feedback)
    for pair in item.pairs:
        yield ShownAnswer(f"{pair.left} → {pair.right}", is_right=True, feedback=pair.feedback)
    for decoy in item.decoys:
        yield ShownAnswer(decoy, is_right=False)
    for number, line in enumerate(item.lines, start=1):
        text = f"{number}. {line}" if item.kind is Kind.ORDERING else line
        yield ShownAnswer(text, is_right=True)
    if item.kind is Kind.NUMBER:
        about = f" ± {item.tolerance:f}" if item.tolerance else ""
        text = f"{item.value:f}{about} {item.unit}".strip().replace(".", ",")
        yield ShownAnswer(text, is_right=True)


def details_of(item: Item) -> Iterator[tuple[str, str]]:
    """What stands beside the answers."""
    yield _("Text"), item.text if item.kind is Kind.CHOOSE_IN_TEXT else ""
    yield _("Example"), item.text if item.kind is Kind.REFLECTION else ""
    yield _("Hint"), item.hint
    yield _("Image"), (item.picture.alt or item.picture.name) if item.picture else ""
    yield _("Topics"), ", ".join(item.topics)
    yield _("Rests on"), "; ".join(item.law)
    yield _("Note among editors"), "\n".join(text for text in (item.note, item.title) if text)
