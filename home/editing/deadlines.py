"""By when a page is needed: stored with the page's form, and gone when the page is published."""

from datetime import date
from typing import Any, Final

from django.http import HttpRequest
from wagtail import hooks
from wagtail.models import Page

from home.models import PageDeadline

# So many days before it, a deadline is near.
NEAR: Final = 3


def set_deadline(page: Page, day: date | None) -> None:
    """Say by when a page is needed, or that there is no hurry. Doing it again changes nothing."""
    if day is None:
        PageDeadline.objects.filter(page_id=page.pk).delete()
    else:
        PageDeadline.objects.update_or_create(page_id=page.pk, defaults={"needed_by": day})


def deadlines_of(pages: list[int]) -> dict[int, date]:
    """By page, where there is one."""
    rows = PageDeadline.objects.filter(page__in=pages)
    return dict(rows.values_list("page_id", "needed_by"))


def is_near(day: date | None, today: date) -> bool:
    """Whether it is so soon, or past, that somebody has to know."""
    return day is not None and (day - today).days <= NEAR


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def store_what_was_typed(_request: HttpRequest, page: Page) -> None:
    typed = getattr(page, "typed_deadline", None)
    if typed is not None and not has_just_been_published(page):
        set_deadline(page, typed[0])


def has_just_been_published(page: Page) -> bool:
    """Whether what was typed stands on the site by now: then nobody waits for it."""
    stored = Page.objects.filter(pk=page.pk, live=True, has_unpublished_changes=False)
    return bool(stored.exists())


def forget(instance: Page, **_kwargs: Any) -> None:
    """It is on the site: the day has done its work."""
    PageDeadline.objects.filter(page_id=instance.pk).delete()
