"""A pinned question as a learner sees it: in their language, with what they answered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from wagtail.images import get_image_model

from learning.models import AttemptItem, QuestionVersion
from learning.models.questions import in_one_line
from learning.rules import grading
from learning.rules.grading import Kind, Response


@dataclass(frozen=True, slots=True)
class ShownOption:
    """An option with its words; `chosen` by this learner, `correct` by the key."""

    key: str
    text: str
    feedback: str
    chosen: bool
    correct: bool

    @property
    def is_hit(self) -> bool:
        """Rightly chosen or rightly left."""
        return self.chosen == self.correct


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row that gets a value: of a matching, an ordering, or a place in a text."""

    key: str
    text: str
    feedback: str
    choices: list[tuple[str, str]]
    chosen: str
    correct: str
    number: int = 1

    @property
    def is_hit(self) -> bool:
        return self.chosen == self.correct

    @property
    def chosen_text(self) -> str:
        return dict(self.choices).get(self.chosen, "")

    @property
    def correct_text(self) -> str:
        return dict(self.choices).get(self.correct, "")


@dataclass(frozen=True, slots=True)
class ShownQuestion:
    """A question with its words in one language. `language` may differ from the page's."""

    position: int
    kind: Kind
    language: str
    stem: str
    hint: str
    feedback: str
    image: Any
    image_alt: str
    options: list[ShownOption]
    rows: list[ShownRow]
    # Of a text with places to choose at: its pieces, texts and rows in turn.
    parts: list[str | ShownRow]
    written: str
    unit: str
    accepted: str
    example: str
    law: list[dict[str, Any]]
    points: Fraction
    is_answered: bool
    lesson_key: UUID | None
    prefix: str = ""

    @property
    def stem_in_one_line(self) -> str:
        """For lists of questions."""
        return in_one_line(self.stem)

    @property
    def takes_one(self) -> bool:
        return self.kind.takes_one

    @property
    def is_marked(self) -> bool:
        return self.kind.is_marked

    @property
    def is_right(self) -> bool:
        return self.points == 1

    @property
    def is_partly_right(self) -> bool:
        return 0 < self.points < 1

    @property
    def rows_in_right_order(self) -> list[ShownRow]:
        """For looking back: an ordering as it should have been."""
        if self.kind is not Kind.ORDERING:
            return self.rows
        return sorted(self.rows, key=lambda shown_row: int(shown_row.correct))

    @property
    def name(self) -> str:
        """How its field is called in a form."""
        return f"{self.prefix}answer"

    @property
    def instruction(self) -> str:
        """What to do, in words: a radio button and a tick box look much alike."""
        return instruction_for(self.kind)


def instruction_for(kind: Kind) -> str:
    return {
        Kind.SINGLE_CHOICE: _("Choose one answer."),
        Kind.MULTIPLE_RESPONSE: _("More than one answer can be right."),
        Kind.TRUE_FALSE: _("Is this true or false?"),
        Kind.MATCHING: _("Choose what belongs with each line."),
        Kind.ORDERING: _("Put the lines in order: 1 comes first."),
        Kind.FILL_IN: _("Fill in a word, or a few words."),
        Kind.NUMBER: _("Fill in a number."),
        Kind.CHOOSE_IN_TEXT: _("Choose in the text what belongs there."),
        Kind.MARK_SENTENCES: _("Mark the sentences that the question is about."),
        Kind.REFLECTION: _("This is for yourself. It is not marked, and nobody else reads it."),
    }[kind]


def shown(item: AttemptItem, language: str | None, *, prefix: str = "") -> ShownQuestion:
    """A question of an attempt, in a language, or in its own first one when it lacks that."""
    return shown_version(
        item.version,
        language,
        key_version=item.key_version,
        order=item.option_order,
        response=item.response,
        position=item.position,
        lesson_key=item.lesson_key,
        prefix=prefix,
    )


def shown_version(
    version: QuestionVersion,
    language: str | None,
    *,
    key_version: QuestionVersion | None = None,
    order: Sequence[str] = (),
    response: Response | None = None,
    position: int = 1,
    lesson_key: UUID | None = None,
    prefix: str = "",
) -> ShownQuestion:
    """The same for a version that need not be in an attempt: for previews and refreshers.

    `key_version` says what is right where that is another version than the one that was asked.
    `response` may be one that cannot be: it is shown as it was typed and earns nothing.
    """
    given: Response = response if response is not None else []
    words = Words(version, language, order)
    judge = key_version or version
    try:
        points = grading.points(judge.marking_key, given, all_or_nothing=judge.all_or_nothing)
    except grading.InvalidResponse:
        points = Fraction(0)
    rows = rows_of(version, judge, words, given)
    written = given[0] if version.kind.is_written and isinstance(given, list) and given else ""
    return ShownQuestion(
        position=position,
        kind=version.kind,
        language=words.code,
        stem=words.own["stem"],
        hint=words.own["hint"],
        feedback=words.own["feedback"],
        image=image_of(version),
        image_alt=words.own.get("image_alt", ""),
        options=options_of(judge, words, given),
        rows=rows,
        parts=parts_of(words, rows),
        written=written,
        unit=words.own.get("unit", ""),
        accepted=accepted_of(judge, words),
        example=words.own.get("example", ""),
        law=words.own["law"],
        points=points,
        is_answered=bool(given),
        lesson_key=lesson_key,
        prefix=prefix,
    )


class Words:
    """The words of a version in one language, those of its source where they are missing."""

    def __init__(
        self, version: QuestionVersion, language: str | None, order: Sequence[str]
    ) -> None:
        texts = version.body["texts"]
        self.code = language if language and language in texts else str(version.body["source"])
        self.own: dict[str, Any] = texts[self.code]
        self.source: dict[str, Any] = texts[version.body["source"]]
        self.places = {key: place for place, key in enumerate(order)}

    def of(self, group: str, key: str) -> Any:
        """A translation made before an option was added lacks it: then the source's words."""
        found = self.own.get(group, {}).get(key)
        return self.source[group][key] if found is None else found

    def in_order(self, keys: Sequence[str]) -> list[str]:
        """As they are shown to this learner."""
        return sorted(keys, key=lambda key: self.places.get(key, 0))

    def choices(self, group: str, keys: Sequence[str]) -> list[tuple[str, str]]:
        return [(key, str(self.of(group, key))) for key in self.in_order(keys)]


def options_of(version: QuestionVersion, words: Words, given: Response) -> list[ShownOption]:
    options = version.body.get("options", [])
    correct = {option["key"]: option["correct"] for option in options}
    shown_options = []
    for key in words.in_order(list(correct)):
        text = words.of("options", key)
        shown_options.append(
            ShownOption(key, text["text"], text["feedback"], key in given, correct[key])
        )
    return shown_options


def rows_of(
    version: QuestionVersion, judge: QuestionVersion, words: Words, given: Response
) -> list[ShownRow]:
    body = version.body
    best = judge.marking_key.best
    right: Mapping[str, str] = best if isinstance(best, dict) else {}
    values: Mapping[str, str] = given if isinstance(given, dict) else {}
    match version.kind:
        case Kind.MATCHING:
            choices = words.choices("targets", body["targets"])
            return [row(words, key, choices, values, right[key]) for key in right]
        case Kind.ORDERING:
            places = [(str(place), str(place)) for place in range(1, len(right) + 1)]
            keys = words.in_order(body["items"])
            return [row(words, key, places, values, right[key]) for key in keys]
        case Kind.CHOOSE_IN_TEXT:
            return [
                ShownRow(
                    key=gap["key"],
                    text="",
                    feedback="",
                    choices=words.choices("choices", gap["choices"]),
                    chosen=values.get(gap["key"], ""),
                    correct=right[gap["key"]],
                    number=number,
                )
                for number, gap in enumerate(body["gaps"], start=1)
            ]
        case _:
            return []


def row(
    words: Words,
    key: str,
    choices: list[tuple[str, str]],
    values: Mapping[str, str],
    correct: str,
) -> ShownRow:
    text = words.of("options", key)
    return ShownRow(key, text["text"], text["feedback"], choices, values.get(key, ""), correct)


def parts_of(words: Words, rows: list[ShownRow]) -> list[str | ShownRow]:
    """The text with its places. A translation with other places than its source shows that."""
    by_key = {shown_row.key: shown_row for shown_row in rows}
    parts = words.own.get("parts", [])
    if {part["gap"] for part in parts if "gap" in part} != set(by_key):
        parts = words.source.get("parts", [])
    return [by_key[part["gap"]] if "gap" in part else str(part["text"]) for part in parts]


def accepted_of(version: QuestionVersion, words: Words) -> str:
    """The right answer in words, of what is filled in."""
    if version.kind is Kind.FILL_IN:
        texts = version.body["texts"]
        return str(texts.get(words.code, texts[version.body["source"]])["accepted"][0])
    return "".join(version.marking_key.best) if version.kind is Kind.NUMBER else ""


def image_of(version: QuestionVersion) -> Any:
    """The image of a question, or None. It asks the database only where there is one."""
    if version.image_id is None:
        return None
    return get_image_model().objects.filter(pk=version.image_id).first()
