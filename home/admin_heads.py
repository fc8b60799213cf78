"""What stands above a page of ours in Wagtail's admin: its name, its sign and the way to it."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _


def head(title: str, icon: str, *, here: str = "", way: tuple[tuple[str, str], ...] = ()) -> Any:
    """Context for a template that extends Wagtail's generic base.

    `here` is what the page is called at the end of the way to it, where that is shorter than its
    title; `way` are (address, words) of what lies between the start page and this one.
    """
    crumbs = [(reverse("wagtailadmin_home"), _("Home")), *way, ("", here or title)]
    return {
        "breadcrumbs_items": [{"url": url, "label": label} for url, label in crumbs],
        "header_title": title,
        "header_icon": icon,
    }
