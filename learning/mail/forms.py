"""Forms about mail."""

from typing import ClassVar

from django import forms

from learning.models import MailPreference


class PreferenceForm(forms.ModelForm[MailPreference]):
    """How often somebody wants reminders, and whether they want news of changes."""

    class Meta:
        model = MailPreference
        fields: ClassVar = ["rhythm", "about_changes"]
        widgets: ClassVar = {"rhythm": forms.Select}
