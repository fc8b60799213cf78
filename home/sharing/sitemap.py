"""What search engines are told there is: all that anybody may read, in every language."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, Final

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import sitemap as django_sitemap
from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.urls import reverse, translate_url
from django.utils import translation
from django.views.decorators.http import require_safe
from wagtail.models import Page, get_page_models

from home.models.base import HousePage
from home.page_types import know_page_types
from home.publication import Kept
from home.sharing.head import INDEXED_VIEWS
from home.sharing.structured import absolute
from home.visible import for_everybody

Entry = dict[str, Any]
BELOW: Final = Kept[dict[str, str]]()
STEP: Final = Page.steplen


def public_pages() -> list[HousePage]:
    """Every page that search engines may show; each knows the page above it."""
    know_page_types()
    types = (model for model in get_page_models() if issubclass(model, HousePage))
    shown = [model for model in types if not model.never_indexed]
    pages = list(for_everybody(Page.objects.type(*shown)).select_related("locale").order_by("path"))
    whole = Page.objects.type(*(model for model in shown if model.needed_whole))
    by_key = {
        page.pk: page
        for page in whole.filter(pk__in=[each.pk for each in pages]).defer_streamfields().specific()
    }
    seen: dict[str, Page] = {}
    for each in pages:
        page = by_key.get(each.pk) or each.specific_deferred
        page.locale = each.locale
        seen[page.path] = page
        parent = seen.get(page.path[:-STEP])
        if parent is not None:
            page._cached_parent_obj = parent
    found = [page for page in seen.values() if isinstance(page, HousePage) and page.is_indexed]
    for model in {type(page) for page in found if page.sitemap_relations}:
        of_model = [page for page in found if type(page) is model]
        prefetch_related_objects(of_model, *model.sitemap_relations)
    return found


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


def addresses_below(page: HousePage, rest: str, request: HttpRequest) -> dict[str, str]:
    """By language, the address that a page and its translations have below their own."""

    def look() -> dict[str, str]:
        # A page and its translations are of one type.
        translations = for_everybody(
            type(page).objects.filter(translation_key=page.translation_key)
        )
        found = {}
        for each in translations.select_related("locale").prefetch_related(*page.sitemap_relations):
            address = f"{each.get_full_url(request)}{rest}"
            named = any(entry["location"] == address for entry in each.get_sitemap_urls(request))
            if named or each.has_below(rest):
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
        pages = public_pages()
        languages = sorted({page.locale.language_code for page in pages})
        return [*entries_of(pages, self.request), *view_entries(languages)]

    def get_urls(self, page: Any = 1, site: Any = None, protocol: Any = None) -> list[Entry]:
        return list(self.paginator.page(page).object_list)


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    response: HttpResponse = django_sitemap(request, {"site": HouseSitemap(request)})
    return response
