"""What somebody finds: in which order, how many of each kind, and whether they were understood."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from wagtail.models import Locale

from home.models import Theme
from home.page_types import know_page_types
from home.publication import Kept
from search.engines import engine
from search.engines.hits import Hit
from search.indexing import FOUND
from search.look_alikes import looks_like
from search.models import Entry, SynonymGroup
from search.models.choices import phrases_of
from search.ranking import LOOKED_AT, in_order, is_about
from search.rules.queries import Groups, Query, interpret
from search.rules.stems import stem
from search.terms import language_of
from search.vocabularies import vocabulary_of

SYNONYMS: Final[Kept[Groups]] = Kept(FOUND)
THEMES: Final[Kept[dict[str, str]]] = Kept(FOUND)


@dataclass(frozen=True, slots=True)
class Findings:
    """What was found. `hits` is what was narrowed to; the counts are of all before that."""

    query: Query
    hits: list[Hit] = field(default_factory=list)
    total: int = 0
    kinds: dict[str, int] = field(default_factory=dict)
    themes: dict[str, int] = field(default_factory=dict)
    # False when nothing holds all words, and these hold some.
    whole: bool = True


def synonyms_of(locale: Locale) -> Groups:
    """Editors' groups, as folded phrases."""
    return SYNONYMS.get(
        locale.pk,
        lambda: [phrases_of(group.words) for group in SynonymGroup.objects.filter(locale=locale)],
    )


def theme_names(locale: Locale) -> dict[str, str]:
    return THEMES.get(
        locale.pk,
        lambda: dict(Theme.objects.filter(locale=locale).values_list("slug", "name")),
    )


def understand(text: str, locale: Locale) -> Query:
    """What somebody wants, by the words and synonyms of the site."""
    language = language_of(locale)
    return interpret(
        text,
        vocabulary_of(language),
        synonyms=synonyms_of(locale),
        looks_like=lambda word: looks_like(word, language),
        is_used=lambda word: engine().uses(stem(word, language), locale),
    )


def find(text: str, locale: Locale, *, kind: str = "", theme: str = "") -> Findings:
    """Everything that everybody may see in which all words are; without any, what has some.

    And what is about a part of the search by its whole name, as *De eed* for "eed afleggen".
    """
    query = understand(text, locale)
    if not query:
        return Findings(query)
    # Wagtail's engines ask for that of an entry.
    know_page_types(Entry)
    asked = engine()
    hits, whole = asked.find(query, locale, whole=True), True
    if not hits and len(query.wanted) > 1:
        hits, whole = asked.find(query, locale, whole=False), False
    hits = with_subjects(hits, query, locale)
    of_theme = [hit for hit in hits if not theme or f" {theme} " in hit.themes]
    of_kind = [hit for hit in hits if not kind or hit.kind == kind]
    both = [hit for hit in of_theme if not kind or hit.kind == kind]
    return Findings(
        query,
        hits=better(both, query, locale),
        total=len(of_theme),
        kinds=dict(Counter(hit.kind for hit in of_theme)),
        themes=dict(Counter(slug for hit in of_kind for slug in hit.themes.split())),
        whole=whole,
    )


def names_of(hits: Iterable[Hit]) -> dict[int, str]:
    found = Entry.objects.filter(pk__in=[hit.pk for hit in hits])
    return {
        pk: f"{name} {other}".strip()
        for pk, name, other in found.values_list("pk", "name", "other_name")
    }


def with_subjects(hits: list[Hit], query: Query, locale: Locale) -> list[Hit]:
    """The hits, and before them what lacks a word but has no other words in its name.

    It says nothing of the other words, so the database gives it no score here.
    """
    if len(query.wanted) < 2:
        return hits
    seen = {hit.pk for hit in hits}
    others = [hit for hit in engine().named(query, locale, LOOKED_AT) if hit.pk not in seen]
    vocabulary = vocabulary_of(language_of(locale))
    names = names_of(others) if others else {}
    about = [
        hit._replace(score=0.0) for hit in others if is_about(query, names[hit.pk], vocabulary)
    ]
    return [*about, *hits]


def better(hits: Sequence[Hit], query: Query, locale: Locale) -> list[Hit]:
    """The first in a better order."""
    names = names_of(hits[:LOOKED_AT])
    return in_order(hits, query, names, vocabulary_of(language_of(locale)))
