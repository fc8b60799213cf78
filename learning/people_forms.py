"""What is asked about people who were ticked in the list."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from learning.day_field import DayInput
from learning.models import LearningPath, ModulePage
from learning.models.people import today


class EndForm(forms.Form):
    """On which day memberships end."""

    ends_on = forms.DateField(
        label=gettext_lazy("Last day"), widget=DayInput(), initial=today, localize=False
    )

    def clean_ends_on(self) -> date:
        day: date = self.cleaned_data["ends_on"]
        if day > today():
            raise forms.ValidationError(_("Choose today or an earlier day."))
        return day


class RequireForm(forms.Form):
    """Which module or learning path to ask of the ticked people, and by when."""

    subject = forms.ChoiceField(label=gettext_lazy("Module or learning path"))
    due_on = forms.DateField(
        label=gettext_lazy("To be finished by"),
        widget=DayInput(),
        required=False,
        help_text=gettext_lazy("Leave it empty if there is no hurry."),
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        modules = list(ModulePage.objects.source().live().in_order())
        paths = list(LearningPath.objects.source().live().in_order())
        self.subjects: dict[str, ModulePage | LearningPath] = {
            str(page.translation_key): page for page in [*modules, *paths]
        }
        self.fields["subject"].choices = [  # type: ignore[attr-defined]
            (key, page.title) for key, page in self.subjects.items()
        ]

    @property
    def chosen_subject(self) -> ModulePage | LearningPath:
        return self.subjects[self.cleaned_data["subject"]]

    def clean_due_on(self) -> date | None:
        day: date | None = self.cleaned_data["due_on"]
        if day is not None and day < today():
            raise forms.ValidationError(_("Choose today or a later day."))
        return day
