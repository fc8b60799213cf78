"""The list of cases at `/praktijk/`: which are shown, and by what others can be found."""

from collections.abc import Iterable
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, Final
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import QueryDict
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from home.models import VisionAspect
from home.publication import Kept
from home.untranslated import untranslated
from home.visible import for_everybody
from learning.roles import Role
from practice.models import CaseIndexPage, CasePage
from practice.rules.facets import Item, counts, found

PER_PAGE: Final = 10
# What stands in addresses, and what it is called.
FACETS: Final[dict[str, Any]] = {
    "soort": _("How it went"),
    "aspect": _("Aspect of the visiedocument"),
    "thema": _("Theme"),
    "rol": _("Whom it concerns"),
    "les": _("Lesson"),
    "doel": _("Goal of the visiedocument"),
}


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All cases of an index, with what they can be found by; `values` per facet in order."""

    items: tuple[Item, ...]
    values: dict[str, dict[str, str]]


CATALOGUES: Final = Kept[Catalogue]()


def aspect_slug(aspect: VisionAspect) -> str:
    return slugify(aspect.title)[:60] or str(aspect.sort_order)


def draw(index: CaseIndexPage) -> Catalogue:
    """Asked once per publication: a question per kind of subject, however many cases."""
    cases = (
        for_everybody(CasePage.objects.child_of(index))
        .newest_first()
        .prefetch_related("aspects", "themes", "lessons", "goals")
        .only("pk", "kind", "roles", "day", "path", "depth")
    )
    found = list(cases)
    items = tuple(
        Item(
            case.pk,
            {
                "soort": frozenset({case.kind}),
                "aspect": frozenset(aspect_slug(each) for each in case.aspects.all()),
                "thema": frozenset(each.slug for each in case.themes.all()),
                "rol": frozenset(case.roles),
                "les": frozenset(each.slug for each in case.lessons.all()),
                "doel": frozenset(each.anchor for each in case.goals.all()),
            },
        )
        for case in found
    )
    return Catalogue(items, values_in(found, items))


def values_in(cases: Iterable[CasePage], items: Iterable[Item]) -> dict[str, dict[str, str]]:
    """What is chosen from, in order: only what some case has."""
    aspects = {each for case in cases for each in case.aspects.all()}
    goals = {each for case in cases for each in case.goals.all()}
    themes = {each for case in cases for each in case.themes.all()}
    lessons = {each for case in cases for each in case.lessons.all()}
    every: dict[str, dict[str, Any]] = {
        "soort": dict(CasePage.Kind.choices),
        "aspect": {
            aspect_slug(each): each.title for each in sorted(aspects, key=attrgetter("sort_order"))
        },
        "thema": {each.slug: each.name for each in sorted(themes, key=attrgetter("name"))},
        "rol": dict(Role.choices),
        "les": {each.slug: each.name for each in sorted(lessons, key=attrgetter("name"))},
        "doel": {
            each.anchor: f"{each.code}: {each.title}"
            for each in sorted(goals, key=attrgetter("sort_order"))
        },
    }
    used = {facet: {value for item in items for value in item.values[facet]} for facet in FACETS}
    return {
        facet: {value: str(label) for value, label in values.items() if value in used[facet]}
        for facet, values in every.items()
    }


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that can be chosen or left. `query` is the address of the list afterwards."""

    label: str
    count: int
    is_chosen: bool
    query: str


@dataclass(frozen=True, slots=True)
class Facet:
    title: str
    choices: list[Choice]


Chosen = dict[str, frozenset[str]]


def chosen_in(query: QueryDict, catalogue: Catalogue) -> Chosen:
    """What an address asks for; what it names that is not there is left out."""
    return {
        facet: frozenset(query.getlist(facet)) & values.keys()
        for facet, values in catalogue.values.items()
    }


def query_of(chosen: Chosen) -> str:
    """An address that can be kept and sent: always in the same order."""
    return urlencode([(facet, value) for facet in FACETS for value in sorted(chosen[facet])])


def toggled(chosen: Chosen, facet: str, value: str) -> Chosen:
    return chosen | {facet: chosen[facet] ^ {value}}


def looked_for(index: CaseIndexPage, query: QueryDict) -> dict[str, Any]:
    """All that the page of the list shows."""
    catalogue = CATALOGUES.get((index.pk, index.locale_id), lambda: draw(index))
    chosen = chosen_in(query, catalogue)
    matching = found(catalogue.items, chosen)
    page_obj: Any = Paginator(matching, PER_PAGE).get_page(query.get("p"))
    numbers = counts(catalogue.items, chosen, FACETS)
    facets = [
        Facet(
            str(title),
            [
                Choice(
                    label,
                    numbers[facet][value],
                    value in chosen[facet],
                    query_of(toggled(chosen, facet, value)),
                )
                for value, label in catalogue.values[facet].items()
            ],
        )
        for facet, title in FACETS.items()
        if catalogue.values[facet]
    ]
    own = query_of(chosen)
    lacking = None if own else untranslated(index, CasePage.objects.newest_first())
    return {
        "page_obj": page_obj,
        "cases": in_order([item.key for item in page_obj]),
        "facets": facets,
        "active": [
            (facet.title, choice)
            for facet in facets
            for choice in facet.choices
            if choice.is_chosen
        ],
        "query": f"{own}&" if own else "",
        "is_empty": not catalogue.items,
        "lacking": lacking,
    }


def in_order(keys: list[Any]) -> list[CasePage]:
    """The cases of one page of the list, in two questions."""
    cases = CasePage.objects.filter(pk__in=keys).prefetch_related("themes")
    by_key = {case.pk: case for case in cases}
    return [by_key[key] for key in keys if key in by_key]
