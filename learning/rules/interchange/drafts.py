"""A question while it is read: what becomes of it, and what is left out on the way."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Final

from learning.rules.grading import Kind
from learning.rules.interchange import markup
from learning.rules.interchange.items import (
    LONGEST_TITLE,
    MOST_PARTS,
    Found,
    Item,
    Option,
    Pair,
    Picture,
    Problem,
    RefusedError,
    Trouble,
    gaps_of,
    lines_of,
    one_line,
)
from learning.rules.interchange.packages import picture_type

Pictures = Callable[[str], bytes | None]
BLANK: Final = "_____"
# Tags of our own, for what other programmes have no place for (docs/question-formats.md).
MARK: Final = "rv:"
KIND_TAG: Final = f"{MARK}kind="
DIFFICULTY_TAG: Final = f"{MARK}difficulty="
LAW_TAG: Final = f"{MARK}law="
UNIT_TAG: Final = f"{MARK}unit="
TYPO_TAG: Final = f"{MARK}typo"
WHOLE_TAG: Final = f"{MARK}all-or-nothing"


@dataclass(slots=True)
class Draft:
    """Gathers a question; `pictures` gives the content of what an address refers to."""

    pictures: Pictures = lambda _address: None
    fields: dict[str, object] = field(default_factory=dict)
    problems: dict[Problem, None] = field(default_factory=dict)
    tags: list[str] = field(default_factory=list)

    def leave(self, trouble: Trouble, *details: str) -> None:
        """Note what is left out."""
        self.problems[Problem(trouble, tuple(one_line(each)[:120] for each in details))] = None

    def set(self, **fields: object) -> None:
        self.fields |= fields

    def stem(self, html: str) -> None:
        """The question itself, from which its picture is taken apart."""
        tidied = self.tidied(html)
        self.fields["stem"] = tidied.html
        for address, alt in tidied.pictures:
            self.picture(address, alt)

    def picture(self, address: str, alt: str) -> None:
        content = self.pictures(address)
        name = one_line(address.rpartition("/")[2])[:100]
        if content is None:
            self.leave(Trouble.PICTURE, name)
        elif not picture_type(content):
            self.leave(Trouble.PICTURE_TYPE, name)
        elif "picture" in self.fields:
            self.leave(Trouble.PICTURES)
        else:
            self.fields["picture"] = Picture(name, content, alt)

    def tidied(self, html: str, *, lists: bool = True) -> markup.Tidied:
        tidied = markup.tidy(html, lists=lists)
        if tidied.dropped:
            self.leave(Trouble.MARKUP, ", ".join(tidied.dropped))
        return tidied

    def rich(self, html: str) -> str:
        """A text with bold, italic and links; pictures in it go."""
        tidied = self.tidied(html, lists=False)
        for address, _alt in tidied.pictures:
            self.leave(Trouble.PICTURE, address.rpartition("/")[2])
        return tidied.html

    def line(self, html: str) -> str:
        """HTML as one line of words."""
        tidied = self.tidied(html)
        for address, _alt in tidied.pictures:
            self.leave(Trouble.PICTURE, address.rpartition("/")[2])
        if any(mark in tidied.html for mark in ("<b>", "<i>", "<a ", "<li>")):
            self.leave(Trouble.MARKUP_LOST)
        return one_line(markup.plain(tidied.html))

    def lines(self, html: str) -> str:
        """HTML as words, line by line."""
        tidied = self.tidied(html)
        if any(mark in tidied.html for mark in ("<b>", "<i>", "<a ", "<li>")):
            self.leave(Trouble.MARKUP_LOST)
        return lines_of(markup.plain(tidied.html))

    def feedback_goes(self, html: str, trouble: Trouble) -> None:
        """Name feedback for which we have no place."""
        words = one_line(markup.plain(markup.tidy(html).html))
        if words:
            self.leave(trouble, words)

    def use_tags(self) -> None:
        """Topics, and what our own tags say."""
        topics, law = [], []
        for tag in map(one_line, self.tags):
            if tag.startswith(DIFFICULTY_TAG) and tag.removeprefix(DIFFICULTY_TAG) in (
                "1",
                "2",
                "3",
            ):
                self.set(difficulty=int(tag.removeprefix(DIFFICULTY_TAG)))
            elif tag.startswith(LAW_TAG):
                law.append(tag.removeprefix(LAW_TAG))
            elif tag.startswith(UNIT_TAG):
                self.set(unit=tag.removeprefix(UNIT_TAG))
            elif tag == TYPO_TAG:
                self.set(typo_allowed=True)
            elif tag == WHOLE_TAG:
                self.set(all_or_nothing=True)
            elif tag and not tag.startswith(MARK):
                topics.append(tag)
        self.set(topics=tuple(dict.fromkeys(topics)), law=tuple(dict.fromkeys(law)))

    @property
    def tagged_kind(self) -> str:
        """The kind that a tag of ours names."""
        named = (tag.strip() for tag in self.tags)
        return next((tag.removeprefix(KIND_TAG) for tag in named if tag.startswith(KIND_TAG)), "")

    def item(self) -> Item:
        """Raises RefusedError when something is missing that it cannot do without."""
        item = Item(**self.fields)  # type: ignore[arg-type]
        if len(item.options) + len(item.pairs) + len(item.decoys) + len(item.lines) > MOST_PARTS:
            raise RefusedError(Trouble.TOO_MANY_PARTS)
        if item.kind == Kind.CHOOSE_IN_TEXT and not all(map(all, gaps_of(item.text) or [[""]])):
            raise RefusedError(Trouble.NO_RIGHT)
        title = one_line(item.title)[:LONGEST_TITLE].strip(" ")
        return replace(item, title="" if title == markup.short_title(item.stem) else title)


def found(label: str, draft: Draft, fill: Callable[[Draft], None]) -> Found:
    """A question that `fill` reads into the draft; or why it is refused."""
    try:
        fill(draft)
        draft.use_tags()
        item = draft.item()
    except RefusedError as refused:
        why = Problem(refused.trouble, refused.details)
        return Found(one_line(label)[:LONGEST_TITLE], None, (why, *draft.problems))
    name = item.title or markup.short_title(item.stem) or label
    return Found(one_line(name)[:LONGEST_TITLE], item, tuple(draft.problems))


def right_or_wrong(options: Sequence[Option], *, several: bool, tagged: str) -> Kind:
    """The kind of a choice. Raises RefusedError when its key cannot be."""
    right = sum(option.correct for option in options)
    if len(options) < 2:
        raise RefusedError(Trouble.FEW_OPTIONS)
    if not right:
        raise RefusedError(Trouble.NO_RIGHT)
    if right == len(options):
        raise RefusedError(Trouble.ALL_RIGHT)
    if tagged == Kind.MARK_SENTENCES:
        return Kind.MARK_SENTENCES
    return Kind.MULTIPLE_RESPONSE if several or right > 1 else Kind.SINGLE_CHOICE


def matching(draft: Draft, pairs: Iterable[Pair]) -> None:
    """Pairs; what has nothing on its left is a decoy."""
    whole = [pair for pair in pairs if pair.left and pair.right]
    decoys = [pair.right for pair in pairs if pair.right and not pair.left]
    if len(whole) < 2:
        raise RefusedError(Trouble.FEW_OPTIONS)
    draft.set(kind=Kind.MATCHING, pairs=tuple(whole), decoys=tuple(dict.fromkeys(decoys)))


def ordering(draft: Draft, lines: Sequence[str]) -> None:
    if len(lines) < 2 or not all(lines):
        raise RefusedError(Trouble.FEW_OPTIONS)
    draft.set(kind=Kind.ORDERING, lines=tuple(lines))


def accepted(
    draft: Draft, answers: Iterable[tuple[str, Decimal, str]], *, wildcards: bool = False
) -> None:
    """Words that are right: the answers of fraction 1. Others, and feedback, are named.

    With wildcards a star stands for anything, and one after a backslash for itself (Moodle).
    """
    kept: dict[str, None] = {}
    for text, share, feedback in answers:
        if feedback:
            draft.leave(Trouble.OPTION_FEEDBACK, feedback)
        if wildcards and text == "*":
            # Anything else: what is said of it is said above.
            continue
        if share < 1:
            draft.leave(Trouble.WRONG_VARIANTS, text)
        elif text:
            if wildcards and re.search(r"(?<!\\)\*", text):
                draft.leave(Trouble.WILDCARD, text)
            kept[text.replace("\\*", "*") if wildcards else text] = None
    if not kept:
        raise RefusedError(Trouble.NO_RIGHT)
    draft.set(kind=Kind.FILL_IN, lines=tuple(kept))


def shares(draft: Draft, weights: Sequence[Decimal]) -> None:
    """Name shares that say more than right or wrong."""
    right = [each for each in weights if each > 0]
    if len(right) > 1 and max(right) - min(right) > Decimal("0.001"):
        draft.leave(Trouble.PARTIAL)
