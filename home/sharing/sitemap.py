"""What search engines are told there is: all that anybody may read, in every language."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, Final

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import sitemap as django_sitemap
from django.http import HttpRequest, HttpResponse
from django.urls import reverse, translate_url
from django.utils import translation
from django.views.decorators.http import require_safe
from wagtail.models import Locale, Page

from home.models.base import HousePage
from home.publication import Kept
from home.sharing.head import INDEXED_VIEWS
from home.sharing.structured import absolute
from home.visible import for_everybody

Entry = dict[str, Any]
BELOW: Final = Kept[dict[str, str]]()
STEP: Final = Page.steplen


def public_pages() -> Iterator[HousePage]:
    """Every page that search engines may show; each knows the page above it."""
    pages = Page.objects.live().public().filter(depth__gt=1).order_by("path")
    locales = {locale.pk: locale for locale in Locale.objects.all()}
    seen: dict[str, Page] = {}
    for page in pages.defer_streamfields().specific():
        page.locale = locales[page.locale_id]
        seen[page.path] = page
        parent = seen.get(page.path[:-STEP])
        if parent is not None:
            page._cached_parent_obj = parent
        if isinstance(page, HousePage) and page.is_indexed:
            yield page


def entries_of(pages: Iterable[HousePage], request: HttpRequest) -> list[Entry]:
    """The addresses of pages, each with the same in other languages.

    What a page has below its own address belongs to what its translation has at the same place.
    """
    found: list[tuple[tuple[object, str], Entry]] = []
    same: defaultdict[tuple[object, str], dict[str, str]] = defaultdict(dict)
    for page in pages:
        own = page.get_full_url(request) or ""
        for entry in page.get_sitemap_urls(request):
            key = (page.translation_key, str(entry["location"]).removeprefix(own))
            same[key][page.locale.language_code] = entry["location"]
            found.append((key, dict(entry)))
    for key, entry in found:
        entry["alternates"] = alternates(same[key])
    return [entry for _key, entry in found]


def addresses_below(page: Page, rest: str, request: HttpRequest) -> dict[str, str]:
    """By language, the address that a page and its translations have below their own."""

    def look() -> dict[str, str]:
        translations = for_everybody(page.get_translations(inclusive=True))
        found = {}
        for each in translations.select_related("locale").specific():
            address = f"{each.get_full_url(request)}{rest}"
            if any(entry["location"] == address for entry in each.get_sitemap_urls(request)):
                found[each.locale.language_code] = f"{each.url}{rest}"
        return found

    return BELOW.get((page.pk, rest), look)


def alternates(addresses: dict[str, str]) -> list[dict[str, str]]:
    """A page's address by language, as the sitemap names them; none for a page that is alone."""
    if len(addresses) < 2:
        return []
    listed = sorted(addresses.items())
    if settings.LANGUAGE_CODE in addresses:
        listed.append(("x-default", addresses[settings.LANGUAGE_CODE]))
    return [{"lang_code": code, "location": address} for code, address in listed]


def view_entries(languages: Iterable[str]) -> Iterator[Entry]:
    """Addresses that are no pages of Wagtail's."""
    for name in sorted(INDEXED_VIEWS):
        with translation.override(settings.LANGUAGE_CODE):
            path = reverse(name)
            addresses = {code: absolute(translate_url(path, code)) for code in languages}
        for address in addresses.values():
            yield {"location": address, "lastmod": None, "alternates": alternates(addresses)}


class HouseSitemap(Sitemap[Entry]):
    """The addresses are worked out at once: the answer is kept until something is published."""

    def __init__(self, request: HttpRequest) -> None:
        super().__init__()
        self.request = request

    def items(self) -> list[Entry]:
        pages = list(public_pages())
        languages = sorted({page.locale.language_code for page in pages})
        return [*entries_of(pages, self.request), *view_entries(languages)]

    def get_urls(self, page: Any = 1, site: Any = None, protocol: Any = None) -> list[Entry]:
        return list(self.paginator.page(page).object_list)


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    response: HttpResponse = django_sitemap(request, {"site": HouseSitemap(request)})
    return response
