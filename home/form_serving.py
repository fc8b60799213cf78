"""Showing a form page and taking in what is sent; safe to send twice."""

from typing import TYPE_CHECKING, Any, Final

from allauth.core import ratelimit
from django.db import transaction
from django.dispatch import Signal
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from home import form_guard
from home.form_building import CONSENT

if TYPE_CHECKING:
    from home.models.forms import FormPage

SENT: Final = "verzonden"
# Sent when something new came in, with `entry`; never with what was typed in it.
form_received = Signal()


def serve_form(page: "FormPage", request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return receive(page, request)
    if SENT in request.GET:
        return show(page, request, sent=True)
    return show(page, request, form=page.get_form(page=page), stamp=form_guard.new_stamp(page.pk))


def receive(page: "FormPage", request: HttpRequest) -> HttpResponse:
    """Take in a form, or show it again with all that was typed."""
    form = page.get_form(request.POST, page=page)
    verdict = form_guard.judge(page.pk, request.POST)
    status = 422
    if form.is_valid():
        if verdict.error:
            form.add_error(None, verdict.error)
        elif not ratelimit.consume(request, action="form"):
            form.add_error(
                None,
                _("Too much was sent from your connection. Wait an hour, then press once more."),
            )
            status = 429
        else:
            store(page, form.cleaned_data, key=verdict.key)
            return HttpResponseRedirect(f"{page.url}?{SENT}=1")
    return show(page, request, form=form, stamp=verdict.stamp, status=status)


def store(page: "FormPage", data: dict[str, Any], *, key: str) -> None:
    """Keep what was sent. The same showing of a form that is sent again changes nothing."""
    answers = {name: value for name, value in data.items() if name != CONSENT}
    entries = page.get_submission_class().objects
    with transaction.atomic():
        entry, is_new = entries.get_or_create(
            key=key, defaults={"page": page, "form_data": answers, "consent": page.consent_text}
        )
        if is_new:
            form_received.send(sender=type(page), entry=entry)


def show(page: "FormPage", request: HttpRequest, *, status: int = 200, **more: Any) -> HttpResponse:
    context = page.get_context(request) | more
    return render(request, page.get_template(request), context, status=status)
