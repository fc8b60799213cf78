"""Which people somebody takes away."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from learning.exports.people import WRITERS, People
from learning.labels import STANDING_LABELS
from learning.models import Municipality, Requirement
from learning.models.people import MembershipQuerySet
from learning.people_list import Selection
from learning.roles import Role


class PeopleFileForm(forms.Form):
    """The same choices as above the list of people, and besides them: all requirements.

    Also reads the addresses of that list, so that what one looks at is what one gets.
    """

    requirement = forms.ChoiceField(label=_("Requirement"), required=False)
    role = forms.ChoiceField(
        label=_("Role"), required=False, choices=[("", _("All roles")), *Role.choices]
    )
    status = forms.ChoiceField(
        label=_("Status"),
        required=False,
        choices=[
            ("", _("Every status")),
            *((status.value, label) for status, label in STANDING_LABELS.items()),
        ],
    )
    # The button that was pressed.
    file = forms.ChoiceField(
        choices=[(kind, kind) for kind in WRITERS], widget=forms.HiddenInput, required=False
    )

    def __init__(
        self,
        requirements: Sequence[Requirement],
        data: Mapping[str, Any] | None = None,
        *,
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)
        self.requirements = {str(requirement.pk): requirement for requirement in requirements}
        self.fields["requirement"].choices = [  # type: ignore[attr-defined]
            ("", _("All requirements")),
            *((key, each.subject_title) for key, each in self.requirements.items()),
        ]

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("file") not in WRITERS:
            self.errors.pop("file", None)
            self.add_error(None, _("Choose a kind of file: Excel or CSV."))
        return self.cleaned_data

    def people(self, municipality: Municipality, members: MembershipQuerySet) -> People:
        """Who was chosen, of these members. The form must be valid."""
        chosen = self.cleaned_data
        return People(
            members=members,
            municipality=municipality,
            requirements=list(self.requirements.values()),
            chosen=self.requirements.get(chosen["requirement"]),
            selection=Selection(role=chosen["role"], status=chosen["status"]),
        )
