"""`/zoeken/`: one box, results by kind; and what is offered to who types."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from wagtail.models import Locale

from home.main_pages import active_locale
from search.engines.hits import Hit
from search.finding import Findings, find, theme_names
from search.in_dutch import further
from search.kinds import BY_KEY, KINDS, Kind
from search.missed import note_missed
from search.promoted import promoted
from search.showing import Reading, Result, results
from search.suggestions import suggestions
from search.terms import language_of
from search.vocabularies import vocabulary_of

PER_PAGE: Final = 10
PER_GROUP: Final = 3
MOST_CHARACTERS: Final = 100


@dataclass(frozen=True, slots=True)
class Choice:
    """A kind or a theme to narrow results to, and how many there are."""

    label: str
    count: int
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Results of one kind, the best of them, and where all are."""

    kind: Kind
    count: int
    url: str
    results: list[Result]


class Asked:
    """What the address asks for. A kind or theme that there is not counts as none."""

    def __init__(self, request: HttpRequest, locale: Locale) -> None:
        self.text = request.GET.get("q", "").strip()[:MOST_CHARACTERS]
        kind, theme = request.GET.get("soort", ""), request.GET.get("thema", "")
        self.kind = kind if kind in BY_KEY else ""
        self.themes = theme_names(locale) if self.text else {}
        self.theme = theme if theme in self.themes else ""

    @property
    def narrowed(self) -> str:
        """What the results are narrowed to, in words."""
        names = [str(BY_KEY[self.kind].many)] if self.kind else []
        names += [self.themes[self.theme]] if self.theme else []
        return ", ".join(names)

    def address(self, *, kind: str = "", theme: str = "", text: str = "") -> str:
        wanted = {"q": text or self.text, "soort": kind, "thema": theme}
        return "?" + urlencode({name: value for name, value in wanted.items() if value})


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What holds the words, in the visitor's language. Without words: the box alone."""
    locale = active_locale()
    asked = Asked(request, locale)
    context: dict[str, Any] = {"asked": asked, "most_characters": MOST_CHARACTERS}
    if asked.text:
        found = find(asked.text, locale, kind=asked.kind, theme=asked.theme)
        if not found.total and found.query.unknown:
            note_missed(asked.text, found.query.unknown, language_of(locale))
        context |= {
            "found": found,
            "count": len(found.hits),
            "kinds": kind_choices(asked, found),
            "narrowed": asked.narrowed,
            "further": further(asked.text, locale, found_here=found.total),
            "themes": theme_choices(asked, found),
            "all_kinds_url": asked.address(theme=asked.theme),
            "everything_url": asked.address(),
            "promoted": [] if asked.kind else promoted(asked.text, locale, request),
            **shown(request, asked, found, locale),
        }
    return render(request, "search/search.html", context)


def shown(request: HttpRequest, asked: Asked, found: Findings, locale: Locale) -> dict[str, Any]:
    """Results by kind, or page by page where there is one kind alone."""
    vocabulary = vocabulary_of(language_of(locale))
    signed_in = request.user.is_authenticated
    reading = Reading(found.query, vocabulary, signed_in=signed_in)
    by_kind: dict[str, list[Hit]] = {}
    for hit in found.hits:
        by_kind.setdefault(hit.kind, []).append(hit)
    if len(by_kind) > 1:
        best = {key: hits[:PER_GROUP] for key, hits in by_kind.items()}
        of = results([hit for hits in best.values() for hit in hits], reading, request)
        return {
            "groups": [
                Group(
                    BY_KEY[key],
                    len(by_kind[key]),
                    asked.address(kind=key, theme=asked.theme),
                    [of[hit.pk] for hit in hits if hit.pk in of],
                )
                for key, hits in best.items()
                if key in BY_KEY
            ]
        }
    page_obj = Paginator(found.hits, PER_PAGE).get_page(request.GET.get("p"))
    of = results(list(page_obj), reading, request)
    address = asked.address(kind=asked.kind, theme=asked.theme)
    return {
        "page_obj": page_obj,
        "pagination_query": f"{address[1:]}&",
        "results": [of[hit.pk] for hit in page_obj if hit.pk in of],
    }


def kind_choices(asked: Asked, found: Findings) -> list[Choice]:
    """All kinds of which there is something; the one that is chosen also without."""
    return chosen_first(
        Choice(
            str(kind.many),
            found.kinds.get(kind.key, 0),
            asked.address(kind=kind.key, theme=asked.theme),
            current=kind.key == asked.kind,
        )
        for kind in KINDS
        if kind.key in found.kinds or kind.key == asked.kind
    )


def theme_choices(asked: Asked, found: Findings) -> list[Choice]:
    return chosen_first(
        Choice(
            name,
            found.themes.get(slug, 0),
            asked.address(kind=asked.kind, theme="" if slug == asked.theme else slug),
            current=slug == asked.theme,
        )
        for slug, name in sorted(asked.themes.items(), key=lambda item: item[1])
        if slug in found.themes or slug == asked.theme
    )


def chosen_first(choices: Iterable[Choice]) -> list[Choice]:
    """On a phone they stand in one line that moves: what was chosen must be in sight."""
    return sorted(choices, key=lambda choice: not choice.current)


@require_safe
@never_cache  # what is withdrawn is suggested no more, by nothing between us and who types
def search_suggestions(request: HttpRequest) -> JsonResponse:
    """What somebody who types may be looking for: the same for everybody."""
    text = request.GET.get("q", "").strip()[:MOST_CHARACTERS]
    return JsonResponse({"suggestions": suggestions(text, active_locale(), request)})
