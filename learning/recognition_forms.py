"""What a monitor fills in about people: earlier training, a reason to let off or to withdraw."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from learning.completions import Subject, subject_of
from learning.day_field import DayField
from learning.models import LearningPath, ModulePage, Requirement
from learning.models.people import today
from learning.recognitions import LONGEST_EVIDENCE, LONGEST_REASON
from learning.settings_form import plain


class RecogniseForm(forms.Form):
    """Earlier training: what it counts for, on which day it was done, on what that rests."""

    subject = forms.ChoiceField(label=gettext_lazy("Counts as"))
    day = DayField(
        label=gettext_lazy("Day on which the training was finished"),
        help_text=gettext_lazy("From this day on it counts."),
    )
    evidence = forms.CharField(
        label=gettext_lazy("Evidence"),
        max_length=LONGEST_EVIDENCE,
        help_text=gettext_lazy(
            "For example: certificate of the course Integriteit, seen by the clerk. "
            "Do not write personal or medical details here."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: Any = None, *, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        pages: list[ModulePage | LearningPath] = [
            *ModulePage.objects.source().live().in_order(),
            *LearningPath.objects.source().live().in_order(),
        ]
        self.pages = {str(page.translation_key): page for page in pages}
        self.fields["subject"].choices = [  # type: ignore[attr-defined]
            ("", _("Choose")),
            *((key, page.title) for key, page in self.pages.items()),
        ]

    @property
    def chosen_subject(self) -> Subject:
        return subject_of(self.pages[self.cleaned_data["subject"]])

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if day > today():
            raise forms.ValidationError(_("Choose today or an earlier day."))
        return day

    def clean_evidence(self) -> str:
        return needed(self.cleaned_data["evidence"], _("Say on what this rests."))


class WaiveForm(forms.Form):
    """What people are let off, for how long, and why."""

    requirement = forms.ModelChoiceField(
        label=gettext_lazy("Let off from"), queryset=Requirement.objects.none()
    )
    starts_on = DayField(label=gettext_lazy("From which day?"), initial=today)
    ends_on = DayField(
        label=gettext_lazy("Through which day?"),
        required=False,
        help_text=gettext_lazy("Leave it empty when there is no last day."),
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=LONGEST_REASON,
        help_text=gettext_lazy(
            "For example: works here for two months only. "
            "Do not write personal or medical details here."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(
        self,
        data: Any = None,
        *,
        requirements: list[Requirement],
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)
        field = self.fields["requirement"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  for the types
        field.queryset = Requirement.objects.filter(pk__in=[each.pk for each in requirements])
        field.label_from_instance = title_of  # type: ignore[method-assign]

    def clean_reason(self) -> str:
        return needed(self.cleaned_data["reason"], _("Say why."))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        start, end = data.get("starts_on"), data.get("ends_on")
        if start and end and end < start:
            self.add_error("ends_on", _("Choose a day on or after the first."))
        return data


class WithdrawForm(forms.Form):
    """Why a completion no longer counts."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=LONGEST_REASON,
        help_text=gettext_lazy(
            "The person reads this beside their certificate. Do not write personal or medical "
            "details here."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean_reason(self) -> str:
        return needed(self.cleaned_data["reason"], _("Say why."))


def title_of(obj: Requirement) -> str:
    return obj.subject_title


def needed(text: str, why: str) -> str:
    """Text that holds more than space."""
    text = plain(text)
    if not text:
        raise forms.ValidationError(why)
    return text
