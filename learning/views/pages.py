"""How the pages of learning answer a request. What happens is in the journeys."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render, resolve_url
from django.template.response import TemplateResponse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.models import User
from home.blocks import place_of
from home.chamber import chamber
from home.goal_progress import goal_links
from home.publication import Kept
from learning import attempts, enrolments
from learning.asking import question_count
from learning.completions import complete_if_done
from learning.duties import Duty, by_subject, duties_of
from learning.help import help_for
from learning.local import Body
from learning.models import (
    Attempt,
    CataloguePage,
    Completion,
    LessonPage,
    Membership,
    ModulePage,
    QuizPage,
    Requirement,
)
from learning.models.pages import StepPage
from learning.rules.quiz_terms import time_allowed
from learning.steps import Way, way_of, ways_of
from learning.views.mine import cards_for, completions_of

BODIES = Kept[Body]()


def sign_in_first(request: HttpRequest) -> HttpResponseRedirect:
    """To the sign-in page, and back here afterwards."""
    return redirect(f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': request.path})}")


def personal(response: HttpResponse) -> HttpResponse:
    """A page with somebody's progress on it is kept nowhere."""
    add_never_cache_headers(response)
    return response


def respond(page: Any, request: HttpRequest, template: str, **extra: Any) -> HttpResponse:
    """Render a page of Wagtail's; it is personal as soon as somebody has signed in."""
    request.is_preview = getattr(request, "is_preview", False)  # type: ignore[attr-defined]
    context = page.get_context(request) | extra
    response = TemplateResponse(request, template, context)
    return personal(response) if request.user.is_authenticated else response


def serve_catalogue(page: CataloguePage, request: HttpRequest) -> HttpResponse:
    memberships = (
        list(Membership.objects.current().filter(person=request.user))
        if request.user.is_authenticated
        else []
    )
    return respond(
        page,
        request,
        "learning/catalogue_page.html",
        cards=cards_for(request.user, memberships, completions_of(request.user)),
    )


def serve_module(page: ModulePage, request: HttpRequest, *, offline: bool = False) -> HttpResponse:
    """The module's own page: what it is, its steps, and one button to begin or go on."""
    if offline:
        return unavailable(request)
    if request.method == "POST":
        return begin_module(page, request)
    key = page.translation_key
    completion = (
        Completion.objects.visible_to(request.user).filter(module_key=key).current().first()
    )
    completed = {key: completion.completed_at} if completion else {}
    way = ways_of(request.user, [page], completed=completed)[key]
    duty = duty_for(page, request)
    return respond(
        page,
        request,
        "learning/module_page.html",
        way=way,
        chamber=chamber(way.statuses()),
        completion=completion,
        # An editor took the last open step out: nothing is left to do but to say so.
        can_complete=way.progress.is_complete
        and not way.is_completed
        and way.enrolment is not None,
        duty=duty,
        goals=goal_links(page),
        again=may_do_again(way, completion, duty),
        renewed_by=other_module(duty),
        test_first=page.allows_test_out and not way.is_completed and has_test(way),
    )


def duty_for(page: ModulePage, request: HttpRequest) -> Duty | None:
    """What is asked of the visitor with this module."""
    if not request.user.is_authenticated:
        return None
    memberships = list(
        Membership.objects.current()
        .filter(person=request.user)
        .select_related("municipality__successor")
    )
    return by_subject(duties_of(request.user, memberships)).get(page.translation_key)


def may_do_again(way: Way, completion: Completion | None, duty: Duty | None) -> bool:
    """Whether somebody who finished may begin anew: to renew it, or because it is asked again."""
    if completion is None or not way.is_completed:
        return False
    return completion.ended_on is not None or (duty is not None and duty.may_renew)


def other_module(duty: Duty | None) -> ModulePage | None:
    """The shorter module that renews this one, where the requirement names it."""
    if duty is None or not duty.may_renew or duty.requirement.renewal_key is None:
        return None
    key = duty.requirement.renewal_key
    renewing = ModulePage.objects.live().filter(translation_key=key)
    return next(iter(renewing.in_language(get_language())), None)


def has_test(way: Way) -> bool:
    return any(step.is_quiz and step.key not in way.done for step in way.steps)


def begin_module(page: ModulePage, request: HttpRequest) -> HttpResponse:
    """Enrol and go to the step to do; finish a module of which every step is already done."""
    if not request.user.is_authenticated:
        return sign_in_first(request)
    way = way_of(request.user, page)
    if "again" in request.POST:
        return begin_again(page, request, request.user, way)
    enrolments.begin(request.user, page.translation_key)
    complete_if_done(request.user, page)
    if "test" in request.POST and page.allows_test_out:
        test = next((s for s in way.steps if s.is_quiz and s.key not in way.done), None)
        return redirect(test.url if test else page.url)
    way = way_of(request.user, page)
    return redirect(way.resume_url or page.url)


def begin_again(page: ModulePage, request: HttpRequest, person: User, way: Way) -> HttpResponse:
    """A new round, where the visitor may; the requirement says whether its test alone will do."""
    completion = (
        Completion.objects.filter(person=person, module_key=page.translation_key).current().first()
    )
    duty = duty_for(page, request)
    if may_do_again(way, completion, duty):
        only_test = duty is not None and duty.requirement.renewal_by == Requirement.Renewal.TEST
        enrolments.begin_again(
            person,
            page.translation_key,
            only_test=only_test and (completion is None or completion.ended_on is None),
        )
    return redirect(way_of(person, page).resume_url or page.url)


def may_read(step: StepPage, request: HttpRequest) -> bool:
    """Whether a lesson is shown: to who has signed in, or to all where the module is open."""
    return request.user.is_authenticated or step.module.open_to_visitors


def step_context(step: StepPage, request: HttpRequest) -> dict[str, Any]:
    """What every step shows around itself: the way, where one is on it, what came before."""
    way = way_of(request.user, step.module)
    return {
        "module": step.module,
        "way": way,
        "step": way.step(step.translation_key),
        "previous": way.before(step.translation_key),
        "following": way.after(step.translation_key),
        "is_done": step.translation_key in way.done,
    }


def serve_lesson(page: LessonPage, request: HttpRequest, *, offline: bool = False) -> HttpResponse:
    """A lesson. POST says that it was read (`done`), or where reading stopped (`position`)."""
    if offline:
        return unavailable(request)
    if not may_read(page, request):
        return sign_in_first(request)
    if request.method == "POST":
        if "position" in request.POST:
            return keep_position(page, request)
        return finish_lesson(page, request)
    body = BODIES.get(page.pk, lambda: Body.cut(page.body.render_as_block()))
    return respond(
        page,
        request,
        "learning/lesson_page.html",
        body=body.for_person(request.user),
        help=help_for(request.user) if page.shows_help else None,
        **step_context(page, request),
    )


def keep_position(page: LessonPage, request: HttpRequest) -> HttpResponse:
    """Remember the heading that is in view. Answers 204: nobody waits for it."""
    if request.user.is_authenticated:
        places: dict[str, str] = {}
        for block in page.body:
            if block.block_type == "heading":
                # Its words differ in another language, its place does not.
                place = place_of(block.id) or block.value.anchor
                places |= {block.value.anchor: place, place: place}
        enrolments.record_position(
            request.user,
            page.module.translation_key,
            page.translation_key,
            places.get(request.POST["position"], ""),
        )
    return HttpResponse(status=204)


def finish_lesson(page: LessonPage, request: HttpRequest) -> HttpResponse:
    """The lesson is done: on to the next step, or back to the module when it was the last."""
    if not request.user.is_authenticated:
        following = way_of(request.user, page.module).after(page.translation_key)
        return redirect(following.url if following else page.module.url)
    way: Way = way_of(request.user, page.module)
    following = way.after(page.translation_key)
    enrolments.finish_step(
        request.user,
        page.module,
        page.translation_key,
        next_step_key=following.key if following else None,
    )
    return redirect(following.url if following else page.module.url)


def serve_quiz(page: QuizPage, request: HttpRequest, *, offline: bool = False) -> HttpResponse:
    """The quiz's first page. POST begins an attempt, or goes on with the open one."""
    if offline:
        return unavailable(request)
    if not request.user.is_authenticated:
        return sign_in_first(request)
    if request.method == "POST":
        return begin_attempt(page, request, request.user)
    tried = list(
        Attempt.objects.visible_to(request.user)
        .filter(quiz_key=page.translation_key)
        .order_by("-number")
    )
    return respond(
        page,
        request,
        "learning/quiz_page.html",
        **step_context(page, request),
        question_count=question_count(page),
        leave=attempts.leave_for(request.user, page),
        minutes_allowed=minutes_allowed(page, request.user),
        extra_times=User.ExtraTime.choices,
        open_attempt=next((attempt for attempt in tried if attempt.is_open), None),
        past_attempts=[attempt for attempt in tried if not attempt.is_open],
    )


def begin_attempt(page: QuizPage, request: HttpRequest, person: User) -> HttpResponse:
    """On to the questions; or back to the quiz's page when there is nothing to ask, or not now."""
    try:
        attempt = attempts.start_attempt(person, page)
    except attempts.NothingToAsk:
        messages.error(request, _("This quiz has no questions yet. Please come back later."))
        return redirect(page.url)
    except attempts.NotYet:
        # The page itself says from when, or that it was the last.
        return redirect(page.url)
    if attempt.rules.on_one_page:
        return redirect("attempt_all", attempt.pk)
    return redirect("attempt_question", attempt.pk, first_open_position(attempt))


def minutes_allowed(page: QuizPage, person: User) -> int:
    """The minutes for an attempt of this person, with what they get extra; 0 without a limit."""
    allowed = time_allowed(page.time_limit, person.extra_time)
    return int(allowed.total_seconds() // 60) if allowed else 0


def first_open_position(attempt: Attempt) -> int:
    """The first question without an answer; the last one when all have one."""
    positions = attempt.items.order_by("position").values_list("position", "answer__response")
    last = 1
    for position, response in positions:
        if not response:
            return position
        last = position
    return last


def unavailable(request: HttpRequest) -> HttpResponse:
    """A module that is offline for now: what was done is kept, and that is what one reads."""
    return personal(render(request, "learning/unavailable.html", status=404))
