"""Where the index is asked: one engine per kind of search backend.

SQLite and PostgreSQL are asked for all that is found at once, so that groups are counted and
pages turned without asking again. Whatever else Wagtail can search with goes by Wagtail's own
queries, with a limit.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Protocol

from django.conf import settings
from django.db import connection
from wagtail.models import Locale

from search.engines import other, postgresql, sqlite
from search.engines.hits import Hit
from search.rules.queries import Query


class Find(Protocol):
    def __call__(self, query: Query, locale: Locale, *, whole: bool) -> list[Hit]: ...


@dataclass(frozen=True, slots=True)
class Engine:
    # What is wanted, whether all of it must be there, and what is found, best first.
    find: Find
    # What has any of the words in its name, so many at most: best first.
    named: Callable[[Query, Locale, int], list[Hit]]
    # Words as far as they are typed, and how many are asked for.
    begin: Callable[[list[str], Locale, int], list[Hit]]
    # Whether a term stands in anything that everybody may see.
    uses: Callable[[str, Locale], bool]


ENGINES: Final = {
    "sqlite": Engine(sqlite.find, sqlite.named, sqlite.begin, sqlite.uses),
    "postgresql": Engine(postgresql.find, postgresql.named, postgresql.begin, postgresql.uses),
}
IN_DATABASE: Final = "wagtail.search.backends.database"
OTHER: Final = Engine(other.find, other.named, other.begin, other.uses)


def engine() -> Engine:
    """The engine for the backend that is set."""
    if settings.WAGTAILSEARCH_BACKENDS["default"]["BACKEND"] == IN_DATABASE:
        return ENGINES.get(connection.vendor, OTHER)
    return OTHER
