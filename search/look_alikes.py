"""Words of the site that share letters with one that it does not use, by PostgreSQL's trigrams.

Which of them was meant, search/rules/vocabulary.py says. Without the extension pg_trgm, and on
SQLite, it compares with all words: the same words come out.
"""

from collections.abc import Iterable
from typing import Final

from django.contrib.postgres.lookups import TrigramSimilar
from django.db import connection

from search.models import Word

MOST: Final = 100
# A slip in a shorter word leaves too few trigrams.
SHORTEST: Final = 7
# Whether a database has them: asked once.
KNOWN: Final[dict[str, bool]] = {}

Word._meta.get_field("text").register_lookup(TrigramSimilar)


def has_trigrams() -> bool:
    """Whether PostgreSQL may compare words by trigrams: somebody must have allowed it."""
    if connection.vendor != "postgresql":
        return False
    name = str(connection.settings_dict["NAME"])
    if name not in KNOWN:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm'")
            KNOWN[name] = cursor.fetchone() is not None
    return KNOWN[name]


def looks_like(word: str, language: str) -> Iterable[str] | None:
    """Words that share letters with one; None where all must be compared."""
    if len(word) < SHORTEST or not has_trigrams():
        return None
    words = Word.objects.filter(language=language, text__trigram_similar=word)
    return words.values_list("text", flat=True)[:MOST]
