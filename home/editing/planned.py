"""What appears on the site or goes from it by itself, and when: the next first."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from wagtail.models import Page, Revision

MOST: Final = 200


@dataclass(frozen=True, slots=True)
class Planned:
    """A page with a moment on which it appears, or goes, or both."""

    page: Page
    appears: datetime | None
    goes: datetime | None

    @property
    def kind(self) -> str:
        return str(self.page.cached_content_type.model_class()._meta.verbose_name)

    @property
    def edit_url(self) -> str:
        return reverse("wagtailadmin_pages:edit", args=[self.page.pk])

    @property
    def next(self) -> datetime:
        return min(moment for moment in (self.appears, self.goes) if moment is not None)


def planned(now: datetime) -> list[Planned]:
    """What is let through to appear, and what is on the site and goes."""
    waiting = Revision.page_revisions.filter(approved_go_live_at__isnull=False)
    coming: dict[int, Revision] = {int(each.object_id): each for each in waiting[:MOST]}
    rows = Page.objects.filter(Q(pk__in=coming) | Q(live=True, expire_at__gt=now))
    found = [
        Planned(
            page,
            appears=coming[page.pk].approved_go_live_at if page.pk in coming else None,
            goes=goes_of(page, coming.get(page.pk)),
        )
        for page in rows.select_related("content_type", "locale")[:MOST]
    ]
    return sorted(found, key=lambda each: (each.next, each.page.draft_title))


def goes_of(page: Page, revision: Revision | None) -> datetime | None:
    """When it goes: as was let through with what appears, or as it stands."""
    if revision is None:
        moment: Any = page.expire_at
        return moment if isinstance(moment, datetime) else None
    written = revision.content.get("expire_at")
    moment = parse_datetime(str(written)) if written else None
    return timezone.make_aware(moment) if moment and timezone.is_naive(moment) else moment
