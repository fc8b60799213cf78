"""PostgreSQL: the vectors of Wagtail's backend, in its configuration, ranked in one go.

Wagtail's own query works a rank out for each word and each way of writing it, and multiplies.
"""

from typing import Any

from django.conf import settings
from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVectorField
from django.db.models import F, QuerySet
from django.db.models.expressions import CombinedExpression
from wagtail.models import Locale

from search.engines.hits import COLUMNS, Hit, unique
from search.models import Entry
from search.rules.queries import Query, Wanted
from search.terms import language_of, spelled

TITLE = F("index_entries__title")
BODY = F("index_entries__body")
# As they stand together in the index of search/migrations/0003_text_index.py.
ALL = CombinedExpression(TITLE, "||", BODY, output_field=SearchVectorField())
# Longer texts hold more words: their rank is divided by the logarithm of their length.
BY_LENGTH = 1


def configuration() -> str:
    name: str = settings.WAGTAILSEARCH_BACKENDS["default"].get("SEARCH_CONFIG", "simple")
    return name


def best_first(found: QuerySet[Entry], rank: Any, most: int | None = None) -> list[Hit]:
    rows = found.annotate(score=rank).order_by("-score", "pk").values_list(*COLUMNS, "score")
    return unique(rows[:most])


def way(terms: tuple[str, ...], language: str) -> str:
    return "(" + " & ".join(f"'{spelled(term, language)}'" for term in terms) + ")"


def expression_of(wanted: Wanted, language: str) -> str:
    return "(" + " | ".join(way(terms, language) for terms in wanted.ways) + ")"


def find(query: Query, locale: Locale, *, whole: bool) -> list[Hit]:
    words = [expression_of(each, language_of(locale)) for each in query.wanted]
    asked, any_of_them = (
        SearchQuery(between.join(words), search_type="raw", config=configuration())
        for between in (" & " if whole else " | ", " | ")
    )
    found = Entry.objects.visible(locale).annotate(found_in=ALL).filter(found_in=asked)
    # A title counts by each of the words, also where the text has the others.
    rank = SearchRank(TITLE, any_of_them) * 8.0
    return best_first(found, rank + SearchRank(BODY, asked, normalization=BY_LENGTH))


def named(query: Query, locale: Locale, most: int) -> list[Hit]:
    words = " | ".join(expression_of(each, language_of(locale)) for each in query.wanted)
    asked = SearchQuery(words, search_type="raw", config=configuration())
    found = Entry.objects.visible(locale).filter(index_entries__title=asked)
    return best_first(found, SearchRank(TITLE, asked, normalization=BY_LENGTH), most)


def begin(words: list[str], locale: Locale, most: int) -> list[Hit]:
    language = language_of(locale)
    typed = " & ".join(f"'{spelled(word, language)}':*" for word in words)
    # Wagtail keeps beginnings without stems.
    asked = SearchQuery(typed, search_type="raw", config="simple")
    found = Entry.objects.visible(locale).filter(index_entries__autocomplete=asked)
    return best_first(found, SearchRank(F("index_entries__autocomplete"), asked))[:most]


def uses(term: str, locale: Locale) -> bool:
    words = f"'{spelled(term, language_of(locale))}'"
    asked = SearchQuery(words, search_type="raw", config=configuration())
    return Entry.objects.visible(locale).annotate(found_in=ALL).filter(found_in=asked).exists()
