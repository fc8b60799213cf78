"""The report "to be reviewed": what rests on an article of law that has changed."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, register_converter, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.models import Page

from accounts.models import User
from home.admin_heads import head
from home.editing.waiting import Waiting, register_waiting
from learning.law_reviews import ChangedAgain, changes, count_left, review, undo_review
from learning.models import Question

MAY_REVIEW = "learning.change_question"
may_review = permission_required(MAY_REVIEW, raise_exception=True)
KINDS = {"question": Question, "page": Page}


class DayConverter:
    """A day in an address, as 2026-11-25."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        return date.fromisoformat(value)

    def to_url(self, value: date) -> str:
        return f"{value:%Y-%m-%d}"


register_converter(DayConverter, "law_day")


@never_cache
@may_review
def report(request: HttpRequest) -> HttpResponse:
    """Per change what is still to be looked at; with `alles=1` also what was."""
    shows_all = request.GET.get("alles") == "1"
    found = changes()
    context = {
        "shows_all": shows_all,
        "changes": [change for change in found if shows_all or change.left],
        "any_change": bool(found),
        "left": sum(len(change.left) for change in found),
        **head(_("To be reviewed after a change of law"), "tasks", here=_("After a change of law")),
    }
    return TemplateResponse(request, "learning/admin/law_review.html", context)


@require_POST
@may_review
def tick(request: HttpRequest, key: UUID, day: date, kind: str, pk: int) -> HttpResponse:
    """Somebody has looked at it, or takes that back. Then on with the list."""
    if kind not in KINDS:
        raise Http404
    thing: Question | Page = get_object_or_404(KINDS[kind], pk=pk)
    assert isinstance(request.user, User)  # noqa: S101  permission_required saw to it
    if isinstance(thing, Page) and not thing.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    if "undo" in request.POST:
        undo_review(thing, article_key=key, changed_on=day)
        messages.success(request, _("“%(title)s” is to be reviewed again.") % {"title": thing})
    else:
        try:
            review(thing, article_key=key, changed_on=day, by=request.user)
        except ChangedAgain:
            messages.error(
                request,
                _("This article was marked as changed once more. Read what is new, then review."),
            )
        else:
            messages.success(request, _("“%(title)s” is reviewed.") % {"title": thing})
    suffix = "?alles=1" if request.POST.get("alles") == "1" else ""
    return redirect(reverse("law_review") + suffix)


@register_waiting
def show_what_is_left(user: User) -> Iterator[Waiting]:
    """On the first page of the admin, as long as there is something to review."""
    if user.has_perm(MAY_REVIEW):
        yield Waiting(
            _("To be looked at because a law has changed"),
            count_left(),
            reverse("law_review"),
            order=40,
        )


class ReviewMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(MAY_REVIEW))


@hooks.register("register_reports_menu_item")
def menu_item() -> MenuItem:
    return ReviewMenuItem(
        gettext_lazy("After a change of law"), reverse("law_review"), icon_name="tasks", order=50
    )


@hooks.register("register_admin_urls")
def urls() -> list[Any]:
    return [
        path("nakijken/", report, name="law_review"),
        path(
            "nakijken/<uuid:key>/<law_day:day>/<str:kind>/<int:pk>/", tick, name="law_review_tick"
        ),
    ]
