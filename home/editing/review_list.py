"""The list *to be reviewed* in `/beheer/`, and one press for what somebody has looked at."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from wagtail import hooks
from wagtail.admin.auth import require_admin_access
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page

from accounts.models import User
from home.admin_heads import head
from home.editing.reviews import AHEAD, LOOKED_AT, looked_at, reviews
from home.editing.waiting import Waiting, register_waiting

PER_PAGE = 50


@never_cache
@require_admin_access
def review_list(request: HttpRequest) -> HttpResponse:
    """Overdue first, then what comes in the next weeks; of one kind where that is asked."""
    assert isinstance(request.user, User)  # noqa: S101  require_admin_access saw to it
    today = timezone.localdate()
    found = reviews(today + timedelta(days=AHEAD), request.user)
    kinds = sorted({review.kind for review in found})
    kind = request.GET.get("soort", "")
    shown = [review for review in found if kind not in kinds or review.kind == kind]
    context = {
        "page_obj": Paginator(shown, PER_PAGE).get_page(request.GET.get("p")),
        "kinds": kinds,
        "kind": kind if kind in kinds else "",
        "today": today,
        "due": sum(review.is_due(today) for review in shown),
        **head(_("To be reviewed"), "date"),
    }
    return TemplateResponse(request, "home/editing/reviews.html", context)


@require_POST
@require_admin_access
def look(request: HttpRequest, page_id: int) -> HttpResponse:
    """Looked at today: it comes back in a year."""
    assert isinstance(request.user, User)  # noqa: S101  require_admin_access saw to it
    page = get_object_or_404(Page, pk=page_id).specific
    # Who may change it may say so: nothing that visitors read is changed by it.
    if not page.permissions_for_user(request.user).can_edit() or not hasattr(page, "review_on"):
        raise PermissionDenied
    again = looked_at(page, by=request.user, day=timezone.localdate())
    messages.success(
        request,
        _("“%(title)s” is looked at. It comes back on %(day)s.")
        % {"title": page.title, "day": date_format(again, "j F Y")},
    )
    return redirect("review_list")


@register_waiting
def to_review(user: User) -> Iterator[Waiting]:
    """What is due today or earlier."""
    if user.has_perm("wagtailadmin.access_admin"):
        due = len(reviews(timezone.localdate(), user))
        yield Waiting(_("To be looked at again"), due, reverse("review_list"), order=50)


@hooks.register("register_reports_menu_item")
def menu_item() -> MenuItem:
    return MenuItem(
        gettext_lazy("To be reviewed"), reverse("review_list"), icon_name="date", order=40
    )


@hooks.register("register_log_actions")
def log_action(actions: LogActionRegistry) -> None:
    actions.register_action(
        LOOKED_AT, gettext_lazy("Looked at"), gettext_lazy("Looked at, to be reviewed in a year")
    )


@hooks.register("register_admin_urls")
def urls() -> list[Any]:
    return [
        path("herzien/", review_list, name="review_list"),
        path("herzien/<int:page_id>/", look, name="review_look"),
    ]
