"""Where the search index is: in the database, or in Elasticsearch or OpenSearch by SEARCH_URL.

    SEARCH_URL=elasticsearch9+https://name:password@search.example:9200/rv
    SEARCH_URL=opensearch3+https://search.example:9200/rv

What stands before the + is Wagtail's own name of the backend; the path is put before the names
of the indexes, so that several sites can share a server.
"""

from typing import Any, Final
from urllib.parse import urlsplit, urlunsplit

from django.core.exceptions import ImproperlyConfigured

IN_DATABASE: Final[dict[str, Any]] = {
    "BACKEND": "wagtail.search.backends.database",
    # How PostgreSQL cuts words down; SQLite leaves them as they are.
    "SEARCH_CONFIG": "dutch",
}
ENGINES: Final = (
    *("elasticsearch7", "elasticsearch8", "elasticsearch9"),
    *("opensearch2", "opensearch3"),
)
# Dutch stems and stop words, and accents left out, for what editors search; long beginnings.
DUTCH: Final[dict[str, Any]] = {
    "settings": {
        "analysis": {
            "filter": {
                "dutch_stop": {"type": "stop", "stopwords": "_dutch_"},
                "dutch_stem": {"type": "stemmer", "language": "dutch"},
                # Wagtail's own stop at 15 letters, which would be the end of suggestions for
                # long words; ours begin with their language besides (search/terms.py).
                "edgengram": {"type": "edge_ngram", "min_gram": 1, "max_gram": 53},
            },
            "analyzer": {
                "default": {
                    "tokenizer": "standard",
                    "filter": ["lowercase", "asciifolding", "dutch_stop", "dutch_stem"],
                }
            },
        }
    }
}


def search_backends(url: str) -> dict[str, Any]:
    """Wagtail's setting. Raises ImproperlyConfigured for an address that names no known engine."""
    if not url:
        return {"default": dict(IN_DATABASE)}
    engine, plus, address = url.partition("+")
    parts = urlsplit(address)
    if not plus or engine not in ENGINES or parts.scheme not in {"http", "https"}:
        known = ", ".join(ENGINES)
        message = (
            "SEARCH_URL must be like elasticsearch9+https://search.example:9200/rv. "
            f"What stands before the + is one of: {known}."
        )
        raise ImproperlyConfigured(message)
    return {
        "default": {
            "BACKEND": f"wagtail.search.backends.{engine}",
            "URLS": [urlunsplit((parts.scheme, parts.netloc, "", "", ""))],
            "INDEX_PREFIX": f"{parts.path.strip('/') or 'rv'}_",
            "TIMEOUT": 10,
            "INDEX_SETTINGS": DUTCH,
        }
    }
