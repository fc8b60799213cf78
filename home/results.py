"""What came of the visiedocument's goals: pages of any kind that say which goal they serve.

Other apps add their own kinds (`register_results`), so that `home` need not know them.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from wagtail.models import Locale


@dataclass(frozen=True, slots=True)
class Result:
    """One thing that serves a goal: a news item, a module."""

    kind: str
    title: str
    url: str
    day: date | None = None


Source = Callable[[Locale], Iterable[tuple[UUID, Result]]]
_sources: list[Source] = []


def register_results(source: Source) -> Source:
    """Add a source: given a locale it yields (translation key of the goal, result)."""
    _sources.append(source)
    return source


def results_by_goal(locale: Locale) -> dict[UUID, list[Result]]:
    """Everything that serves a goal in this language, newest first, by the goal's key."""
    results: dict[UUID, list[Result]] = defaultdict(list)
    for source in _sources:
        for key, result in source(locale):
            results[key].append(result)
    for found in results.values():
        found.sort(key=lambda result: result.day or date.max, reverse=True)
    return dict(results)
