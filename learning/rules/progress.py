"""Where somebody is in a module, and when they have finished it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

StepKey = TypeVar("StepKey")


class Status(StrEnum):
    """How far a person is with a module. The order is the order on screen."""

    NOT_STARTED = "not_started"
    UNDER_WAY = "under_way"
    COMPLETED = "completed"


@dataclass(frozen=True, slots=True)
class Progress(Generic[StepKey]):
    """How many steps are done, and which is next (None when all are done)."""

    done: int
    total: int
    next_step: StepKey | None

    @property
    def is_complete(self) -> bool:
        """A module without steps is never complete: there was nothing to learn."""
        return self.total > 0 and self.done == self.total


def progress(steps: Sequence[StepKey], done: Collection[StepKey]) -> Progress[StepKey]:
    """Count against the steps that the module has now.

    A step that was done and has since been taken out does not count; a new one is still to do.
    The next step is the first in order that is not done.
    """
    finished = set(done)
    remaining = [step for step in steps if step not in finished]
    return Progress(
        done=len(steps) - len(remaining),
        total=len(steps),
        next_step=remaining[0] if remaining else None,
    )
