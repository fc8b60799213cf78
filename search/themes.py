"""What is found of a theme follows it: its word in addresses at once, its name soon after."""

from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Replace
from django_tasks import task

from home.models import Theme
from learning.jobs import BACKEND
from search.indexing import FOUND, refresh_pages
from search.models import Entry


def told(instance: Theme) -> tuple[str, str]:
    return instance.slug, instance.name


def note_before(instance: Theme, **_kwargs: Any) -> None:
    """Keep with a theme what it was called until now; nothing for a new one."""
    stored = Theme.objects.filter(pk=instance.pk).values_list("slug", "name").first()
    instance._found_as = stored  # noqa: SLF001  read below alone


def follow_theme(instance: Theme, **_kwargs: Any) -> None:
    """A theme is called otherwise: whoever narrows by it finds what it is about without waiting."""
    before: tuple[str, str] | None = getattr(instance, "_found_as", None)
    if before is None or before == told(instance):
        return
    entries = about(instance.locale_id, before[0])
    entries.update(
        themes=Replace(F("themes"), Value(f" {before[0]} "), Value(f" {instance.slug} "))
    )
    refresh_soon(instance)


def follow_end_of_theme(instance: Theme, **_kwargs: Any) -> None:
    refresh_soon(instance)


def about(locale_id: int, slug: str) -> Any:
    return Entry.objects.filter(locale_id=locale_id, themes__contains=f" {slug} ")


def refresh_soon(theme: Theme) -> None:
    """Its name stands in what is found of each page, which may be many: that is for the worker."""
    transaction.on_commit(partial(refresh_about.enqueue, theme.locale_id, theme.slug))
    FOUND.announce()


@task(backend=BACKEND)
def refresh_about(locale_id: int, slug: str) -> None:
    """Make anew what is found of pages about a theme. Safe to repeat."""
    pages = about(locale_id, slug).order_by("page_id").values_list("page_id", flat=True).distinct()
    refresh_pages(list(pages))
