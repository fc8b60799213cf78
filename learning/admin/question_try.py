"""An editor answers a question in the preview and sees how it is marked. Nothing is stored."""

from typing import Any

from django.contrib.auth.decorators import permission_required
from django.contrib.auth.models import AnonymousUser
from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST
from wagtail import hooks

from learning.previews import marked_trial


@never_cache
@require_POST
@permission_required("learning.change_question", raise_exception=True)
@xframe_options_sameorigin
def try_questions(request: HttpRequest) -> HttpResponse:
    """In the frame of the preview, as a learner sees it, whoever looks."""
    request.user = AnonymousUser()
    try:
        context = marked_trial(request.POST)
    except BadSignature:
        return TemplateResponse(request, "learning/question_try_stale.html", status=410)
    return TemplateResponse(request, "learning/question_preview.html", context)


@hooks.register("register_admin_urls")
def urls() -> list[Any]:
    return [path("vragen/proberen/", try_questions, name="question_try")]
