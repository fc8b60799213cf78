"""The way from a page to the same in another language.

A learner keeps their place: the same step, or else the module, or else whatever lies nearest
above it. Where a page has no translation, the page that one comes to says so, and leads back.
"""

from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.functional import cached_property
from wagtail.models import Page

from accounts.languages import own_name
from home.publication import Kept
from home.sharing.sitemap import addresses_below
from home.visible import restrictions_exist
from learning.models.pages import StepPage

# In the address of a page that stands in for one without a translation: the number of that one.
IN_PLACE_OF: Final = "zonder-vertaling"
# Longer queries are nobody's place.
LONGEST_QUERY: Final = 300


@dataclass(frozen=True, slots=True)
class Language:
    """A language to read this page in. Its `url` is without the query of the one being read."""

    code: str
    url: str
    current: bool
    # Whether it leads to this very page, and not to what is nearest to it. Then the query goes
    # along: filters, a page of a list, a part of a dilemma mean the same in every language.
    same_page: bool = False

    @property
    def name(self) -> str:
        """Its own name for itself, as its readers look for it."""
        return own_name(self.code)


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Where a page is in another language: itself, or what is nearest above it there."""

    url: str
    is_itself: bool


@dataclass(frozen=True, slots=True)
class Untranslated:
    """The page that somebody came from, and that this language lacks."""

    title: str
    url: str
    code: str


TRANSLATIONS: Final = Kept[dict[str, Elsewhere]]()


def is_shown(page: Page) -> bool:
    """Whether a live page answers: a step does not while its module is offline."""
    if not issubclass(page.specific_class or Page, StepPage):
        return True
    return bool(page.specific.is_served_at_its_address())


def elsewhere(page: Page) -> dict[str, Elsewhere]:
    """By language, where a page is there: the translation of itself or of the nearest above it."""
    # The page and those above it, by the place that each path says that they have in the tree.
    paths = [page.path[:end] for end in range(2 * page.steplen, len(page.path) + 1, page.steplen)]
    above = Page.objects.filter(path__in=paths).values("translation_key")
    same = list(Page.objects.filter(translation_key__in=above).select_related("locale"))
    depth_of = {each.translation_key: each.depth for each in same if each.path in paths}
    others = [each for each in same if each.live and each.locale_id != page.locale_id]
    if restrictions_exist():
        shown = Page.objects.filter(pk__in=[each.pk for each in others]).public()
        open_ones = set(shown.values_list("pk", flat=True))
        others = [each for each in others if each.pk in open_ones]
    found: dict[str, Elsewhere] = {}
    for other in sorted(others, key=lambda each: depth_of[each.translation_key]):
        if is_shown(other):
            found[other.locale.language_code] = Elsewhere(
                other.url, is_itself=other.translation_key == page.translation_key
            )
    return found


class Languages:
    """The languages of the page that is asked for."""

    def __init__(self, request: HttpRequest, code: str, homes: dict[str, str]) -> None:
        self.request = request
        self.code = code
        # The home page of each language in which the site is there.
        self.homes = homes

    def all(self) -> list[Language]:
        route = getattr(self.request, "_wagtail_route_for_request", None)
        found = self.of_view() if route is None else self.of_page(route.page)
        came_from = self.untranslated
        return [
            Language(each.code, came_from.url, current=False)
            if came_from is not None and each.code == came_from.code
            else each
            for each in found
        ]

    def of_page(self, page: Page) -> list[Language]:
        places = TRANSLATIONS.get(page.pk, lambda: elsewhere(page))
        return [self.to_page(page, code, places.get(code), home) for code, home in self.of_site()]

    def to_page(self, page: Page, code: str, place: Elsewhere | None, home: str) -> Language:
        if code == self.code:
            return Language(code, self.request.path, current=True, same_page=True)
        if place is not None and place.is_itself:
            url = self.below(page, code) or place.url
            return Language(code, url, current=False, same_page=True)
        return Language(
            code, f"{place.url if place else home}?{IN_PLACE_OF}={page.pk}", current=False
        )

    def below(self, page: Page, code: str) -> str:
        """The same below the page's own address, as one of its goals; empty if it is not there."""
        rest = self.request.path.removeprefix(page.url or "")
        return addresses_below(page, rest, self.request).get(code, "") if rest else ""

    def of_view(self) -> list[Language]:
        """The same for a page that is not Wagtail's: it is there in every language."""
        path = self.request.path
        return [
            Language(
                code,
                path if code == self.code else translate_url(path, code),
                current=code == self.code,
                same_page=True,
            )
            for code, _home in self.of_site()
        ]

    def of_site(self) -> list[tuple[str, str]]:
        return [
            (code, self.homes[code]) for code, _name in settings.LANGUAGES if code in self.homes
        ]

    @property
    def query(self) -> str:
        """What goes along to the same page in another language, with its question mark."""
        kept = self.request.GET.copy()
        kept.pop(IN_PLACE_OF, None)
        query = kept.urlencode()
        return f"?{query}" if 0 < len(query) < LONGEST_QUERY else ""

    @cached_property
    def untranslated(self) -> Untranslated | None:
        """The page that this one stands in for, where somebody came from there."""
        number = self.request.GET.get(IN_PLACE_OF, "")
        if not (number.isascii() and number.isdigit() and len(number) < 10):
            return None
        page: Any = (
            Page.objects.live().public().filter(pk=number, depth__gt=1).select_related("locale")
        ).first()
        code = page.locale.language_code if page else self.code
        if code == self.code or code not in self.homes or not is_shown(page):
            return None
        return Untranslated(page.title, page.url, code)
