"""An attempt on screen: its questions, an overview to hand in from, and what came of it.

Addresses hold the attempt and not the quiz, so that an attempt can be finished and looked
back on whatever has become of the pages it came from.
"""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone, translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from learning import attempts as journey
from learning.models import Answer, Attempt, AttemptItem
from learning.questions_shown import shown
from learning.responses import response_from
from learning.results_shown import certainty_words, result_context
from learning.rules.grading import InvalidResponse, Kind
from learning.rules.quiz_terms import Feedback
from learning.views.pages import sign_in_first

PENDING = "pending_answer"


def own_attempt(request: HttpRequest, attempt_id: int) -> Attempt:
    """The signed-in person's attempt; 404 for anybody else's, as if it were not there.

    One of which the time is over is handed in first, with what was answered.
    """
    attempt: Attempt = get_object_or_404(Attempt.objects.visible_to(request.user), pk=attempt_id)
    if journey.is_overdue(attempt):
        attempt = journey.submit_attempt(attempt)
        messages.info(request, _("The time was over. What you had answered is handed in."))
    return attempt


def own_items(attempt: Attempt) -> list[AttemptItem]:
    return list(attempt.items.select_related("version", "marked_by", "answer"))


def note_shown(item: AttemptItem) -> None:
    """Remember when a question was first seen: with it goes how long an answer took."""
    if item.shown_at is None:
        item.shown_at = timezone.now()
        AttemptItem.objects.filter(pk=item.pk, shown_at=None).update(shown_at=item.shown_at)


def furthest(items: list[AttemptItem]) -> int:
    """The last question that was seen: where one cannot go back, the only one that is open."""
    return max((item.position for item in items if item.shown_at), default=1)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, attempt_id: int, position: int) -> HttpResponse:
    """One question. POST stores the answer and goes where the pressed button says."""
    if not request.user.is_authenticated:
        if request.method == "POST":
            keep_for_later(request, attempt_id, position)
        return sign_in_first(request)
    if request.method == "POST":
        return answer(request, request.user, attempt_id, position)
    attempt = own_attempt(request, attempt_id)
    items = own_items(attempt)
    item = item_at(items, position)
    if not attempt.is_open:
        return redirect("attempt", attempt.pk)
    if attempt.rules.on_one_page:
        return redirect("attempt_all", attempt.pk)
    if attempt.rules.forward_only and not may_be_at(items, item):
        return redirect("attempt_question", attempt.pk, furthest(items))
    take_up_pending(request, attempt, item)
    note_shown(item)
    return show_question(request, attempt, items, item)


def item_at(items: list[AttemptItem], position: int) -> AttemptItem:
    item = next((item for item in items if item.position == position), None)
    if item is None:
        raise Http404
    return item


def may_be_at(items: list[AttemptItem], item: AttemptItem) -> bool:
    """Forward only: at the question one had come to, or at the next."""
    reached = furthest(items)
    came_to_next = any(each.position == reached and each.shown_at for each in items)
    return item.position == reached or (came_to_next and item.position == reached + 1)


def gone_on(request: HttpRequest, attempt_id: int, position: int | None = None) -> HttpResponse:
    """What was answered came too late. Script is told so, a person sent to where they are."""
    if by_script(request):
        return HttpResponse(status=409)
    if position is None:
        return redirect("attempt", attempt_id)
    return redirect("attempt_question", attempt_id, position)


def by_script(request: HttpRequest) -> bool:
    return request.headers.get("X-Requested-With") == "fetch"


def show_question(
    request: HttpRequest,
    attempt: Attempt,
    items: list[AttemptItem],
    item: AttemptItem,
    *,
    error: str = "",
    status: int = 200,
) -> HttpResponse:
    rules = attempt.rules
    context = {
        "attempt": attempt,
        "rules": rules,
        "question": shown(item, translation.get_language()),
        "total": len(items),
        "answered": sum(other.is_answered for other in items),
        "previous": item.position - 1 if item.position > 1 and not rules.forward_only else None,
        "is_last": item.position == len(items),
        "is_settled": item.settled_at is not None,
        "settles": rules.feedback is Feedback.AT_ONCE,
        "certainties": Answer.Certainty.choices,
        "certainty": item.certainty,
        "certainty_words": certainty_words(item),
        "error": error,
    }
    return render(request, "learning/attempt_question.html", context, status=status)


def posted_certainty(request: HttpRequest, prefix: str = "") -> int | None:
    """How certain they say they are; None where nothing, or nonsense, was sent."""
    value = request.POST.get(f"{prefix}certainty", "")
    return int(value) if value in {str(each) for each in Answer.Certainty.values} else None


def answer(request: HttpRequest, person: User, attempt_id: int, position: int) -> HttpResponse:
    """Store what was chosen and go on. Script gets 204, or 409/422 with nothing stored."""
    going_on = request.POST.get("go", "next")
    if going_on == "on":
        return after_explanation(request, attempt_id, position)
    try:
        item = journey.save_answer_at(
            person,
            attempt_id,
            position,
            lambda version: response_from(request.POST, version),
            certainty=posted_certainty(request),
        )
    except AttemptItem.DoesNotExist:
        raise Http404 from None
    except (journey.AttemptClosed, journey.PassedBy, journey.Settled) as reason:
        if isinstance(reason, journey.TimeIsUp):
            own_attempt(request, attempt_id)  # hands it in
        is_settled = isinstance(reason, journey.Settled)
        return gone_on(request, attempt_id, position if is_settled else None)
    except InvalidResponse:
        return refuse(request, attempt_id, position)
    if by_script(request):
        return HttpResponse(status=204)
    return after_saving(request, item, going_on)


def after_saving(request: HttpRequest, item: AttemptItem, going_on: str) -> HttpResponse:
    """To the explanation where it is given at once, and else where the pressed button says."""
    rules = item.attempt.rules
    if going_on == "next" and item.is_answered and rules.feedback is Feedback.AT_ONCE:
        journey.settle(item)
        return redirect("attempt_question", item.attempt_id, item.position)
    if not item.is_answered and going_on == "next":
        # Nothing chosen is no mistake, but going on should be meant: the overview lists it.
        messages.info(request, skipped_words(forward_only=rules.forward_only))
    last: int = item.last_position  # type: ignore[attr-defined] # annotated by the journey
    return go_on(item.attempt, item.position, last, going_on)


def after_explanation(request: HttpRequest, attempt_id: int, position: int) -> HttpResponse:
    """The answer was explained: on to what follows, with nothing to store."""
    attempt = own_attempt(request, attempt_id)
    return go_on(attempt, position, attempt.items.count(), "next")


def refuse(request: HttpRequest, attempt_id: int, position: int) -> HttpResponse:
    """Say what to do about an answer that cannot be.

    What was typed stays in the field, and what was stored before stays stored.
    """
    attempt = own_attempt(request, attempt_id)
    items = own_items(attempt)
    item = item_at(items, position)
    item.answer = Answer(item=item, response=response_from(request.POST, item.version))
    error = wrong_answer_words(item.version.kind)
    return show_question(request, attempt, items, item, error=error, status=422)


def skipped_words(*, forward_only: bool) -> str:
    if forward_only:
        return _("You skipped a question.")
    return _("You skipped a question. You can come back to it.")


def wrong_answer_words(kind: Kind) -> str:
    """What to do about an answer that cannot be."""
    if kind is Kind.NUMBER:
        return _("That is not a number. Write it in figures, for example 45 or 2,5.")
    if kind.is_written:
        return _("That answer is too long. Make it shorter.")
    return _("That answer does not belong to this question. Choose one of these.")


def go_on(attempt: Attempt, position: int, last: int, going_on: str) -> HttpResponse:
    """To the question before or after, or to the overview."""
    if going_on == "previous" and position > 1 and not attempt.rules.forward_only:
        return redirect("attempt_question", attempt.pk, position - 1)
    if going_on == "next" and position < last:
        return redirect("attempt_question", attempt.pk, position + 1)
    return redirect("attempt", attempt.pk)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def all_questions(request: HttpRequest, attempt_id: int) -> HttpResponse:
    """Every question on one page. POST stores all that can be stored."""
    if not request.user.is_authenticated:
        return sign_in_first(request)
    attempt = own_attempt(request, attempt_id)
    if not attempt.is_open or not attempt.rules.on_one_page:
        return gone_on(request, attempt.pk)
    items = own_items(attempt)
    if request.method != "POST":
        for item in items:
            note_shown(item)
        return show_all(request, attempt, items)
    return answer_all(request, attempt, items)


def answer_all(request: HttpRequest, attempt: Attempt, items: list[AttemptItem]) -> HttpResponse:
    changed, refused = [], {}
    for item in items:
        prefix = f"{item.position}-"
        given = response_from(request.POST, item.version, prefix)
        certainty = posted_certainty(request, prefix)
        if given == item.response and certainty == item.certainty:
            continue
        try:
            item.version.marking_key.check(given)
        except InvalidResponse:
            refused[item.position] = wrong_answer_words(item.version.kind)
            item.answer = Answer(item=item, response=given, certainty=certainty)
            continue
        changed.append((item, given, certainty))
    try:
        if changed:
            journey.save_answers(attempt, changed)
    except journey.AttemptClosed:
        return gone_on(request, attempt.pk)
    if by_script(request):
        return HttpResponse(status=422 if refused else 204)
    if refused:
        return show_all(request, attempt, own_values(items, changed), refused)
    return redirect("attempt", attempt.pk)


def own_values(
    items: list[AttemptItem], changed: list[tuple[AttemptItem, Any, int | None]]
) -> list[AttemptItem]:
    """The items with what was just stored, so that the page shows what was sent."""
    for item, given, certainty in changed:
        item.answer = Answer(item=item, response=given, certainty=certainty)
    return items


def show_all(
    request: HttpRequest,
    attempt: Attempt,
    items: list[AttemptItem],
    refused: dict[int, str] | None = None,
) -> HttpResponse:
    language = translation.get_language()
    context = {
        "attempt": attempt,
        "rules": attempt.rules,
        "questions": [
            (shown(item, language, prefix=f"{item.position}-"), item.certainty) for item in items
        ],
        "certainties": Answer.Certainty.choices,
        "errors": list((refused or {}).items()),
    }
    status = 422 if refused else 200
    return render(request, "learning/attempt_all.html", context, status=status)


def keep_for_later(request: HttpRequest, attempt_id: int, position: int) -> None:
    """The session ended in the middle of a quiz: hold the answer until they have signed in.

    It stays in the visitor's own new session and is looked at only for who turns out to be
    the attempt's owner.
    """
    given = {
        name: [value[:5000] for value in request.POST.getlist(name)[:20]]
        for name in list(request.POST)[:30]
        if name.startswith("answer") or name == "certainty"
    }
    request.session[PENDING] = {"attempt": attempt_id, "position": position, "given": given}


def take_up_pending(request: HttpRequest, attempt: Attempt, item: AttemptItem) -> None:
    """Store an answer that was given just before signing in again."""
    pending = request.session.get(PENDING)
    if not pending:
        return
    del request.session[PENDING]
    if pending["attempt"] != attempt.pk or pending["position"] != item.position:
        return
    posted = request.POST.copy()
    for name, values in pending["given"].items():
        posted.setlist(name, values)
    try:
        item.answer = journey.save_answer(attempt, item, response_from(posted, item.version))
    except (journey.AttemptClosed, journey.Settled, InvalidResponse):
        return
    messages.success(request, _("You are signed in again. Your last answer is saved."))


@never_cache
@login_required
@require_safe
def overview(request: HttpRequest, attempt_id: int) -> HttpResponse:
    """Before handing in: what was answered. Afterwards: the result, with what to learn from it."""
    attempt = own_attempt(request, attempt_id)
    items = own_items(attempt)
    if not attempt.is_open:
        return render(request, "learning/attempt_result.html", result_context(attempt, items))
    language = translation.get_language()
    questions = [shown(item, language) for item in items]
    context = {
        "attempt": attempt,
        "rules": attempt.rules,
        "questions": questions,
        "missing": [question for question in questions if not question.is_answered],
    }
    return render(request, "learning/attempt_overview.html", context)


@never_cache
@login_required
@require_POST
def submit(request: HttpRequest, attempt_id: int) -> HttpResponse:
    """Hand in. Questions without an answer must be meant: they are asked about once."""
    attempt = own_attempt(request, attempt_id)
    if attempt.is_open:
        missing = sum(not item.is_answered for item in own_items(attempt))
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


@never_cache
@login_required
@require_POST
def extra_time(request: HttpRequest) -> HttpResponse:
    """What a person says they need more, in percent. It holds for attempts begun afterwards."""
    person = request.user
    assert isinstance(person, User)  # noqa: S101  login_required saw to it
    value = request.POST.get("extra_time", "")
    if value in {str(each) for each in User.ExtraTime.values}:
        person.extra_time = int(value)
        person.save(update_fields=["extra_time"])
        messages.success(request, _("Your extra time is saved."))
    else:
        messages.error(request, _("Choose one of the extra times that are offered."))
    back = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(back, None) and back.startswith("/")
    return redirect(back if safe else "mine")
