"""Forms that say what a monitor wants to see. Whatever an address says wrongly is left out."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from learning.labels import SIZE_LABELS, STANDING_LABELS
from learning.models import Municipality, Requirement
from learning.nation import NATION_SORTS
from learning.people_list import SORTS, Selection
from learning.roles import Role
from learning.rules.certificate_codes import read_code
from learning.rules.disclosure import Place


class RequirementFilterForm(forms.Form):
    """Which requirement to look at, and in which order.

    Asks by GET, so that an address can be kept.
    """

    sorts: Sequence[str] = ()

    def __init__(self, requirements: Sequence[Requirement], data: Mapping[str, Any]) -> None:
        by_key = {str(requirement.pk): requirement for requirement in requirements}
        self.requirement = by_key.get(str(data.get("requirement", "")), requirements[0])
        chosen = str(self.requirement.pk)
        asked_for = {name: data.get(name, "") for name in self.base_fields}
        super().__init__(asked_for | {"requirement": chosen})
        choices = [(key, requirement.subject_title) for key, requirement in by_key.items()]
        self.fields = {
            "requirement": forms.ChoiceField(
                label=_("Requirement"), choices=choices, initial=chosen, required=False
            ),
            **self.fields,
        }
        asked = str(data.get("sort", ""))
        self.sort = asked if asked.removeprefix("-") in self.sorts else self.sorts[0]
        self.full_clean()

    def value(self, name: str) -> str:
        """A field's value; empty where the address holds no such choice."""
        return str(self.cleaned_data.get(name, ""))

    def query(self, **changes: str) -> str:
        """These choices as the start of an address's query, ending in `&` where there are any."""
        values = {name: self.value(name) for name in self.fields} | {"sort": self.sort} | changes
        kept = {name: value for name, value in values.items() if value}
        if kept["sort"] == self.sorts[0]:
            del kept["sort"]
        return f"{urlencode(kept)}&"


class PeopleForm(RequirementFilterForm):
    """Which people of a municipality."""

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

    sorts = SORTS

    def selection(self, *, name: str = "") -> Selection:
        return Selection(
            role=self.value("role"), status=self.value("status"), name=name, sort=self.sort
        )


class NameForm(forms.Form):
    """Look for somebody by name. Sent by POST: a name has no place in an address."""

    name = forms.CharField(label=_("Look for a name"), max_length=80)


class NationForm(RequirementFilterForm):
    """Which people, and which municipalities."""

    role = forms.ChoiceField(
        label=_("Role"), required=False, choices=[("", _("All roles")), *Role.choices]
    )
    province = forms.ChoiceField(
        label=_("Province"),
        required=False,
        choices=[("", _("The whole country")), *Municipality.Province.choices],
    )
    size = forms.ChoiceField(
        label=_("Size of the municipality"),
        required=False,
        choices=[
            ("", _("Every size")),
            *((size.value, label) for size, label in SIZE_LABELS.items()),
        ],
    )

    sorts = NATION_SORTS

    @property
    def scope(self) -> Place:
        """The places that were chosen; all of them where none was."""
        return Place(self.value("province"), self.value("size"))


class CodeForm(forms.Form):
    """The code of a certificate, however it was typed."""

    code = forms.CharField(
        label=_("Code"),
        max_length=60,
        help_text=_(
            "It stands on the certificate: 20 letters and digits. Capitals and dashes do not "
            "matter."
        ),
        error_messages={"required": _("Fill in the code.")},
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )

    def clean_code(self) -> str:
        try:
            return read_code(self.cleaned_data["code"])
        except ValueError:
            raise forms.ValidationError(
                gettext("This code is not right. Compare it with the certificate, sign by sign.")
            ) from None
