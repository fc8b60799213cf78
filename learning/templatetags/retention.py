"""`{% retention_table %}`: what is kept how long, from the one table of the project."""

from typing import Any

from django import template

from learning.retention_words import rows

register = template.Library()


@register.inclusion_tag("learning/retention_table.html")
def retention_table() -> dict[str, Any]:
    return {"rows": rows()}
