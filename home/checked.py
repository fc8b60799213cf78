"""What somebody looks at once a year: whether it still holds."""

from datetime import date
from typing import Final

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

HOLDS_FOR: Final = 365


def needs_checking(checked_on: date | None, day: date) -> bool:
    """Whether nobody has looked at it for a year, as far as we know."""
    return checked_on is None or (day - checked_on).days > HOLDS_FOR


def not_in_the_future(day: date) -> None:
    """A slip in the year would call it checked for ever. Raises ValidationError."""
    if day > timezone.localdate():
        raise ValidationError(_("This day is yet to come. When was it last checked?"))
