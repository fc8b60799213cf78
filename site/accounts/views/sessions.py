"""Where one is signed in: `/account/sessions/`."""

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts import sessions
from accounts.current import person_of
from accounts.models import User


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def own_sessions(request: HttpRequest) -> HttpResponse:
    """Own sessions in plain words; POST `end` with a number ends one, without one all others."""
    person = person_of(request)
    stays = sessions.stays_of(person, this=request.session.session_key)
    if request.method == "POST":
        return end(request, person, stays, request.POST.get("end", ""))
    return render(request, "usersessions/usersession_list.html", {"stays": stays})


def end(
    request: HttpRequest, person: User, stays: list[sessions.Stay], number: str
) -> HttpResponse:
    if not number.isdecimal():
        ended = sessions.end_all_sessions(person, but=request.session.session_key)
    elif any(stay.is_this and stay.number == int(number) for stay in stays):
        logout(request)
        return redirect("account_login")
    else:
        ended = sessions.end_session(person, int(number[:18]))
    words = ngettext(
        "You are signed out on %(count)d other device.",
        "You are signed out on %(count)d other devices.",
        ended,
    )
    messages.success(request, words % {"count": ended} if ended else _("That had ended already."))
    return redirect("usersessions_list")
