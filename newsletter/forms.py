"""Forms of the newsletter: asking for it, choosing otherwise, and what editors write above it."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from home import form_guard
from home.models import Theme
from learning.entry_forms import AddressField
from newsletter.models import Rhythm, Subscription
from newsletter.subscribing import Wish


def themes_here() -> list[Theme]:
    """The themes in the language of the page, or else in the site's first."""
    for code in (get_language(), settings.LANGUAGE_CODE):
        found = list(Theme.objects.filter(locale__language_code=code))
        if found:
            return found
    return []


class ChoiceForm(forms.Form):
    """How often, about what and in which language."""

    rhythm = forms.ChoiceField(
        label=_("How often?"),
        choices=Rhythm.choices,
        initial=Rhythm.WEEKLY,
        widget=forms.RadioSelect,
    )
    themes = forms.MultipleChoiceField(
        label=_("About what?"),
        help_text=_("Choose nothing to get news about everything."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    language = forms.ChoiceField(label=_("In which language?"))

    def __init__(self, *args: Any, subscription: Subscription | None = None, **kwargs: Any) -> None:
        self.themes_here = themes_here()
        initial: dict[str, Any] = {"language": get_language()}
        if subscription is not None:
            chosen = {theme.translation_key for theme in subscription.themes.all()}
            initial = {
                "rhythm": subscription.rhythm,
                "language": subscription.language,
                "themes": [t.slug for t in self.themes_here if t.translation_key in chosen],
            }
        super().__init__(*args, **{"initial": initial} | kwargs)
        for name, choices in (
            ("themes", [(theme.slug, theme.name) for theme in self.themes_here]),
            ("language", settings.LANGUAGES),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101  declared so above
            field.choices = choices

    @property
    def wish(self) -> Wish:
        chosen = self.cleaned_data
        themes = [theme for theme in self.themes_here if theme.slug in chosen["themes"]]
        return Wish(chosen["language"], chosen["rhythm"], themes)


class SubscribeForm(ChoiceForm):
    """The same with an address, and kept from machines as other forms are."""

    email = AddressField(own=True)

    field_order = ("email", "rhythm", "themes", "language")

    def clean(self) -> dict[str, Any] | None:
        if error := form_guard.trapped(self.data):
            raise forms.ValidationError(error)
        return super().clean()


class IntroductionForm(forms.Form):
    """What stands above the next newsletter, in each language of the site."""

    def __init__(self, *args: Any, rhythm: Rhythm, texts: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **{"prefix": rhythm.value} | kwargs)
        for code, name in settings.LANGUAGES:
            self.fields[code] = forms.CharField(
                label=str(name),
                required=False,
                max_length=2000,
                initial=texts.get(code, ""),
                widget=forms.Textarea(attrs={"rows": 4}),
            )

    @property
    def texts(self) -> dict[str, str]:
        return {
            code: text.replace("\r\n", "\n") for code, text in self.cleaned_data.items() if text
        }
