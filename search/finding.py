"""What somebody finds: in which order, how many of each kind, and whether they were understood."""

from collections import Counter
from collections.abc import Sequence
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
from search.ranking import LOOKED_AT, in_order
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
    """Everything that everybody may see in which all words are; without any, what has some."""
    query = understand(text, locale)
    if not query:
        return Findings(query)
    # Wagtail's engines ask for that of an entry.
    know_page_types(Entry)
    asked = engine()
    hits, whole = asked.find(query, locale, whole=True), True
    if not hits and len(query.wanted) > 1:
        hits, whole = asked.find(query, locale, whole=False), False
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


def better(hits: Sequence[Hit], query: Query, locale: Locale) -> list[Hit]:
    """The first in a better order."""
    keys = [hit.pk for hit in hits[:LOOKED_AT]]
    names = {
        pk: f"{name} {other}".strip()
        for pk, name, other in Entry.objects.filter(pk__in=keys).values_list(
            "pk", "name", "other_name"
        )
    }
    return in_order(hits, query, names, vocabulary_of(language_of(locale)))
