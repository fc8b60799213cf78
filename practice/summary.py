"""All that somebody wrote, in the order of the steps, to be read once more."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from practice.forms import ConsentForm
from practice.models import Submission
from practice.steps import STEPS, Step


@dataclass(frozen=True, slots=True)
class Line:
    """A question of the form with what was answered."""

    label: str
    text: str
    is_long: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    step: Step
    lines: list[Line]


def parts_of(submission: Submission) -> list[Part]:
    """Each step with its answers in words; the step of looking through has none to read."""
    parts = []
    for step in STEPS:
        if step.form is None or step.slug == "anoniem":
            continue
        form = step.form(submission=submission)
        lines = [
            Line(
                str(field.label), in_words(form, field, submission), field.name in Submission.TEXTS
            )
            for field in form
            if is_asked(field.name, submission)
        ]
        parts.append(Part(step, lines))
    return parts


def is_asked(name: str, submission: Submission) -> bool:
    """A municipality that may not be named is not spoken of."""
    return name != "municipality_name" or submission.may_name_municipality


def in_words(form: Any, bound: Any, submission: Submission) -> str:
    """What somebody chose or typed."""
    value = getattr(submission, bound.name)
    is_consent = isinstance(form, ConsentForm)
    if is_consent and bound.name != "municipality_name" and not submission.consent_answered:
        return ""
    choices = getattr(bound.field, "choices", None)
    if choices:
        wanted = {str(int(each)) if isinstance(each, bool) else str(each) for each in listed(value)}
        return ", ".join(str(label) for key, label in choices if str(key) in wanted)
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    return str(value)


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
