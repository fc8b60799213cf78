"""Forms about mail."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from learning.labels import STANDING_LABELS
from learning.mail.by_hand import PLACES, has_date
from learning.mail.log import Asked
from learning.models import OutgoingMail, Requirement
from learning.roles import Role
from learning.rules.due import Standing
from learning.rules.placeholders import named, unknown
from learning.rules.reminders import wants_doing

OPEN_STANDINGS = [standing for standing in Standing if wants_doing(standing)]


class ReminderForm(forms.Form):
    """A reminder by hand: of what, to whom, and its text."""

    requirement = forms.ChoiceField(label=_("About"))
    role = forms.ChoiceField(
        label=_("To whom"), required=False, choices=[("", _("All roles")), *Role.choices]
    )
    status = forms.ChoiceField(
        label=_("With which status"),
        required=False,
        choices=[
            ("", _("Everybody who still has something to do")),
            *((each.value, STANDING_LABELS[each]) for each in OPEN_STANDINGS),
        ],
    )
    subject = forms.CharField(label=_("Subject"), max_length=150)
    text = forms.CharField(
        label=_("Text"), max_length=4000, widget=forms.Textarea(attrs={"rows": 12})
    )

    def __init__(
        self,
        requirements: Sequence[Requirement],
        *args: Any,
        people: Sequence[int] | None = None,
        **kwargs: Any,
    ) -> None:
        """`people` are those who were chosen by name: then there is no role or status to choose."""
        super().__init__(*args, **kwargs)
        self.by_key = {str(each.pk): each for each in requirements}
        choices = [(key, each.subject_title) for key, each in self.by_key.items()]
        field = self.fields["requirement"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  as written above
        field.choices = choices
        self.fields["text"].help_text = gettext(
            "What stands between { and } is filled in for each person: %(places)s."
        ) % {"places": ", ".join(f"{{{name}}} = {what}" for name, what in PLACES.items())}
        self.people = people
        if people is not None:
            del self.fields["role"], self.fields["status"]

    @property
    def chosen(self) -> Requirement:
        return self.by_key[self.cleaned_data["requirement"]]

    @property
    def selection(self) -> dict[str, Any]:
        if self.people is not None:
            return {"people": list(self.people)}
        chosen = {name: self.cleaned_data.get(name, "") for name in ("role", "status")}
        return {name: value for name, value in chosen.items() if value}

    def checked(self, name: str) -> str:
        """A text with places that we know. Raises ValidationError that says which we do not."""
        text = str(self.cleaned_data[name]).replace("\r\n", "\n").strip()
        strangers = unknown(text, PLACES)
        if strangers:
            raise forms.ValidationError(
                gettext("We do not know %(unknown)s. You can use: %(known)s.")
                % {
                    "unknown": ", ".join(f"{{{each}}}" for each in strangers),
                    "known": ", ".join(f"{{{each}}}" for each in PLACES),
                }
            )
        requirement = self.by_key.get(str(self.cleaned_data.get("requirement")))
        if requirement is not None and "datum" in named(text) and not has_date(requirement):
            raise forms.ValidationError(
                gettext("There is no date for this module. Take {datum} out of the text.")
            )
        return text

    def clean_subject(self) -> str:
        return " ".join(self.checked("subject").split())

    def clean_text(self) -> str:
        return self.checked("text")


class MailLogForm(forms.Form):
    """Which mails to see. Asks by GET; whatever an address says wrongly is left out."""

    kind = forms.ChoiceField(
        label=_("Kind of mail"),
        required=False,
        choices=[("", _("Every kind")), *OutgoingMail.Kind.for_monitors()],
    )
    state = forms.ChoiceField(
        label=_("What became of it"),
        required=False,
        choices=[("", _("Everything")), *OutgoingMail.State.choices],
    )
    requirement = forms.ChoiceField(label=_("About"), required=False)
    day = forms.DateField(
        label=_("Made on"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(self, requirements: Sequence[Requirement], data: Mapping[str, Any]) -> None:
        super().__init__({name: data.get(name, "") for name in self.base_fields})
        field = self.fields["requirement"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  as written above
        field.choices = [
            ("", _("Everything")),
            *((str(each.pk), each.subject_title) for each in requirements),
        ]
        self.full_clean()
        known = {name: self.cleaned_data.get(name) or "" for name in self.fields}
        # Beside a choice that means nothing stands no error: it is as if it had not been made.
        self.data = {name: f"{value}" for name, value in known.items()}
        self.full_clean()

    def asked(self, *, name: str = "") -> Asked:
        chosen = self.cleaned_data
        return Asked(
            kind=chosen["kind"],
            state=chosen["state"],
            requirement=chosen["requirement"],
            day=chosen["day"],
            name=name,
        )

    def query(self) -> str:
        """These choices as the start of an address's query, ending in `&` where there are any."""
        kept = {name: value for name, value in self.data.items() if value}
        return f"{urlencode(kept)}&" if kept else ""
