"""Choosing lines of the audit log: by kind, by who did it, and by period."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext_lazy

from accounts.models import AuditEvent, User
from accounts.models.audit import AuditEventQuerySet
from learning.access_log import midnight
from learning.day_field import DayField


class LogForm(forms.Form):
    """What the address says wrongly chooses nothing, and says so beside the field."""

    what = forms.ChoiceField(label=gettext_lazy("What happened"), required=False)
    who = forms.ChoiceField(label=gettext_lazy("Who did it"), required=False)
    first = DayField(label=gettext_lazy("From"), required=False)
    last = DayField(label=gettext_lazy("Through"), required=False)

    def __init__(
        self, data: Any, *, kinds: Iterable[AuditEvent.What], people: Iterable[User]
    ) -> None:
        super().__init__(data)
        everything = ("", gettext_lazy("Everything"))
        named = sorted(((kind.value, kind.label) for kind in kinds), key=lambda kind: str(kind[1]))
        self.people = {str(person.pk): person for person in people}
        self.choose("what", [everything, *named])
        self.choose(
            "who",
            [
                ("", gettext_lazy("Everybody")),
                *((pk, str(person)) for pk, person in self.people.items()),
            ],
        )

    def choose(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  declared so above
        field.choices = choices

    @property
    def chosen(self) -> dict[str, Any]:
        """What was chosen, without what was left open or means nothing."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    def narrow(self, lines: AuditEventQuerySet) -> AuditEventQuerySet:
        chosen = self.chosen
        if "what" in chosen:
            lines = lines.filter(what=chosen["what"])
        if "who" in chosen:
            lines = lines.filter(actor_key=self.people[chosen["who"]].audit_key)
        if "first" in chosen:
            lines = lines.filter(at__gte=midnight(chosen["first"]))
        if "last" in chosen:
            lines = lines.filter(at__lt=midnight(chosen["last"] + timedelta(days=1)))
        return lines

    @property
    def query(self) -> str:
        """The choice as it stands in an address, for the next page and the file."""
        return urlencode({name: f"{value}" for name, value in self.chosen.items()})
