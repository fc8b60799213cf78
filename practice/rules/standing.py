"""How a handed-in case stands, as its sender reads it."""

from enum import StrEnum


class Standing(StrEnum):
    """What the sender is told. A question goes before all else: they can do something."""

    DRAFT = "draft"
    SENT = "sent"
    QUESTION = "question"
    IN_HAND = "in_hand"
    PUBLISHED = "published"
    LEAVING = "leaving"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    TAKEN_DOWN = "taken_down"


# Nothing more happens to these.
OVER = frozenset({Standing.DECLINED, Standing.WITHDRAWN, Standing.TAKEN_DOWN})


def standing_of(state: str, *, is_asked: bool, may_publish: bool) -> Standing:
    """From what is stored: its state, whether a question waits, and whether they agree."""
    if state == Standing.PUBLISHED and not may_publish:
        return Standing.LEAVING
    if is_asked and state in {Standing.SENT, Standing.IN_HAND}:
        return Standing.QUESTION
    return Standing(state)
