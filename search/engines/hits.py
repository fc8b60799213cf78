"""What an engine finds."""

from collections.abc import Iterable
from typing import Any, Final, NamedTuple

# What of an entry is asked for with each hit, in this order.
COLUMNS: Final = ("pk", "kind", "themes", "document_id")


class Hit(NamedTuple):
    """An entry that was found, and how well: higher is better, beside others of one search."""

    pk: int
    kind: str
    themes: str
    score: float


def unique(rows: Iterable[tuple[Any, ...]]) -> list[Hit]:
    """Rows of COLUMNS and a score, best first. A document that many pages offer is found once."""
    seen: set[int] = set()
    hits = []
    for pk, kind, themes, document, score in rows:
        if document is not None and document in seen:
            continue
        seen.add(document)
        hits.append(Hit(pk, kind, themes, float(score)))
    return hits
