"""The guide in `/beheer/`: one page, so that the browser's own search finds everything."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from home.admin_heads import head
from home.guide.tasks import tasks


@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """All tasks below each other. Whoever may be in the admin may read it."""
    context = {
        "tasks": tasks(),
        **head(_("Guide"), "help"),
    }
    return TemplateResponse(request, "home/guide/guide.html", context)


class GuidePanel(Component):
    """On the start page, below what waits."""

    name = "guide"
    template_name = "home/guide/panel.html"
    order = 90

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        return {"tasks": tasks()}


def urls() -> list[Any]:
    return [path("handleiding/", guide, name="guide")]


def menu_item() -> MenuItem:
    return MenuItem(_("Guide"), reverse("guide"), name="guide", icon_name="help", order=900)


def add_panel(request: HttpRequest, panels: list[Any]) -> None:
    panels.append(GuidePanel())


def connect() -> None:
    hooks.register("register_admin_urls", urls)
    hooks.register("register_admin_menu_item", menu_item)
    hooks.register("construct_homepage_panels", add_panel)
