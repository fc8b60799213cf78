"""The network of peers in plain rules: how much one may write, and words without links."""

import re
from enum import StrEnum
from typing import Final

MESSAGES_A_DAY: Final = 20
# Enough to ask around; too few to bother everybody.
NEW_PEOPLE_A_DAY: Final = 5
LONGEST_MESSAGE: Final = 2000


class Halt(StrEnum):
    """Why a message is not sent."""

    MESSAGES = "messages"
    PEOPLE = "people"
    CLOSED = "closed"


def too_much(*, messages: int, people: int, is_new: bool) -> Halt | None:
    """Whether somebody has written enough for a day; `is_new`: to somebody new.

    `messages` and `people` are what they sent and to how many new people, in the past day.
    """
    if messages >= MESSAGES_A_DAY:
        return Halt.MESSAGES
    if is_new and people >= NEW_PEOPLE_A_DAY:
        return Halt.PEOPLE
    return None


SCHEME: Final = re.compile(r"(?i)\b(https?|ftp|mailto|tel|javascript|data)(:)")
DOT: Final = re.compile(r"(?i)(?<=\bwww)\.|(?<=[\w-])\.(?=[^\W\d_]{2,})")


def unlinked(text: str) -> str:
    """The text so that no mail program makes a link of it; a reader still sees what is meant.

    What strangers write must not be one click away from harm.
    """
    return DOT.sub("[.]", SCHEME.sub(r"\1[:]", text))
