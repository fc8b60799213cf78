"""The visiedocument as a tagged PDF (PDF/UA-1), set by Typst from `vision.typ`.

It holds what the page itself says. What serves the goals changes every week and stands on the
site, where each goal's address leads. So a PDF is kept until the page is published again.
"""

import hashlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final
from urllib.parse import urljoin

from django.conf import settings
from django.core.cache import cache
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.rich_text import expand_db_html

from home.models.vision import VisionGoal, VisionPage
from home.rich_text_parts import as_data, as_text
from home.typesetting import REGIONS, printable, tagged_pdf

TEMPLATE: Final = Path(__file__).with_name("vision.typ")
AUTHOR: Final = "Raadsleden & Veiligheid"
WEEK: Final = 7 * 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class KeptPdf:
    """A file, and what it is known by until the page changes."""

    content: bytes
    etag: str


def kept_pdf(page: VisionPage) -> KeptPdf:
    """The PDF of what is published now. Raises `typst.TypstError` when it cannot be made."""
    published = page.last_published_at.isoformat() if page.last_published_at else ""
    known = f"{page.pk}:{page.live_revision_id}:{published}:{settings.BASE_URL}"
    etag = hashlib.sha256(known.encode() + TEMPLATE.read_bytes()).hexdigest()[:32]
    key = f"vision-pdf:{etag}"
    content = cache.get(key)
    if not isinstance(content, bytes):
        content = as_pdf(page)
        cache.set(key, content, WEEK)
    return KeptPdf(content, etag)


def as_pdf(page: VisionPage) -> bytes:
    """The file, in the language of the page; the same page is the same file."""
    with translation.override(page.locale.language_code):
        data = printable(data_of(page), keep_ends=True)
    return tagged_pdf(TEMPLATE, "vision", data, day_of(page))


def day_of(page: VisionPage) -> date:
    """The day of what it says: when it was last published."""
    moment = page.last_published_at
    return timezone.localdate(moment) if moment else page.written_on


def data_of(page: VisionPage) -> dict[str, Any]:
    """The document as the template takes it."""
    language = page.locale.language_code
    goals = list(page.goals.all())
    day = day_of(page)
    terms = (
        (VisionGoal.Term.SHORT, _("Goals for the short term")),
        (VisionGoal.Term.LONG, _("Goals for the longer term")),
    )
    return {
        "title": page.title,
        "author": AUTHOR,
        "day": [day.year, day.month, day.day],
        "lang": language[:2],
        "region": REGIONS.get(language[:2], "nl"),
        "subtitle": _("Document of %(day)s. This text is of %(changed)s.")
        % {"day": date_format(page.written_on, "j F Y"), "changed": date_format(day, "j F Y")},
        "description": page.search_description or as_text(page.introduction),
        "page_of": _("Page {page} of {pages}"),
        "contents": _("Contents"),
        "url": page.full_url or "",
        "introduction": rich(page.introduction),
        "background": {
            "heading": _("Why there is a document"),
            "parts": [
                part
                for text in (page.occasion, page.outcome, page.cooperation)
                for part in rich(text)
            ],
        },
        "aspects": {
            "heading": _("Three aspects"),
            "items": [
                {"title": aspect.title, "parts": rich(aspect.text)} for aspect in page.aspects.all()
            ],
        },
        "terms": [
            {
                "heading": heading,
                "goals": [data_of_goal(goal, page) for goal in goals if goal.term == term],
            }
            for term, heading in terms
        ],
        "note": _("An example site. Its content is example content and not legally binding."),
    }


def data_of_goal(goal: VisionGoal, page: VisionPage) -> dict[str, Any]:
    progress = capfirst(str(goal.get_progress_display()))
    return {
        "code": goal.code,
        "title": goal.title,
        "parts": rich(goal.text),
        "site": rich(goal.on_this_site),
        "progress_label": _("How far it is"),
        "progress": ". ".join(text for text in (progress, goal.progress_text) if text),
        "more": _("What serves goal %(code)s") % {"code": goal.code},
        "url": f"{page.full_url or ''}{goal.anchor}/",
    }


def rich(html: str) -> list[dict[str, Any]]:
    """A rich text as the template takes it, with whole addresses."""
    parts = as_data(expand_db_html(html))
    for part in parts:
        for item in part["items"]:
            for run in item:
                if run["href"]:
                    run["href"] = urljoin(settings.BASE_URL, run["href"])
    return parts
