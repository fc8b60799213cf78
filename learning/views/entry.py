"""Letting people in: `/gemeente/<slug>/uitnodigen/`, its links and the requests to join."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from home.qr import draw
from learning import access_log, invitations, joining
from learning.entry_forms import InvitePersonForm, LinkForm
from learning.mail.messages import absolute
from learning.models import Invitation, JoinLink, JoinRequest, Municipality
from learning.models.people import today
from learning.roles import Role
from learning.views.limits import too_many
from learning.views.monitoring import viewer_of
from learning.views.places import ask_first, watched


def of_place(model: Any, place: Municipality) -> Any:
    """Rows of this municipality and of those that merged into it."""
    return model.objects.filter(municipality__in=place.counted_ids(today()))


def open_invitations(place: Municipality) -> Any:
    return of_place(Invitation, place).open().filter(purpose=Invitation.Purpose.MEMBER)


@watched
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest, place: Municipality) -> HttpResponse:
    """The ways in. POST invites one person."""
    form = InvitePersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if too_many(request, "invite"):
            return render(request, "429.html", status=429)
        asked = form.cleaned_data
        invitations.invite(
            place,
            by=viewer_of(request),
            email=asked["email"],
            name=asked["name"],
            role=Role(asked["role"]),
        )
        messages.success(request, _("The invitation is on its way. It works for 14 days."))
        return redirect("municipality_invite", place.slug)
    return show(request, place, form=form, link_form=LinkForm())


def show(
    request: HttpRequest, place: Municipality, *, form: InvitePersonForm, link_form: LinkForm
) -> HttpResponse:
    access_log.record(viewer_of(request), place, access_log.What.ENTRY)
    context = {
        "municipality": place,
        "form": form,
        "link_form": link_form,
        "invitations": open_invitations(place).order_by("-created_at"),
        "links": of_place(JoinLink, place).valid().order_by("-created_at"),
        "waiting": of_place(JoinRequest, place).waiting().count(),
    }
    failed = form.errors or link_form.errors
    return render(request, "learning/invite.html", context, status=422 if failed else 200)


@watched
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_invitation(
    request: HttpRequest, place: Municipality, invitation_id: int
) -> HttpResponse:
    """Stop an invitation; asks first."""
    invitation = get_object_or_404(open_invitations(place), pk=invitation_id)
    back = reverse("municipality_invite", args=[place.slug])
    if request.method == "POST":
        invitations.withdraw(invitation)
        messages.success(request, _("The invitation was withdrawn."))
        return redirect(back)
    return ask_first(
        request,
        place,
        title=_("Withdraw the invitation to %(name)s?") % {"name": invitation.name},
        text=_("The link in the mail stops working. We forget name and address."),
        button=_("Withdraw"),
        back=back,
    )


@watched
@require_POST
def make_link(request: HttpRequest, place: Municipality) -> HttpResponse:
    """A new join link, and on to its page with the code."""
    form = LinkForm(request.POST)
    if not form.is_valid():
        return show(request, place, form=InvitePersonForm(), link_form=form)
    if too_many(request, "invite"):
        return render(request, "429.html", status=429)
    link = joining.make_link(
        place,
        Role(form.cleaned_data["role"]),
        by=viewer_of(request),
        days=form.cleaned_data["days"],
    )
    return redirect("municipality_link", place.slug, link.pk)


@watched
@require_safe
def link_page(request: HttpRequest, place: Municipality, link_id: int) -> HttpResponse:
    """The link as words and as a code: to show on a screen, or to print on A4."""
    link = get_object_or_404(of_place(JoinLink, place).valid(), pk=link_id)
    path = joining.address_of(link)
    url = absolute(path) if path else ""
    context = {"municipality": place, "link": link, "url": url, "qr": draw(url) if url else None}
    return render(request, "learning/join_link.html", context)


@watched
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_link(request: HttpRequest, place: Municipality, link_id: int) -> HttpResponse:
    """Stop a join link; asks first."""
    link = get_object_or_404(of_place(JoinLink, place).valid(), pk=link_id)
    back = reverse("municipality_invite", args=[place.slug])
    if request.method == "POST":
        joining.withdraw_link(link)
        messages.success(request, _("The link was withdrawn."))
        return redirect(back)
    return ask_first(
        request,
        place,
        title=_("Withdraw this link?"),
        text=_("From now on nobody can use it, on paper neither. Who has joined stays a member."),
        button=_("Withdraw"),
        back=back,
    )


@watched
@require_http_methods(["GET", "HEAD", "POST"])
def requests(request: HttpRequest, place: Municipality) -> HttpResponse:
    """Who waits for an answer. POST approves, or refuses after asking."""
    waiting = list(
        of_place(JoinRequest, place)
        .waiting()
        .select_related("person", "link")
        .order_by("confirmed_at")
    )
    access_log.record(viewer_of(request), place, access_log.What.ENTRY)
    if request.method == "POST":
        chosen = chosen_of(request, waiting)
        if not chosen:
            messages.warning(request, _("Tick who it is about first."))
            return redirect("municipality_requests", place.slug)
        if request.POST.get("decision") == "approve" or "sure" in request.POST:
            return decide(request, place, chosen)
        context = {"municipality": place, "chosen": chosen}
        return render(request, "learning/refuse_requests.html", context)
    return render(request, "learning/requests.html", {"municipality": place, "waiting": waiting})


def chosen_of(request: HttpRequest, waiting: list[JoinRequest]) -> list[JoinRequest]:
    """Those that were ticked; others' numbers are not among what waits here, so are left out."""
    if "all" in request.POST:
        return waiting
    ticked = set(request.POST.getlist("request"))
    return [each for each in waiting if str(each.pk) in ticked]


def decide(request: HttpRequest, place: Municipality, chosen: list[JoinRequest]) -> HttpResponse:
    approved = request.POST.get("decision") == "approve"
    done = sum(joining.decide(each, by=viewer_of(request), approved=approved) for each in chosen)
    if approved:
        text = ngettext("%(count)d person was let in.", "%(count)d people were let in.", done)
    else:
        text = ngettext("%(count)d request was refused.", "%(count)d requests were refused.", done)
    messages.success(request, text % {"count": done})
    return redirect("municipality_requests", place.slug)
