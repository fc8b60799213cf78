"""Small councils all over the country, and tests taken, so that the nation's page has a map.

It follows `learning.demo_people`, with dice of its own: what that makes stays as it is.
"""

import random
from datetime import datetime, time, timedelta
from typing import Final

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from learning.demo_answers import load_answers
from learning.demo_people import (
    PLANS,
    SEED,
    Plan,
    first_memberships,
    load_progress,
    names,
    roles_for,
)
from learning.figures import note_change_everywhere
from learning.first_tries import keep_first_tries
from learning.holdings import rebuild
from learning.models import Attempt, Completion, Membership, ModulePage, Municipality, Requirement
from learning.models.people import today
from learning.question_statistics import keep_statistics
from learning.steps import steps_of

# One in so many of the other municipalities takes part, each with few people.
ONE_IN: Final = 6
# Some with so few that nothing of them may be shown.
TOO_FEW: Final = 3


def plans(dice: random.Random) -> list[tuple[Plan, Municipality]]:
    """Which municipalities take part, with how many people."""
    others = Municipality.objects.exclude(code__in=[plan.code for plan in PLANS]).order_by("code")
    return [
        (
            Plan(
                place.code,
                TOO_FEW if number % 9 == 8 else dice.randrange(8, 14),
                dice.uniform(0.15, 1),
            ),
            place,
        )
        for number, place in enumerate(others[::ONE_IN])
    ]


def load_nation() -> int:
    """Make people in many municipalities, unless they are there. Returns how many there are."""
    everybody = User.objects.filter(
        email__startswith="elders", email__endswith="@voorbeeld.example"
    )
    if everybody.exists():
        return everybody.count()
    dice = random.Random(SEED + 1)  # noqa: S311  no secret
    seats = [(plan, place, role) for plan, place in plans(dice) for role in roles_for(plan, place)]
    locked = make_password(None)
    with transaction.atomic():
        people = User.objects.bulk_create(
            User(email=f"elders{n:03}@voorbeeld.example", name=name, password=locked)
            for n, (name, _seat) in enumerate(zip(names(dice), seats, strict=False), start=1)
        )
        seats = seats[: len(people)]
        memberships = Membership.objects.bulk_create(first_memberships(people, seats, dice))
        load_progress(people, seats, memberships, dice)
        load_attempts(dice)
        load_answers(dice)
        for requirement in Requirement.objects.all():
            rebuild(requirement)
        note_change_everywhere()
    keep_first_tries(today())
    keep_statistics(today())
    return len(people)


def load_attempts(dice: random.Random) -> None:
    """Whoever of the invented people finished took the test: some at once, some in two goes."""
    attempts: list[Attempt] = []
    for number, module in enumerate(ModulePage.objects.source().live().in_order()):
        quiz = next((step for step in steps_of(module) if step.is_quiz), None)
        if quiz is None:
            continue
        done = Completion.objects.filter(
            module_key=module.translation_key,
            person__email__regex=r"^(persoon|elders)\d+@voorbeeld\.example$",
            person__attempts__isnull=True,
        )
        for completion in done.order_by("person_id"):
            end = timezone.make_aware(datetime.combine(completion.completed_on, time(20)))
            passes_at = 1 if dice.random() < 0.82 - 0.24 * number else 2
            attempts += [
                Attempt(
                    person_id=completion.person_id,
                    quiz_key=quiz.key,
                    module_key=module.translation_key,
                    quiz_title=quiz.title,
                    module_title=module.title,
                    number=go,
                    pass_mark=70,
                    started_at=end - timedelta(hours=3 - go),
                    submitted_at=end - timedelta(hours=3 - go, minutes=-9),
                    percentage=(completion.score or 85) if go == passes_at else 57,
                    passed=go == passes_at,
                )
                for go in range(1, passes_at + 1)
            ]
    Attempt.objects.bulk_create(attempts)
