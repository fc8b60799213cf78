"""`/nieuwsbrief/`: asking for it, confirming, choosing otherwise and leaving, without an account.

Nothing happens by looking: mail programs and scanners open links by themselves.
"""

from typing import Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt  # noqa: TID251  for `stop` alone, see there
from django.views.decorators.http import require_http_methods, require_safe

from accounts.limits import too_often
from learning.views.joining import take_token
from learning.views.limits import too_many
from newsletter import subscribing
from newsletter.forms import ChoiceForm, SubscribeForm
from newsletter.models import Subscription

CONFIRMATION: Final = "newsletter_confirmation"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def subscribe(request: HttpRequest) -> HttpResponse:
    """What it is, and the form. The answer is the same for every address."""
    form = SubscribeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if too_many(request, "newsletter"):
            return too_often(request, action=("allauth.account", "newsletter"))
        email = form.cleaned_data["email"]
        # Not too often to one address, which whoever asked is not told.
        if not too_many(request, "newsletter_mail", key=email):
            subscribing.ask(email, form.wish)
        return redirect("newsletter_mailed")
    status = 422 if form.errors else 200
    return render(request, "newsletter/subscribe.html", {"form": form}, status=status)


@require_safe
def mailed(request: HttpRequest) -> HttpResponse:
    return render(request, "newsletter/mailed.html", {})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest) -> HttpResponse:
    """Where the mailed link leads: what they chose, and a button."""
    if take_token(request, "s", CONFIRMATION):
        return redirect("newsletter_confirm")
    found = subscribing.find_request(request.session.get(CONFIRMATION, ""))
    if found is None:
        return stale(request)
    if request.method == "POST":
        try:
            subscribing.confirm(found)
        except subscribing.NoLonger:
            return stale(request)
        request.session.pop(CONFIRMATION, None)
        return redirect("newsletter_confirmed")
    context = {"wanted": found, "themes": list(found.themes.all())}
    return render(request, "newsletter/confirm.html", context)


@require_safe
def confirmed(request: HttpRequest) -> HttpResponse:
    return render(request, "newsletter/confirmed.html", {})


def stale(request: HttpRequest) -> HttpResponse:
    """A link that leads nowhere (any more), and what to do."""
    return render(request, "newsletter/stale.html", {}, status=410)


# Mail programs press this without a cookie (RFC 8058): the signed address is the token.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Leave, by the button on this page or that of a mail program."""
    key = subscribing.key_in(token)
    if key is None:
        return stale(request)
    subscription = Subscription.objects.filter(key=key).first()
    if subscription is not None and request.method == "POST":
        subscribing.leave(subscription)
        subscription = None
    context = {"token": token, "is_subscribed": subscription is not None}
    return render(request, "newsletter/stop.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest, token: str) -> HttpResponse:
    """Less often, or about something else, instead of leaving."""
    key = subscribing.key_in(token)
    subscription = Subscription.objects.filter(key=key).first() if key is not None else None
    if subscription is None:
        return stale(request)
    form = ChoiceForm(request.POST or None, subscription=subscription)
    if request.method == "POST" and form.is_valid():
        subscribing.change(subscription, form.wish)
        messages.success(request, _("Your choice is stored. It holds from the next newsletter."))
        return redirect(reverse("newsletter_choose", args=[token]))
    context = {"form": form, "token": token}
    status = 422 if form.errors else 200
    return render(request, "newsletter/choose.html", context, status=status)
