"""A question between two programmes: what it says, whatever file it came from or goes to."""

import re
import unicodedata
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Final

from learning.rules.grading import Kind

LONGEST_FILE: Final = 20 * 1024 * 1024
MOST_QUESTIONS: Final = 500
LONGEST_TEXT: Final = 20_000
LONGEST_TITLE: Final = 100
MOST_PARTS: Final = 200
# What no XML may hold, and what ends a line in one programme and not in another.
UNFIT: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
BLANKS: Final = re.compile(r"[ \t\r\n\u2028\u2029]+")
GAP: Final = re.compile(r"\[([^\[\]]*)\]")
NUMBER: Final = re.compile(
    r"[+-]?([0-9]{1,12}(\.[0-9]{0,12})?|\.[0-9]{1,12})([eE][+-]?[0-9]{1,2})?"
)
MOST_DIGITS: Final = 12
DECIMALS: Final = 4


class Trouble(StrEnum):
    """What a file or a question has that cannot be taken over, or not wholly."""

    # The whole file
    EMPTY = "empty"
    TOO_LARGE = "too_large"
    TOO_MANY = "too_many"
    UNKNOWN_FORMAT = "unknown_format"
    OLD_QTI = "old_qti"
    BACKUP = "backup"
    NO_TEXT = "no_text"
    DAMAGED_XML = "damaged_xml"
    DOCTYPE = "doctype"
    TOO_DEEP = "too_deep"
    DAMAGED_ZIP = "damaged_zip"
    PROTECTED = "protected"
    UNFOLDS = "unfolds"
    TOO_MANY_FILES = "too_many_files"
    UNSAFE_NAME = "unsafe_name"
    LINK = "link"
    NO_MANIFEST = "no_manifest"
    NO_QUESTIONS = "no_questions"
    DAMAGED_TABLE = "damaged_table"
    NO_COLUMNS = "no_columns"
    # A question that cannot be taken over
    UNKNOWN_KIND = "unknown_kind"
    NO_QUESTION = "no_question"
    DESCRIPTION = "description"
    NO_STEM = "no_stem"
    NO_RIGHT = "no_right"
    FEW_OPTIONS = "few_options"
    ALL_RIGHT = "all_right"
    NOT_A_NUMBER = "not_a_number"
    SEVERAL_PARTS = "several_parts"
    BROKEN = "broken"
    TEXT_TOO_LONG = "text_too_long"
    TOO_MANY_PARTS = "too_many_parts"
    MISSING_FILE = "missing_file"
    BRACKETS = "brackets"
    # What is left out of a question that can
    PARTIAL = "partial"
    WRONG_VARIANTS = "wrong_variants"
    WILDCARD = "wildcard"
    CASE = "case"
    OUTCOME_FEEDBACK = "outcome_feedback"
    OPTION_FEEDBACK = "option_feedback"
    MORE_HINTS = "more_hints"
    PENALTY = "penalty"
    WEIGHT = "weight"
    MARKUP = "markup"
    PICTURE = "picture"
    PICTURE_TYPE = "picture_type"
    PICTURES = "pictures"
    SCORING = "scoring"
    TEXT_AROUND = "text_around"
    TEST = "test"
    MORE_NUMBERS = "more_numbers"
    UNIT = "unit"
    SETTINGS = "settings"
    COLUMNS = "columns"
    # What a format cannot hold when we write it
    KIND_LOST = "kind_lost"
    HINT_LOST = "hint_lost"
    NOTE_LOST = "note_lost"
    EXAMPLE_LOST = "example_lost"
    PICTURE_LOST = "picture_lost"
    PAIR_FEEDBACK_LOST = "pair_feedback_lost"
    MARKUP_LOST = "markup_lost"


class UnreadableError(Exception):
    """A file that cannot be read. `details` are words to show; the message holds none of them."""

    def __init__(self, trouble: Trouble, *details: str) -> None:
        super().__init__(trouble.value)
        self.trouble = trouble
        self.details = details


class RefusedError(Exception):
    """A question that cannot be taken over, in a file that can."""

    def __init__(self, trouble: Trouble, *details: str) -> None:
        super().__init__(trouble.value)
        self.trouble = trouble
        self.details = details


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is left out or stands in the way; `details` are words to show."""

    trouble: Trouble
    details: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Option:
    """An answer to choose, or a sentence to mark. For true or false the text is that word."""

    text: str
    correct: bool = False
    feedback: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    left: str
    right: str
    feedback: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture with the words that say what is on it."""

    name: str
    content: bytes = field(repr=False)
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """A question. Of the fields in the middle only those of its kind are filled.

    `stem` and `feedback` are HTML as learning.rules.interchange.markup makes it; `text` and
    `note` may have several lines; all else is one line of plain text.
    """

    kind: Kind
    stem: str
    options: tuple[Option, ...] = ()
    pairs: tuple[Pair, ...] = ()
    decoys: tuple[str, ...] = ()
    # The steps in their order, or the answers that are accepted.
    lines: tuple[str, ...] = ()
    typo_allowed: bool = False
    all_or_nothing: bool = False
    value: Decimal = Decimal(0)
    tolerance: Decimal = Decimal(0)
    unit: str = ""
    # The sentence with [right|wrong] gaps, or the example of a reflection.
    text: str = ""
    hint: str = ""
    feedback: str = ""
    topics: tuple[str, ...] = ()
    difficulty: int = 2
    note: str = ""
    law: tuple[str, ...] = ()
    picture: Picture | None = None
    identifier: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """A question in a file: what it becomes, or why not, and what is left out of it."""

    label: str
    item: Item | None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """All of a file; `problems` are of the file as a whole."""

    found: list[Found]
    problems: tuple[Problem, ...] = ()


def fit(text: str) -> str:
    """Text without what cannot be written, with one kind of line end."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", UNFIT.sub("", text))


def one_line(text: str) -> str:
    return BLANKS.sub(" ", fit(text)).strip(" ")


def lines_of(text: str) -> str:
    """Text of several lines, without what cannot be seen at the ends of them."""
    return "\n".join(BLANKS.sub(" ", line).strip(" ") for line in fit(text).split("\n")).strip("\n")


def decimal(text: str) -> Decimal:
    """A number, with a point or a comma. Raises RefusedError."""
    written = text.strip().replace("\u2212", "-").replace(",", ".")
    if NUMBER.fullmatch(written):
        found = Decimal(written)
        if abs(found) < 10**MOST_DIGITS and round(found, 12) == found:
            return plain_number(found)
    raise RefusedError(Trouble.NOT_A_NUMBER, one_line(text)[:40])


def number(text: str) -> Decimal:
    """A number that a question of ours can ask for. Raises RefusedError."""
    found = decimal(text)
    if round(found, DECIMALS) != found:
        raise RefusedError(Trouble.NOT_A_NUMBER, one_line(text)[:40])
    return found


def plain_number(value: Decimal) -> Decimal:
    """The same number, without a point that says nothing: 45 for 45.0, 100 for 1E+2."""
    return Decimal(f"{value.normalize():f}") if value else Decimal(0)


def gaps_of(text: str) -> list[list[str]]:
    """The choices of each [gap|in|a text]; the first of each is right."""
    return [[one_line(each) for each in gap.split("|")] for gap in GAP.findall(text)]


def gap(choices: list[str]) -> str:
    """The gap with these choices. Raises RefusedError for words that would end it."""
    if len(choices) < 2 or any(set(each) & set("[]|") or not each for each in choices):
        raise RefusedError(Trouble.BRACKETS)
    return f"[{'|'.join(choices)}]"


def outside(text: str) -> str:
    """Text around gaps, in which a bracket would begin one."""
    return text.replace("[", "(").replace("]", ")")
