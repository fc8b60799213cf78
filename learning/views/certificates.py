"""Certificates: one's own at `/mijn/certificaten/`, and checking one at `/certificaat/`."""

from http import HTTPStatus
from typing import Any, Final

import structlog
import typst
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from learning import certificates
from learning.certificate_words import (
    day_label,
    kind_label,
    spoken_time,
    standing_label,
    standing_text,
)
from learning.exports.certificate import as_pdf, check_url
from learning.exports.names import file_name, handed_over
from learning.forms import CodeForm
from learning.models import Completion
from learning.rules.certificate_codes import in_groups
from learning.rules.certificates import Standing
from learning.views.limits import too_many

# By whom the name was changed a moment ago: the page then offers to undo it.
CHANGED: Final = "gewijzigd"

log = structlog.stdlib.get_logger("house.certificates")


def own_completion(request: HttpRequest, completion_id: int) -> Completion:
    """What the signed-in person finished; 404 for anybody else's, as if it were not there."""
    found: Completion = get_object_or_404(
        Completion.objects.visible_to(request.user).select_related("person"), pk=completion_id
    )
    return found


@never_cache
@login_required
@require_safe
def certificate_list(request: HttpRequest) -> HttpResponse:
    """All that somebody has a certificate of, also what was replaced or withdrawn."""
    finished = Completion.objects.visible_to(request.user).order_by("-completed_on", "-pk")
    rows = [(done, standing_label(done.standing)) for done in finished]
    return render(request, "learning/certificates.html", {"rows": rows})


@never_cache
@login_required
@require_safe
def certificate(request: HttpRequest, completion_id: int) -> HttpResponse:
    """One's own certificate: the file, its code, and who may see the name."""
    return show(request, own_completion(request, completion_id))


def show(request: HttpRequest, done: Completion, *, failed: bool = False) -> HttpResponse:
    is_withdrawn = done.standing is Standing.WITHDRAWN
    made = certificates.certificate_for(done)
    context = {
        "certificate": made,
        "completion": done,
        "is_withdrawn": is_withdrawn,
        "standing_label": standing_label(done.standing),
        "standing_text": standing_text(certificates.checked(made)),
        "url": check_url(made),
        "just_changed": CHANGED in request.GET,
        "failed": failed,
    }
    status = HTTPStatus.OK
    if failed:
        status = HTTPStatus.SERVICE_UNAVAILABLE
    return render(request, "learning/certificate.html", context, status=status)


@never_cache
@login_required
@require_safe
def certificate_file(request: HttpRequest, completion_id: int) -> HttpResponse:
    """The PDF. One that was withdrawn is given no more; its page says why."""
    done = own_completion(request, completion_id)
    if done.standing is Standing.WITHDRAWN:
        return redirect("certificate", done.pk)
    try:
        content = as_pdf(certificates.certificate_for(done))
    except (typst.TypstError, OSError) as error:
        # The words of the error may hold a name.
        log.warning("certificate not made", error=type(error).__name__)
        return show(request, done, failed=True)
    return handed_over(
        content, file_name(_("certificate"), done.module_title[:60], done.completed_on, "pdf")
    )


@never_cache
@login_required
@require_POST
def certificate_name(request: HttpRequest, completion_id: int) -> HttpResponse:
    """Show the name to whoever checks the certificate, or no longer; the page can undo it."""
    made = certificates.certificate_for(own_completion(request, completion_id))
    certificates.show_name(made, shown=request.POST.get("shown") == "yes")
    return redirect(f"{reverse('certificate', args=[completion_id])}?{CHANGED}=1")


def unseen(response: HttpResponse) -> HttpResponse:
    """What is about one certificate is for who holds its code, and for no search engine."""
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


@never_cache
@require_safe
def check_form(request: HttpRequest) -> HttpResponse:
    """A field for the code. What was typed leads to the page of that code."""
    form = CodeForm(request.GET if "code" in request.GET else None)
    if form.is_bound and form.is_valid():
        return redirect("certificate_check", in_groups(form.cleaned_data["code"]))
    return unseen(
        render(
            request,
            "learning/certificate_form.html",
            {"form": form},
            status=HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK,
        )
    )


@never_cache
@require_safe
def check(request: HttpRequest, code: str) -> HttpResponse:
    """What a certificate is worth today, for anybody who has its code."""
    if too_many(request, "certificate"):
        return render(request, "429.html", status=HTTPStatus.TOO_MANY_REQUESTS)
    found = certificates.check(code)
    context: dict[str, Any] = {"form": CodeForm()}
    if found is not None:
        context |= words_of(found)
    return unseen(
        render(
            request,
            "learning/certificate_check.html",
            context,
            status=HTTPStatus.OK if found else HTTPStatus.NOT_FOUND,
        )
    )


def words_of(found: certificates.Checked) -> dict[str, Any]:
    return {
        "found": found,
        "standing_label": standing_label(found.standing),
        "standing_text": standing_text(found),
        "day_label": day_label(found.kind),
        "kind_label": kind_label(found.kind),
        "spoken_time": spoken_time(found.minutes) if found.minutes else "",
    }
