"""Fields of forms, as components/field.html shows them."""

from django import template
from django.forms import BoundField

register = template.Library()


@register.filter
def without_placeholder(field: BoundField) -> BoundField:
    """Above the field stands what belongs in it; allauth's fields say it once more inside."""
    field.field.widget.attrs.pop("placeholder", None)
    return field


@register.filter
def in_fours(text: str) -> list[str]:
    """A long code in pieces that one can keep in mind while typing it over."""
    return [text[start : start + 4] for start in range(0, len(text), 4)]
