"""`/mijn/`: what to do next, and what is done."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.models import User
from home.chamber import Chamber, chamber
from home.publication import Kept
from home.visible import for_everybody
from learning.duties import URGENCY, Duty, by_subject, duties_of
from learning.models import (
    Completion,
    JoinRequest,
    LearningPath,
    Membership,
    ModulePage,
    RefresherSubscription,
)
from learning.paths import parts_of
from learning.rules.progress import Status
from learning.steps import Way, ways_of

MODULES = Kept[list[ModulePage]]()


@dataclass(frozen=True, slots=True)
class ModuleCard:
    """A module as it stands for one person."""

    module: ModulePage
    way: Way
    for_me: bool
    completion: Completion | None
    duty: Duty | None = None

    @property
    def is_open(self) -> bool:
        """Whether there is something to do: it is asked and not in order, or it was begun."""
        if self.duty is not None and not self.duty.position.is_fulfilled:
            return True
        return self.way.status is Status.UNDER_WAY or (
            self.for_me and self.duty is None and self.way.status is not Status.COMPLETED
        )

    @property
    def urgency(self) -> tuple[int, date, int]:
        standing, due_on = self.duty.urgency if self.duty else (len(URGENCY), date.max)
        return (standing, due_on, self.module.number)

    @property
    def other_language(self) -> str:
        """The language of its words, where that is not the page's own."""
        code = str(self.module.locale.language_code)
        return "" if code == translation.get_language() else code

    @property
    def chamber(self) -> Chamber:
        """A small council chamber with a seat per step."""
        return chamber(self.way.statuses())


def completions_of(person: User | AnonymousUser) -> dict[UUID, Completion]:
    """What somebody has finished, newest first, by module."""
    found = Completion.objects.visible_to(person).current().order_by("-completed_on")
    return {completion.module_key: completion for completion in found}


def cards_for(
    person: User | AnonymousUser,
    memberships: list[Membership],
    completions: dict[UUID, Completion],
    duties: Mapping[UUID, Duty] | None = None,
) -> list[ModuleCard]:
    """All modules, those that are asked of somebody or meant for their roles first."""
    asked = duties or {}
    language = translation.get_language()
    # Pages that are kept are looked at and never changed.
    modules = MODULES.get(
        language, lambda: for_everybody(ModulePage.objects.all()).in_language(language)
    )
    finished = {key: each.completed_at for key, each in completions.items()}
    ways = ways_of(person, modules, completed=finished)
    roles = {membership.role for membership in memberships}
    cards = [
        ModuleCard(
            module,
            ways[module.translation_key],
            module.translation_key in asked or bool(roles.intersection(module.roles)),
            completions.get(module.translation_key),
            asked.get(module.translation_key),
        )
        for module in modules
    ]
    return sorted(cards, key=lambda card: (not card.for_me, card.module.number))


def next_card(cards: list[ModuleCard]) -> ModuleCard | None:
    """The one thing to do next: the unfinished module touched last, else the most pressing."""
    open_cards = [card for card in cards if card.is_open]
    begun = [card for card in open_cards if card.way.status is Status.UNDER_WAY]
    if begun:
        return max(
            begun,
            key=lambda card: (
                card.way.enrolment.last_active_at.timestamp() if card.way.enrolment else 0.0
            ),
        )
    return min(open_cards, key=lambda card: card.urgency, default=None)


@dataclass(frozen=True, slots=True)
class PathCard:
    """A learning path as it stands for one person."""

    path: LearningPath
    done: int
    total: int
    duty: Duty | None

    @property
    def chamber(self) -> Chamber:
        """A seat per module."""
        left = self.total - self.done
        return chamber([Status.COMPLETED] * self.done + [Status.NOT_STARTED] * left)


PATHS: Final = Kept[list[LearningPath]]()


def paths_for(
    done: Collection[UUID], memberships: list[Membership], duties: Mapping[UUID, Duty]
) -> list[PathCard]:
    """The learning paths that are asked of somebody or meant for their roles.

    `done` are the modules that they have finished.
    """
    paths = PATHS.get(
        translation.get_language(),
        lambda: for_everybody(LearningPath.objects.all()).in_language(translation.get_language()),
    )
    roles = {membership.role for membership in memberships}
    mine = [
        path for path in paths if path.translation_key in duties or roles.intersection(path.roles)
    ]
    return [
        PathCard(
            path,
            len(set(parts_of(path.translation_key)).intersection(done)),
            len(parts_of(path.translation_key)),
            duties.get(path.translation_key),
        )
        for path in mine
    ]


@never_cache
@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    person = request.user
    assert isinstance(person, User)  # noqa: S101  login_required saw to it
    memberships = list(
        Membership.objects.current()
        .filter(person=person)
        .select_related("municipality__successor")
        .order_by("starts_on")
    )
    completions = completions_of(person)
    duties = by_subject(duties_of(person, memberships))
    cards = cards_for(person, memberships, completions, duties)
    following = next_card(cards)
    return render(
        request,
        "learning/mine.html",
        {
            "memberships": memberships,
            # Asked for by the page only when they serve nowhere yet.
            "requests": JoinRequest.objects.waiting()
            .filter(person=person)
            .select_related("municipality"),
            "next": following,
            "paths": paths_for(completions.keys(), memberships, duties),
            "cards": [card for card in cards if card.for_me or card.way.enrolment],
            "other_cards": [
                card for card in cards if not card.for_me and card.way.enrolment is None
            ],
            # Also of modules that are no longer there.
            "finished": list(completions.values()),
            "gets_refreshers": RefresherSubscription.objects.visible_to(person).exists(),
        },
    )
