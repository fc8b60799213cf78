"""What of each result is shown, and where it leads: to the words themselves."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote

from django.http import HttpRequest
from wagtail.models import Page

from learning.models import ModulePage
from search.engines.hits import Hit
from search.excerpts import IsHit, Part, best_section, excerpt, hits_of, marked
from search.kinds import BY_KEY, GOAL, TEXT, Kind
from search.models import Entry
from search.rules.queries import Query
from search.rules.stems import WORD
from search.rules.vocabulary import Vocabulary

# Behind this a browser looks for words on the page itself, and marks them.
FRAGMENT: Final = ":~:text="


@dataclass(frozen=True, slots=True)
class Result:
    """An entry in the list of results."""

    name: list[Part]
    url: str
    kind: Kind
    # The heading below which the words stand, and the module of a lesson.
    heading: str
    within: str
    parts: list[Part]
    # The words stand in a text that is read after signing in.
    is_closed: bool = False
    # Of a document: its kind and size, and the page that offers it.
    document: Any = None
    offered_by: str = ""

    @property
    def title(self) -> str:
        return "".join(part.text for part in self.name)


def address_of(page: Page, request: HttpRequest) -> str:
    """The address of a page: where there is one site, without asking which it is."""
    sites = {each.site_id for each in page._get_site_root_paths(request)}  # noqa: SLF001  Wagtail keeps them with the request
    parts = page.get_url_parts(request)
    if len(sites) == 1 and parts is not None:
        return str(parts[2] or "")
    return page.get_url(request) or ""


def place_of(entry: Entry, request: HttpRequest) -> tuple[str, str]:
    """The address of an entry, and the place on that page if it has one of its own."""
    if entry.document:
        return entry.document.url, ""
    page = address_of(entry.page, request)
    if entry.kind == GOAL.key:
        # A goal has a page of its own, with all that serves it.
        return f"{page}{entry.anchor}/", ""
    return page, entry.anchor


class Reading:
    """How entries are read by who searches: what is a hit, and what is closed to them."""

    def __init__(self, query: Query, vocabulary: Vocabulary, *, signed_in: bool) -> None:
        self.is_hit: IsHit = hits_of(query.terms, vocabulary)
        self.wanted = [hits_of(wanted.terms, vocabulary) for wanted in query.wanted]
        self.signed_in = signed_in

    def first_hit(self, texts: Iterable[str]) -> str:
        words = (word for text in texts for word in WORD.findall(text))
        return next((word for word in words if self.is_hit(word)), "")

    def result(self, entry: Entry, *, closed: bool, request: HttpRequest) -> Result:
        """An entry as it is shown; of a closed lesson only its introduction."""
        sections = [["", "", entry.introduction]] if closed else entry.sections
        section = best_section(sections, self.wanted)
        shown = section or next(iter(sections), ["", "", ""])
        # In a heading alone: then what stands below it is shown from its beginning.
        text = shown[2] or shown[1]
        return Result(
            name=marked(entry.name, self.is_hit),
            url=self.address(entry, None if closed else section, request),
            kind=BY_KEY.get(entry.kind, TEXT),
            heading=shown[1] if section and shown[2] else "",
            within=entry.within.title if entry.within else "",
            parts=excerpt(text, self.is_hit),
            is_closed=closed and section is None,
            document=entry.document,
            offered_by=entry.page.title if entry.document else "",
        )

    def address(self, entry: Entry, section: Sequence[str] | None, request: HttpRequest) -> str:
        """Where the words are: the heading above them; a browser that can finds the words too."""
        page, anchor = place_of(entry, request)
        if entry.document:
            return page
        anchor = anchor or (section[0] if section else "")
        word = self.first_hit((section[1], section[2])) if section else ""
        fragment = f"{anchor}{FRAGMENT}{quote(word)}" if word else anchor
        return f"{page}#{fragment}" if fragment else page


def results(hits: Sequence[Hit], reading: Reading, request: HttpRequest) -> dict[int, Result]:
    """The results of hits by their number, in a fixed number of queries."""
    found = Entry.objects.select_related("page", "within", "document").in_bulk(
        [hit.pk for hit in hits]
    )
    modules = {entry.within_id for entry in found.values() if entry.within_id}
    opened = set(
        ModulePage.objects.filter(pk__in=modules, open_to_visitors=True).values_list(
            "pk", flat=True
        )
        if modules and not reading.signed_in
        else modules
    )
    return {
        pk: reading.result(
            entry,
            # A document opens by itself, also when the lesson that offers it does not.
            closed=bool(entry.within_id)
            and not entry.document_id
            and entry.within_id not in opened,
            request=request,
        )
        for pk, entry in found.items()
    }
