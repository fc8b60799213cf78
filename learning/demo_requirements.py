"""What the demo requires, and a history that makes its pages say something."""

import random
from datetime import date, timedelta
from typing import Final

from django.db import transaction

from accounts.models import User
from learning.completions import subject_of, write_completion
from learning.figures import note_change_everywhere
from learning.models import Completion, Membership, ModulePage, Requirement, Snapshot
from learning.models.people import today
from learning.requirements import save_requirement
from learning.roles import Role
from learning.rules.validity import ValidityKind
from learning.snapshots import make_snapshot

SEED: Final = 20261001
# The day on which the councils of 2026 were installed.
FIRST_DAY: Final = date(2026, 4, 1)
EVIDENCE: Final = "Cursus integriteit, met bewijs van deelname"


def load_requirements() -> None:
    """Dates and validity for the demo's modules; earlier training; a picture of each week."""
    if Requirement.objects.filter(follows_module=False).exists():
        return
    first, second = ModulePage.objects.source().live().in_order()[:2]
    with transaction.atomic():
        for requirement in Requirement.objects.filter(subject_key=first.translation_key):
            requirement.starts_on = FIRST_DAY
            requirement.due_on = date(2026, 12, 31)
            save_requirement(requirement, by=None)
        for requirement in Requirement.objects.filter(subject_key=second.translation_key):
            requirement.starts_on = FIRST_DAY
            requirement.due_days = 200
            requirement.validity = ValidityKind.FROM_PREVIOUS_END
            requirement.valid_months = 12
            save_requirement(requirement, by=None)
        load_earlier_training(second)
        note_change_everywhere()
    load_snapshots()


def load_earlier_training(module: ModulePage) -> None:
    """Some who serve longer did a course last year, which their municipality recognised."""
    dice = random.Random(SEED)  # noqa: S311  no secret
    serving = Membership.objects.filter(
        role__in=[Role.CLERK, Role.MAYOR], ends_on=None, person__email__startswith="persoon"
    ).order_by("pk")
    done = set(
        Completion.objects.filter(module_key=module.translation_key).values_list(
            "person", flat=True
        )
    )
    monitor = User.objects.filter(email="griffier@voorbeeld.example").first()
    for membership in serving.select_related("person"):
        if membership.person_id in done or dice.random() < 0.3:
            continue
        write_completion(
            membership.person,
            subject_of(module),
            kind=Completion.Kind.RECOGNISED,
            completed_on=today() - timedelta(days=dice.randrange(310, 380)),
            evidence=EVIDENCE,
            recorded_by=monitor,
        )


def load_snapshots() -> None:
    """A picture a week since the councils were installed, as if the site had run since then."""
    if Snapshot.objects.exists():
        return
    day = today() - timedelta(days=1)
    while day >= FIRST_DAY:
        make_snapshot(day)
        day -= timedelta(days=7)
