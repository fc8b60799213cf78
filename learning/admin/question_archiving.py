"""Archiving a question and putting it back: the admin asks first, and keeps what was used."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from wagtail import hooks
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogFormatter

from accounts.models import User
from learning.archiving import ARCHIVED, TAKEN_BACK, archive, take_back, use_of
from learning.models import Question

# Out of the bank is as much as out of what is published: for who may publish.
MAY_ARCHIVE = "learning.publish_question"
LIST = "wagtailsnippets_learning_question:list"
EDIT = "wagtailsnippets_learning_question:edit"
may_archive = permission_required(MAY_ARCHIVE, raise_exception=True)


def archive_button(question: Question) -> Button:
    """Archive, or put back what is archived."""
    if question.archived_at is None:
        return Button(
            _("Archive"),
            url=reverse("question_archive", args=[question.pk]),
            icon_name="folder",
            priority=25,
        )
    return Button(
        _("Put back"),
        url=reverse("question_take_back", args=[question.pk]),
        icon_name="rotate",
        priority=25,
    )


@never_cache
@may_archive
def archive_question(request: HttpRequest, pk: int) -> HttpResponse:
    """Say where the question stands and what archiving means, then do it."""
    question = get_object_or_404(Question, pk=pk)
    if request.method == "POST":
        assert isinstance(request.user, User)  # noqa: S101  permission_required saw to it
        archive(question.translation_key, by=request.user)
        messages.success(request, _("“%(question)s” is archived.") % {"question": question})
        return redirect(LIST)
    return TemplateResponse(
        request, "learning/admin/question_archive.html", what_it_means(question)
    )


@never_cache
@may_archive
def take_back_question(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then put the question back into the bank."""
    question = get_object_or_404(Question, pk=pk)
    if request.method == "POST":
        assert isinstance(request.user, User)  # noqa: S101  permission_required saw to it
        take_back(question.translation_key, by=request.user)
        said = _("“%(question)s” is in the question bank again.")
        messages.success(request, said % {"question": question})
        return redirect(EDIT, pk)
    return TemplateResponse(
        request, "learning/admin/question_take_back.html", what_it_means(question)
    )


def crumbs(question: Question | None, label: str) -> list[dict[str, str]]:
    """The way here from the bank."""
    way = [{"url": reverse(LIST), "label": _("Questions")}]
    if question is not None:
        way.append({"url": reverse(EDIT, args=[question.pk]), "label": str(question)})
    return [*way, {"url": "", "label": label}]


def what_it_means(question: Question) -> dict[str, Any]:
    use = use_of([question.translation_key])[question.translation_key]
    label = _("Archive") if question.archived_at is None else _("Put back")
    return {
        "question": question,
        "use": use,
        "languages": Question.objects.filter(translation_key=question.translation_key).count(),
        "breadcrumbs_items": crumbs(question, label),
        "header_title": label,
        "header_icon": "help",
    }


@hooks.register("register_admin_urls")
def urls() -> list[Any]:
    return [
        path("vragen/<int:pk>/archiveren/", archive_question, name="question_archive"),
        path("vragen/<int:pk>/terugzetten/", take_back_question, name="question_take_back"),
    ]


@hooks.register("before_delete_snippet")
def keep_what_was_used(request: HttpRequest, instances: list[Any]) -> HttpResponse | None:
    """What is in a quiz or was ever asked is archived, not deleted."""
    questions = [each for each in instances if isinstance(each, Question)]
    uses = use_of({question.translation_key for question in questions})
    used = [question for question in questions if uses[question.translation_key].is_used]
    if not used:
        return None
    context = {
        "rows": [(question, uses[question.translation_key]) for question in used],
        "others": len(questions) - len(used),
        "may_archive": request.user.has_perm(MAY_ARCHIVE),
        "breadcrumbs_items": crumbs(None, _("Delete")),
        "header_title": _("Used questions are kept"),
        "header_icon": "help",
    }
    return TemplateResponse(request, "learning/admin/questions_kept.html", context)


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    @actions.register_action(ARCHIVED)
    class Archived(LogFormatter):
        label = gettext_lazy("Archive")
        message = gettext_lazy("Archived")

    @actions.register_action(TAKEN_BACK)
    class TakenBack(LogFormatter):
        label = gettext_lazy("Put back")
        message = gettext_lazy("Put back into the question bank")
