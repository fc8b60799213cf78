"""How far a goal of the visiedocument is: what serves it, and when that was last so."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils import timezone
from wagtail.models import Page

from home.models.vision import VisionGoal, VisionPage
from home.publication import Kept
from home.results import ResultGroup, grouped, results_by_goal
from home.vision_history import history_of


@dataclass(frozen=True, slots=True)
class GoalState:
    """A goal with what serves it, by kind, and the latest day of its text or of any of these."""

    goal: VisionGoal
    groups: list[ResultGroup]
    updated_on: date | None

    @property
    def count(self) -> int:
        return sum(len(group.results) for group in self.groups)


def states_of(page: VisionPage) -> list[GoalState]:
    """Each goal of the page, in order."""
    results = results_by_goal(page.locale)
    written = history_of(page).written_on
    today = timezone.localdate()
    states = []
    for goal in page.goals.all():
        found = results.get(goal.translation_key, [])
        days = [written.get(str(goal.translation_key)), *(result.last_day for result in found)]
        states.append(
            GoalState(
                goal,
                grouped(found),
                # What is planned has not been yet.
                max((day for day in days if day and day <= today), default=None),
            )
        )
    return states


def goals_served(page: Page) -> list[VisionGoal]:
    """The goals that a page serves, in its own language where they are there, with their page."""
    # In one question with the goals themselves; in a preview they are those that were chosen.
    keys = page.goals.values_list("translation_key", flat=True)
    found = VisionGoal.objects.filter(translation_key__in=keys, page__live=True)
    return in_language(found.select_related("page").order_by("sort_order"), page.locale_id)


@dataclass(frozen=True, slots=True)
class GoalLink:
    """A goal as a page that serves it names it."""

    code: str
    title: str
    address: str


LINKS: Final = Kept[list[GoalLink]]()


def goal_links(page: Page) -> list[GoalLink]:
    """The same, remembered until something is published: for a page that is asked for a lot."""

    def look() -> list[GoalLink]:
        return [GoalLink(goal.code, goal.title, goal.address) for goal in goals_served(page)]

    return LINKS.get(page.pk, look)


def in_language(goals: Iterable[VisionGoal], locale_id: int) -> list[VisionGoal]:
    """One of each goal: in this language, or else in another."""
    one: dict[object, VisionGoal] = {}
    for goal in goals:
        if goal.locale_id == locale_id or goal.translation_key not in one:
            one[goal.translation_key] = goal
    return list(one.values())


def vision_url(locale_id: int) -> str:
    """Where the visiedocument is in a language; empty when it is not there."""
    page = VisionPage.objects.live().filter(locale_id=locale_id).first()
    return page.url if page is not None else ""
