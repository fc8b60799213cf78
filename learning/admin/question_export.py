"""`/beheer/vragen-exporteren/`: which questions, as what, and what of them goes along."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from learning.interchange.forms import ExportForm
from learning.interchange.plans import latest, questions_for_export
from learning.interchange.questions import item_of
from learning.interchange.texts import FORMATS, said
from learning.models import Question
from learning.rules.interchange import formats
from learning.rules.interchange.formats import Format
from learning.rules.interchange.items import MOST_QUESTIONS, Item

PERMISSIONS: Final = (
    "learning.view_question",
    "learning.add_question",
    "learning.change_question",
    "learning.publish_question",
)


def check(request: HttpRequest) -> None:
    if not any(request.user.has_perm(each) for each in PERMISSIONS):
        raise PermissionDenied


def chosen_ids(request: HttpRequest) -> list[int]:
    """The questions that were ticked in the list."""
    return [int(each) for each in request.GET.getlist("id")[:MOST_QUESTIONS] if is_key(each)]


def is_key(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 19


def chosen(form: ExportForm, ids: Sequence[int]) -> QuerySet[Question]:
    """The questions that were asked for: those that were ticked, or those of a topic, or all.

    What is archived only when it was ticked.
    """
    questions = questions_for_export()
    if ids:
        return questions.filter(pk__in=ids)
    if form.cleaned_data["topic"] is not None:
        questions = questions.filter(topics=form.cleaned_data["topic"])
    return questions.filter(locale=form.cleaned_data["locale"], archived_at=None)


@never_cache
@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """Choose; then see what will be in the file and what not."""
    check(request)
    ids = chosen_ids(request)
    asked = "format" in request.GET
    form = ExportForm(request.GET) if asked else ExportForm()
    if ids:
        del form.fields["topic"], form.fields["locale"]
    context: dict[str, Any] = {"form": form, "ids": ids}
    if asked and form.is_valid():
        context |= summary(form, ids)
        context["file_url"] = f"{reverse('question_export_file')}?{request.GET.urlencode()}"
    status = 422 if asked and form.errors else 200
    return TemplateResponse(request, "learning/admin/question_export.html", context, status=status)


def summary(form: ExportForm, ids: Sequence[int]) -> dict[str, Any]:
    """How many questions, and what of them the form of the file has no place for."""
    to = Format(form.cleaned_data["format"])
    questions = chosen(form, ids)
    count = questions.count()
    if count > MOST_QUESTIONS:
        return {"too_many": count, "most": MOST_QUESTIONS}
    lost: dict[str, list[str]] = defaultdict(list)
    held = 0
    for question in questions:
        kept, problems = formats.reduced(to, item_of(latest(question)))
        held += kept is not None
        for problem in problems:
            lost[said(problem)].append(str(question))
    return {"count": count, "held": held, "lost": list(lost.items()), "format": FORMATS[to]}


@never_cache
@require_safe
def file(request: HttpRequest) -> HttpResponse:
    """The file itself."""
    check(request)
    ids = chosen_ids(request)
    form = ExportForm(request.GET)
    if ids:
        del form.fields["topic"], form.fields["locale"]
    if not form.is_valid():
        return export(request)
    questions = chosen(form, ids)
    if questions.count() > MOST_QUESTIONS:
        return export(request)
    to = Format(form.cleaned_data["format"])
    items: list[Item] = [item_of(latest(question)) for question in questions]
    response = HttpResponse(formats.write(to, items), content_type=to.content_type)
    name = f"{_('questions')}-{timezone.localdate():%Y-%m-%d}.{to.extension}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


URLS: Final[list[Any]] = [
    path("vragen-exporteren/", export, name="question_export"),
    path("vragen-exporteren/bestand/", file, name="question_export_file"),
]
