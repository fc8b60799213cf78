"""`/gemeente/<slug>/verplichtingen/`: what is asked of a municipality's people, and by whom."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from learning import monitoring
from learning.effects import effect_in
from learning.models import Municipality, Requirement
from learning.models.people import today
from learning.requirement_steps import Step, asked, what_it_says
from learning.requirement_words import (
    due_words,
    period_words,
    renewal_words,
    roles_words,
    validity_words,
)
from learning.requirements import end_requirement, resume_requirement, save_requirement
from learning.views.monitoring import viewer_of
from learning.views.places import watched


@watched
@require_safe
def overview(request: HttpRequest, place: Municipality) -> HttpResponse:
    """What is asked, nationally and by the municipality itself; and what no longer is."""
    rows = [row(each) for each in Requirement.objects.concerning(place).select_related("set_by")]
    context = {
        "municipality": place,
        "national": [each for each in rows if each["is_national"] and not each["has_ended"]],
        "own": [each for each in rows if not each["is_national"] and not each["has_ended"]],
        "ended": [each for each in rows if each["has_ended"]],
    }
    return render(request, "learning/requirements.html", context)


def row(requirement: Requirement) -> dict[str, Any]:
    """A requirement in the list, in words."""
    ends_on = requirement.ends_on
    return {
        "requirement": requirement,
        "is_national": requirement.municipality_id is None,
        "has_ended": ends_on is not None and ends_on < today(),
        "may_resume": requirement.municipality_id is not None and ended_just_now(requirement),
        "roles": roles_words(requirement),
        "due": due_words(requirement),
        "validity": validity_words(requirement),
        "renewal": renewal_words(requirement),
        "period": period_words(requirement),
        "set_by": requirement.set_by.name if requirement.set_by else "",
    }


def ended_just_now(requirement: Requirement) -> bool:
    """Whether it was ended today (through yesterday): that can still be taken back."""
    return requirement.ends_on == today() - timedelta(days=1)


@watched
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, place: Municipality) -> HttpResponse:
    return steps(request, place, None)


@watched
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, place: Municipality, requirement_id: int) -> HttpResponse:
    return steps(request, place, own(place, requirement_id))


def own(place: Municipality, requirement_id: int) -> Requirement:
    """A municipality's own requirement. Those of others and of the country are not there."""
    return get_object_or_404(Requirement, pk=requirement_id, municipality=place)


def steps(
    request: HttpRequest, place: Municipality, requirement: Requirement | None
) -> HttpResponse:
    """Fill in, look, save."""
    now = asked(request, municipality=place, instance=requirement)
    context: dict[str, Any] = {"municipality": place, "instance": requirement, "form": now.form}
    if now.step is Step.FILL_IN:
        return render(request, "learning/requirement_form.html", context, status=now.status)
    wanted = now.form.requirement()
    if now.step is Step.SAVE:
        save_requirement(wanted, by=viewer_of(request))
        messages.success(
            request,
            _("“%(title)s” is saved.") % {"title": wanted.subject_title},
        )
        return redirect("requirements", place.slug)
    members = monitoring.members_for(viewer_of(request), place)
    effect = effect_in(wanted, members, place)
    context |= what_it_says(wanted, effect, before=requirement) | {"carried": now.carried}
    return render(request, "learning/requirement_preview.html", context)


@watched
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, place: Municipality, requirement_id: int) -> HttpResponse:
    """Ask, then end it: from today on nobody has to do it for this municipality."""
    requirement = own(place, requirement_id)
    if requirement.ends_on is not None and requirement.ends_on < today():
        raise Http404
    title = requirement.subject_title
    if request.method == "POST":
        end_requirement(requirement, by=viewer_of(request))
        messages.success(request, _("“%(title)s” is no longer asked.") % {"title": title})
        return redirect("requirements", place.slug)
    members = monitoring.members_for(viewer_of(request), place)
    context = {
        "municipality": place,
        "requirement": requirement,
        "effect": effect_in(requirement, members, place),
        "leaves_nothing": requirement.starts_on >= today(),
    }
    return render(request, "learning/requirement_end.html", context)


@watched
@require_POST
def resume(request: HttpRequest, place: Municipality, requirement_id: int) -> HttpResponse:
    """Take back that it was ended today."""
    requirement = own(place, requirement_id)
    if ended_just_now(requirement):
        resume_requirement(requirement, by=viewer_of(request))
        messages.success(
            request, _("“%(title)s” is asked again.") % {"title": requirement.subject_title}
        )
    return redirect("requirements", place.slug)
