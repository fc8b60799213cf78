"""Coming in: `/uitnodiging/` by invitation, `/meedoen/` by a link or by one's own address.

A token comes in by the query of an address that was mailed or printed. It goes into the
visitor's session at once and the address is left, so that it stays in no history, no log
and no referrer. Nothing happens by looking: mail programs open links by themselves.
"""

from typing import Final

from allauth.account.internal.flows.login import perform_login
from allauth.account.models import Login
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.entry import confirmed_person, has_confirmed, person_with
from accounts.models import User
from learning import invitations, joining
from learning.entry_forms import AskByDomainForm, AskForm, OwnNameForm
from learning.local import counting
from learning.models import Invitation, JoinLink, JoinRequest, Municipality
from learning.models.people import today
from learning.roles import Role
from learning.views.limits import too_many
from learning.views.monitoring import viewer_of

INVITATION: Final = "invitation"
LINK: Final = "join_link"
CONFIRMATION: Final = "join_confirmation"


def take_token(request: HttpRequest, parameter: str, key: str) -> bool:
    """Move a token from the address into the session; whether there was one."""
    token = request.GET.get(parameter)
    if token:
        request.session[key] = token[:200]
    return bool(token)


def stale(request: HttpRequest, title: str, text: str) -> HttpResponse:
    """A link that leads nowhere any more, and what to do."""
    return render(request, "learning/stale_link.html", {"title": title, "text": text}, status=410)


def signed_in_as(request: HttpRequest) -> User | None:
    return viewer_of(request) if request.user.is_authenticated else None


def sign_in(request: HttpRequest, person: User) -> HttpResponse:
    """Sign in somebody who has just shown that their address is theirs, and on to their page."""
    login = Login(user=person, email=person.email, redirect_url=reverse("mine"))
    response: HttpResponse = perform_login(request, login)
    return response


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest) -> HttpResponse:
    """What one is invited to, and a button to say yes."""
    if take_token(request, "s", INVITATION):
        return redirect("invitation")
    found = invitations.find(request.session.get(INVITATION, ""))
    person = signed_in_as(request)
    if found is not None and person is not None and found.person == person:
        return redirect("mine")
    if found is None or not Invitation.objects.open().filter(pk=found.pk).exists():
        return stale(
            request,
            _("This invitation no longer works"),
            _(
                "It was used already, withdrawn, or is too old. Do you take part already? Then "
                "sign in. Else ask the council clerk for another."
            ),
        )
    if person is not None:
        return answer_signed_in(request, found, person)
    return answer_signed_out(request, found)


def answer_signed_in(request: HttpRequest, found: Invitation, person: User) -> HttpResponse:
    is_mine = found.email == person.email
    if request.method == "POST" and is_mine:
        return accept(request, found, person)
    return show_invitation(request, found, is_mine=is_mine)


def answer_signed_out(request: HttpRequest, found: Invitation) -> HttpResponse:
    """Who has an account signs in first; who has none gets one by saying yes."""
    if person_with(found.email) is not None:
        return show_invitation(request, found, must_sign_in=True)
    form = OwnNameForm(request.POST or None, initial={"name": found.name})
    if request.method != "POST" or not form.is_valid():
        return show_invitation(request, found, form=form)
    person, made = confirmed_person(
        found.email, name=form.cleaned_data["name"], language=get_language() or "nl"
    )
    if not made:
        return show_invitation(request, found, must_sign_in=True)
    accept(request, found, person)
    return sign_in(request, person)


def show_invitation(
    request: HttpRequest,
    found: Invitation,
    *,
    is_mine: bool = False,
    must_sign_in: bool = False,
    form: OwnNameForm | None = None,
) -> HttpResponse:
    context = {
        "invitation": found,
        "place": counting(found.municipality, today()),
        "is_mine": is_mine,
        "must_sign_in": must_sign_in,
        "form": form,
    }
    failed = form is not None and form.errors
    return render(request, "learning/invitation.html", context, status=422 if failed else 200)


def accept(request: HttpRequest, found: Invitation, person: User) -> HttpResponse:
    try:
        invitations.accept(found, person)
    except invitations.NotForYou:
        return redirect("invitation")
    place = counting(found.municipality, today())
    if found.is_for_monitor:
        messages.success(request, _("You follow %(place)s from now on.") % {"place": place})
        return redirect(place)
    messages.success(request, _("You learn with %(place)s from now on.") % {"place": place})
    return redirect("mine")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest) -> HttpResponse:
    """Where a join link leads: who has confirmed their address joins at once, others get a mail."""
    if take_token(request, "c", LINK):
        return redirect("join")
    link = joining.find_link(request.session.get(LINK, ""))
    if link is None:
        return stale(
            request,
            _("This link no longer works"),
            _("It is too old, or the municipality withdrew it. Ask the council clerk for another."),
        )
    person = signed_in_as(request)
    if person is not None:
        return join_signed_in(request, link, person)
    form = AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if too_many(request, "join"):
            return render(request, "429.html", status=429)
        send_confirmation(request, Role(link.role), link, **form.cleaned_data)
        return redirect("join_mailed")
    return show_link(request, link, form=form)


def show_link(request: HttpRequest, link: JoinLink, *, form: AskForm | None) -> HttpResponse:
    context = {"link": link, "place": counting(link.municipality, today()), "form": form}
    failed = form is not None and form.errors
    return render(request, "learning/join.html", context, status=422 if failed else 200)


def join_signed_in(request: HttpRequest, link: JoinLink, person: User) -> HttpResponse:
    if request.method != "POST":
        return show_link(request, link, form=None)
    role = Role(link.role)
    if not has_confirmed(person):
        send_confirmation(request, role, link, email=person.email, name=person.name)
        return redirect("join_mailed")
    place = counting(link.municipality, today())
    return tell(request, joining.settle(person, place, role, link=link), place)


def send_confirmation(
    request: HttpRequest, role: Role, link: JoinLink | None, *, email: str, name: str
) -> None:
    """Mail a link; not too often to one address, which whoever asked is not told."""
    if not too_many(request, "join_mail", key=email):
        joining.ask(email=email, name=name, role=role, link=link)


@never_cache
@require_safe
def mailed(request: HttpRequest) -> HttpResponse:
    """The same for every address, whether it is known here or not."""
    return render(request, "learning/join_mailed.html", {})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_up(request: HttpRequest) -> HttpResponse:
    """`/account/signup/`: with an address of a domain that a municipality calls its own."""
    if request.user.is_authenticated:
        return redirect("mine")
    form = AskByDomainForm(request.POST or None)
    if request.method == "POST":
        if too_many(request, "join"):
            return render(request, "429.html", status=429)
        if form.is_valid() and not joining.knowing(form.cleaned_data["email"]):
            form.add_error("email", _("We know no municipality by this address. See below."))
        if form.is_valid():
            asked = form.cleaned_data
            send_confirmation(
                request, Role(asked["role"]), None, email=asked["email"], name=asked["name"]
            )
            return redirect("join_mailed")
    return render(
        request, "account/signup.html", {"form": form}, status=422 if form.errors else 200
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest) -> HttpResponse:
    """Where the mailed link leads: a button, and then they are in or wait."""
    if take_token(request, "s", CONFIRMATION):
        return redirect("join_confirm")
    found = joining.find_request(request.session.get(CONFIRMATION, ""))
    places = places_for(found) if found is not None else []
    if found is None or not places:
        return no_longer(request)
    chosen = next((each for each in places if each.slug == request.POST.get("municipality")), None)
    if request.method != "POST" or (chosen is None and len(places) > 1):
        context = {"asked": found, "places": places, "unchosen": request.method == "POST"}
        return render(
            request,
            "learning/join_confirm.html",
            context,
            status=422 if context["unchosen"] else 200,
        )
    place = chosen or places[0]
    try:
        done = joining.confirm(found, municipality=place, language=get_language() or "nl")
    except joining.NoLonger:
        return no_longer(request)
    if signed_in_as(request) not in (None, done.person):
        logout(request)
    answer = tell(request, done.request, place)
    if done.is_new:
        return sign_in(request, done.person)
    return answer if signed_in_as(request) else redirect("account_login")


def no_longer(request: HttpRequest) -> HttpResponse:
    return stale(
        request,
        _("This link no longer works"),
        _("It works for a day, and once. Did you use it already? Then sign in. Else ask again."),
    )


def places_for(found: JoinRequest) -> list[Municipality]:
    """Where they may join: the link's municipality, or those that know the address's domain."""
    if found.municipality is not None:
        return [counting(found.municipality, today())]
    return joining.knowing(found.email)


def tell(request: HttpRequest, settled: JoinRequest, place: Municipality) -> HttpResponse:
    """Say what came of it, on the person's own page."""
    names = {"place": place.display_name}
    if settled.status == JoinRequest.Status.JOINED:
        messages.success(request, _("You learn with %(place)s from now on.") % names)
    else:
        text = _("%(place)s has your request. You get a mail when somebody has looked at it.")
        messages.info(request, text % names)
    return redirect("mine")
