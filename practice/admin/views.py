"""What was handed in, for editors: a list, and one with its questions and decisions."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from home.admin_heads import head
from learning.views.monitoring import viewer_of
from practice import handling
from practice.forms import AskForm, DeclineForm
from practice.looking_through import in_page
from practice.models import Submission

may_handle = permission_required(handling.MAY_HANDLE, raise_exception=True)
PER_PAGE = 30


@never_cache
@may_handle
@require_safe
def everything(request: HttpRequest) -> HttpResponse:
    """What waits first; what is over only when it is asked for."""
    shows_all = request.GET.get("alles") == "1"
    rows = Submission.objects.handed_in().with_standing().select_related("page").newest_first()
    if not shows_all:
        rows = rows.waiting_for_editors()
    context = {
        "rows": Paginator(rows, PER_PAGE).get_page(request.GET.get("p")),
        "shows_all": shows_all,
        **head(_("Cases handed in"), "openquote"),
    }
    return TemplateResponse(request, "practice/admin/all.html", context)


def handed_in(submission_id: int) -> Submission:
    """One that was handed in; a draft is as if it were not there."""
    rows = Submission.objects.handed_in().with_standing().select_related("page", "sender")
    found: Submission = get_object_or_404(rows, pk=submission_id)
    return found


@never_cache
@may_handle
@require_safe
def one(request: HttpRequest, submission_id: int) -> HttpResponse:
    return show(request, handed_in(submission_id))


def show(request: HttpRequest, submission: Submission, **forms: Any) -> HttpResponse:
    """One, with what can be done now. Who sent it stands there only if they said so."""
    page = submission.page.get_latest_revision_as_object() if submission.page else None
    asked = list(submission.asked.select_related("asked_by"))
    waits = any(each.answered_at is None for each in asked)
    context = {
        "submission": submission,
        "sender_name": name_of_sender(submission),
        "asked": asked,
        "page": page,
        "found": in_page(page) if page is not None else [],
        "may_ask": (
            submission.is_open
            and submission.may_ask
            and submission.sender_id is not None
            and not waits
        ),
        "ask_form": AskForm(prefix="ask"),
        "decline_form": DeclineForm(prefix="decline"),
        **head(
            str(submission),
            "openquote",
            way=((reverse("practice_handle_all"), _("Cases handed in")),),
        ),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if forms else HTTPStatus.OK
    return TemplateResponse(request, "practice/admin/one.html", context | forms, status=status)


def name_of_sender(submission: Submission) -> str:
    """Only where they said so."""
    sender = submission.sender
    return sender.name if submission.shows_name and sender is not None else ""


def told_when_too_late(
    request: HttpRequest, submission: Submission, act: Callable[[], object], done: str
) -> HttpResponse:
    """Do it and say so, or say that it was decided on or asked in the meantime."""
    try:
        act()
    except handling.NotNow:
        messages.error(request, _("That is no longer possible. See how it stands now."))
    except handling.MayNotAsk:
        messages.error(request, _("The sender does not want to be asked anything."))
    else:
        messages.success(request, done)
    return redirect("practice_handle", submission.pk)


@never_cache
@may_handle
@require_POST
def take_up(request: HttpRequest, submission_id: int) -> HttpResponse:
    submission = handed_in(submission_id)
    return told_when_too_late(
        request,
        submission,
        lambda: handling.take_up(submission, by=viewer_of(request)),
        _("You are working on it. The sender knows."),
    )


@never_cache
@may_handle
@require_POST
def ask(request: HttpRequest, submission_id: int) -> HttpResponse:
    submission = handed_in(submission_id)
    form = AskForm(request.POST, prefix="ask")
    if not form.is_valid():
        return show(request, submission, ask_form=form)
    return told_when_too_late(
        request,
        submission,
        lambda: handling.ask(submission, form.cleaned_data["text"], by=viewer_of(request)),
        _("Your question is on its way."),
    )


@never_cache
@may_handle
@require_POST
def decline(request: HttpRequest, submission_id: int) -> HttpResponse:
    submission = handed_in(submission_id)
    form = DeclineForm(request.POST, prefix="decline")
    if not form.is_valid():
        return show(request, submission, decline_form=form)
    return told_when_too_late(
        request,
        submission,
        lambda: handling.decline(submission, form.cleaned_data["reason"], by=viewer_of(request)),
        _("Not published. The sender can read why."),
    )
