"""Between a question in the bank and one in a file (learning.rules.interchange.items)."""

import sys
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.models import Locale

from learning.models import Question
from learning.rules.grading import Kind
from learning.rules.interchange import markup
from learning.rules.interchange.items import (
    Item,
    Option,
    Pair,
    Picture,
    lines_of,
    one_line,
    plain_number,
)
from learning.versions import clean_html

# What is new here gets an identity that the same file gives again.
NAMESPACE: Final = uuid.UUID("5a0d4f1c-3d9c-4a43-9a7f-6f4b1f0e7c21")


# From the bank to a file


def items_of(questions: Iterable[Question]) -> list[Item]:
    """Questions as they are now, drafts included; `questions_for_export` has what this needs."""
    return [item_of(question) for question in questions]


def item_of(question: Question) -> Item:
    block = question.answers[0]
    with translation.override(question.locale.language_code):
        law = tuple(one_line(str(article.label)) for article in question.law_articles.all())
    return Item(
        kind=Kind(block.block_type),
        stem=cleaned(question.stem),
        hint=one_line(question.hint),
        feedback=cleaned(question.feedback, lists=False),
        topics=tuple(one_line(topic.name) for topic in question.topics.all()),
        difficulty=question.difficulty,
        all_or_nothing=question.all_or_nothing,
        note=lines_of(question.editors_note),
        law=law,
        identifier=str(question.translation_key),
        picture=picture_of(question),
        **VALUES[Kind(block.block_type)](block.value),
    )


def cleaned(html: str, *, lists: bool = True) -> str:
    """Rich text in its one spelling, however long: what is long was measured when it came."""
    return markup.tidy(clean_html(html), lists=lists, most=sys.maxsize).html


def picture_of(question: Question) -> Picture | None:
    image = question.image
    if image is None:
        return None
    try:
        with image.open_file() as file:
            content = file.read()
    except OSError:
        return None
    name = image.file.name.rpartition("/")[2]
    return Picture(name, content, one_line(question.image_alt))


def options_in(values: Iterable[Any]) -> tuple[Option, ...]:
    return tuple(
        Option(
            one_line(value["text"]),
            correct=bool(value["correct"]),
            feedback=one_line(value["feedback"]),
        )
        for value in values
    )


def truth_in(value: Any) -> dict[str, Any]:
    return {
        "options": tuple(
            Option(
                word,
                correct=value["answer"] == word,
                feedback=one_line(value[f"feedback_{word}"]),
            )
            for word in ("true", "false")
        )
    }


def pairs_in(value: Any) -> dict[str, Any]:
    pairs = tuple(
        Pair(one_line(pair["left"]), one_line(pair["right"]), one_line(pair["feedback"]))
        for pair in value["pairs"]
    )
    return {"pairs": pairs, "decoys": tuple(map(one_line, value["decoys"]))}


def number_in(value: Any) -> dict[str, Any]:
    return {
        "value": plain_number(Decimal(value["value"])),
        "tolerance": plain_number(Decimal(value["tolerance"] or 0)),
        "unit": one_line(value["unit"]),
    }


VALUES: Final[dict[Kind, Any]] = {
    Kind.SINGLE_CHOICE: lambda value: {"options": options_in(value["options"])},
    Kind.MULTIPLE_RESPONSE: lambda value: {"options": options_in(value["options"])},
    Kind.MARK_SENTENCES: lambda value: {"options": options_in(value["sentences"])},
    Kind.TRUE_FALSE: truth_in,
    Kind.MATCHING: pairs_in,
    Kind.ORDERING: lambda value: {
        "lines": tuple(one_line(each["text"]) for each in value["items"])
    },
    Kind.FILL_IN: lambda value: {
        "lines": tuple(map(one_line, value["accepted"])),
        "typo_allowed": bool(value["typo_allowed"]),
    },
    Kind.NUMBER: number_in,
    Kind.CHOOSE_IN_TEXT: lambda value: {"text": lines_of(value["text"])},
    Kind.REFLECTION: lambda value: {"text": lines_of(value["example"])},
}


# From a file to the bank


def safe(item: Item) -> Item:
    """With nothing in its HTML that an editor could not make; our own whitelist has the last word.

    An empty question above a text with gaps gets the words that such a question has.
    """
    stem = cleaned(item.stem)
    if not stem and item.kind == Kind.CHOOSE_IN_TEXT:
        stem = f"<p>{_('Choose what belongs in the text.')}</p>"
    feedback = cleaned(item.feedback, lists=False)
    return replace(item, stem=stem, feedback=feedback)


def key_of(item: Item) -> uuid.UUID:
    """Whose identity it has: its own when it came from here, or else one made of what it says."""
    try:
        return uuid.UUID(item.identifier)
    except ValueError:
        pass
    if item.identifier:
        return uuid.uuid5(NAMESPACE, f"identifier:{item.identifier}")
    picture = item.picture.content if item.picture else b""
    said = repr(replace(item, picture=None)).encode() + picture
    return uuid.uuid5(NAMESPACE, f"content:{said!r}")


def listed(values: Iterable[Any]) -> list[dict[str, Any]]:
    return [{"type": "item", "id": str(uuid.uuid4()), "value": value} for value in values]


def option_values(options: Iterable[Option]) -> list[dict[str, Any]]:
    return listed(
        {"text": option.text, "correct": option.correct, "feedback": option.feedback}
        for option in options
    )


def value_of(item: Item) -> dict[str, Any]:  # noqa: PLR0911  one for each kind
    """The answers as their block stores them."""
    if item.kind == Kind.TRUE_FALSE:
        is_true, is_false = item.options
        return {
            "answer": "true" if is_true.correct else "false",
            "feedback_true": is_true.feedback,
            "feedback_false": is_false.feedback,
        }
    if item.kind == Kind.MARK_SENTENCES:
        return {"sentences": option_values(item.options)}
    if item.kind == Kind.MATCHING:
        pairs = listed(
            {"left": pair.left, "right": pair.right, "feedback": pair.feedback}
            for pair in item.pairs
        )
        return {"pairs": pairs, "decoys": listed(item.decoys)}
    if item.kind == Kind.ORDERING:
        return {"items": listed({"text": line} for line in item.lines)}
    if item.kind == Kind.FILL_IN:
        return {"accepted": listed(item.lines), "typo_allowed": item.typo_allowed}
    if item.kind == Kind.NUMBER:
        return {"value": str(item.value), "tolerance": str(item.tolerance), "unit": item.unit}
    if item.kind == Kind.CHOOSE_IN_TEXT:
        return {"text": item.text}
    if item.kind == Kind.REFLECTION:
        return {"example": item.text}
    return {"options": option_values(item.options)}


def noted(item: Item, locale: Locale) -> Item:
    """With its title in the note: our questions have no title of their own."""
    if not item.title:
        return item
    with translation.override(locale.language_code):
        line = _("Title in the file: %(title)s") % {"title": item.title}
    note = item.note if line in item.note else f"{item.note}\n{line}".strip("\n")
    return replace(item, note=note, title="")


def question_from(item: Item, locale: Locale) -> Question:
    """A question that is not stored yet, without its image, topics and articles."""
    note = noted(item, locale).note
    question = Question(
        locale=locale,
        live=False,
        stem=item.stem,
        hint=item.hint,
        feedback=item.feedback,
        difficulty=item.difficulty,
        all_or_nothing=item.all_or_nothing,
        editors_note=note,
    )
    written = {"type": str(item.kind), "id": str(uuid.uuid4()), "value": value_of(item)}
    question.answers = question.answers.stream_block.to_python([written])
    return question


def faults(question: Question) -> list[str]:
    """What our own rules have against it, in words: too many answers, two that are the same."""
    found: list[str] = []
    for check in (
        # What comes later, and what asks the database for each question anew.
        lambda: question.clean_fields(exclude=["locale", "answers", "image", "kind"]),
        lambda: question.answers.stream_block.clean(question.answers),
        question.clean,
    ):
        try:
            check()
        except ValidationError as error:
            found += messages_of(error)
    return list(dict.fromkeys(found))


def messages_of(error: Any) -> list[str]:
    """All words in an error, however deep: blocks nest theirs within each other."""
    if isinstance(error, str):
        return [error]
    if isinstance(error, dict):
        return [each for value in error.values() for each in messages_of(value)]
    if isinstance(error, Sequence):
        return [each for value in error for each in messages_of(value)]
    nested = [
        *messages_of(getattr(error, "block_errors", None) or []),
        *messages_of(list(getattr(error, "non_block_errors", None) or [])),
    ]
    if nested or not isinstance(error, ValidationError):
        return nested
    return [str(each) for each in error.messages]


def same(ours: Item, theirs: Item) -> bool:
    """Whether they say the same, but for what only one side can know."""
    return comparable(ours) == comparable(theirs)


def comparable(item: Item) -> tuple[Any, ...]:
    picture = (item.picture.content, item.picture.alt) if item.picture else None
    bare = replace(
        item,
        picture=None,
        identifier="",
        title="",
        topics=tuple(sorted(item.topics, key=str.casefold)),
        law=tuple(sorted(item.law)),
    )
    return bare, picture
