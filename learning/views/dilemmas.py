"""How a dilemma answers a request: a page per stage, and a POST that leads to the next.

Addresses hold a page's number and nothing of what was chosen (learning/dilemma_walk.py).
"""

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from learning.dilemma_story import Story
from learning.dilemma_walk import (
    LONGEST_WHY,
    Place,
    Stage,
    Walk,
    choose,
    forget,
    keep,
    opened,
    place_at,
    sealed,
    walk_of,
)
from learning.dilemmas import finish_dilemma, seen_by
from learning.models import DilemmaPage
from learning.steps import way_of
from learning.views.pages import (
    may_read,
    personal,
    respond,
    sign_in_first,
    step_context,
    unavailable,
)

VISITOR = 0


def serve_dilemma(
    page: DilemmaPage, request: HttpRequest, *, offline: bool = False
) -> HttpResponse:
    """A page of the walk. POST goes on with what was chosen, or finishes the step."""
    if offline:
        return unavailable(request)
    if not may_read(page, request):
        return sign_in_and_go_on(page, request)
    story = page.story
    key, person = str(page.translation_key), request.user.pk or VISITOR
    walk = walk_of(request, story, key=key, person=person)
    number = number_from(request)
    place = place_at(story, walk, number)
    if place is None and number != 1:
        # An old address, or the dilemma has changed since: from the beginning.
        return redirect(page.url)
    if place is None or request.method != "POST":
        return show(page, request, walk, place or Place(1, Stage.SCENE))
    return go_on(page, request, walk, place)


def go_on(page: DilemmaPage, request: HttpRequest, walk: Walk, place: Place) -> HttpResponse:
    """To the next page with what was posted on this one, or back to it with what is wrong."""
    walk, error = answered(request, page.story, walk, place)
    if error:
        return show(page, request, walk, place, error=error)
    if place.stage is Stage.CLOSING:
        return finish(page, request, walk)
    response = redirect(f"{page.url}?deel={place.number + 1}")
    keep(response, request, seal(page, request, walk))
    return response


def seal(page: DilemmaPage, request: HttpRequest, walk: Walk) -> str:
    person = request.user.pk or VISITOR
    return sealed(walk, key=str(page.translation_key), person=person)


def number_from(request: HttpRequest) -> int:
    """Which page of the walk is meant: the first where nothing sensible is said."""
    said = request.POST.get("deel", "") if request.method == "POST" else request.GET.get("deel", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 3 else 1


def answered(request: HttpRequest, story: Story, walk: Walk, place: Place) -> tuple[Walk, str]:
    """The walk with what was posted on this page, and what is wrong with that."""
    if place.stage is Stage.SCENE:
        chosen = choose(story, walk, place, request.POST.get("choice", ""))
        if chosen is None:
            return walk, _("Choose what you do. There is no right answer.")
        return chosen, ""
    if place.stage is Stage.WHY:
        # A browser counts a line's end as one letter and sends two.
        why = request.POST.get("why", "").replace("\r\n", "\n").strip()
        error = ngettext(
            "Write at most %(count)d character.", "Write at most %(count)d characters.", LONGEST_WHY
        ) % {"count": LONGEST_WHY}
        return replace(walk, why=why), error if len(why) > LONGEST_WHY else ""
    if place.stage is Stage.SPREAD:
        afterwards = request.POST.get("afterwards", "")
        is_known = story.first is not None and story.first.choice(afterwards) is not None
        return replace(walk, afterwards=afterwards if is_known else ""), ""
    return walk, ""


def show(
    page: DilemmaPage, request: HttpRequest, walk: Walk, place: Place, *, error: str = ""
) -> HttpResponse:
    """One page of the walk."""
    story = page.story
    taken = story.follow(walk.path)
    context: dict[str, Any] = {
        "place": place,
        "walk": walk,
        "taken": taken,
        "error": error,
        "longest_why": LONGEST_WHY,
        "sealed": seal(page, request, walk),
    }
    if place.stage is Stage.SCENE:
        chosen = dict(walk.path)
        context["chosen"] = chosen.get(place.scene.key, "") if place.scene else ""
        context["before"] = taken[: place.number - 1]
    elif place.stage is Stage.VOICES:
        context["voices"] = [
            (voice.value, story.choice_named(voice.value["choice"])) for voice in page.voices
        ]
        context["articles"] = page.law_articles.all()
    elif place.stage in (Stage.SPREAD, Stage.CLOSING):
        context["seen"] = seen_by(request.user, page, walk.path)
        context["afterwards"] = walk.afterwards or taken[0].choice.key
    response = respond(
        page,
        request,
        "learning/dilemma_page.html",
        **context,
        **step_context(page, request),
    )
    response.status_code = 422 if error else 200
    # A visitor's walk too is on no other visitor's page.
    return personal(response)


def finish(page: DilemmaPage, request: HttpRequest, walk: Walk) -> HttpResponse:
    """The step is done, and the browser forgets the walk."""
    following = way_of(request.user, page.module).after(page.translation_key)
    if request.user.is_authenticated:
        finish_dilemma(
            request.user,
            page,
            walk.path,
            afterwards=walk.afterwards,
            next_step_key=following.key if following else None,
        )
    response = redirect(following.url if following else page.module.url)
    forget(response, request)
    return response


def sign_in_and_go_on(page: DilemmaPage, request: HttpRequest) -> HttpResponseRedirect:
    """Somebody's session ended on the way: their browser keeps what they posted, for them alone."""
    response = sign_in_first(request)
    key = str(page.translation_key)
    found = opened(request.POST.get("walk", ""), key=key)
    if request.method == "POST" and found is not None:
        person, walk = found
        story = page.story
        place = place_at(story, walk, number_from(request))
        if place is not None:
            walk, error = answered(request, story, walk, place)
            if not error:
                keep(response, request, sealed(walk, key=key, person=person))
    return response
