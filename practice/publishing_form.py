"""The form of a case in the editors' part: it says beforehand what may not be published."""

from typing import Any

from django import forms

from home.language_form import OneLanguagePageForm
from learning.roles import Role
from practice.consent import missing_consent

PUBLISHING = "action-publish"
WORKFLOW = "action-workflow-action"


class CaseForm(OneLanguagePageForm):
    """Roles to tick, and the word of whoever handed it in."""

    roles = forms.TypedMultipleChoiceField(
        choices=Role.choices, widget=forms.CheckboxSelectMultiple, required=False
    )

    def clean(self) -> dict[str, Any]:
        """Before publishing or approving; a draft may hold anything."""
        cleaned: dict[str, Any] = super().clean()
        approves = WORKFLOW in self.data and self.data.get("workflow-action-name") == "approve"
        if PUBLISHING in self.data or approves:
            named = bool(str(cleaned.get("municipality", "")).strip())
            missing = missing_consent(self.instance.pk, names_municipality=named)
            if missing:
                self.add_error("municipality" if named and self.may_otherwise() else None, missing)
        return cleaned

    def may_otherwise(self) -> bool:
        """Whether it is the municipality's name alone that stands in the way."""
        return not missing_consent(self.instance.pk, names_municipality=False)
