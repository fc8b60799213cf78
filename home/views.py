"""What Wagtail's pages leave as files: their addresses end in a name, as no page's does."""

from datetime import UTC, datetime

import structlog
import typst
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe
from wagtail.models import Locale

from home.calendar import calendar_from
from home.calendar_file import RECENT, calendar_answer, calendar_file
from home.models import CalendarPage, VisionPage
from home.publication import PUBLICATION
from home.visible import for_everybody
from home.vision_pdf import kept_pdf

log = structlog.stdlib.get_logger("house.files")


@require_safe
def vision_pdf(request: HttpRequest) -> HttpResponse:
    """The visiedocument as a tagged PDF, made once for each version of the page."""
    page = for_everybody(VisionPage.objects.filter(locale=Locale.get_active())).first()
    if page is None:
        raise Http404
    try:
        pdf = kept_pdf(page)
    except (typst.TypstError, OSError) as error:
        log.warning("visiedocument not made", error=type(error).__name__)
        return render(request, "home/vision_pdf_failed.html", {"page": page}, status=503)
    response = HttpResponse(
        pdf.content,
        content_type="application/pdf",
        headers={
            "Content-Disposition": 'inline; filename="visiedocument.pdf"',
            "Cache-Control": "no-cache",
            "ETag": f'"{pdf.etag}"',
        },
    )
    conditional = get_conditional_response(request, etag=f'"{pdf.etag}"', response=response)
    assert isinstance(conditional, HttpResponse)  # noqa: S101  the same, or "not modified"
    return conditional


@require_safe
def calendar_feed(request: HttpRequest) -> HttpResponse:
    """The joint calendar for calendar programs: what is on, and what was on not long ago."""
    locale = Locale.get_active()
    page = for_everybody(CalendarPage.objects.filter(locale=locale)).first()
    if page is None:
        raise Http404
    content = calendar_file(
        calendar_from(locale, timezone.now() - RECENT),
        name=f"{page.title} – Raadsleden & Veiligheid",
        language=locale.language_code,
        # What does not know when it changed is as new as the site: asked twice, it is the same.
        made_at=datetime.fromtimestamp(PUBLICATION.current() // 1_000_000_000, UTC),
    )
    return calendar_answer(request, content, name="agenda")
