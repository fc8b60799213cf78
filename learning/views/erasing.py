"""Leaving a municipality and erasing one's account: told first, done, and undone."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from learning import erasing as journey
from learning import leaving
from learning.erasing_forms import EraseForm
from learning.models import Departure, ErasureRequest, Membership
from learning.models.people import today
from learning.own_data.reauthentication import shown_again
from learning.views.joining import stale
from learning.views.monitoring import viewer_of


def own_membership(request: HttpRequest, membership_id: int) -> Membership:
    """The signed-in person's; 404 for anybody else's, as if it were not there."""
    own = Membership.objects.filter(person=viewer_of(request)).select_related("municipality")
    found: Membership = get_object_or_404(own, pk=membership_id)
    return found


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, membership_id: int) -> HttpResponse:
    """What happens when one leaves, and the button; afterwards how to undo it."""
    membership = own_membership(request, membership_id)
    if request.method == "POST":
        leaving.leave_municipality(membership)
        return redirect("leave_municipality", membership.pk)
    departure = Departure.objects.filter(membership=membership).first()
    if departure is not None:
        departure.membership = membership
    person = viewer_of(request)
    only_for = journey.obstacles(person).only_monitor_of
    context: dict[str, Any] = {
        "membership": membership,
        "municipality": membership.municipality,
        "departure": departure,
        "may_undo": departure is not None and departure.can_be_undone(timezone.now()),
        "has_ended": membership.ends_on is not None and membership.ends_on <= today(),
        "watches": leaving.watches(person, membership),
        "is_only_monitor": membership.municipality in only_for,
    }
    return render(request, "learning/leaving/municipality.html", context)


@never_cache
@login_required
@require_POST
def come_back(request: HttpRequest, membership_id: int) -> HttpResponse:
    """Undo it, within two weeks."""
    membership = own_membership(request, membership_id)
    try:
        leaving.undo_leaving(membership)
    except leaving.CannotUndo:
        messages.error(
            request,
            _("This can no longer be undone. Ask your municipality to let you in again."),
        )
        return redirect("leave_municipality", membership.pk)
    messages.success(
        request,
        _("You are a member of %(place)s again, as if nothing had happened.")
        % {"place": membership.municipality.display_name},
    )
    return redirect("own_data")


@never_cache
@login_required
@shown_again
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: HttpRequest) -> HttpResponse:
    """What goes and what stays, and asking for it; while it waits, that it waits."""
    person = viewer_of(request)
    form = EraseForm(request.POST or None)
    obstacles = journey.obstacles(person)
    if request.method == "POST" and form.is_valid() and not obstacles:
        journey.ask(person, keep_certificates=form.cleaned_data["keep_certificates"])
        return redirect("erase_account")
    return render(
        request,
        "learning/leaving/account.html",
        {
            "form": form,
            "obstacles": obstacles,
            "waiting": ErasureRequest.objects.waiting().filter(person=person).first(),
        },
        status=HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK,
    )


@never_cache
@login_required
@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """Undo it: the button on every page while it waits."""
    if journey.undo(viewer_of(request)):
        messages.success(request, _("Your account stays. Nothing is erased."))
    return redirect("own_data")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def keep_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """The same by the link in the mail. Looking does nothing."""
    waiting = journey.waiting_of(token)
    if waiting is None:
        return stale(
            request,
            _("This link no longer works"),
            _("Nothing waits to be erased by this link. Sign in to see how your account stands."),
        )
    if request.method == "POST":
        journey.undo(waiting.person)
    return render(
        request,
        "learning/leaving/keep.html",
        {"waiting": waiting, "kept": request.method == "POST"},
    )
