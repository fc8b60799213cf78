"""The steps in which a case is written, and what is still missing in each."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from practice import forms
from practice.models import Submission


@dataclass(frozen=True, slots=True)
class Step:
    """One page of the form. `slug` stands in its address."""

    slug: str
    title: Any
    form: type[forms.StepForm] | None
    is_missing: Callable[[Submission], bool] = lambda _submission: False

    @property
    def watched(self) -> tuple[str, ...]:
        """The fields of which one must have seen what stands there, to answer this step."""
        if self.form is None:
            return ()
        # “I have looked through the text” is said of the text that was shown.
        texts = Submission.TEXTS if self.form is forms.LookedThroughForm else ()
        return (*self.form.base_fields, *texts)


STEPS: Final = (
    Step(
        "gebeurd",
        _("What happened"),
        forms.HappenedForm,
        lambda it: not (it.title.strip() and it.happened.strip() and it.kind),
    ),
    Step(
        "geleerd",
        _("What was done and learned"),
        forms.LearnedForm,
        lambda it: not (it.done.strip() and it.learned.strip()),
    ),
    Step("voor-wie", _("For whom and about what"), forms.SubjectForm, lambda it: not it.themes),
    Step(
        "anoniem",
        _("Is anybody to be recognised?"),
        forms.LookedThroughForm,
        lambda it: not it.looked_through,
    ),
    Step(
        "toestemming",
        _("What we may do with it"),
        forms.ConsentForm,
        lambda it: not it.consent_answered,
    ),
    Step("controleren", _("Look and send"), None),
)
BY_SLUG: Final = {step.slug: step for step in STEPS}
LAST: Final = STEPS[-1]


def missing(submission: Submission) -> list[Step]:
    """The steps in which something is still to be filled in."""
    return [step for step in STEPS if step.is_missing(submission)]


def first_open(submission: Submission) -> Step:
    """Where somebody goes on: the first step that is not whole."""
    return next(iter(missing(submission)), LAST)


def beside(step: Step) -> tuple[Step | None, Step | None]:
    """The step before and the one after."""
    at = STEPS.index(step)
    before = STEPS[at - 1] if at else None
    return before, STEPS[at + 1] if at + 1 < len(STEPS) else None
