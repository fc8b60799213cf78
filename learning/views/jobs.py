"""How far a piece of background work is, and the file that it made."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from learning import access_log, monitoring
from learning.jobs import result_url, show_progress
from learning.models import Job, Municipality
from learning.views.monitoring import viewer_of


def job_for(request: HttpRequest, slug: str | None, job_id: int) -> Job:
    """The job, for whoever may watch its municipality (or the nation) today."""
    if slug is None:
        monitoring.deny_unless_national(viewer_of(request))
        place = None
    else:
        place = get_object_or_404(Municipality, slug=slug)
        monitoring.members_for(viewer_of(request), place)
    return get_object_or_404(
        Job.objects.select_related("municipality"), pk=job_id, municipality=place
    )


@never_cache
@login_required
@require_safe
def job(request: HttpRequest, job_id: int, slug: str | None = None) -> HttpResponse:
    """Waiting, under way, done or failed; and what one can do then."""
    found = job_for(request, slug, job_id)
    show_progress(found)
    context: dict[str, Any] = {
        "job": found,
        # Where it says what came of it, or why nothing did.
        "result_url": result_url(found) if found.is_finished else "",
        "back_url": reverse("municipality", args=[slug]) if slug else reverse("nation"),
    }
    return render(request, "learning/job.html", context)


@never_cache
@login_required
@require_safe
def job_file(request: HttpRequest, job_id: int, slug: str | None = None) -> FileResponse:
    """What it made, as a file to keep. After a day it is gone."""
    found = job_for(request, slug, job_id)
    if not found.has_file:
        raise Http404
    try:
        content = found.result.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    if found.municipality is not None:
        access_log.record(viewer_of(request), found.municipality, access_log.What.EXPORT)
    response = FileResponse(content, as_attachment=True, filename=found.filename)
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
