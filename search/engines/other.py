"""Elasticsearch, OpenSearch or whatever else Wagtail can search with, by its own queries."""

from typing import Any, Final

from wagtail.models import Locale
from wagtail.search.backends import get_search_backend
from wagtail.search.query import And, Or, PlainText

from search.engines.hits import COLUMNS, Hit, unique
from search.models import Entry
from search.rules.queries import Query, Wanted
from search.terms import language_of, spelled

# Of so many the groups are counted.
MOST: Final = 1000


def wanted_query(wanted: Wanted, language: str) -> Any:
    ways = [
        PlainText(" ".join(spelled(term, language) for term in terms), operator="and")
        for terms in wanted.ways
    ]
    return Or(ways) if len(ways) > 1 else ways[0]


def as_hits(entries: list[Entry]) -> list[Hit]:
    """In the order in which they came: what a backend scores by is its own."""
    columns = [name for name in COLUMNS if name != "pk"]
    return unique(
        (entry.pk, *(getattr(entry, name) for name in columns), float(len(entries) - place))
        for place, entry in enumerate(entries)
    )


def find(query: Query, locale: Locale, *, whole: bool) -> list[Hit]:
    language = language_of(locale)
    each = [wanted_query(wanted, language) for wanted in query.wanted]
    asked = (And(each) if whole else Or(each)) if len(each) > 1 else each[0]
    found = get_search_backend().search(asked, Entry.objects.filter(locale=locale))
    return visible_of(list(found[:MOST]), locale)


def named(query: Query, locale: Locale, most: int) -> list[Hit]:
    """Names count most for it (Entry.search_fields): they come first, texts may be among them."""
    return find(query, locale, whole=False)[:most]


def begin(words: list[str], locale: Locale, most: int) -> list[Hit]:
    language = language_of(locale)
    typed = " ".join(spelled(word, language) for word in words)
    found = get_search_backend().autocomplete(
        typed, Entry.objects.filter(locale=locale), operator="and"
    )
    return visible_of(list(found[: 3 * most]), locale)[:most]


def uses(term: str, locale: Locale) -> bool:
    asked = PlainText(spelled(term, language_of(locale)), operator="and")
    found = get_search_backend().search(asked, Entry.objects.filter(locale=locale))
    return bool(visible_of(list(found[:MOST]), locale))


def visible_of(entries: list[Entry], locale: Locale) -> list[Hit]:
    """What everybody may see is asked of the database: an index lags behind."""
    keys = [entry.pk for entry in entries]
    seen = set(Entry.objects.visible(locale).filter(pk__in=keys).values_list("pk", flat=True))
    return as_hits([entry for entry in entries if entry.pk in seen])
