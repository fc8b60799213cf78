"""An attempt on screen: a question a page, an overview to hand in from, and what came of it.

Addresses hold the attempt and not the quiz, so that an attempt can be finished and looked
back on whatever has become of the pages it came from.
"""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.models import Page

from accounts.models import User
from learning import attempts as journey
from learning.models import Attempt, AttemptItem, Completion, ModulePage
from learning.questions_shown import ShownQuestion, shown
from learning.rules.grading import InvalidResponse
from learning.views.pages import sign_in_first

PENDING = "pending_answer"


def own_attempt(request: HttpRequest, attempt_id: int) -> Attempt:
    """The signed-in person's attempt; 404 for anybody else's, as if it were not there."""
    attempt: Attempt = get_object_or_404(Attempt.objects.visible_to(request.user), pk=attempt_id)
    return attempt


def own_items(attempt: Attempt) -> list[AttemptItem]:
    return list(attempt.items.select_related("version", "answer"))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, attempt_id: int, position: int) -> HttpResponse:
    """One question. POST stores the answer and goes where the pressed button says."""
    if not request.user.is_authenticated:
        if request.method == "POST":
            keep_for_later(request, attempt_id, position)
        return sign_in_first(request)
    attempt = own_attempt(request, attempt_id)
    items = own_items(attempt)
    item = next((item for item in items if item.position == position), None)
    if item is None:
        raise Http404
    if not attempt.is_open:
        return redirect("attempt", attempt.pk)
    if request.method == "POST":
        return answer(request, attempt, items, item)
    take_up_pending(request, attempt, item)
    return show_question(request, attempt, items, item)


def show_question(
    request: HttpRequest,
    attempt: Attempt,
    items: list[AttemptItem],
    item: AttemptItem,
    *,
    error: str = "",
    status: int = 200,
) -> HttpResponse:
    question_shown = shown(item, translation.get_language())
    context = {
        "attempt": attempt,
        "question": question_shown,
        "total": len(items),
        "answered": sum(bool(other.chosen) for other in items),
        "previous": item.position - 1 if item.position > 1 else None,
        "is_last": item.position == len(items),
        "error": error,
    }
    return render(request, "learning/attempt_question.html", context, status=status)


def answer(
    request: HttpRequest, attempt: Attempt, items: list[AttemptItem], item: AttemptItem
) -> HttpResponse:
    """Store what was chosen and go on. Script gets 204, or 409/422 with nothing stored."""
    by_script = request.headers.get("X-Requested-With") == "fetch"
    going_on = request.POST.get("go", "next")
    chosen = request.POST.getlist("answer")
    try:
        journey.save_answer(attempt, item, chosen)
    except journey.AttemptClosed:
        return HttpResponse(status=409) if by_script else redirect("attempt", attempt.pk)
    except InvalidResponse:
        error = _("That answer does not belong to this question. Choose one of these.")
        return show_question(request, attempt, items, item, error=error, status=422)
    if by_script:
        return HttpResponse(status=204)
    if not chosen and going_on == "next":
        # Nothing chosen is no mistake, but going on should be meant: the overview lists it.
        messages.info(request, _("You skipped a question. You can come back to it."))
    if going_on == "previous" and item.position > 1:
        return redirect("attempt_question", attempt.pk, item.position - 1)
    if going_on == "next" and item.position < len(items):
        return redirect("attempt_question", attempt.pk, item.position + 1)
    return redirect("attempt", attempt.pk)


def keep_for_later(request: HttpRequest, attempt_id: int, position: int) -> None:
    """The session ended in the middle of a quiz: hold the answer until they have signed in.

    It stays in the visitor's own new session and is looked at only for who turns out to be
    the attempt's owner.
    """
    request.session[PENDING] = {
        "attempt": attempt_id,
        "position": position,
        "chosen": request.POST.getlist("answer")[:20],
    }


def take_up_pending(request: HttpRequest, attempt: Attempt, item: AttemptItem) -> None:
    """Store an answer that was given just before signing in again."""
    pending = request.session.get(PENDING)
    if not pending:
        return
    del request.session[PENDING]
    if pending["attempt"] != attempt.pk or pending["position"] != item.position:
        return
    try:
        item.answer = journey.save_answer(attempt, item, pending["chosen"])
    except (journey.AttemptClosed, InvalidResponse):
        return
    messages.success(request, _("You are signed in again. Your last answer is saved."))


@never_cache
@login_required
@require_safe
def overview(request: HttpRequest, attempt_id: int) -> HttpResponse:
    """Before handing in: what was answered. Afterwards: the result, with what to learn from it."""
    attempt = own_attempt(request, attempt_id)
    items = own_items(attempt)
    language = translation.get_language()
    questions = [shown(item, language) for item in items]
    if attempt.is_open:
        missing = [question for question in questions if not question.is_answered]
        return render(
            request,
            "learning/attempt_overview.html",
            {"attempt": attempt, "questions": questions, "missing": missing},
        )
    return render(request, "learning/attempt_result.html", result_context(attempt, questions))


def result_context(attempt: Attempt, questions: list[ShownQuestion]) -> dict[str, Any]:
    """What the result page says: the mark, each answer, what to read again, what is next."""
    language = translation.get_language()
    wanted = [question.lesson_key for question in questions if question.lesson_key]
    lessons = {
        page.translation_key: page
        for page in Page.objects.live().filter(
            translation_key__in=wanted, locale__language_code=language
        )
    }
    to_read = {
        page.pk: page
        for question in questions
        if not question.is_right and (page := lessons.get(question.lesson_key))
    }
    module = (
        ModulePage.objects.live()
        .filter(translation_key=attempt.module_key, locale__language_code=language)
        .first()
    )
    quiz = (
        Page.objects.live()
        .filter(translation_key=attempt.quiz_key, locale__language_code=language)
        .first()
    )
    return {
        "attempt": attempt,
        "questions": [(question, lessons.get(question.lesson_key)) for question in questions],
        "right": sum(question.is_right for question in questions),
        "to_read": list(to_read.values()),
        "module": module,
        "quiz": quiz,
        "completion": Completion.objects.visible_to(attempt.person)
        .filter(module_key=attempt.module_key, archived_at=None)
        .first(),
    }


@never_cache
@login_required
@require_POST
def submit(request: HttpRequest, attempt_id: int) -> HttpResponse:
    """Hand in. Questions without an answer must be meant: they are asked about once."""
    attempt = own_attempt(request, attempt_id)
    assert isinstance(request.user, User)  # noqa: S101  login_required saw to it
    if attempt.is_open:
        missing = sum(not item.chosen for item in own_items(attempt))
        if missing and request.POST.get("incomplete") != "yes":
            messages.warning(
                request,
                ngettext(
                    "You have not answered %(count)d question. "
                    "Answer it, or tick that you want to hand in anyway.",
                    "You have not answered %(count)d questions. "
                    "Answer them, or tick that you want to hand in anyway.",
                    missing,
                )
                % {"count": missing},
            )
            return redirect("attempt", attempt.pk)
        journey.submit_attempt(attempt)
    return redirect("attempt", attempt.pk)
