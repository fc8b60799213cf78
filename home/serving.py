"""Serving a page of Wagtail's without finding it anew each time.

Wagtail's own view asks the database for the site, its home page, the page, its ancestors and
their restrictions: eight questions of which the answers change only when something is
published. Here a process remembers the page that an address leads to (home/publication.py)
and everything else goes the way that it goes in Wagtail.
"""

import pickle
from dataclasses import dataclass
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.translation import get_language
from wagtail import hooks
from wagtail.models import Page, Site
from wagtail.url_routing import RouteResult
from wagtail.views import serve_chain
from wagtail.wagtail_hooks import check_view_restrictions

from home.models.base import HousePage
from home.page_types import as_its_type
from home.publication import Kept
from home.routing import pages_along
from home.visible import restrictions_exist


@dataclass(frozen=True, slots=True)
class KeptPage:
    """A page, pickled so that each request has one of its own, and what else its address says."""

    page: bytes
    rest: list[str]
    # Whether the page itself decides what is at its address, or below it.
    routes: bool


PAGES: Final = Kept[KeptPage | None]()


def serve(request: HttpRequest, path: str) -> HttpResponseBase:
    """The page at an address. Raises Http404."""
    if not hasattr(request, "_wagtail_route_for_request"):
        route = kept_route(request, path)
        if route is not None:
            request._wagtail_route_for_request = route  # type: ignore[attr-defined] # noqa: SLF001  Wagtail's own place for it
    found = Page.route_for_request(request, path)
    if found is None:
        raise Http404
    page, args, kwargs = found
    chain: Any = serve_chain
    for wrap in reversed(hooks.get_hooks("on_serve_page")):
        if wrap is not check_view_restrictions or restrictions_exist():
            chain = wrap(chain)
    for hook in hooks.get_hooks("before_serve_page"):
        result = hook(page, request, args, kwargs)
        if isinstance(result, HttpResponseBase):
            return result
    response: HttpResponseBase = chain(page, request, args, kwargs)
    return response


def serve_json_feed(request: HttpRequest, path: str) -> HttpResponseBase:
    """The JSON Feed below a page's address."""
    return serve(request, f"{path}/feed.json")


def kept_route(request: HttpRequest, path: str) -> RouteResult | None:
    """The remembered way to a page, when nothing but its address decides how it is served."""
    language = getattr(request, "LANGUAGE_CODE", "")
    key = (request.get_host(), language, path)
    kept = PAGES.get(key, lambda: kept_page(request, path))
    if kept is None:
        return None
    page: HousePage = pickle.loads(kept.page)  # noqa: S301  our own
    if not kept.routes:
        return RouteResult(page)
    try:
        route: RouteResult = page.route(request, kept.rest)
    except Http404:
        return None
    return route


def kept_page(request: HttpRequest, path: str) -> KeptPage | None:
    """The page at an address, as its own type; None when Wagtail has to decide."""
    slugs = [slug for slug in path.split("/") if slug]
    pages = pages_along(root_of(request), slugs)
    # A language without a live home page has that of another, or none.
    if not pages or not pages[0].live or (slugs and len(pages) == 1):
        return None
    page, rest = as_its_type(pages[-1]), slugs[len(pages) - 1 :]
    if not isinstance(page, HousePage):
        return None
    routes = page.has_own_addresses or bool(rest) or not page.is_served_at_its_address()
    return KeptPage(pickle.dumps(page), rest, routes)


def root_of(request: HttpRequest) -> str:
    """Where the pages of this site lie, in the language that is asked for; empty for nowhere."""
    paths = Site.get_site_root_paths()
    sites = {each.site_id for each in paths}
    if len(sites) > 1:
        site = Site.find_for_request(request)
        sites = {site.pk} if site is not None else set()
    language = get_language()
    return next(
        (
            each.root_path
            for each in paths
            if each.site_id in sites and each.language_code == language
        ),
        "",
    )
