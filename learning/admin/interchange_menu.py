"""Where importing and exporting questions are found: in the question bank's menu and its list."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem, SubmenuMenuItem
from wagtail.snippets.bulk_actions.snippet_bulk_action import SnippetBulkAction

from learning.admin import interchange, question_export
from learning.models import Question


class PermittedItem(MenuItem):
    """Shown to who may do what it leads to."""

    def __init__(self, *args: Any, permissions: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.permissions = permissions

    def is_shown(self, request: HttpRequest) -> bool:
        return any(request.user.has_perm(each) for each in self.permissions)


@hooks.register("register_admin_urls")
def urls() -> list[Any]:
    return [*interchange.URLS, *question_export.URLS]


@hooks.register("construct_main_menu")
def add_to_question_bank(request: HttpRequest, menu_items: list[Any]) -> None:
    """The menu of the bank is made with its lists; these two are pages of their own."""
    questions = reverse(Question.snippet_viewset.get_url_name("list"))
    for item in menu_items:
        if not isinstance(item, SubmenuMenuItem):
            continue
        within = item.menu.registered_menu_items
        if any(each.url == questions for each in within) and not any(
            isinstance(each, PermittedItem) for each in within
        ):
            within += [
                PermittedItem(
                    _("Import questions"),
                    reverse("question_import"),
                    name="question-import",
                    icon_name="upload",
                    order=800,
                    permissions=("learning.add_question",),
                ),
                PermittedItem(
                    _("Export questions"),
                    reverse("question_export"),
                    name="question-export",
                    icon_name="download",
                    order=810,
                    permissions=question_export.PERMISSIONS,
                ),
            ]


@hooks.register("register_bulk_action")
class ExportSelected(SnippetBulkAction):
    """Chosen in the list of questions: on to the page where the form of the file is chosen."""

    models = [Question]
    display_name = _("Export")
    aria_label = _("Export the selected questions")
    action_type = "export"
    template_name = "learning/admin/question_export.html"
    action_priority = 40

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        ids = [each for each in request.GET.getlist("id") if each.isdecimal()]
        return redirect(f"{reverse('question_export')}?{urlencode({'id': ids}, doseq=True)}")
