"""`/mijn/praktijk/`: what one wrote and handed in, and how it stands."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from home.main_pages import active_locale
from learning.views.monitoring import viewer_of
from practice import handing_in, steps, unsent
from practice.forms import AnswerForm, ConsentForm
from practice.models import CasePage, Submission
from practice.rules.standing import OVER
from practice.summary import parts_of
from practice.views.writing import own_submission
from practice.words import STANDINGS


@never_cache
@login_required
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """All of one's own, what asks for an answer first."""
    own = Submission.objects.visible_to(viewer_of(request)).with_standing().newest_first()
    rows = [(each, STANDINGS[each.standing]) for each in own]
    rows.sort(key=lambda row: not row[1].needs_sender)
    return render(request, "practice/mine.html", {"rows": rows})


@never_cache
@login_required
@require_safe
def follow(request: HttpRequest, submission_id: int) -> HttpResponse:
    """How it stands; a draft is gone on with."""
    submission = own_submission(request, submission_id)
    if submission.state == Submission.State.DRAFT:
        return redirect("practice_step", submission.pk, steps.first_open(submission).slug)
    return show(request, submission)


def shown_page(submission: Submission) -> CasePage | None:
    """What is on the site of it: in the reader's language, or else as it was handed in."""
    page = submission.page
    if page is None or not page.live:
        return None
    own: CasePage | None = page.get_translation_or_none(active_locale())
    return own if own is not None and own.live else page


def show(request: HttpRequest, submission: Submission, **more: Any) -> HttpResponse:
    """The page of one submission, with a form where a question waits."""
    status = HTTPStatus.UNPROCESSABLE_ENTITY if more else HTTPStatus.OK
    asked = list(submission.asked.all())
    page = shown_page(submission)
    typed = unsent.typed_at(request, reverse("practice_submission", args=[submission.pk]))
    if typed and not more:
        messages.info(request, unsent.message())
    context = {
        "submission": submission,
        "standing": STANDINGS[submission.standing],
        "asked": [each for each in asked if each.answered_at],
        "question": next((each for each in asked if not each.answered_at), None),
        "form": AnswerForm(initial={"answer": typed.get("answer", "")} if typed else None),
        "parts": parts_of(submission) if submission.happened else [],
        "page_url": page.url if page is not None else "",
        "page_language": page.locale.language_code if page is not None else "",
        "may_withdraw": submission.is_open,
        "may_change_consent": submission.standing not in OVER or submission.state == "taken_down",
    }
    return render(request, "practice/follow.html", context | more, status=status)


@never_cache
def answer(request: HttpRequest, submission_id: int) -> HttpResponse:
    """Answer the question that waits. Sent twice it is one answer."""
    back_to = reverse("practice_submission", args=[submission_id])
    if not request.user.is_authenticated:
        return unsent.keep_and_sign_in(request, back_to)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    submission = own_submission(request, submission_id)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return show(request, submission, form=form)
    if handing_in.answer(submission, form.cleaned_data["answer"]):
        messages.success(request, _("Your answer is with the editors."))
    unsent.forget(request, back_to)
    return redirect(submission)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def consent(request: HttpRequest, submission_id: int) -> HttpResponse:
    """Give consent, or take it back, after handing in."""
    submission = own_submission(request, submission_id)
    if submission.state == Submission.State.DRAFT:
        return redirect("practice_step", submission.pk, "toestemming")
    if request.method == "POST":
        form = ConsentForm(request.POST, submission=submission)
        if form.is_valid():
            try:
                handing_in.change_consent(submission, form.cleaned_data)
            except handing_in.TooLate:
                messages.error(request, _("It is over for this example: nothing can be changed."))
            else:
                messages.success(request, _("Kept. The editors know."))
            return redirect(submission)
    else:
        form = ConsentForm(submission=submission)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    context = {"submission": submission, "form": form}
    return render(request, "practice/consent.html", context, status=status)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, submission_id: int) -> HttpResponse:
    """Take it back, or throw a draft away, after being asked once."""
    submission = own_submission(request, submission_id)
    is_draft = submission.state == Submission.State.DRAFT
    if request.method == "POST":
        if handing_in.withdraw(submission):
            messages.success(
                request,
                _("The draft is thrown away.") if is_draft else _("You have taken it back."),
            )
        else:
            messages.error(
                request, _("It is decided on already. You can still take back your consent.")
            )
        return redirect("practice_mine") if is_draft else redirect(submission)
    if not (is_draft or submission.is_open):
        return redirect(submission)
    return render(
        request, "practice/withdraw.html", {"submission": submission, "is_draft": is_draft}
    )
