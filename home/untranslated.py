"""What a list lacks in its own language: who reads it is told what there is in the first one."""

from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from wagtail.models import Page

from home.main_pages import main_pages
from home.visible import for_everybody

MOST: Final = 10


@dataclass(frozen=True, slots=True)
class Untranslated:
    """The first few pages that are in the site's first language alone, and the list of all."""

    pages: list[Page]
    count: int
    language: str
    all_url: str
    all_title: str

    @property
    def are_all_shown(self) -> bool:
        return self.count == len(self.pages)


def untranslated(index: Page, pages: Any) -> Untranslated | None:
    """Of pages in order, those below a list that it has in the site's first language alone.

    None where there are none, as on that language's own list.
    """
    first = main_pages().get(settings.LANGUAGE_CODE)
    if first is None or index.locale_id == first.home.locale_id:
        return None
    source = next((p for p in first.below if p.translation_key == index.translation_key), None)
    if source is None:
        return None
    there = Page.objects.live().filter(locale_id=index.locale_id).values("translation_key")
    lacking = for_everybody(pages.child_of(source)).exclude(translation_key__in=there)
    found = list(lacking.select_related("locale").defer_streamfields()[: MOST + 1])
    if not found:
        return None
    count = len(found) if len(found) <= MOST else lacking.count()
    return Untranslated(
        found[:MOST], count, settings.LANGUAGE_CODE, source.url or "/", source.title
    )
