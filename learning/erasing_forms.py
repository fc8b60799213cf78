"""The form by which somebody has their account erased."""

from django import forms
from django.utils.translation import gettext_lazy as _


class EraseForm(forms.Form):
    """What they want to keep, and that they have read it."""

    keep_certificates = forms.BooleanField(
        label=_("Keep my certificates checkable"),
        required=False,
        help_text=_(
            "Whoever has the code of a certificate can then still check it. Where you chose to "
            "show your name with it, your name is kept with that certificate and nowhere else."
        ),
    )
    understood = forms.BooleanField(
        label=_("I have read what goes, and I want my account to be erased"),
        error_messages={
            "required": _("Tick this when you are sure: then we know that it is no mistake.")
        },
    )
