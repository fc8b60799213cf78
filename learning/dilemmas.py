"""Finishing a dilemma, and the spread over its choices.

That the step was done is the person's; what they chose is counted and not kept (DESIGN §4.7).
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from secrets import SystemRandom
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext

from accounts.models import User
from learning import enrolments
from learning.completions import service_on
from learning.dilemma_story import Path, Scene, Story
from learning.local import counting
from learning.models import DilemmaPage, DilemmaTally, Enrolment, Membership, StepProgress
from learning.models.people import today
from learning.roles import Role
from learning.rules import spread as rules
from learning.rules.spread import Answer, Table

CHANCE: Final = SystemRandom()
# Of the answers, so many in three go to a municipality's pool and the rest to a role's.
TO_MUNICIPALITY: Final = 2
Pool = tuple[DilemmaTally.Scope, str]


def finish_dilemma(
    person: User,
    page: DilemmaPage,
    path: Path,
    *,
    afterwards: str = "",
    next_step_key: UUID | None = None,
    chance: random.Random = CHANCE,
) -> bool:
    """Record that the step is done and count what was chosen. Says whether it was counted.

    Safe to repeat: an answer counts once per person and round, and it is by the step being done
    that we know. Both happen or neither does.
    """
    module = page.module
    with transaction.atomic():
        enrolment = enrolments.begin(person, module.translation_key)
        # A double click waits here until the first has ended.
        Enrolment.objects.select_for_update().get(pk=enrolment.pk)
        is_done = StepProgress.objects.filter(enrolment=enrolment, step_key=page.translation_key)
        answer = None if is_done.exists() else answer_from(page.story, path, afterwards)
        enrolments.finish_step(person, module, page.translation_key, next_step_key=next_step_key)
        if answer is not None:
            # Last, so that nobody waits long for a row in which everybody is counted.
            pool = pool_for(service_on(person, module.roles, today()), chance)
            count(page.translation_key, answer, pool, coin=chance.random() < 0.5)
    return answer is not None


def answer_from(story: Story, path: Path, afterwards: str) -> Answer | None:
    """What there is to count of a path; None when it does not go to an end."""
    taken = story.follow(path)
    if not taken or len(taken) < len(path) or story.after(taken) is not None:
        return None
    first, *more = taken
    further = {each.scene.key: each.choice.key for each in more}
    if first.scene.choice(afterwards) is not None:
        changed = afterwards != first.choice.key
        further[rules.CHANGED] = rules.CHANGED_YES if changed else rules.CHANGED_NO
    return Answer(first.scene.key, first.choice.key, further)


def pool_for(membership: Membership | None, chance: random.Random) -> Pool:
    """The one pool in which somebody's answer is counted. Which it was is not kept."""
    if membership is None:
        return DilemmaTally.Scope.ALL, ""
    if chance.randrange(3) < TO_MUNICIPALITY:
        place = counting(membership.municipality, today())
        return DilemmaTally.Scope.MUNICIPALITY, str(place.pk)
    return DilemmaTally.Scope.ROLE, membership.role


def count(dilemma_key: UUID, answer: Answer, pool: Pool, *, coin: bool) -> None:
    """Count an answer in a pool, and show the block that it completes there and for all.

    The pool's row is written whatever was chosen, and the row of all when a block is shown: which
    rows were written last says nothing of an answer.
    """
    with transaction.atomic():
        tally = locked(dilemma_key, answer.scene, pool)
        tally.waiting, block = rules.count(tally.waiting, answer, coin=coin)
        of_all = tally
        if block is not None and tally.scope != DilemmaTally.Scope.ALL:
            tally.shown = rules.added(tally.shown, {answer.scene: block[answer.scene]})
            of_all = locked(dilemma_key, answer.scene, (DilemmaTally.Scope.ALL, ""))
        tally.save()
        if block is not None:
            of_all.shown, of_all.held = rules.show(of_all.shown, of_all.held, block, answer.scene)
            of_all.save()


def locked(dilemma_key: UUID, scene: str, pool: Pool) -> DilemmaTally:
    """The row of a pool, held until the transaction ends."""
    scope, value = pool
    fields: dict[str, Any] = {
        "dilemma_key": dilemma_key,
        "scene": scene,
        "scope": scope,
        "value": value,
    }
    DilemmaTally.objects.get_or_create(**fields)
    return DilemmaTally.objects.select_for_update().get(**fields)


@dataclass(frozen=True, slots=True)
class Bar:
    """A choice, and how many made it."""

    text: str
    count: int
    share: int
    is_own: bool


@dataclass(frozen=True, slots=True)
class Spread:
    """How a group chose in a scene; without bars when that may not be shown yet."""

    label: str
    total: int
    bars: Sequence[Bar]


@dataclass(frozen=True, slots=True)
class Seen:
    """Everything that is shown of how others chose, to one person."""

    scene: Scene
    spreads: Sequence[Spread]
    further: Sequence[tuple[Scene, Spread]]
    changed: int
    looked_again: int


def seen_by(person: Any, page: DilemmaPage, path: Path) -> Seen | None:
    """What is shown to somebody who walked this path: of all, of their role and municipality."""
    story = page.story
    taken = story.follow(path)
    if not taken:
        return None
    first, *more = taken
    membership = service_on(person, page.module.roles, today()) if person.is_authenticated else None
    tables = shown_tables(page.translation_key, first.scene.key, membership)
    own = {each.scene.key: each.choice.key for each in taken}

    def spread(label: str, scene: Scene, table: Table) -> Spread:
        return spread_over(label, scene, table.get(scene.key, {}), own[scene.key])

    of_all = tables[DilemmaTally.Scope.ALL]
    everybody = gettext("Everybody")
    spreads = [spread(everybody, first.scene, of_all)]
    if membership is not None:
        role, place = Role(membership.role).label, counting(membership.municipality, today())
        spreads += [
            spread(gettext("Your role: %s") % role, first.scene, tables[DilemmaTally.Scope.ROLE]),
            spread(
                gettext("Your municipality: %s") % place.display_name,
                first.scene,
                tables[DilemmaTally.Scope.MUNICIPALITY],
            ),
        ]
    changed = of_all.get(rules.CHANGED, {})
    return Seen(
        scene=first.scene,
        spreads=spreads,
        further=[(each.scene, spread(everybody, each.scene, of_all)) for each in more],
        changed=changed.get(rules.CHANGED_YES, 0),
        looked_again=rules.total(changed),
    )


def shown_tables(dilemma_key: UUID, scene: str, membership: Membership | None) -> dict[str, Table]:
    """What may be seen, by scope. A merged municipality's blocks are its successor's too."""
    wanted = Q(scope=DilemmaTally.Scope.ALL)
    if membership is not None:
        place = counting(membership.municipality, today())
        wanted |= Q(scope=DilemmaTally.Scope.ROLE, value=membership.role)
        wanted |= Q(
            scope=DilemmaTally.Scope.MUNICIPALITY,
            value__in=[str(pk) for pk in place.counted_ids(today())],
        )
    tables: dict[str, Table] = {scope: {} for scope in DilemmaTally.Scope.values}
    rows = DilemmaTally.objects.filter(wanted, dilemma_key=dilemma_key, scene=scene)
    for scope, shown in rows.values_list("scope", "shown"):
        tables[scope] = rules.added(tables[scope], shown)
    return tables


def spread_over(label: str, scene: Scene, counts: Mapping[str, int], own: str) -> Spread:
    """The bars of a scene. Choices that an editor has since removed stay in the total."""
    whole = rules.total(counts)
    if not rules.may_be_shown(counts):
        return Spread(label, whole, ())
    known = {choice.key for choice in scene.choices}
    gone = sum(number for key, number in counts.items() if key not in known)
    bars = [
        Bar(
            choice.text,
            counts.get(choice.key, 0),
            rules.share(counts.get(choice.key, 0), whole),
            choice.key == own,
        )
        for choice in scene.choices
    ]
    if gone:
        text = gettext("A choice that is no longer there")
        bars.append(Bar(text, gone, rules.share(gone, whole), is_own=False))
    return Spread(label, whole, bars)
