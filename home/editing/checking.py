"""The hints beside the editor: those of what is stored, and anew of what is being typed."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from wagtail import hooks
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.pages.preview import PreviewOnCreate, PreviewOnEdit
from wagtail.models import Page

from home.editing.hints import Group, grouped, hints_of

TEMPLATE = "home/editing/hints.html"


class CheckOnEdit(PreviewOnEdit):
    """Looks at a page as it stands in the form, and stores nothing."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.get_form(request.POST)
        is_whole = self.validate_form(form)
        if is_whole:
            form.save(commit=False)
        # What cannot be read as a form is named beside its fields when one saves.
        page = form.instance if is_whole else self.get_object()
        return TemplateResponse(
            request, TEMPLATE, {"groups": groups_of(page), "is_of_the_form": is_whole}
        )


class CheckOnCreate(CheckOnEdit, PreviewOnCreate):
    """The same for a page that was never stored."""


def groups_of(page: Page) -> list[Group]:
    return grouped(hints_of(page))


def address_of_check(request: HttpRequest, page: Page) -> str:
    """Where the form of this page is looked at."""
    if page.pk:
        return reverse("page_check", args=[page.pk])
    match = request.resolver_match
    names = ("content_type_app_name", "content_type_model_name", "parent_page_id")
    known = match.kwargs if match else {}
    return (
        reverse("page_check_new", args=[known[name] for name in names])
        if all(name in known for name in names)
        else ""
    )


@hooks.register("register_admin_urls")
def urls() -> list[Any]:
    return [
        path(
            "schrijfhulp/<int:page_id>/",
            require_admin_access(CheckOnEdit.as_view()),
            name="page_check",
        ),
        path(
            "schrijfhulp/<str:content_type_app_name>/<str:content_type_model_name>"
            "/<int:parent_page_id>/",
            require_admin_access(CheckOnCreate.as_view()),
            name="page_check_new",
        ),
    ]
