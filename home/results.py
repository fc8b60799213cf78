"""What came of the visiedocument's goals: pages of any kind that say which goal they serve.

Other apps add their own kinds (`register_results`), so that `home` need not know them.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import F
from django.utils import timezone
from wagtail.models import Locale

from home.main_pages import first_locale


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
    # When it was last worked on, where that says more than its day.
    changed_on: date | None = None
    # What several of its kind are called.
    kinds: str = ""
    # Of which language it is: that becomes its `language` where it must be said.
    locale_id: int | None = None

    @property
    def last_day(self) -> date | None:
        return max((day for day in (self.day, self.changed_on) if day), default=None)


@dataclass(frozen=True, slots=True)
class ResultGroup:
    """What serves a goal, of one kind."""

    kind: str
    results: tuple[Result, ...]

    @property
    def label(self) -> str:
        return (len(self.results) > 1 and self.results[0].kinds) or self.kind


# Given languages it yields what is there in any of them: (translation key of the goal, result).
Source = Callable[[Collection[Locale]], Iterable[tuple[UUID, Result]]]
_sources: list[Source] = []


def register_results(source: Source) -> Source:
    """Add a source of what serves goals."""
    _sources.append(source)
    return source


def by_goal(objects: Any) -> Iterator[tuple[UUID, Any]]:
    """Each of a queryset's objects with the key of each goal that it serves, in one question."""
    for each in objects.filter(goals__isnull=False).annotate(goal_key=F("goals__translation_key")):
        yield each.goal_key, each


def day_of(moment: datetime | None) -> date | None:
    """The day of a moment, here."""
    return timezone.localdate(moment) if moment else None


def results_by_goal(locale: Locale) -> dict[UUID, list[Result]]:
    """Everything that serves a goal, newest first, by the goal's key.

    In this language, and in the site's first language what is not there in this one.
    """
    default = first_locale()
    results: dict[UUID, list[Result]] = defaultdict(list)
    others: list[tuple[UUID, Result]] = []
    for source in _sources:
        for key, result in source({locale, default}):
            if result.locale_id == locale.pk:
                results[key].append(result)
            else:
                others.append((key, replace(result, language=default.language_code)))
    own = {(key, result.key) for key, found in results.items() for result in found}
    for key, result in others:
        if (key, result.key) not in own:
            results[key].append(result)
    for found in results.values():
        found.sort(key=lambda result: result.day or date.max, reverse=True)
    return dict(results)


def grouped(results: Iterable[Result]) -> list[ResultGroup]:
    """The same by kind, in the order of the alphabet; within a kind as they came."""
    groups: dict[str, list[Result]] = defaultdict(list)
    for result in results:
        groups[result.kind].append(result)
    return [ResultGroup(kind, tuple(groups[kind])) for kind in sorted(groups)]
