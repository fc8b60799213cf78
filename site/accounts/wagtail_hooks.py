"""For administrators, among the people of `/beheer/`: taking away a lost second step."""

from collections.abc import Iterator

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail import hooks
from wagtail.admin.widgets import Button

from accounts.current import person_of
from accounts.models import User
from accounts.second_step import kinds_of, remove_second_step


@hooks.register("register_admin_urls")
def urls() -> list[URLPattern]:
    return [
        path("users/<int:user_id>/tweede-stap/", remove_second_step_page, name="second_step_remove")
    ]


@hooks.register("register_user_listing_buttons")
def listing_buttons(user: User, request_user: User) -> Iterator[Button]:
    if may_remove(request_user, user):
        yield Button(
            _("Remove second step"),
            reverse("second_step_remove", args=[user.pk]),
            icon_name="lock-open",
            priority=40,
        )


def may_remove(by: User, person: User) -> bool:
    """Administrators, for others; their own they manage as everybody does."""
    return by.is_superuser and by.pk != person.pk


@require_http_methods(["GET", "HEAD", "POST"])
def remove_second_step_page(request: HttpRequest, user_id: int) -> HttpResponse:
    """Asks first; then removes it, and says what the person must do."""
    by = person_of(request)
    person = get_object_or_404(User, pk=user_id)
    if not may_remove(by, person):
        raise PermissionDenied
    if request.method == "POST":
        remove_second_step(person, by=by)
        text = _("The second step of %(name)s is removed. They got a mail.")
        messages.success(request, text % {"name": person})
        return redirect("wagtailusers_users:index")
    return render(
        request,
        "accounts/second_step_remove.html",
        {
            "person": person,
            "kinds": kinds_of(person),
            "page_title": _("Remove second step"),
            "header_icon": "lock-open",
        },
    )
