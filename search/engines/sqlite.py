"""SQLite: the full-text table of Wagtail's backend, with a weight for titles.

Wagtail's own query ranks a row by a search of its own, so what takes 10 ms for a hundred hits
takes seconds for thousands; and it cannot give a title more weight than a text.
"""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import BooleanField, FloatField, Func, IntegerField, QuerySet
from django.db.models.functions import Cast
from wagtail.models import Locale
from wagtail.search import models as wagtail_search

from search.engines.hits import COLUMNS, Hit, unique
from search.models import Entry
from search.rules.queries import Query, Wanted
from search.terms import language_of, spelled


class Matches(Func):
    """The row matches an expression of FTS5."""

    template = "%(expressions)s"
    output_field = BooleanField()

    def __init__(self, table: str, expression: str) -> None:
        super().__init__()
        self.table = table
        self.expression = expression

    def as_sql(self, *_args: Any, **_extra: Any) -> tuple[str, tuple[str | int, ...]]:
        return f'"{self.table}" MATCH %s', (self.expression,)


class Rank(Func):
    """How well it matches; less is better. Columns: beginnings, text, title."""

    output_field = FloatField()

    def __init__(self, table: str) -> None:
        super().__init__()
        self.table = table

    def as_sql(self, *_args: Any, **_extra: Any) -> tuple[str, tuple[str | int, ...]]:
        return f'bm25("{self.table}", 0.0, 1.0, 8.0)', ()


def matching(expression: str) -> QuerySet[Any]:
    """Rows of the full-text table that match. No join: SQLite would begin at the other table."""
    table = wagtail_search.SQLiteFTSIndexEntry
    found: QuerySet[Any] = table.objects.filter(Matches(table._meta.db_table, expression))
    return found


def indexed(expression: str) -> QuerySet[Any]:
    """Rows of Wagtail's index that match, of entries alone."""
    rows: QuerySet[Any] = wagtail_search.IndexEntry.objects.filter(
        pk__in=matching(expression).values("pk"),
        content_type=ContentType.objects.get_for_model(Entry),
    )
    return rows.annotate(entry=Cast("object_id", IntegerField()))


def hits(expression: str, locale: Locale) -> list[Hit]:
    rank = Rank(wagtail_search.SQLiteFTSIndexEntry._meta.db_table)
    ranks = dict(matching(expression).annotate(rank=rank).values_list("pk", "rank"))
    if not ranks:
        return []
    scores = {
        entry: -ranks.get(row, 0.0) for row, entry in indexed(expression).values_list("pk", "entry")
    }
    found = Entry.objects.visible(locale).filter(pk__in=indexed(expression).values("entry"))
    rows = [(*row, scores.get(row[0], 0.0)) for row in found.values_list(*COLUMNS)]
    rows.sort(key=lambda row: (-row[-1], row[0]))
    return unique(rows)


def way(terms: tuple[str, ...], language: str) -> str:
    return "(" + " AND ".join(f'"{spelled(term, language)}"' for term in terms) + ")"


def expression_of(wanted: Wanted, language: str) -> str:
    return "(" + " OR ".join(way(terms, language) for terms in wanted.ways) + ")"


def find(query: Query, locale: Locale, *, whole: bool) -> list[Hit]:
    language = language_of(locale)
    between = " AND " if whole else " OR "
    words = between.join(expression_of(each, language) for each in query.wanted)
    return hits("{title body} : (" + words + ")", locale)


def begin(words: list[str], locale: Locale, most: int) -> list[Hit]:
    language = language_of(locale)
    typed = " AND ".join(f'"{spelled(word, language)}" *' for word in words)
    return hits("{autocomplete} : (" + typed + ")", locale)[:most]
