"""The home pages and what lies directly below them, in all languages: asked for in one question.

The menus are made of them, and every page shows those.
"""

from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.utils.translation import get_language
from wagtail.models import Locale, Page

from home.page_types import know_page_types
from home.publication import Kept
from home.visible import restrictions_exist

HOME_DEPTH: Final = 2
# By name: page types themselves ask for what is here.
HOME: Final = ("home", "homepage")


@dataclass(frozen=True, slots=True)
class MainPages:
    """Those of one language: live, and open to anybody but for the home page itself."""

    home: Page
    below: tuple[Page, ...]


KEPT: Final = Kept[dict[str, MainPages]]()


def main_pages() -> dict[str, MainPages]:
    """By the code of their language."""
    return KEPT.get("all", look)


def first_locale() -> Locale:
    """The site's first language."""
    main = main_pages().get(settings.LANGUAGE_CODE)
    return main.home.locale if main is not None else Locale.get_default()


def active_locale() -> Locale:
    """The language of the request."""
    main = main_pages().get(get_language() or "")
    return main.home.locale if main is not None else Locale.get_active()


def look() -> dict[str, MainPages]:
    know_page_types()
    live = Page.objects.live().filter(depth__in=(HOME_DEPTH, HOME_DEPTH + 1))
    pages = list(live.select_related("locale").order_by("path"))
    closed: set[int] = set()
    if restrictions_exist():
        closed = set(live.not_public().values_list("pk", flat=True))
    found: dict[str, MainPages] = {}
    for home in pages:
        if home.depth == HOME_DEPTH and home.cached_content_type.natural_key() == HOME:
            below = (
                page
                for page in pages
                if page.depth > HOME_DEPTH
                and page.path.startswith(home.path)
                and page.pk not in closed
            )
            found.setdefault(home.locale.language_code, MainPages(home, tuple(below)))
    return found
