"""Forms of the network of peers."""

import uuid
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from home.models import Theme
from learning.models import Municipality
from learning.roles import Role
from learning.settings_form import plain
from meetings.models import NetworkEntry
from meetings.models.network import LONGEST_QUESTION
from meetings.network import theme_names, themes_to_choose
from meetings.rules.network import LONGEST_MESSAGE


class ThemesField(forms.ModelMultipleChoiceField[Theme]):
    """Themes by what they are called in the language of the page."""

    names: Mapping[Any, str] = {}

    def label_from_instance(self, obj: Any) -> str:
        return self.names.get(obj.translation_key, str(obj))


class EntryForm(forms.Form):
    """What somebody lets peers know of them."""

    found_by = forms.ChoiceField(
        label=gettext_lazy("Who may find you?"),
        choices=NetworkEntry.FoundBy,
        initial=NetworkEntry.FoundBy.SAME_ROLE,
        widget=forms.RadioSelect,
    )
    themes = ThemesField(
        label=gettext_lazy("What can you help with?"),
        queryset=Theme.objects.none(),
        # By its word and not its number: no number is too large for a word.
        to_field_name="slug",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    question = forms.CharField(
        label=gettext_lazy("What would you like to discuss?"),
        required=False,
        max_length=LONGEST_QUESTION,
        help_text=gettext_lazy(
            "One or two sentences, in general words. Others in the network read it: name no "
            "people and nothing that is secret."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["themes"]
        assert isinstance(field, ThemesField)  # noqa: S101  for the types
        field.queryset = themes_to_choose()
        field.names = theme_names(get_language())

    def clean_question(self) -> str:
        return " ".join(plain(self.cleaned_data["question"]).split())


class FindForm(forms.Form):
    """Whom to look for. What an address says wrongly is left out."""

    role = forms.ChoiceField(label=gettext_lazy("Role"), required=False)
    province = forms.ChoiceField(label=gettext_lazy("Province"), required=False)
    theme = forms.ChoiceField(label=gettext_lazy("Can help with"), required=False)
    q = forms.CharField(
        label=gettext_lazy("Municipality, or words in the question"), required=False, max_length=60
    )

    def __init__(self, data: Mapping[str, Any]) -> None:
        super().__init__({name: data.get(name, "") for name in self.base_fields})
        names = theme_names(get_language())
        self.themes = {theme.slug: theme for theme in themes_to_choose()}
        choices: dict[str, list[tuple[Any, Any]]] = {
            "role": [("", _("All roles")), *Role.choices],
            "province": [("", _("All provinces")), *Municipality.Province.choices],
            "theme": [
                ("", _("All themes")),
                *((slug, names.get(t.translation_key, t.name)) for slug, t in self.themes.items()),
            ],
        }
        for name, values in choices.items():
            self.fields[name].choices = values  # type: ignore[attr-defined]
        self.full_clean()

    def value(self, name: str) -> str:
        return str(self.cleaned_data.get(name, ""))

    def chosen(self) -> dict[str, Any]:
        """As `looked_for` asks for it."""
        return {
            "role": self.value("role"),
            "province": self.value("province"),
            "theme": self.themes.get(self.value("theme")),
            "words": self.value("q"),
        }


class MessageForm(forms.Form):
    """A message to one peer. The form has a key of its own: sent twice, it is sent once."""

    body = forms.CharField(
        label=gettext_lazy("Your message"),
        max_length=LONGEST_MESSAGE,
        help_text=gettext_lazy("Plain text. Links cannot be clicked."),
        widget=forms.Textarea(attrs={"rows": 7}),
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"key": uuid.uuid4()})

    def clean_body(self) -> str:
        return filled(self.cleaned_data["body"], _("Write a message first."))


class ReportForm(forms.Form):
    """Why somebody reports a message."""

    why = forms.CharField(
        label=gettext_lazy("What is wrong with it?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def clean_why(self) -> str:
        return filled(self.cleaned_data["why"], _("Say what is wrong with it."))


def filled(text: str, otherwise: str) -> str:
    """Text that holds more than space."""
    text = plain(text)
    if not text:
        raise forms.ValidationError(otherwise)
    return text
