"""Some six hundred invented people in twelve municipalities, and what they have learned.

Everything follows from one seed, so that two machines show the same demo.
"""

import random
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Any, Final

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone

from accounts.demo import DEMO_ACCOUNTS, DEMO_PASSWORD
from accounts.models import User
from learning import attempts, enrolments
from learning.demo_modules import read
from learning.figures import note_change_everywhere
from learning.holdings import rebuild
from learning.memberships import join
from learning.models import (
    Completion,
    Enrolment,
    LessonPage,
    Membership,
    ModulePage,
    MonitorGrant,
    Municipality,
    QuizPage,
    Requirement,
    StepProgress,
)
from learning.models.people import today
from learning.roles import Role
from learning.steps import steps_of

SEED: Final = 20260401
INSTALLED_ON: Final = date(2026, 4, 1)
LAST_DAY: Final = date(2026, 11, 20)


@dataclass(frozen=True, slots=True)
class Plan:
    """How many people of a municipality take part, and how keen they are (0 to 1)."""

    code: str
    people: int
    keenness: float


PLANS: Final = (
    Plan("GM0344", 96, 0.62),  # Utrecht
    Plan("GM0193", 62, 0.81),  # Zwolle
    Plan("GM0307", 58, 0.55),  # Amersfoort
    Plan("GM0014", 66, 0.47),  # Groningen
    Plan("GM0402", 52, 0.36),  # Hilversum
    Plan("GM1696", 28, 0.58),  # Wijdemeren
    Plan("GM0855", 60, 0.69),  # Tilburg
    Plan("GM0983", 48, 0.41),  # Venlo
    Plan("GM0687", 40, 0.73),  # Middelburg
    Plan("GM0034", 56, 0.28),  # Almere
    Plan("GM0184", 30, 0.50),  # Urk
    Plan("GM0088", 4, 0.75),  # Schiermonnikoog: too few people to show
)
# After the council members: who else takes part, out of every ten.
OTHER_ROLES: Final = (
    Role.COMMITTEE_MEMBER,
    Role.COMMITTEE_MEMBER,
    Role.ALDERMAN,
    Role.ALDERMAN,
    Role.ALDERMAN,
    Role.CLERK,
    Role.CLERK,
    Role.STAFF,
    Role.STAFF,
    Role.STAFF,
)


def at_hour(day: date, dice: random.Random) -> datetime:
    """A moment on that day when people have time to learn: mostly in the evening."""
    hour = dice.choice((12, 19, 20, 20, 21, 21, 22, 22, 23))
    return timezone.make_aware(datetime.combine(day, time(hour, dice.randrange(60))))


def names(dice: random.Random) -> list[str]:
    """Invented names in random order, each once."""
    lists = read("names.toml")
    every = [f"{given} {family}" for given in lists["given_names"] for family in lists["surnames"]]
    return dice.sample(every, 800)


def roles_for(plan: Plan, municipality: Municipality) -> list[Role]:
    """A mayor, two thirds council members as far as there are seats, and others."""
    council = min(municipality.council_seats, plan.people * 2 // 3)
    others = [OTHER_ROLES[n % 10] for n in range(plan.people - council - 1)]
    return [*[Role.COUNCIL_MEMBER] * council, Role.MAYOR, *others][: plan.people]


def load_people() -> int:
    """Make the invented people, unless they are there. Returns how many there are."""
    everybody = User.objects.filter(
        email__startswith="persoon", email__endswith="@voorbeeld.example"
    )
    if everybody.exists():
        return everybody.count()
    dice = random.Random(SEED)  # noqa: S311  no secret
    places = {m.code: m for m in Municipality.objects.filter(code__in=[p.code for p in PLANS])}
    seats = [
        (plan, places[plan.code], role)
        for plan in PLANS
        for role in roles_for(plan, places[plan.code])
    ]
    locked = make_password(None)
    with transaction.atomic():
        people = User.objects.bulk_create(
            User(email=f"persoon{n:03}@voorbeeld.example", name=name, password=locked)
            for n, (name, _seat) in enumerate(zip(names(dice), seats, strict=False), start=1)
        )
        memberships = Membership.objects.bulk_create(
            first_memberships(people, seats, dice) + further_memberships(people, places, dice)
        )
        load_progress(people, seats, memberships, dice)
        for requirement in Requirement.objects.all():
            rebuild(requirement)
        note_change_everywhere()
    return len(people)


def first_memberships(
    people: list[User], seats: list[tuple[Plan, Municipality, Role]], dice: random.Random
) -> list[Membership]:
    """Council members from their installation; others since before or after it. Some have left."""
    memberships = []
    for person, (_plan, municipality, role) in zip(people, seats, strict=True):
        starts = INSTALLED_ON
        if role in (Role.STAFF, Role.CLERK, Role.MAYOR):
            starts = INSTALLED_ON - timedelta(days=dice.randrange(100, 2000))
        elif role is Role.ALDERMAN or dice.random() < 0.06:
            starts = INSTALLED_ON + timedelta(days=dice.randrange(30, 150))
        left = dice.random() < 0.03
        memberships.append(
            Membership(
                person=person,
                municipality=municipality,
                role=role,
                starts_on=starts,
                ends_on=LAST_DAY - timedelta(days=dice.randrange(80)) if left else None,
            )
        )
    return memberships


def further_memberships(
    people: list[User], places: dict[str, Municipality], dice: random.Random
) -> list[Membership]:
    """A few people serve in two places, as many do: a clerk here, a committee member there."""
    municipalities = list(places.values())
    return [
        Membership(
            person=person,
            municipality=dice.choice(municipalities[:-1]),
            role=Role.COMMITTEE_MEMBER,
            starts_on=INSTALLED_ON + timedelta(days=45),
        )
        for person in dice.sample(people, 12)
    ]


def load_progress(
    people: list[User],
    seats: list[tuple[Plan, Municipality, Role]],
    memberships: list[Membership],
    dice: random.Random,
) -> None:
    """Who began which module, how far they came, and who finished it when."""
    began = {membership.person_id: membership.starts_on for membership in reversed(memberships)}
    enrolled: list[tuple[Enrolment, list[StepProgress]]] = []
    completions: list[Completion] = []
    for number, module in enumerate(ModulePage.objects.source().live().in_order()):
        steps = steps_of(module)
        # Fewer with each module: people take them in their order.
        share = max(0.2, 1.25 - 0.3 * number)
        for person, (plan, municipality, role) in zip(people, seats, strict=True):
            if role not in module.roles or dice.random() > plan.keenness * share:
                continue
            first = max(began[person.pk], INSTALLED_ON) + timedelta(days=dice.randrange(5, 60))
            start = min(first + timedelta(days=int(dice.expovariate(1 / 40))), LAST_DAY)
            finishes = dice.random() < 0.8
            done = len(steps) if finishes else dice.randrange(len(steps))
            moment = at_hour(start, dice)
            enrolment = Enrolment(
                person=person,
                module_key=module.translation_key,
                started_at=moment,
                last_active_at=moment,
                last_step_key=steps[min(done, len(steps) - 1)].key,
            )
            progress = []
            for step in steps[:done]:
                moment = min(
                    moment
                    + timedelta(minutes=dice.randrange(4, 12), days=dice.choice((0, 0, 0, 1, 3))),
                    at_hour(LAST_DAY, dice),
                )
                progress.append(StepProgress(step_key=step.key, done_at=moment))
            enrolment.last_active_at = max(moment, enrolment.started_at)
            enrolled.append((enrolment, progress))
            if finishes:
                day = timezone.localdate(moment)
                completions.append(
                    completion(person, module, municipality, role, on=day, dice=dice)
                )
    store(enrolled, completions)


def completion(
    person: User,
    module: ModulePage,
    municipality: Municipality,
    role: Role,
    *,
    on: date,
    dice: random.Random,
) -> Completion:
    """Somebody's proof of having finished a module on a day, in the office that they held."""
    return Completion(
        person=person,
        module_key=module.translation_key,
        module_title=module.title,
        module_version=module.version,
        completed_on=on,
        score=dice.choice((71, 78, 83, 85, 92, 100)),
        minutes=module.minutes,
        municipality=municipality,
        municipality_name=municipality.display_name,
        role=role,
    )


def store(
    enrolled: list[tuple[Enrolment, list[StepProgress]]], completions: list[Completion]
) -> None:
    """Write it all in a few statements."""
    Enrolment.objects.bulk_create([enrolment for enrolment, _steps in enrolled])
    for enrolment, steps in enrolled:
        for step in steps:
            step.enrolment = enrolment
    StepProgress.objects.bulk_create([step for _enrolment, steps in enrolled for step in steps])
    Completion.objects.bulk_create(completions)


def load_accounts() -> None:
    """The people to sign in as (accounts/demo.py), each with the work that they do."""
    people: dict[str, User] = {}
    for account in DEMO_ACCOUNTS:
        user = User.objects.filter(email=account.email).first()
        people[account.email.split("@")[0]] = user or User.objects.create_user(
            account.email, DEMO_PASSWORD, name=account.name
        )
    utrecht, zwolle = (Municipality.objects.get(code=code) for code in ("GM0344", "GM0193"))
    # Somebody new has taken a seat not long ago, so nothing is too late yet.
    lately = today() - timedelta(days=14)
    for name, municipality, role, starts_on in (
        ("raadslid", utrecht, Role.COUNCIL_MEMBER, INSTALLED_ON),
        ("nieuw", utrecht, Role.COUNCIL_MEMBER, lately),
        ("griffier", utrecht, Role.CLERK, INSTALLED_ON),
        ("griffier2", zwolle, Role.CLERK, INSTALLED_ON),
    ):
        join(people[name], municipality, role, starts_on=starts_on)
    watching: dict[str, Municipality | None] = {
        "griffier": utrecht,
        "griffier2": zwolle,
        "landelijk": None,
    }
    for name, watched in watching.items():
        scope = MonitorGrant.Scope.MUNICIPALITY if watched else MonitorGrant.Scope.NATION
        MonitorGrant.objects.get_or_create(
            person=people[name], scope=scope, municipality=watched, withdrawn_at=None
        )
    people["redacteur"].groups.set([Group.objects.get(name="Redacteuren")])
    people["eindredacteur"].groups.set([Group.objects.get(name="Eindredacteuren")])
    User.objects.filter(pk=people["beheerder"].pk).update(is_superuser=True, is_staff=True)
    go_halfway(people["raadslid"])


def go_halfway(person: User) -> None:
    """The demo's council member has finished the first module and is halfway the second."""
    if Enrolment.objects.filter(person=person).exists():
        return
    first, second = ModulePage.objects.source().live().in_order()[:2]
    for step in steps_of(first):
        if not step.is_quiz:
            enrolments.finish_step(person, first, step.key)
    attempt = attempts.start_attempt(person, QuizPage.objects.child_of(first).live().get())
    for number, item in enumerate(attempt.items.select_related("version")):
        # One mistake, so that the result has something to teach.
        best = item.version.marking_key.best
        is_wrong = number == 2 and item.version.kind.has_options
        given: Any = [key for key in item.option_order if key not in best][:1] if is_wrong else best
        attempts.save_answer(attempt, item, given)
    attempts.submit_attempt(attempt)
    lessons: Any = list(LessonPage.objects.child_of(second).live())
    for lesson, following in pairwise(lessons[:3]):
        enrolments.finish_step(
            person, second, lesson.translation_key, next_step_key=following.translation_key
        )
