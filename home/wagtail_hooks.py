"""The public site in Wagtail's admin."""

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail import hooks


@hooks.register("construct_main_menu")
def say_what_snippets_are(request: HttpRequest, items: list[Any]) -> None:
    """No editor knows what a snippet is: they look for partners and law articles."""
    for item in items:
        if item.name == "snippets":
            item.label = _("Partners and laws")


@hooks.register("insert_global_admin_js")
def start_what_wagtail_starts_inline() -> str:
    """See home/admin_scripts.py."""
    return format_html('<script src="{}"></script>', static("admin.js"))
