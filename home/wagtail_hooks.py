"""The public site in Wagtail's admin."""

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.views.home import (
    UserObjectsInWorkflowModerationPanel,
    WorkflowObjectsToModeratePanel,
)

from home.editing import checking as _checking  # noqa: F401  its hooks register themselves
from home.editing import deadlines as _deadlines  # noqa: F401  likewise
from home.editing import link_report as _link_report  # noqa: F401  likewise
from home.editing import review_list as _review_list  # noqa: F401  likewise
from home.editing import workflow as _workflow  # noqa: F401  likewise


@hooks.register("construct_main_menu")
def say_what_snippets_are(request: HttpRequest, items: list[Any]) -> None:
    """No editor knows what a snippet is: they look for partners and law articles."""
    for item in items:
        if item.name == "snippets":
            item.label = _("Partners and laws")


@hooks.register("construct_homepage_panels")
def say_what_waits_once(request: HttpRequest, panels: list[Any]) -> None:
    """What is in the workflow stands in our own list of what waits, with its deadline."""
    panels[:] = [
        panel
        for panel in panels
        if not isinstance(
            panel, UserObjectsInWorkflowModerationPanel | WorkflowObjectsToModeratePanel
        )
    ]


@hooks.register("insert_global_admin_css")
def our_own_style() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("admin.css"))


@hooks.register("insert_global_admin_js")
def start_what_wagtail_starts_inline() -> str:
    """See home/admin_scripts.py."""
    return format_html('<script src="{}"></script>', static("admin.js"))


@hooks.register("construct_help_menu")
def leave_out_what_wagtail_tells_of_itself(request: HttpRequest, items: list[Any]) -> None:
    """What is new in Wagtail is no news to who writes here; the guide is our own."""
    items[:] = [
        item for item in items if not item.name.startswith(("whats-new-in-wagtail", "editor-guide"))
    ]
