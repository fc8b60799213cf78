"""`/mijn/`: what to do next, and what is done."""

from dataclasses import dataclass
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
from learning.mail.forms import PreferenceForm
from learning.models import Completion, MailPreference, Membership, ModulePage
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
) -> list[ModuleCard]:
    """All modules, those for their roles first."""
    language = translation.get_language()
    # Pages that are kept are looked at and never changed.
    modules = MODULES.get(
        language, lambda: ModulePage.objects.live().public().in_language(language)
    )
    ways = ways_of(person, modules, completed=completions.keys())
    roles = {membership.role for membership in memberships}
    cards = [
        ModuleCard(
            module,
            ways[module.translation_key],
            bool(roles.intersection(module.roles)),
            completions.get(module.translation_key),
        )
        for module in modules
    ]
    return sorted(cards, key=lambda card: (not card.for_me, card.module.number))


def next_card(cards: list[ModuleCard]) -> ModuleCard | None:
    """The one thing to do next: the unfinished module touched last, else the first to begin."""
    open_cards = [card for card in cards if card.way.status is not Status.COMPLETED]
    begun = [card for card in open_cards if card.way.enrolment is not None]
    if begun:
        return max(
            begun,
            key=lambda card: (
                card.way.enrolment.last_active_at.timestamp() if card.way.enrolment else 0.0
            ),
        )
    return next((card for card in open_cards if card.for_me), None)


@never_cache
@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    person = request.user
    assert isinstance(person, User)  # noqa: S101  login_required saw to it
    memberships = list(
        Membership.objects.current()
        .filter(person=person)
        .select_related("municipality")
        .order_by("starts_on")
    )
    completions = completions_of(person)
    cards = cards_for(person, memberships, completions)
    shown = {card.module.translation_key for card in cards}
    following = next_card(cards)
    return render(
        request,
        "learning/mine.html",
        {
            "memberships": memberships,
            "next": following,
            "cards": [card for card in cards if card.for_me or card.way.enrolment],
            "other_cards": [
                card for card in cards if not card.for_me and card.way.enrolment is None
            ],
            # Of modules that are no longer there.
            "gone": [done for key, done in completions.items() if key not in shown],
            "mail_form": PreferenceForm(instance=MailPreference.of(person)),
        },
    )
