"""What being there does to what somebody has finished."""

from enum import StrEnum


class Effect(StrEnum):
    """What is to be done about a completion."""

    NOTHING = "nothing"
    GIVE = "give"
    TAKE = "take"


def effect(*, attended: bool | None, counts: bool, has: bool) -> Effect:
    """What follows from a tick.

    `counts`: the meeting counts for something. `has`: this attendance gave a completion that
    still counts. A tick that is taken back takes what it gave, also when the meeting counts for
    nothing any more; and what it gave stays as long as the tick stands.
    """
    if attended:
        return Effect.GIVE if counts and not has else Effect.NOTHING
    return Effect.TAKE if has else Effect.NOTHING
