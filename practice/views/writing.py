"""Writing a case in steps, and sending it. Every step is kept as it is left."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.limits import too_often
from learning.views.limits import too_many
from learning.views.monitoring import viewer_of
from practice import handing_in, steps, unsent
from practice.looking_through import look_through
from practice.models import Submission
from practice.summary import parts_of


def own_submission(request: HttpRequest, submission_id: int) -> Submission:
    """The signed-in person's; 404 for anybody else's, as if it were not there."""
    own = Submission.objects.visible_to(viewer_of(request)).with_standing()
    found: Submission = get_object_or_404(own.select_related("page", "sender"), pk=submission_id)
    return found


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """What it is and how it goes; POST begins a draft."""
    person = viewer_of(request)
    if request.method == "POST":
        if too_many(request, "case"):
            return too_often(request, action=("allauth.account", "case"))
        draft = handing_in.begin(person)
        return redirect("practice_step", draft.pk, steps.first_open(draft).slug)
    own = Submission.objects.visible_to(person).newest_first()
    drafts = own.filter(state=Submission.State.DRAFT)
    return render(
        request,
        "practice/begin.html",
        {"drafts": drafts, "has_any": own.exists(), "steps": steps.STEPS},
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, submission_id: int, step: str) -> HttpResponse:
    """One step of a draft. However it is left, what was typed stays."""
    if not request.user.is_authenticated:
        return unsent.keep_and_sign_in(request, request.path)
    submission = own_submission(request, submission_id)
    current = steps.BY_SLUG.get(step)
    if current is None:
        raise Http404
    if submission.state != Submission.State.DRAFT:
        return redirect(submission)
    if request.method == "POST" and current.form is not None:
        return keep(request, submission, current)
    return show(request, submission, current)


def keep(request: HttpRequest, submission: Submission, current: steps.Step) -> HttpResponse:
    """Store the step as it was sent, and go where was asked."""
    assert current.form is not None  # noqa: S101  the caller saw to it
    form = current.form(request.POST, submission=submission)
    is_whole = form.is_valid()
    seen = request.POST.get("seen", "")
    try:
        handing_in.save_step(submission, form.kept(), seen=seen, watched=current.watched)
    except handing_in.TooLate:
        return redirect(submission)
    except handing_in.ChangedElsewhere:
        submission.refresh_from_db()
        return show(request, submission, current, form=form, status=HTTPStatus.CONFLICT)
    unsent.forget(request, request.path)
    before, after = steps.beside(current)
    if "later" in request.POST:
        messages.success(request, _("Kept. You can go on whenever you like."))
        return redirect("practice_mine")
    if "back" in request.POST and before is not None:
        return redirect("practice_step", submission.pk, before.slug)
    if is_whole:
        following = steps.LAST if request.POST.get("summary") else after
        return redirect("practice_step", submission.pk, (following or steps.LAST).slug)
    return show(request, submission, current, form=form)


def show(
    request: HttpRequest,
    submission: Submission,
    current: steps.Step,
    *,
    form: Any = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    """A step, or at the end all that was written."""
    is_changed = status == HTTPStatus.CONFLICT
    if form is not None:
        status = status if is_changed else HTTPStatus.UNPROCESSABLE_ENTITY
    elif current.form is not None:
        form = current.form(submission=submission)
        if typed := unsent.typed_at(request, request.path):
            form = unsent.filled_in(form, typed)
            messages.info(request, unsent.message())
    before, _after = steps.beside(current)
    open_steps = steps.missing(submission)
    context = {
        "submission": submission,
        "step": current,
        "number": steps.STEPS.index(current) + 1,
        "steps": [(each, each not in open_steps) for each in steps.STEPS],
        "before": before,
        "form": form,
        "seen": handing_in.version_of(submission, current.watched),
        "elsewhere": written_elsewhere(submission, form) if is_changed else None,
        "to_summary": request.GET.get("terug") or request.POST.get("summary"),
    }
    if current.slug == "anoniem":
        context["fields"] = look_through(submission)
    if current.form is None:
        context |= {
            "parts": parts_of(submission),
            "missing": open_steps,
            "fields": look_through(submission),
        }
    template = "practice/step.html" if current.form else "practice/summary.html"
    return render(request, template, context, status=status)


def written_elsewhere(submission: Submission, form: Any) -> list[tuple[str, str]]:
    """The texts that stand there now and are another here, to copy from before they go."""
    return [
        (str(form.fields[name].label), getattr(submission, name))
        for name in form.fields
        if name in Submission.TEXTS and getattr(submission, name) != form.kept().get(name)
    ]


@never_cache
def send(request: HttpRequest, submission_id: int) -> HttpResponse:
    """Hand it in. Pressed twice it is handed in once."""
    if not request.user.is_authenticated:
        # Back to what was to be sent: this address itself shows nothing.
        return redirect_to_login(reverse("practice_submission", args=[submission_id]))
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    submission = own_submission(request, submission_id)
    if submission.state != Submission.State.DRAFT:
        return redirect(submission)
    if too_many(request, "case"):
        return too_often(request, action=("allauth.account", "case"))
    try:
        handing_in.send(submission)
    except handing_in.Incomplete:
        return show(request, submission, steps.LAST, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    messages.success(request, _("Handed in. Thank you: others can learn from it."))
    return redirect(submission)
