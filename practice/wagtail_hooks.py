"""Cases in Wagtail's admin: what was handed in, for editors."""

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from accounts.models import User
from home.editing.waiting import Waiting, register_waiting
from home.editing.workflow import first_day, register_told_elsewhere
from practice.admin import views
from practice.handling import MAY_HANDLE
from practice.models import Submission


@hooks.register("register_admin_urls")
def urls() -> list[Any]:
    return [
        path("ingestuurd/", views.everything, name="practice_handle_all"),
        path("ingestuurd/<int:submission_id>/", views.one, name="practice_handle"),
        path("ingestuurd/<int:submission_id>/oppakken/", views.take_up, name="practice_take_up"),
        path("ingestuurd/<int:submission_id>/vragen/", views.ask, name="practice_ask"),
        path("ingestuurd/<int:submission_id>/afwijzen/", views.decline, name="practice_decline"),
    ]


class HandedInMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(MAY_HANDLE))


@hooks.register("register_admin_menu_item")
def menu_item() -> MenuItem:
    return HandedInMenuItem(
        # As short as the menu is narrow; the page says it whole.
        _("From practice"),
        reverse("practice_handle_all"),
        name="cases_handed_in",
        icon_name="openquote",
        order=250,
    )


@hooks.register("register_permissions")
def permissions() -> QuerySet[Permission]:
    app_label, codename = MAY_HANDLE.split(".")
    return Permission.objects.filter(content_type__app_label=app_label, codename=codename)


@register_told_elsewhere
def pages_of_cases(user: User) -> set[int]:
    """The pages of cases that wait: whoever handles those has them in one line, and one list."""
    if not user.has_perm(MAY_HANDLE):
        return set()
    waiting = Submission.objects.handed_in().waiting_for_editors().exclude(page=None)
    return set(waiting.values_list("page", flat=True))


@register_waiting
def cases_that_wait(user: User) -> Iterator[Waiting]:
    """On the first page of the admin, as long as something waits."""
    if user.has_perm(MAY_HANDLE):
        detail, late = first_day(set(pages_of_cases(user)))
        yield Waiting(
            gettext("Examples from practice wait for the editors"),
            Submission.objects.handed_in().waiting_for_editors().count(),
            reverse("practice_handle_all"),
            detail,
            is_late=late,
            order=25,
        )
