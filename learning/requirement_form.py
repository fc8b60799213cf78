"""The form by which a requirement is set: by a municipality's monitor, or for the country."""

from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from learning.day_field import DayField
from learning.models import LearningPath, ModulePage, Municipality, Requirement
from learning.roles import Role
from learning.rules.validity import ValidityKind

NO_DUE, DUE_ON, DUE_DAYS = "none", "on", "days"


Choices = list[tuple[str, str]]


def modules() -> Choices:
    pages = ModulePage.objects.source().live().in_order()
    return [(str(page.translation_key), page.title) for page in pages]


def learning_paths() -> Choices:
    pages = LearningPath.objects.source().live().in_order()
    return [(str(page.translation_key), page.title) for page in pages]


class RequirementForm(forms.Form):
    """Everything that a requirement says, in the order in which one thinks of it.

    What does not apply to what was chosen is left out, so that it may stay filled in.
    """

    subject = forms.ChoiceField(label=gettext_lazy("Module or learning path"))
    roles = forms.MultipleChoiceField(
        label=gettext_lazy("Who must do it?"),
        choices=Role.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one role.")},
    )
    starts_on = DayField(label=gettext_lazy("From which day?"))
    ends_on = DayField(
        label=gettext_lazy("Through which day?"),
        required=False,
        help_text=gettext_lazy("Leave it empty when there is no last day."),
    )
    due = forms.ChoiceField(
        label=gettext_lazy("When must it be finished?"),
        choices=[
            (NO_DUE, gettext_lazy("There is no date: nobody is too late")),
            (DUE_ON, gettext_lazy("Before or on a day")),
            (DUE_DAYS, gettext_lazy("Within a number of days after somebody begins to serve")),
        ],
        widget=forms.RadioSelect,
        initial=NO_DUE,
    )
    due_on = DayField(label=gettext_lazy("The last day"), required=False)
    due_days = forms.IntegerField(
        label=gettext_lazy("Number of days"),
        required=False,
        validators=[MinValueValidator(1), MaxValueValidator(3650)],
    )
    validity = forms.ChoiceField(
        label=gettext_lazy("How long is it valid?"),
        choices=[
            (ValidityKind.FOR_GOOD.value, gettext_lazy("For good: once is enough")),
            (
                ValidityKind.FROM_COMPLETION.value,
                gettext_lazy("A number of months from the day of completion"),
            ),
            (
                ValidityKind.FROM_PREVIOUS_END.value,
                gettext_lazy("A number of months; who renews early loses nothing"),
            ),
            (
                ValidityKind.CALENDAR.value,
                gettext_lazy("Through the end of a fixed period, such as a calendar year"),
            ),
        ],
        widget=forms.RadioSelect,
        initial=ValidityKind.FOR_GOOD.value,
    )
    valid_months = forms.IntegerField(
        label=gettext_lazy("Number of months"),
        required=False,
        validators=[MinValueValidator(1), MaxValueValidator(120)],
    )
    calendar_start = DayField(
        label=gettext_lazy("A day on which a fixed period begins"),
        required=False,
        help_text=gettext_lazy("For a calendar year: 1 January and 12 months."),
    )
    renewal_days = forms.IntegerField(
        label=gettext_lazy("How many days before the end may one renew?"),
        required=False,
        initial=60,
        validators=[MinValueValidator(0), MaxValueValidator(730)],
    )
    renewal_by = forms.ChoiceField(
        label=gettext_lazy("How does one renew?"),
        required=False,
        choices=Requirement.Renewal,
        widget=forms.RadioSelect,
        initial=Requirement.Renewal.WHOLE,
    )
    renewal = forms.ChoiceField(label=gettext_lazy("The shorter module"), required=False)
    accepts_earlier = forms.BooleanField(
        label=gettext_lazy("What somebody finished earlier counts"),
        required=False,
        initial=True,
        help_text=gettext_lazy("Otherwise everybody does it again."),
    )

    # Which fields of the form tell of a field of the model.
    SHOWN_AT: ClassVar = {"subject_key": "subject", "renewal_key": "renewal"}

    def __init__(
        self,
        data: Any = None,
        *,
        municipality: Municipality | None,
        instance: Requirement | None = None,
        initial: dict[str, Any] | None = None,
    ) -> None:
        self.municipality = municipality
        self.instance = instance
        super().__init__(data, initial=(values_of(instance) if instance else {}) | (initial or {}))
        asked, paths = modules(), learning_paths()
        self.titles = dict([*asked, *paths])
        self.path_keys = dict(paths).keys()
        groups = [(_("Modules"), asked), (_("Learning paths"), paths)]
        self.choose("subject", [(label, choices) for label, choices in groups if choices])
        self.choose("renewal", asked)
        if instance is not None:
            # Another module is another requirement: what was waived and held belongs to this one.
            del self.fields["subject"]

    def choose(self, name: str, choices: list[Any]) -> None:
        """What there is to choose from, with an empty line above it."""
        self.fields[name].choices = [("", _("Choose")), *choices]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Let the requirement itself say what contradicts."""
        data = super().clean() or {}
        if not self.errors:
            requirement = self.requirement()
            try:
                requirement.full_clean(exclude=["set_by", "municipality"])
            except forms.ValidationError as refused:
                for name, problems in refused.error_dict.items():
                    shown = self.SHOWN_AT.get(name, name)
                    self.add_error(shown if shown in self.fields else None, problems)
        return data

    def requirement(self) -> Requirement:
        """What the form says, not stored. What it does not ask is as it was."""
        data = self.cleaned_data
        requirement = (
            Requirement.objects.get(pk=self.instance.pk)
            if self.instance is not None
            else Requirement(municipality=self.municipality, **self.chosen_subject())
        )
        lasts = data["validity"] != ValidityKind.FOR_GOOD
        renewal_by = (data["renewal_by"] if lasts else "") or Requirement.Renewal.WHOLE
        values = {
            "roles": data["roles"],
            "starts_on": data["starts_on"],
            "ends_on": data["ends_on"],
            "due_on": data["due_on"] if data["due"] == DUE_ON else None,
            "due_days": data["due_days"] if data["due"] == DUE_DAYS else None,
            "validity": data["validity"],
            "valid_months": data["valid_months"] if lasts else None,
            "calendar_start": data["calendar_start"]
            if data["validity"] == ValidityKind.CALENDAR
            else None,
            "renewal_days": data["renewal_days"] or 0 if lasts else 60,
            "renewal_by": renewal_by,
            "renewal_key": UUID(data["renewal"])
            if renewal_by == Requirement.Renewal.OTHER and data["renewal"]
            else None,
            "accepts_earlier": data["accepts_earlier"],
        }
        for name, value in values.items():
            setattr(requirement, name, value)
        return requirement

    def chosen_subject(self) -> dict[str, Any]:
        key = self.cleaned_data["subject"]
        return {
            "subject_key": UUID(key),
            "subject_title": self.titles[key],
            "is_path": key in self.path_keys,
        }

    def clean_subject(self) -> str:
        """The one that a module brought with it is changed, not doubled."""
        key: str = self.cleaned_data["subject"]
        brought = Requirement.objects.filter(
            subject_key=key, follows_module=True, ends_on__isnull=True
        )
        if self.municipality is None and brought.exists():
            raise forms.ValidationError(
                _("This module has a national requirement already. Change that one.")
            )
        return key

    def clean_due_on(self) -> Any:
        return self.needed("due_on", "due", DUE_ON, _("Fill in the last day."))

    def clean_due_days(self) -> Any:
        return self.needed("due_days", "due", DUE_DAYS, _("Fill in the number of days."))

    def needed(self, name: str, choice: str, chosen: str, why: str) -> Any:
        """A field that must be filled in when something was chosen before it."""
        value = self.cleaned_data.get(name)
        if value is None and self.cleaned_data.get(choice) == chosen:
            raise forms.ValidationError(why)
        return value


def values_of(requirement: Requirement) -> dict[str, Any]:
    """What the form shows of a requirement that is there."""
    names = (
        *("roles", "starts_on", "ends_on", "due_on", "due_days", "validity", "valid_months"),
        *("calendar_start", "renewal_days", "renewal_by", "accepts_earlier"),
    )
    due = DUE_ON if requirement.due_on else DUE_DAYS if requirement.due_days else NO_DUE
    return {
        **{name: getattr(requirement, name) for name in names},
        "subject": str(requirement.subject_key),
        "due": due,
        "renewal": str(requirement.renewal_key or ""),
    }
