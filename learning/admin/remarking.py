"""Marking anew, for editors who may publish questions: first whom it touches, then the act."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail import hooks
from wagtail.admin.auth import require_admin_access

from accounts.models import User
from learning.models import Question, Remarking
from learning.remarking import effect_of, remark


class RemarkForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why are they marked anew?"),
        max_length=300,
        help_text=gettext_lazy("Kept with the marks. For example: the key had the old rule."),
    )


@require_admin_access
def remark_question(request: HttpRequest, question_key: UUID) -> HttpResponse:
    """Whom the newest key touches; POST marks by it."""
    person = request.user
    if not isinstance(person, User) or not person.has_perm("learning.publish_question"):
        raise PermissionDenied
    question = get_object_or_404(
        Question.objects.order_by("pk").filter(translation_key=question_key)[:1]
    )
    form = RemarkForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        done = remark(question_key, by=person, reason=form.cleaned_data["reason"])
        messages.success(
            request,
            ngettext(
                "%(count)d answer has another mark now.",
                "%(count)d answers have another mark now.",
                done.answers,
            )
            % {"count": done.answers},
        )
        return redirect("remark_question", question_key)
    context = {
        "question": question,
        "edit_url": reverse(question.snippet_viewset.get_url_name("edit"), args=[question.pk]),
        "effect": effect_of(question_key),
        "earlier": Remarking.objects.filter(question_key=question_key).select_related("by"),
        "form": form,
    }
    return TemplateResponse(
        request, "learning/admin/remark.html", context, status=422 if form.errors else 200
    )


@hooks.register("register_admin_urls")
def urls() -> list[Any]:
    return [
        path(
            "vragen/<uuid:question_key>/opnieuw-nakijken/", remark_question, name="remark_question"
        )
    ]


@hooks.register("after_edit_snippet")
def offer_to_remark(request: HttpRequest, question: Any) -> None:
    """A key that changed may touch people who answered before: say so at once."""
    if not isinstance(question, Question) or not question.live:
        return
    effect = effect_of(question.translation_key)
    if not effect.answers or not request.user.has_perm("learning.publish_question"):
        return
    messages.warning(
        request,
        format_html(
            '{} <a href="{}">{}</a>',
            ngettext(
                "%(count)d answer that was given before has another mark by this key.",
                "%(count)d answers that were given before have another mark by this key.",
                effect.answers,
            )
            % {"count": effect.answers},
            reverse("remark_question", args=[question.translation_key]),
            _("Look whom it touches"),
        ),
    )
