"""What the templates of the admin ask."""

from typing import Any

from django import template
from django.db.models import Model
from wagtail.admin.templatetags.wagtailuserbar import wagtailuserbar
from wagtail.models import Page

from home.editing import checking, hints, link_report, uses
from home.rules.quality import Hint

register = template.Library()


@register.simple_tag
def page_hints(page: Page) -> list[hints.Group]:
    return checking.groups_of(page)


@register.simple_tag(takes_context=True)
def page_check_url(context: dict[str, Any], page: Page) -> str:
    return checking.address_of_check(context["request"], page)


@register.simple_tag
def linked_from(page: Page) -> list[Page]:
    return link_report.linked_from(page)


@register.simple_tag(takes_context=True)
def uses_of_snippet(context: dict[str, Any]) -> uses.Uses | None:
    """What uses the snippet that is to be deleted, alone or as one of many.

    None for what is no snippet: Wagtail knows all uses of those.
    """
    chosen = context.get("snippet") or next(iter(context.get("items") or ()), None)
    thing = chosen["item"] if chosen else context.get("object")
    if not isinstance(thing, Model) or not hasattr(type(thing), "snippet_viewset"):
        return None
    return uses.uses_of(thing, context["request"].user)


@register.simple_tag(takes_context=True)
def editors_bar(context: dict[str, Any]) -> Any:
    """Wagtail's bar, which also counts words and checks the page, of who looks at a preview.

    Learning shows its previews as a visitor sees them, and says here who it was.
    """
    request = context["request"]
    seen_by = request.user
    request.user = getattr(request, "editor", seen_by)
    try:
        return wagtailuserbar(context)
    finally:
        request.user = seen_by


@register.filter
def detail(hint: Hint) -> str:
    return hints.detail(hint)
