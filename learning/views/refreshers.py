"""`/opfrissen/<token>/`: the question of the week, answered without signing in."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from learning import refreshers as journey
from learning.mail.refreshers import refresher_of
from learning.mail.stopping import stop_path
from learning.models import LessonPage, Refresher
from learning.questions_shown import ShownQuestion, shown_version
from learning.responses import response_from
from learning.rules.grading import InvalidResponse, Response
from learning.views.joining import stale
from learning.views.monitoring import viewer_of


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def refresher(request: HttpRequest, token: str) -> HttpResponse:
    """The question, or once it is answered what was right and why. Looking does nothing."""
    found = refresher_of(token)
    if found is None:
        return stale(
            request,
            _("This link no longer works"),
            _("A question of the week can be answered for 60 days. There may be a newer one."),
        )
    if request.method == "POST" and not found.is_answered:
        return answer(request, found)
    return show(request, found)


def answer(request: HttpRequest, found: Refresher) -> HttpResponse:
    """Store it and show what came of it; what cannot be an answer is shown again to be mended."""
    response = response_from(request.POST, found.version)
    try:
        journey.record_answer(found, response)
    except journey.NothingGiven:
        return show(request, found, error=_("Give an answer first."))
    except InvalidResponse:
        return show(
            request,
            found,
            error=_("This question does not have that answer. Choose again."),
            response=response,
        )
    return redirect(request.path)


def show(
    request: HttpRequest, found: Refresher, *, error: str = "", response: Response | None = None
) -> HttpResponse:
    question = shown_version(
        found.version,
        get_language(),
        order=found.option_order,
        response=found.given if response is None else response,
        lesson_key=found.lesson_key,
    )
    context = {
        "question": question,
        "answered": found.is_answered,
        "lesson": lesson_of(question) if found.is_answered else None,
        "comes_back": found.is_answered and journey.comes_back(found),
        "stop_path": stop_path(found.mail) if found.mail is not None else "",
        "error": error,
    }
    page = render(request, "learning/refresher.html", context, status=422 if error else 200)
    # Whoever has the address may answer: it belongs in no index.
    page["X-Robots-Tag"] = "noindex"
    return page


def lesson_of(question: ShownQuestion) -> LessonPage | None:
    """The lesson to read again, in the language of the page."""
    if question.lesson_key is None:
        return None
    pages = LessonPage.objects.live().filter(translation_key=question.lesson_key)
    return pages.filter(locale__language_code=get_language()).first()


@never_cache
@login_required
@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Ask for one question a week, or end it."""
    if request.POST.get("refreshers") == "on":
        journey.subscribe(viewer_of(request))
        messages.success(request, _("From now on you get one question a week."))
    else:
        journey.unsubscribe(viewer_of(request))
        messages.success(request, _("You get no more questions by e-mail."))
    return redirect("mine")
