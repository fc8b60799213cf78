"""What learning adds to the tools of editors (home/editing), and the work that these need."""

from collections.abc import Iterator
from datetime import date, time, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from home.checked import HOLDS_FOR
from home.editing.links import look_for_broken_links
from home.editing.reviews import Review, register_looked_at, register_reviews
from learning.models import LessonPage
from learning.schedule import daily


@register_reviews
def lessons(until: date) -> Iterator[Review]:
    """A year after somebody last looked whether it still holds."""
    since = until - timedelta(days=HOLDS_FOR)
    rows = LessonPage.objects.filter(live=True, checked_on__lt=since)
    for pk, title, day, code in rows.values_list(
        "pk", "title", "checked_on", "locale__language_code"
    ):
        yield Review(
            kind=str(LessonPage._meta.verbose_name),
            title=title,
            due_on=day + timedelta(days=HOLDS_FOR),
            edit_url=reverse("wagtailadmin_pages:edit", args=[pk]),
            language=code,
            why=_("last checked a year ago"),
            page=pk,
        )


def checked(day: date) -> dict[str, Any]:
    """Who looks at a lesson has checked what it rests on: the lesson itself says when."""
    return {"checked_on": day}


register_looked_at(LessonPage, checked)


@daily("broken_links", at=time(3, 30))
def look_for_links(_day: date) -> None:
    look_for_broken_links()
