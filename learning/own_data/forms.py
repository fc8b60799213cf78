"""Forms of one's own page; each is stored by itself."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.languages import language_choices, own_name
from accounts.models import User
from learning.entry_forms import NameField
from learning.own_data.choosing import Messages


class OwnNameForm(forms.Form):
    name = NameField()


class MessagesForm(forms.Form):
    """Which mail somebody wants, as ticks."""

    weekly = forms.BooleanField(
        label=_("Reminders together, once a week, on Monday"),
        help_text=_("Without a tick you get each reminder at once."),
        required=False,
    )
    about_changes = forms.BooleanField(
        label=_("Tell me when a module that I finished has changed"), required=False
    )
    refreshers = forms.BooleanField(
        label=_("One question a week, about what went wrong in my quizzes"),
        help_text=_("If you take the tick away, we forget which questions those were."),
        required=False,
    )

    @property
    def wanted(self) -> Messages:
        return Messages(**self.cleaned_data)


class DisplayForm(forms.ModelForm[User]):
    """Language, size of the text, contrast."""

    class Meta:
        model = User
        fields: ClassVar = ["language", "text_size", "contrast"]
        widgets: ClassVar = dict.fromkeys(fields, forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        languages = self.fields["language"]
        assert isinstance(languages, forms.ChoiceField)  # noqa: S101  the model says so
        languages.choices = [(code, own_name(code)) for code, _name in language_choices()]
