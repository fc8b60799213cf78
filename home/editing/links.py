"""Links of our own that lead nowhere: to what is deleted, not published, or never was there.

A walk over every page and snippet that is published, menus and announcements among them. Addresses
of other sites are left alone: nobody is asked anything by this site. What was found is kept in the
cache until the next walk.
"""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from django.apps import apps
from django.conf import settings
from django.core.cache import cache
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.contrib.redirects.models import Redirect
from wagtail.coreutils import get_dummy_request
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import DraftStateMixin, Page, TranslatableMixin
from wagtail.snippets.models import get_snippet_models

from home.addresses import answers, document_at, own_hosts
from home.blocks import place_of
from home.editing.parts import parts_of
from home.editing.reviews import house_pages
from home.models import VisionGoal
from home.rules.quality import Heading, Link

KEY: Final = "broken-links"
# Ids that templates draw, on every page.
ON_EVERY_PAGE: Final = frozenset({"inhoud-pagina"})


class Fault(StrEnum):
    """What is wrong with a link."""

    GONE = "gone"
    UNPUBLISHED = "unpublished"
    NO_DOCUMENT = "no_document"
    NO_IMAGE = "no_image"
    NOTHING_CHOSEN = "nothing_chosen"
    NOT_FOUND = "not_found"
    NO_ANCHOR = "no_anchor"


@dataclass(frozen=True, slots=True)
class BrokenLink:
    """A link of a page, or of a snippet, that leads nowhere. Plain values: it is kept."""

    page: int
    title: str
    where: str
    text: str
    target: str
    fault: str
    # Which kind of snippet has it; then `page` is its number. Empty for a page.
    snippet: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """What a walk came to."""

    at: datetime
    links: list[BrokenLink]


class Targets:
    """What there is to link to, asked once for a whole walk."""

    def __init__(self) -> None:
        self.pages = pages_that_are_shown()
        self.documents = set(get_document_model().objects.values_list("pk", flat=True))
        self.images = set(get_image_model().objects.values_list("pk", flat=True))
        self.redirects = set(Redirect.objects.values_list("old_path", flat=True))
        self.hosts = own_hosts()
        self.request: HttpRequest = get_dummy_request()
        self.known: dict[str, bool] = {}

    def is_there(self, path: str) -> bool:
        """Whether something answers at an address of this site."""
        if path not in self.known:
            self.known[path] = answers(path, self.request) or self.leads_on(path)
        return self.known[path]

    def leads_on(self, path: str) -> bool:
        return Redirect.normalise_path(path) in self.redirects


def pages_that_are_shown() -> dict[int, bool]:
    """Every page, and whether visitors get it: a step is not there without its module."""
    rows = list(Page.objects.values_list("pk", "path", "live"))
    live = {path: is_live for _pk, path, is_live in rows}
    return {pk: is_live and live.get(path[: -Page.steplen], True) for pk, path, is_live in rows}


def fault_of(link: Link, site: Targets, anchors: frozenset[str]) -> Fault | None:
    """What is wrong with a link; None when it leads somewhere, or to another site."""
    if link.target:
        return fault_of_choice(link, site)
    address = urlsplit(link.href)
    if address.scheme in ("mailto", "tel") or (address.netloc and address.netloc not in site.hosts):
        return None
    if not address.path and not address.netloc:
        is_known = not address.fragment or unquote(address.fragment) in anchors | ON_EVERY_PAGE
        return None if is_known else Fault.NO_ANCHOR
    path = unquote(address.path) or "/"
    document = document_at(path)
    if document is not None:
        return None if document in site.documents else Fault.NO_DOCUMENT
    return None if path.startswith("/") and site.is_there(path) else Fault.NOT_FOUND


def fault_of_choice(link: Link, site: Targets) -> Fault | None:
    """The same of a link to something that was chosen."""
    if not link.pk.isdigit():
        return Fault.NOTHING_CHOSEN
    number = int(link.pk)
    if link.target == "document":
        return None if number in site.documents else Fault.NO_DOCUMENT
    if link.target == "image":
        return None if number in site.images else Fault.NO_IMAGE
    if number not in site.pages:
        return Fault.GONE
    return None if site.pages[number] else Fault.UNPUBLISHED


def anchors_of(page: Page, parts: Iterable[Any]) -> frozenset[str]:
    """The places within a page that one can link to: headings, and goals of the visiedocument."""
    names = [part.anchor for part in parts if isinstance(part, Heading) and part.anchor]
    counts: dict[str, int] = {}
    found = set()
    for name in names:
        counts[name] = counts.get(name, 0) + 1
        found.add(name if counts[name] == 1 else f"{name}-{counts[name]}")
    found |= {
        place_of(part.place.anchor.removeprefix("block-"))
        for part in parts
        if isinstance(part, Heading)
    }
    found |= {goal.anchor for goal in getattr(page, "goals", VisionGoal.objects.none()).all()}
    return frozenset(found)


def broken_links_of(thing: Any, site: Targets, snippet: str = "") -> Iterator[BrokenLink]:
    """The links of one page or snippet that lead nowhere."""
    parts = list(parts_of(thing))
    links = [part for part in parts if isinstance(part, Link)]
    needs_anchors = any(link.href.startswith("#") for link in links)
    anchors = anchors_of(thing, parts) if needs_anchors else frozenset[str]()
    for link in links:
        fault = fault_of(link, site, anchors)
        if fault is not None:
            yield BrokenLink(
                page=thing.pk,
                title=str(thing),
                where=link.place.words,
                text=link.text,
                target=link.href,
                fault=fault.value,
                snippet=snippet,
            )


def look_for_broken_links() -> Found:
    """Walk over everything that is published, and keep what is found."""
    site = Targets()
    links: list[BrokenLink] = []
    with translation.override(settings.LANGUAGE_CODE):
        for model in house_pages():
            for page in model._default_manager.filter(live=True).iterator(chunk_size=200):
                links += broken_links_of(page, site)
        for snippets in get_snippet_models():
            for snippet in on_the_site(snippets).iterator(chunk_size=200):
                links += broken_links_of(snippet, site, snippets._meta.label_lower)
    found = Found(timezone.now(), sorted(links, key=lambda link: (link.title, link.where)))
    cache.set(KEY, {"at": found.at, "links": [asdict(link) for link in found.links]}, None)
    return found


def on_the_site(model: type[Model]) -> QuerySet[Any]:
    """The snippets of a kind that visitors get, or may get."""
    every: QuerySet[Any] = model._default_manager.order_by("pk")
    if issubclass(model, DraftStateMixin):
        every = every.filter(live=True)
    return every.select_related("locale") if issubclass(model, TranslatableMixin) else every


def found_links() -> Found | None:
    """What the last walk came to; None when there was none yet."""
    kept = cache.get(KEY)
    if kept is None:
        return None
    return Found(kept["at"], [BrokenLink(**link) for link in kept["links"]])


def edit_url(link: BrokenLink) -> str:
    if link.snippet:
        views: Any = apps.get_model(link.snippet)
        return reverse(views.snippet_viewset.get_url_name("edit"), args=[link.page])
    return reverse("wagtailadmin_pages:edit", args=[link.page])
