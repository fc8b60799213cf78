"""Who may watch a municipality (`…/volgers/`)."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from learning import invitations
from learning.entry_forms import InviteMonitorForm
from learning.grants import LastMonitor, withdraw_monitor
from learning.models import Invitation, MonitorGrant, Municipality
from learning.models.people import today
from learning.views.limits import too_many
from learning.views.monitoring import viewer_of
from learning.views.places import ask_first, watched


def grants_of(place: Municipality) -> Any:
    """Who may and might watch this municipality, newest first."""
    return (
        MonitorGrant.objects.filter(municipality=place, scope=MonitorGrant.Scope.MUNICIPALITY)
        .select_related("person")
        .order_by("-granted_at")
    )


def invited_monitors(place: Municipality) -> Any:
    return Invitation.objects.open().filter(
        municipality__in=place.counted_ids(today()), purpose=Invitation.Purpose.MONITOR
    )


@watched
@require_http_methods(["GET", "HEAD", "POST"])
def monitors(request: HttpRequest, place: Municipality) -> HttpResponse:
    """Everybody with access. POST invites a colleague."""
    form = InviteMonitorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if too_many(request, "invite"):
            return render(request, "429.html", status=429)
        invitations.invite(place, by=viewer_of(request), **form.cleaned_data)
        messages.success(request, _("The invitation is on its way. It works for 7 days."))
        return redirect("municipality_monitors", place.slug)
    grants = list(grants_of(place))
    active = [grant for grant in grants if grant.withdrawn_at is None]
    return render(
        request,
        "learning/monitors.html",
        {
            "municipality": place,
            "form": form,
            "active": active,
            "may_withdraw": len(active) > 1,
            "ended": [grant for grant in grants if grant.withdrawn_at is not None],
            "invitations": invited_monitors(place).order_by("created_at"),
        },
        status=422 if form.errors else 200,
    )


@watched
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_grant(request: HttpRequest, place: Municipality, grant_id: int) -> HttpResponse:
    """End somebody's access; asks first."""
    grant = get_object_or_404(grants_of(place), pk=grant_id)
    back = reverse("municipality_monitors", args=[place.slug])
    if request.method != "POST":
        oneself = grant.person == viewer_of(request)
        title = (
            _("Do you no longer want to follow %(place)s?")
            if oneself
            else _("End the access of %(name)s?")
        )
        return ask_first(
            request,
            place,
            title=title % {"name": grant.person.name, "place": place.display_name},
            text=_("The page of this municipality closes at once. What they learned stays theirs."),
            button=_("End access"),
            back=back,
        )
    try:
        withdraw_monitor(grant, by=viewer_of(request))
    except LastMonitor:
        messages.error(
            request,
            _("This is the last monitor. Invite a colleague first, or ask the administrator."),
        )
        return redirect(back)
    messages.success(request, _("The access has ended."))
    return redirect("mine" if grant.person == viewer_of(request) else back)


@watched
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_monitor_invitation(
    request: HttpRequest, place: Municipality, invitation_id: int
) -> HttpResponse:
    """Stop an invitation to watch along; asks first."""
    invitation = get_object_or_404(invited_monitors(place), pk=invitation_id)
    back = reverse("municipality_monitors", args=[place.slug])
    if request.method == "POST":
        invitations.withdraw(invitation)
        messages.success(request, _("The invitation was withdrawn."))
        return redirect(back)
    return ask_first(
        request,
        place,
        title=_("Withdraw the invitation to %(email)s?") % {"email": invitation.email},
        text=_("The link in the mail stops working."),
        button=_("Withdraw"),
        back=back,
    )
