"""GIFT for Moodle. It has no place for hints, notes, pictures and more than one gap: see
`formats.reduced`, which says so before anything is written."""

import re
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Final

from learning.rules.grading import Kind
from learning.rules.interchange import drafts
from learning.rules.interchange.gift_read import OWN_TEXT
from learning.rules.interchange.items import GAP, Item, gaps_of
from learning.rules.interchange.markup import escape
from learning.rules.interchange.moodle_write import percent, starless

SPECIAL: Final = re.compile(r"([~=#{}:\\])")


def write(items: Sequence[Item]) -> bytes:
    return ("\n\n".join(question(item) for item in items) + "\n").encode()


def safe(text: str) -> str:
    """Text in which nothing means anything to GIFT. An arrow is only an arrow in a pair."""
    return SPECIAL.sub(r"\\\1", text).replace("\n", "\\n")


def words(text: str) -> str:
    """One line of words as HTML: the question is HTML, and so are its answers.

    What would begin a format, a share or a comment is written as a character reference.
    """
    html = escape(text)
    return safe(f"&#{ord(html[0])};{html[1:]}" if html.startswith(("[", "%", "//")) else html)


def question(item: Item) -> str:
    title = f"::{safe(item.title)}::" if item.title else ""
    general = f"####{safe(item.feedback)}" if item.feedback else ""
    answers = "{" + WRITERS[item.kind](item) + general + "}"
    if item.kind == Kind.CHOOSE_IN_TEXT:
        before, after = GAP.split(escape(item.text), maxsplit=1)[0::2]
        body = f"{safe(item.stem + OWN_TEXT + before)}{answers}{safe(after)}</p>"
    else:
        body = f"{safe(item.stem)} {answers}"
    return "\n".join([*comments(item), f"{title}[html]{body}"])


def comments(item: Item) -> list[str]:
    """An id number and tags stand in a comment, as Moodle reads them."""
    names = [("id", item.identifier)] if item.identifier else []
    names += [("tag", topic) for topic in item.topics]
    if item.kind in (Kind.MARK_SENTENCES, Kind.CHOOSE_IN_TEXT):
        names.append(("tag", f"{drafts.KIND_TAG}{item.kind}"))
    if item.difficulty != 2:
        names.append(("tag", f"{drafts.DIFFICULTY_TAG}{item.difficulty}"))
    if item.typo_allowed:
        names.append(("tag", drafts.TYPO_TAG))
    if item.all_or_nothing:
        names.append(("tag", drafts.WHOLE_TAG))
    if item.unit:
        names.append(("tag", f"{drafts.UNIT_TAG}{item.unit}"))
    names += [("tag", f"{drafts.LAW_TAG}{law}") for law in item.law]
    written = " ".join(f"[{kind}:{tag(value)}]" for kind, value in names)
    return [f"// {written}"] if written else []


def tag(value: str) -> str:
    return re.sub(r"([\]\\])", r"\\\1", value)


def behind(feedback: str) -> str:
    return f"#{words(feedback)}" if feedback else ""


def choice(item: Item) -> str:
    if item.kind == Kind.SINGLE_CHOICE:
        return lined(
            f"{'=' if option.correct else '~'}{words(option.text)}{behind(option.feedback)}"
            for option in item.options
        )
    right = sum(option.correct for option in item.options)
    wrong = len(item.options) - right
    return lined(
        f"~%{percent(Fraction(1, right) if option.correct else Fraction(-1, wrong))}%"
        f"{words(option.text)}{behind(option.feedback)}"
        for option in item.options
    )


def lined(answers: Iterable[str]) -> str:
    return "\n" + "\n".join(answers) + "\n"


def gap(item: Item) -> str:
    right, *wrong = gaps_of(item.text)[0]
    return f"={words(right)}" + "".join(f" ~{words(each)}" for each in wrong)


def true_false(item: Item) -> str:
    is_true = item.options[0].correct
    right, wrong = item.options if is_true else reversed(item.options)
    feedback = behind(wrong.feedback) + behind(right.feedback)
    if right.feedback and not wrong.feedback:
        feedback = f"#{feedback}"
    return ("TRUE" if is_true else "FALSE") + feedback


def matching(item: Item) -> str:
    rows = [f"={words(pair.left)} -> {safe(pair.right)}" for pair in item.pairs]
    return lined([*rows, *(f"= -> {safe(decoy)}" for decoy in item.decoys)])


def ordering(item: Item) -> str:
    head = f">{len(item.lines)} ALL VERTICAL LONGEST_ORDERED_SUBSET SHOW none\n"
    return head + "\n".join(words(each) for each in item.lines) + "\n"


def fill_in(item: Item) -> str:
    return lined(f"={words(starless(each))}" for each in item.lines)


def number(item: Item) -> str:
    return f"#{item.value:f}:{item.tolerance:f}"


def reflection(_item: Item) -> str:
    return ""


WRITERS: Final = {
    Kind.SINGLE_CHOICE: choice,
    Kind.MULTIPLE_RESPONSE: choice,
    Kind.TRUE_FALSE: true_false,
    Kind.MATCHING: matching,
    Kind.ORDERING: ordering,
    Kind.FILL_IN: fill_in,
    Kind.NUMBER: number,
    Kind.CHOOSE_IN_TEXT: gap,
    Kind.MARK_SENTENCES: choice,
    Kind.REFLECTION: reflection,
}
