"""Lists that a visitor narrows by a form: without script, at an address that can be shared."""

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext_lazy as _

Choices = Iterable[tuple[str, str]]


class Filter(forms.Form):
    """Selects of what there is. Whatever else an address says is as if it were not said."""

    def __init__(self, data: Mapping[str, Any], selects: Mapping[str, tuple[str, Choices]]) -> None:
        super().__init__(data, auto_id="kies-%s")
        for name, (label, choices) in selects.items():
            self.fields[name] = forms.ChoiceField(
                label=label, choices=[("", _("All")), *choices], required=False
            )
        self.is_valid()
        # What is not on offer is shown as not chosen, without a word of complaint.
        self.data = self.chosen = {
            name: value for name, value in self.cleaned_data.items() if value
        }
        self._errors = None

    def value(self, name: str) -> str:
        return str(self.chosen.get(name, ""))

    @property
    def is_used(self) -> bool:
        return bool(self.chosen)

    @property
    def query(self) -> str:
        """The choice as the beginning of an address's query."""
        return f"{urlencode(self.chosen)}&" if self.chosen else ""
