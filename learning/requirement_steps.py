"""Setting a requirement in two steps: fill in, look at what it would do, then save.

Nothing is stored in between: the second step carries what was filled in along.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.http import HttpRequest

from learning.effects import Effect
from learning.models import Municipality, Requirement
from learning.models.people import today
from learning.requirement_form import RequirementForm
from learning.requirement_words import all_words, changes


class Step(StrEnum):
    FILL_IN = "fill_in"
    LOOK = "look"
    SAVE = "save"


@dataclass(frozen=True, slots=True)
class Asked:
    """What was posted, and which step comes now."""

    step: Step
    form: RequirementForm

    @property
    def status(self) -> int:
        return 422 if self.step is Step.FILL_IN and self.form.errors else 200

    @property
    def carried(self) -> list[tuple[str, str]]:
        """All that was filled in, for the hidden fields of the second step."""
        data: Any = self.form.data
        return [(name, value) for name in self.form.fields for value in data.getlist(name)]


def asked(
    request: HttpRequest, *, municipality: Municipality | None, instance: Requirement | None
) -> Asked:
    """The step that somebody is at. Who goes back finds all that they filled in."""
    if request.method != "POST":
        initial = {} if instance else {"starts_on": today()}
        form = RequirementForm(municipality=municipality, instance=instance, initial=initial)
        return Asked(Step.FILL_IN, form)
    form = RequirementForm(request.POST, municipality=municipality, instance=instance)
    action = request.POST.get("action")
    if not form.is_valid() or action == "back":
        return Asked(Step.FILL_IN, form)
    return Asked(Step.SAVE if action == "save" else Step.LOOK, form)


def what_it_says(
    requirement: Requirement, effect: Effect, *, before: Requirement | None
) -> dict[str, Any]:
    """What the second step shows."""
    return {
        "requirement": requirement,
        "words": all_words(requirement),
        "changes": changes(before, requirement) if before else [],
        "is_change": before is not None,
        "effect": effect,
        "begins_later": effect.day > today(),
    }
