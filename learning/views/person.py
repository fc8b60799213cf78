"""`/gemeente/<slug>/mensen/<membership>/`: one person, and what a monitor may record of them."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from learning import access_log, monitoring
from learning.chosen_people import chosen_people
from learning.figures import active_requirements
from learning.memberships import leave
from learning.models import Completion, Membership, Municipality, Waiver
from learning.models.people import MembershipQuerySet, today
from learning.people_forms import EndForm
from learning.person_page import completions_of, history_of, rows_of, waivers_of
from learning.recognition_forms import RecogniseForm, WaiveForm, WithdrawForm
from learning.recognitions import end_waiver, may_withdraw, recognise, waive, withdraw
from learning.views.monitoring import viewer_of
from learning.views.people import ask, nobody_chosen
from learning.views.places import watched

# Each is written with all that hangs on it, while somebody waits.
MOST_RECOGNISED = 200


def member_of(
    request: HttpRequest, place: Municipality, membership_id: int
) -> tuple[MembershipQuerySet, Membership]:
    """The members whom the viewer may see, and the one that was asked for; else 404."""
    members = monitoring.members_for(viewer_of(request), place)
    membership = get_object_or_404(
        members.select_related("person", "municipality"), pk=membership_id
    )
    return members, membership


@watched
@require_safe
def person(request: HttpRequest, place: Municipality, membership_id: int) -> HttpResponse:
    """Name, roles, and per requirement status and dates. Never scores, answers or minutes."""
    members, membership = member_of(request, place, membership_id)
    somebody = membership.person
    access_log.record(viewer_of(request), place, access_log.What.PERSON, person=somebody)
    serving = list(members.filter(person=somebody).order_by("starts_on", "pk"))
    finished = completions_of(membership)
    context = {
        "municipality": place,
        "membership": membership,
        "person": somebody,
        "memberships": serving,
        "rows": rows_of(serving, active_requirements(place), place, finished),
        "history": history_of(finished, place),
        "waivers": waivers_of(somebody.pk, place),
    }
    return render(request, "learning/person.html", context)


@watched
@require_http_methods(["GET", "HEAD", "POST"])
def end_membership(request: HttpRequest, place: Municipality, membership_id: int) -> HttpResponse:
    """End one membership, after asking for its last day."""
    _members, membership = member_of(request, place, membership_id)
    form = EndForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            leave(
                membership,
                ends_on=form.cleaned_data["ends_on"],
                by=viewer_of(request),
                via="monitor",
            )
        except ValueError:
            form.add_error("ends_on", _("Choose a day on or after the first day."))
        else:
            messages.success(request, _("The membership has ended. What was learned is kept."))
            return redirect(place)
    context = {"municipality": place, "membership": membership, "form": form}
    return render(
        request,
        "learning/person_end.html",
        context,
        status=422 if form.errors else 200,
    )


@watched
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_completion(
    request: HttpRequest, place: Municipality, membership_id: int, completion_id: int
) -> HttpResponse:
    """Withdraw something that was finished, for a reason."""
    _members, membership = member_of(request, place, membership_id)
    completion = get_object_or_404(Completion, pk=completion_id, person=membership.person_id)
    if completion.ended_on is not None:
        return redirect("municipality_person", place.slug, membership.pk)
    if not may_withdraw(completion, place):
        raise Http404
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        withdraw(
            completion,
            municipality=place,
            because=form.cleaned_data["reason"],
            by=viewer_of(request),
        )
        messages.success(
            request, _("“%(title)s” is withdrawn.") % {"title": completion.module_title}
        )
        return redirect("municipality_person", place.slug, membership.pk)
    context: dict[str, Any] = {
        "municipality": place,
        "membership": membership,
        "completion": completion,
        "form": form,
    }
    return render(
        request, "learning/person_withdraw.html", context, status=422 if form.errors else 200
    )


@watched
@require_POST
def take_back_waiver(
    request: HttpRequest, place: Municipality, membership_id: int, waiver_id: int
) -> HttpResponse:
    """Ask again what somebody was let off."""
    _members, membership = member_of(request, place, membership_id)
    waiver = get_object_or_404(
        Waiver.objects.select_related("municipality"),
        pk=waiver_id,
        person=membership.person_id,
        municipality__in=place.counted_ids(today()),
    )
    end_waiver(waiver)
    messages.success(request, _("The waiver has ended. It is asked again."))
    return redirect("municipality_person", place.slug, membership.pk)


@watched
@require_POST
def recognise_people(request: HttpRequest, place: Municipality) -> HttpResponse:
    """Let earlier training of the ticked people count, after asking which and on what it rests."""
    members = monitoring.members_for(viewer_of(request), place)
    chosen = chosen_people(request, place, members)
    if not chosen.ids:
        return nobody_chosen(request, place)
    form = RecogniseForm(
        request.POST if "confirm" in request.POST else None,
        initial={"subject": request.POST.get("subject", "")},
    )
    if form.is_bound and chosen.count > MOST_RECOGNISED:
        form.add_error(
            None,
            _("Choose at most %(most)s people at a time, or read in a list.")
            % {"most": MOST_RECOGNISED},
        )
    if form.is_bound and form.is_valid():
        recorded = recognise(
            members.filter(person__in=chosen.ids),
            form.chosen_subject,
            day=form.cleaned_data["day"],
            evidence=form.cleaned_data["evidence"],
            by=viewer_of(request),
        )
        messages.success(
            request,
            ngettext("Recorded for %(people)s person.", "Recorded for %(people)s people.", recorded)
            % {"people": recorded},
        )
        return back_to(place, members, chosen.ids)
    return ask(request, place, chosen, "learning/people_recognise.html", form=form)


@watched
@require_POST
def waive_people(request: HttpRequest, place: Municipality) -> HttpResponse:
    """Let the ticked people off a requirement, after asking which, how long and why."""
    members = monitoring.members_for(viewer_of(request), place)
    chosen = chosen_people(request, place, members)
    if not chosen.ids:
        return nobody_chosen(request, place)
    form = WaiveForm(
        request.POST if "confirm" in request.POST else None,
        requirements=active_requirements(place),
        initial={"requirement": request.POST.get("requirement", "")},
    )
    if form.is_bound and form.is_valid():
        waived = waive(
            chosen.ids,
            form.cleaned_data["requirement"],
            municipality=place,
            reason=form.cleaned_data["reason"],
            starts_on=form.cleaned_data["starts_on"],
            ends_on=form.cleaned_data["ends_on"],
            by=viewer_of(request),
        )
        messages.success(
            request,
            ngettext("%(people)s person is let off.", "%(people)s people are let off.", waived)
            % {"people": waived},
        )
        return back_to(place, members, chosen.ids)
    return ask(request, place, chosen, "learning/people_waive.html", form=form)


def back_to(
    place: Municipality, members: MembershipQuerySet, person_ids: list[int]
) -> HttpResponse:
    """To the page of the one that it was about; to the list where there were more."""
    if len(person_ids) == 1:
        membership = members.filter(person=person_ids[0]).order_by("starts_on", "pk").first()
        if membership is not None:
            return redirect("municipality_person", place.slug, membership.pk)
    return redirect(place)
