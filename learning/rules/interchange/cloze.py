"""Texts with gaps in them: told apart from the question above, and Moodle's {1:MC:=…~…}."""

import html as html_entities
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Final

from learning.rules.grading import Kind
from learning.rules.interchange import drafts
from learning.rules.interchange.drafts import BLANK, Draft
from learning.rules.interchange.items import (
    RefusedError,
    Trouble,
    gap,
    lines_of,
    number,
    one_line,
    outside,
)

OWN_TEXT: Final = re.compile(r'<p class="rv-text">(.*?)</p>', re.DOTALL)
BLOCK: Final = re.compile(r"<(p|ul|ol)>.*?</\1>", re.DOTALL)
# Signs that no text has stand for a gap while the text around it is made plain.
BEGIN, END = "\ue000", "\ue001"
HOLE: Final = re.compile(f"{BEGIN}(\\d+){END}")
PART: Final = re.compile(r"\{(\d*):([A-Z_]+):((?:\\.|[^}\\])*)\}", re.DOTALL)
CHOICE: Final = re.compile(r"(MULTICHOICE|MC)(_?[VHS]{1,2})?|MULTICHOICE_[A-Z]+")
WORDS: Final = ("SHORTANSWER", "SA", "MW", "SHORTANSWER_C", "SAC", "MWC")
NUMBERS: Final = ("NUMERICAL", "NM")
SHARE: Final = re.compile(r"%(-?\d{1,3}(?:\.\d{1,5})?)%")


def split(
    draft: Draft, html: str, pattern: re.Pattern[str], choices: Callable[[re.Match[str]], str]
) -> None:
    """Fill in stem and text. Raises RefusedError when there is no gap."""
    gaps: list[str] = []

    def hole(match: re.Match[str]) -> str:
        gaps.append(choices(match))
        return f"{BEGIN}{len(gaps) - 1}{END}"

    html = html.replace(BEGIN, "").replace(END, "")
    own = OWN_TEXT.search(html)
    if own is not None:
        stem, text = html[: own.start()] + html[own.end() :], own[1]
        text = draft.lines(pattern.sub(hole, text))
    else:
        stem, text = parted(draft.tidied(pattern.sub(hole, html)).html)
        text = draft.lines(text)
    if not gaps:
        raise RefusedError(Trouble.NO_RIGHT)
    if len(HOLE.findall(text)) != len(gaps):
        # One stood within what does not come along: a comment, a script, an address.
        raise RefusedError(Trouble.BROKEN)
    draft.fields.pop("picture", None)
    draft.problems = {
        each: None
        for each in draft.problems
        if each.trouble not in (Trouble.PICTURE, Trouble.PICTURES, Trouble.PICTURE_TYPE)
    }
    draft.stem(stem if own is not None else with_pictures(stem, html))
    text = HOLE.sub(lambda match: gaps[int(match[1])], outside(lines_of(text)))
    draft.set(kind=Kind.CHOOSE_IN_TEXT, text=text)


def parted(html: str) -> tuple[str, str]:
    """What stands above the first paragraph with a gap, and the rest."""
    at = next((match.start() for match in BLOCK.finditer(html) if BEGIN in match[0]), 0)
    return html[:at], html[at:]


def with_pictures(stem: str, html: str) -> str:
    """The stem with the pictures of the whole, wherever they stood."""
    return stem + "".join(re.findall(r"<img\b[^>]*>", html, re.IGNORECASE))


def read(draft: Draft, html: str) -> None:
    """Moodle's "embedded answers". Raises RefusedError for more than one gap to fill in."""
    parts = list(PART.finditer(html))
    kinds = [match[2] for match in parts]
    if kinds and all(CHOICE.fullmatch(kind) for kind in kinds):
        split(draft, html, PART, lambda match: choices_of(draft, match[3]))
        return
    if len(kinds) != 1:
        raise RefusedError(Trouble.SEVERAL_PARTS if kinds else Trouble.BROKEN)
    answers = answers_of(parts[0][3])
    draft.problems = dict.fromkeys(
        each for each in draft.problems if each.trouble is not Trouble.PICTURES
    )
    draft.fields.pop("picture", None)
    draft.stem(PART.sub(BLANK, html))
    if kinds[0] in WORDS:
        drafts.accepted(draft, answers, wildcards=True)
    elif kinds[0] in NUMBERS:
        read_number(draft, answers)
    else:
        raise RefusedError(Trouble.UNKNOWN_KIND, kinds[0][:40])


def read_number(draft: Draft, answers: list[tuple[str, Decimal, str]]) -> None:
    right = [text for text, share, _feedback in answers if share == 1]
    if not right:
        raise RefusedError(Trouble.NO_RIGHT)
    if len(answers) > 1:
        draft.leave(Trouble.MORE_NUMBERS)
    value, _colon, tolerance = right[0].partition(":")
    draft.set(kind=Kind.NUMBER, value=number(value), tolerance=abs(number(tolerance or "0")))


def choices_of(draft: Draft, written: str) -> str:
    answers = answers_of(written)
    for _text, _share, feedback in answers:
        if feedback:
            draft.leave(Trouble.OPTION_FEEDBACK, feedback)
    right = [text for text, share, _feedback in answers if share > 0]
    if not right:
        raise RefusedError(Trouble.NO_RIGHT)
    if len(right) > 1:
        draft.leave(Trouble.PARTIAL)
    wrong = [text for text, share, _feedback in answers if share <= 0]
    return gap(list(dict.fromkeys([right[0], *wrong])))


def answers_of(written: str) -> list[tuple[str, Decimal, str]]:
    """Each answer with its share (1 is right) and its feedback."""
    found = []
    for piece in re.split(r"(?<!\\)~", html_entities.unescape(re.sub(r"<[^>]*>", " ", written))):
        share, text = Decimal(0), piece.strip()
        if text.startswith("="):
            share, text = Decimal(1), text[1:]
        elif match := SHARE.match(text):
            share, text = Decimal(match[1]) / 100, text[match.end() :]
        words, *feedback = re.split(r"(?<!\\)#", text, maxsplit=1)
        if bare(words) or feedback:
            found.append((bare(words), share, bare("".join(feedback))))
    return found


def bare(text: str) -> str:
    return one_line(re.sub(r"\\(.)", r"\1", text))
