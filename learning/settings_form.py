"""The form by which a monitor sets what their municipality says and wants."""

import re
import unicodedata
from collections.abc import Callable
from typing import Any, ClassVar, Final
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import audit
from accounts.models import AuditEvent, User
from learning.models import MunicipalitySettings
from learning.models.people import today
from learning.rules.domains import Refusal, RefusedDomain, clean_domain

MOST_DOMAINS: Final = 20
MOST_RECIPIENTS: Final = 10
PHONE: Final = re.compile(r"\+?[0-9][0-9 ()-]{5,18}[0-9]")


class LinesField(forms.CharField):
    """A list, one per line; commas and semicolons part too. Its value is a list without doubles."""

    widget = forms.Textarea

    def __init__(self, *, each: Callable[[str], str], most: int, **kwargs: Any) -> None:
        super().__init__(required=False, max_length=4000, **kwargs)
        self.each = each
        self.most = most
        self.widget.attrs |= {"rows": 3, "spellcheck": "false", "autocapitalize": "off"}

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> Any:
        found: dict[str, None] = {}
        problems = []
        for part in re.split(r"[\s,;]+", super().clean(value)):
            try:
                found |= {self.each(part): None} if part else {}
            except ValidationError as problem:
                problems.append(problem)
        if problems:
            raise ValidationError(problems[:5])
        if len(found) > self.most:
            raise ValidationError(
                _("There is room for %(most)d. Leave some out.") % {"most": self.most}
            )
        return list(found)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)


def known_domain(text: str) -> str:
    """A domain of the municipality's own. Raises ValidationError with the reason."""
    try:
        return clean_domain(text)
    except RefusedDomain as refused:
        reasons = {
            Refusal.NOT_A_DOMAIN: _("“%(domain)s” is no e-mail domain. Write it as zwolle.nl."),
            Refusal.PUBLIC_PROVIDER: _(
                "“%(domain)s” is for everybody: anybody can get an address there. "
                "Use a domain of your municipality alone."
            ),
        }
        raise ValidationError(reasons[refused.reason] % {"domain": text[:80]}) from refused


def address(text: str) -> str:
    """An e-mail address in lower case. Raises ValidationError that says which was wrong."""
    try:
        validate_email(text)
    except ValidationError as refused:
        raise ValidationError(
            _("“%(address)s” is no e-mail address.") % {"address": text[:80]}
        ) from refused
    return text.lower()


def plain(text: str) -> str:
    """Text with paragraphs and nothing else: no control characters, no more than one empty line."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = "".join(c for c in text if c == "\n" or unicodedata.category(c) not in ("Cc", "Cf"))
    text = "\n".join(line.rstrip() for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", text).strip()


class SettingsForm(forms.ModelForm[MunicipalitySettings]):
    """Contacts, the limit for gifts, the code, a welcome; reminders, domains, the report."""

    code_of_conduct = forms.CharField(
        label=gettext_lazy("Address of your code of conduct"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("Begins with https://, as in https://www.zwolle.nl/gedragscode"),
        widget=forms.URLInput,
    )
    email_domains = LinesField(
        label=gettext_lazy("Known e-mail domains"),
        each=known_domain,
        most=MOST_DOMAINS,
        help_text=gettext_lazy(
            "What stands after the @ in addresses of your municipality. One per line. Whoever has "
            "such an address can ask to join."
        ),
    )
    report_recipients = LinesField(
        label=gettext_lazy("Who gets the monthly report"),
        each=address,
        most=MOST_RECIPIENTS,
        help_text=gettext_lazy(
            "E-mail addresses, one per line. The report holds figures only, no names."
        ),
    )
    still_right = forms.BooleanField(
        label=gettext_lazy("I have checked that all this is right today"), required=False
    )

    class Meta:
        model = MunicipalitySettings
        fields: ClassVar = [
            "griffier_name",
            "griffier_email",
            "griffier_phone",
            "adviser_name",
            "adviser_email",
            "adviser_phone",
            "gift_limit",
            "code_of_conduct",
            "welcome_text",
            "automatic_reminders",
            "email_domains",
            "report_recipients",
        ]
        labels: ClassVar = {
            "griffier_name": gettext_lazy("Name of the council clerk"),
            "griffier_email": gettext_lazy("E-mail of the office"),
            "griffier_phone": gettext_lazy("Phone number of the office"),
            "adviser_name": gettext_lazy("Name of the confidential adviser"),
            "adviser_email": gettext_lazy("E-mail of the confidential adviser"),
            "adviser_phone": gettext_lazy("Phone number of the confidential adviser"),
            "gift_limit": gettext_lazy("Limit for gifts in whole euros"),
            "welcome_text": gettext_lazy("Welcome to your people"),
            "automatic_reminders": gettext_lazy("Remind people by themselves, by e-mail"),
        }
        help_texts: ClassVar = {
            "gift_limit": gettext_lazy("Write 0 when your people accept no gifts at all."),
            "welcome_text": gettext_lazy(
                "Plain text. An empty line begins a new paragraph. At most 2000 characters."
            ),
            "automatic_reminders": gettext_lazy(
                "Before and after the day by which something is due."
            ),
        }
        widgets: ClassVar = {"welcome_text": forms.Textarea(attrs={"rows": 6})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("griffier_phone", "adviser_phone"):
            self.fields[name].widget = forms.TextInput(attrs={"type": "tel"})

    def clean_griffier_phone(self) -> str:
        return phone(self.cleaned_data["griffier_phone"])

    def clean_adviser_phone(self) -> str:
        return phone(self.cleaned_data["adviser_phone"])

    def clean_welcome_text(self) -> str:
        return plain(self.cleaned_data["welcome_text"])

    def clean_code_of_conduct(self) -> str:
        """An address that is reached safely, and shows where it leads."""
        url: str = self.cleaned_data["code_of_conduct"]
        if not url:
            return ""
        try:
            URLValidator(schemes=["https"])(url)
        except ValidationError as refused:
            raise ValidationError(
                _("Give a whole address that begins with https://. Copy it from your browser.")
            ) from refused
        # A name before an @ can make another site look like the municipality's.
        if "@" in urlsplit(url).netloc:
            raise ValidationError(_("Leave out what stands before the @ in this address."))
        return url

    def save_for(self, monitor: User) -> MunicipalitySettings:
        """Store it; ticked as checked, it counts as checked today."""
        stored = self.save(commit=False)
        stored.updated_by = monitor
        if self.cleaned_data["still_right"]:
            stored.checked_on = today()
        with transaction.atomic():
            stored.save()
            audit.record(
                AuditEvent.What.SETTINGS,
                by=monitor,
                municipality_code=stored.municipality.code,
                details={"model": stored._meta.label_lower, "fields": sorted(self.changed_data)},
            )
        return stored


def phone(text: str) -> str:
    """A phone number as people write it. Raises ValidationError."""
    number = text.strip()
    if number and not PHONE.fullmatch(number):
        raise ValidationError(_("Write a phone number in figures, as in 038 123 45 67."))
    return number
