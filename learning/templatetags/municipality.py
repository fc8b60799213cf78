"""`{% municipality_nav municipality %}`: the pages of a municipality, on each of them."""

from typing import Any

from django import template

from learning.models import Municipality
from learning.views.places import navigation

register = template.Library()


@register.simple_tag(takes_context=True)
def municipality_nav(context: dict[str, Any], municipality: Municipality) -> str:
    return navigation(municipality, context["request"].path)
