"""Where mails lead to, and what somebody wants to receive."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt  # noqa: TID251  for `stop` alone, see there
from django.views.decorators.http import require_http_methods, require_safe

from learning.mail import stopping
from learning.mail.links import module_to_resume
from learning.steps import way_of
from learning.views.monitoring import viewer_of


@never_cache
@login_required
@require_safe
def resume(request: HttpRequest, key: UUID) -> HttpResponse:
    """On to the step where somebody is in a module: what the button in a mail leads to."""
    person = viewer_of(request)
    module = module_to_resume(person, key)
    if module is None:
        messages.info(request, _("This module is not there any more. This is what there is."))
        return redirect("mine")
    return redirect(way_of(person, module).resume_url or module.url)


@never_cache
@require_safe
def preference(request: HttpRequest) -> HttpResponse:
    """Where mails that were sent earlier say that one chooses: on to where that is now."""
    return redirect(f"{reverse('own_data')}#berichten")


# Mail programs press this without a cookie (RFC 8058): the signed address is the token.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Switch off a kind of mail from a link in it. Opening the page does nothing yet."""
    mail = stopping.mail_of(token)
    if mail is None:
        raise Http404
    if request.method == "POST":
        stopping.stop(mail)
    return render(
        request, "learning/mail/stop.html", {"mail": mail, "stopped": request.method == "POST"}
    )
