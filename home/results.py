"""What came of the visiedocument's goals: pages of any kind that say which goal they serve.

Other apps add their own kinds (`register_results`), so that `home` need not know them.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from wagtail.models import Locale


@dataclass(frozen=True, slots=True)
class Result:
    """One thing that serves a goal: a news item, a module. `key` is the same in all languages."""

    key: UUID
    kind: str
    title: str
    url: str
    day: date | None = None
    # Set when it is in another language than the page that names it.
    language: str = ""


Source = Callable[[Locale], Iterable[tuple[UUID, Result]]]
_sources: list[Source] = []


def register_results(source: Source) -> Source:
    """Add a source: given a locale it yields (translation key of the goal, result)."""
    _sources.append(source)
    return source


def results_by_goal(locale: Locale) -> dict[UUID, list[Result]]:
    """Everything that serves a goal, newest first, by the goal's key.

    In this language, and in the site's first language what is not there in this one.
    """
    results: dict[UUID, list[Result]] = defaultdict(list)
    seen: set[tuple[UUID, UUID]] = set()
    for each in dict.fromkeys((locale, Locale.get_default())):
        language = "" if each == locale else each.language_code
        for source in _sources:
            for key, result in source(each):
                if (key, result.key) not in seen:
                    results[key].append(replace(result, language=language))
        seen = {(key, result.key) for key, found in results.items() for result in found}
    for found in results.values():
        found.sort(key=lambda result: result.day or date.max, reverse=True)
    return dict(results)
