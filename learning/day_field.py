"""A day in a form: what the browser's own field gives, or as Dutch people write it."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from learning.rules.people_values import read_day


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%Y-%m-%d", **kwargs)


class DayField(forms.DateField):
    widget = DayInput

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values:
            return None
        try:
            return read_day(value)
        except ValueError as error:
            raise ValidationError(
                _("Write a day as in 31-12-2027, between 1945 and 2100.")
            ) from error
