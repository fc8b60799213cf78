"""What stands on the home page beneath the visiedocument and the news, and is of other apps.

They add their own part (`register_front`), so that `home` need not know them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, TypeVar

from django.db.models import Q
from wagtail.models import Locale, Page

from home.visible import for_everybody

# As many as one takes in at a glance.
MOST: Final = 3
Pages = TypeVar("Pages", bound=Any)


@dataclass(frozen=True, slots=True)
class FrontEntry:
    """One thing of a part. `note` says when and where, or how it went."""

    title: str
    url: str
    note: str = ""
    summary: str = ""
    # What is on on a day shows that day large.
    day: date | None = None
    is_fictional: bool = False
    # Set when it is in another language than the page that names it.
    language: str = ""


@dataclass(frozen=True, slots=True)
class FrontPart:
    """A few things of one kind, and where there are more; what to read while there are none."""

    anchor: str
    heading: str
    entries: tuple[FrontEntry, ...]
    all_url: str
    all_words: str
    empty_title: str
    empty_text: str


# Given a language; None where the site has no such part in it.
Source = Callable[[Locale], FrontPart | None]
_sources: Final[list[Source]] = []


def register_front(source: Source) -> Source:
    """Add a part to the home page."""
    _sources.append(source)
    return source


def front_of(locale: Locale) -> list[FrontPart]:
    """The parts of a language's home page, in the same order in every language."""
    parts = [part for source in _sources if (part := source(locale)) is not None]
    return sorted(parts, key=lambda part: part.anchor)


def own_first(pages: Pages, locale: Locale) -> list[Any]:
    """The same, where what one can read comes before what is newer."""
    own = list(for_everybody(pages).filter(locale=locale).select_related("locale")[:MOST])
    if len(own) == MOST or locale == Locale.get_default():
        return own
    known = {page.pk for page in own}
    others = (page for page in first_of(pages, locale) if page.pk not in known)
    return [*own, *others][:MOST]


def first_of(pages: Pages, locale: Locale) -> list[Any]:
    """The first few of pages in order: in this language, or in the site's first where it lacks
    them."""
    default = Locale.get_default()
    if locale == default:
        chosen = Q(locale=locale)
    else:
        there = Page.objects.live().filter(locale=locale).values("translation_key")
        chosen = Q(locale=locale) | Q(locale=default) & ~Q(translation_key__in=there)
    return list(for_everybody(pages).filter(chosen).select_related("locale")[:MOST])


def other_language(page: Page, locale: Locale) -> str:
    """The language of a page, where it is another than that of the page that names it."""
    return "" if page.locale_id == locale.pk else str(page.locale.language_code)
