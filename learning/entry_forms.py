"""Forms of the ways in: invitations, join links, requests to join."""

import re
from typing import Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from learning.roles import Role

DEFAULT_DAYS: Final = 14
# No name has these, and an address to click on cannot do without.
NOT_IN_NAMES: Final = re.compile(r"[<>/\\@:{}\x00-\x1f\x7f]|www\.", re.IGNORECASE)


class NameField(forms.CharField):
    """Somebody's name as they write it."""

    def __init__(self) -> None:
        super().__init__(
            label=gettext_lazy("Name"),
            max_length=150,
            widget=forms.TextInput(attrs={"autocomplete": "name"}),
        )

    def clean(self, value: str | None) -> str:
        name = " ".join(str(super().clean(value)).split())
        if NOT_IN_NAMES.search(name):
            raise ValidationError(_("Write a name only, without signs such as / or @."))
        return name


class AddressField(forms.EmailField):
    def __init__(self, *, own: bool) -> None:
        super().__init__(
            label=gettext_lazy("E-mail address"),
            max_length=254,
            widget=forms.EmailInput(attrs={"autocomplete": "email" if own else "off"}),
        )

    def clean(self, value: str | None) -> str:
        return str(super().clean(value)).lower()


def role_field() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=gettext_lazy("Role"), choices=[("", gettext_lazy("Choose a role")), *Role.choices]
    )


class InvitePersonForm(forms.Form):
    """Whom to invite, and as what."""

    prefix = "person"
    name = NameField()
    email = AddressField(own=False)
    role = role_field()


class InviteMonitorForm(forms.Form):
    """Which colleague to ask to watch along."""

    name = NameField()
    email = AddressField(own=False)


class LinkForm(forms.Form):
    """For which role a join link is, and how long it works."""

    prefix = "link"
    role = role_field()
    days = forms.TypedChoiceField(
        label=gettext_lazy("Works for"),
        coerce=int,
        choices=[
            (1, gettext_lazy("1 day")),
            (7, gettext_lazy("7 days")),
            (14, gettext_lazy("14 days")),
            (30, gettext_lazy("30 days")),
        ],
        initial=DEFAULT_DAYS,
    )


class AskForm(forms.Form):
    """Who wants to join by a link."""

    name = NameField()
    email = AddressField(own=True)


class AskByDomainForm(AskForm):
    """Who wants to join with an address of their municipality."""

    role = role_field()


class OwnNameForm(forms.Form):
    """Who accepts an invitation without an account says how they are called."""

    name = NameField()
