"""SQLite: the full-text table of Wagtail's backend, with a weight for titles.

Wagtail's own query ranks a row by a search of its own, so what takes 10 ms for a hundred hits
takes seconds for thousands; and it cannot give a title more weight than a text.
"""

from typing import Any, Final

from django.contrib.contenttypes.models import ContentType
from django.db.models import BooleanField, FloatField, Func, IntegerField, QuerySet
from django.db.models.functions import Cast
from wagtail.models import Locale
from wagtail.search import models as wagtail_search

from search.engines.hits import COLUMNS, Hit, unique
from search.models import Entry
from search.rules.queries import Query, Wanted
from search.terms import language_of, spelled

# What a title counts beside the text.
TITLE: Final = 3.0
# So many rows are looked at together for one that everybody may see.
FEW: Final = 100


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
    """How well it matches; less is better. Of the columns (beginnings, text, title) some count."""

    output_field = FloatField()

    def __init__(self, table: str, columns: str) -> None:
        super().__init__()
        self.table = table
        self.weights = ", ".join(
            "1.0" if name in columns.split() else "0.0"
            for name in ("autocomplete", "body", "title")
        )

    def as_sql(self, *_args: Any, **_extra: Any) -> tuple[str, tuple[str | int, ...]]:
        return f'bm25("{self.table}", {self.weights})', ()


def matching(expression: str, columns: str) -> QuerySet[Any]:
    """Rows of the full-text table that match. No join: SQLite would begin at the other table."""
    table = wagtail_search.SQLiteFTSIndexEntry
    asked = "{" + columns + "} : (" + expression + ")"
    found: QuerySet[Any] = table.objects.filter(Matches(table._meta.db_table, asked))
    return found


def ranks(expression: str, columns: str) -> dict[int, float]:
    """Rows that match and how well, more being better."""
    rank = Rank(wagtail_search.SQLiteFTSIndexEntry._meta.db_table, columns)
    found = matching(expression, columns).annotate(rank=rank).values_list("pk", "rank")
    return {row: -value for row, value in found}


def hits(expression: str, columns: str, locale: Locale, titles: dict[int, float]) -> list[Hit]:
    """What matches, best first; `titles` is what a title counts besides."""
    found = ranks(expression, columns)
    if not found:
        return []
    rows = wagtail_search.IndexEntry.objects.filter(
        pk__in=matching(expression, columns).values("pk"),
        content_type=ContentType.objects.get_for_model(Entry),
    ).annotate(entry=Cast("object_id", IntegerField()))
    scores = {
        entry: found.get(row, 0.0) + TITLE * titles.get(row, 0.0)
        for row, entry in rows.values_list("pk", "entry")
    }
    visible = Entry.objects.visible(locale).filter(pk__in=rows.values("entry"))
    scored = [(*row, scores.get(row[0], 0.0)) for row in visible.values_list(*COLUMNS)]
    scored.sort(key=lambda row: (-row[-1], row[0]))
    return unique(scored)


def way(terms: tuple[str, ...], language: str) -> str:
    return "(" + " AND ".join(f'"{spelled(term, language)}"' for term in terms) + ")"


def expression_of(wanted: Wanted, language: str) -> str:
    return "(" + " OR ".join(way(terms, language) for terms in wanted.ways) + ")"


def find(query: Query, locale: Locale, *, whole: bool) -> list[Hit]:
    language = language_of(locale)
    words = [expression_of(each, language) for each in query.wanted]
    # Apart: within one rank a text that says many synonyms weighs more than any title.
    titles = ranks(" OR ".join(words), "title")
    return hits((" AND " if whole else " OR ").join(words), "title body", locale, titles)


def named(query: Query, locale: Locale, most: int) -> list[Hit]:
    words = [expression_of(each, language_of(locale)) for each in query.wanted]
    return hits(" OR ".join(words), "title", locale, {})[:most]


def begin(words: list[str], locale: Locale, most: int) -> list[Hit]:
    language = language_of(locale)
    typed = " AND ".join(f'"{spelled(word, language)}" *' for word in words)
    return hits(typed, "autocomplete", locale, {})[:most]


def uses(term: str, locale: Locale) -> bool:
    """A word that many use is seen among the first few; of a rare one there are only few."""
    rows = matching(f'"{spelled(term, language_of(locale))}"', "title body").order_by("pk")
    keys = list(rows.values_list("pk", flat=True)[:FEW])
    while keys:
        entries = wagtail_search.IndexEntry.objects.filter(
            pk__in=keys, content_type=ContentType.objects.get_for_model(Entry)
        ).values_list(Cast("object_id", IntegerField()), flat=True)
        if Entry.objects.visible(locale).filter(pk__in=list(entries)).exists():
            return True
        keys = list(rows.filter(pk__gt=keys[-1]).values_list("pk", flat=True)[:FEW])
    return False
