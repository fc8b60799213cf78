"""Wagtail's admin without scripts in its pages, so that its policy can refuse them all.

Wagtail starts choosers, date pickers and inline panels by `<script>` in the page. We write an
element that names what to start in its place, and site/frontend/js/admin.js starts it: a
template of ours for each of Wagtail's (home/templates/wagtailadmin), and this for the choosers,
whose script stands in Python. A test looks for `<script>` in all that Wagtail brings, so that a
newer version with more of them is noticed (tests/home/test_admin_scripts.py, ADR 0030).
"""

import json
from typing import Any

from django.utils.html import format_html
from wagtail.admin.widgets import BaseChooser
from wagtail.admin.widgets.workflows import AdminTaskChooser


def start(name: str, *args: Any) -> str:
    """The element that starts something of Wagtail's with these arguments."""
    return format_html(
        '<span hidden data-controller="rv-start" data-name="{}" data-args="{}"></span>',
        name,
        json.dumps(args),
    )


def render(
    self: BaseChooser, name: str, value: Any, attrs: dict[str, str], renderer: Any = None
) -> str:
    """As Wagtail's own `BaseChooser.render`, with an element for its script."""
    chosen = self.get_value_data(value)
    html = self.render_html(name, chosen, attrs)
    if isinstance(self, AdminTaskChooser):
        return format_html("{}{}", html, start("createTaskChooser", attrs["id"]))
    options = self.get_js_init_options(attrs["id"], name, chosen)
    return format_html("{}{}", html, start(self.js_constructor, attrs["id"], options))


def connect() -> None:
    """Give all choosers our way of drawing them."""
    BaseChooser.render = render
