"""From an editor's list of fields to a form with our widgets and words."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.contrib.forms.forms import BaseForm, FormBuilder
from wagtail.contrib.forms.views import SubmissionsListView

from home.spreadsheets import harmless

if TYPE_CHECKING:
    from home.models.forms import FormPage

# What an editor may ask. No files: nobody would look at them before opening them.
KINDS: Final = [
    ("singleline", gettext_lazy("one line")),
    ("multiline", gettext_lazy("several lines")),
    ("email", gettext_lazy("e-mail address")),
    ("number", gettext_lazy("number")),
    ("date", gettext_lazy("day")),
    ("radio", gettext_lazy("one of several, all in sight")),
    ("dropdown", gettext_lazy("one of several, in a list")),
    ("checkboxes", gettext_lazy("any of several")),
    ("checkbox", gettext_lazy("tick")),
]
CHOSEN: Final = {"radio", "dropdown", "checkboxes"}
CONSENT: Final = "rv-consent"
LONGEST_TEXT: Final = 4000
LONGEST_LINE: Final = 255
# What an editor calls the name of who fills the form in.
OWN_NAME: Final = {"naam", "uw naam", "name", "your name", "namme", "jo namme"}


class HouseFormBuilder(FormBuilder):
    """Native widgets, a limit to what is sent, and errors that say what to do."""

    def get_field_options(self, field: Any) -> dict[str, Any]:
        options: dict[str, Any] = super().get_field_options(field)
        missing = _("Fill this in.")
        if field.field_type in CHOSEN:
            missing = _("Make a choice.")
        elif field.field_type == "checkbox":
            missing = _("Tick this to go on.")
        if not field.required and field.field_type != "checkbox":
            options["label"] = _("%(question)s (you may skip this)") % {"question": field.label}
        return options | {"error_messages": {"required": missing}}

    def create_singleline_field(self, field: Any, options: dict[str, Any]) -> forms.Field:
        # A browser fills in what it knows of whoever sits before it (WCAG 1.3.5).
        own = field.label.strip().rstrip(":").lower() in OWN_NAME
        widget = forms.TextInput(attrs={"autocomplete": "name"} if own else {})
        return forms.CharField(**options, max_length=LONGEST_LINE, widget=widget)

    def create_email_field(self, field: Any, options: dict[str, Any]) -> forms.Field:
        return forms.EmailField(**options, widget=forms.EmailInput(attrs={"autocomplete": "email"}))

    def create_multiline_field(self, field: Any, options: dict[str, Any]) -> forms.Field:
        widget = forms.Textarea(attrs={"rows": 6})
        return forms.CharField(**options, max_length=LONGEST_TEXT, widget=widget)

    def create_date_field(self, field: Any, options: dict[str, Any]) -> forms.Field:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        return forms.DateField(**options, widget=widget)

    def create_dropdown_field(self, field: Any, options: dict[str, Any]) -> forms.Field:
        choices = [("", _("Choose")), *self.get_formatted_field_choices(field)]
        return forms.ChoiceField(**options, choices=choices)


def faults_of(field: Any) -> dict[str, str]:
    """What keeps visitors from filling in a field as an editor made it: by part of it, in words."""
    builder = HouseFormBuilder([field])
    if field.field_type in CHOSEN:
        choices = [value for value, _label in builder.get_formatted_field_choices(field) if value]
        if not choices:
            return {"choices": _("Write the choices, each on a line of its own.")}
        if len(set(choices)) < len(choices):
            return {"choices": _("A choice stands here twice. Write each once.")}
    if field.default_value and field.field_type != "checkbox":
        many = field.field_type == "checkboxes"
        given = builder.get_formatted_field_initial(field) if many else field.default_value
        try:
            next(iter(builder.formfields.values())).clean(given)
        except forms.ValidationError:
            return {"default_value": _("This could not be filled in here. Change it, or empty it.")}
    return {}


def form_class_of(page: "FormPage") -> type[BaseForm]:
    """The form of a page, with a tick for consent when the page asks for that."""
    fields = dict(HouseFormBuilder(page.get_form_fields()).formfields)
    if page.consent_text:
        fields[CONSENT] = forms.BooleanField(
            label=page.consent_text, error_messages={"required": _("Tick this to go on.")}
        )
    return type("HouseForm", (BaseForm,), fields)


class HarmlessEntries(SubmissionsListView):
    """What came in, for who may edit the page; what visitors typed runs in no spreadsheet."""

    def to_row_dict(self, item: Any) -> dict[str, Any]:
        row: dict[str, Any] = super().to_row_dict(item)
        return {name: harmless(as_text(value)) for name, value in row.items()}


def as_text(value: Any) -> str:
    if isinstance(value, datetime):
        return timezone.localtime(value).strftime("%Y-%m-%d %H:%M")
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
