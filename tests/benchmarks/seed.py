"""A nation in a database: python -m tests.benchmarks.seed --people 200000

342 municipalities with people in proportion to their inhabitants, seven requirements for every
role, so seven enrolments each, of which about half are finished, over two years: people who came
and left, completions that lapsed and were renewed, a picture of every day. Prints as its last
line, in JSON, the sessions and addresses that the benchmark asks for.
"""

import argparse
import json
import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import Any

from tools.prepare import start_django

start_django()

from django.conf import settings  # noqa: E402  after start_django
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.db import connection, models, transaction  # noqa: E402

from accounts.models import User  # noqa: E402
from home.demo_loader import load_home_demo  # noqa: E402
from home.setup import set_up_site  # noqa: E402
from learning import attempts, enrolments  # noqa: E402
from learning.demo_modules import load_modules, read  # noqa: E402
from learning.figures import (  # noqa: E402
    active_requirements,
    bring_up_to_date,
    note_change_everywhere,
)
from learning.holdings import rebuild  # noqa: E402
from learning.models import (  # noqa: E402
    CataloguePage,
    Completion,
    Enrolment,
    LessonPage,
    Membership,
    ModulePage,
    MonitorGrant,
    Municipality,
    QuizPage,
    Requirement,
)
from learning.requirements import follow_module, save_requirement  # noqa: E402
from learning.roles import Role  # noqa: E402
from learning.rules.validity import ValidityKind  # noqa: E402
from learning.setup import set_up_learning  # noqa: E402

MODULES = 7
BATCH = 5000
# Two years of history, up to today.
LAST_DAY = date.today()  # noqa: DTZ011, TID251  a day of the machine will do here
FIRST_DAY = LAST_DAY - timedelta(days=730)
LONG_AGO = datetime(2025, 12, 1, tzinfo=UTC)
UTRECHT = "GM0344"


def content() -> list[ModulePage]:
    """The demo's modules, and more of one lesson until there are seven, all for every role."""
    set_up_learning(set_up_site())
    loaded = load_modules(load_home_demo())
    catalogue = CataloguePage.objects.get(locale__language_code="nl")
    for number in range(len(loaded) + 1, MODULES + 1):
        module = catalogue.add_child(
            instance=ModulePage(
                title=f"Module {number}",
                slug=f"module-{number}",
                summary="Voor de meting.",
                goal="Meten.",
                minutes=20,
                number=number,
                roles=[role.value for role in Role],
                locale=catalogue.locale,
            )
        )
        module.add_child(
            instance=LessonPage(
                title="Les",
                slug="les",
                body=[("text", "<p>Een tekst.</p>")],
                source="Gemeentewet",
                checked_on=FIRST_DAY,
                locale=catalogue.locale,
            )
        )
    modules = list(ModulePage.objects.source().in_order())
    for module in modules:
        module.roles = [role.value for role in Role]
        module.save()
        follow_module(module)
    return modules


def in_batches(rows: Iterator[models.Model]) -> None:
    """Store rows as they come."""
    while batch := list(islice(rows, BATCH)):
        type(batch[0])._default_manager.bulk_create(batch)


def seats(people: int, places: list[Municipality], dice: random.Random) -> Iterator[Any]:
    """A municipality and a role for each person."""
    for place in dice.choices(places, weights=[p.inhabitants for p in places], k=people):
        yield place.pk, dice.choice(list(Role))


def set_requirements(modules: list[ModulePage]) -> None:
    """Seven requirements: some with a date, some with days, three to be renewed every year."""
    for number, module in enumerate(modules):
        requirement = Requirement.objects.get(subject_key=module.translation_key)
        requirement.starts_on = FIRST_DAY
        if number % 2:
            requirement.due_days = 180
        else:
            requirement.due_on = LAST_DAY + timedelta(days=10 * number - 20)
        if number >= MODULES - 3:
            requirement.validity = list(ValidityKind)[number - MODULES + 4]
            requirement.valid_months = 12
            requirement.calendar_start = FIRST_DAY
        save_requirement(requirement, by=None)


def populate(people: int, places: list[Municipality], modules: list[ModulePage]) -> None:
    """So many people in these municipalities, each enrolled in every module."""
    dice = random.Random(people)  # noqa: S311  no secret
    names = read("names.toml")
    first = (User.objects.aggregate(last=models.Max("pk"))["last"] or 0) + 1
    ids = range(first, first + people)
    with transaction.atomic():
        in_batches(
            User(
                pk=pk,
                email=f"meting{pk}@voorbeeld.example",
                name=f"{dice.choice(names['given_names'])} {dice.choice(names['surnames'])}",
                password="!",
            )
            for pk in ids
        )
        in_batches(memberships(ids, seats(people, places, dice), dice))
        for module in modules:
            in_batches(progress(module, ids, dice))
            in_batches(finished(module, ids, dice))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT setval('accounts_user_id_seq', %s)", [ids[-1]])
        cursor.execute("ANALYZE")


def memberships(ids: range, found: Iterator[Any], dice: random.Random) -> Iterator[Membership]:
    """Most serve since the first day; some came later, and one in twenty has left."""
    for pk, (place, role) in zip(ids, found, strict=True):
        starts = FIRST_DAY + timedelta(days=dice.choice((0, 0, 0, dice.randrange(600))))
        left = starts + timedelta(days=dice.randrange(60, 400)) if dice.random() < 0.05 else None
        yield Membership(
            person_id=pk,
            municipality_id=place,
            role=role,
            starts_on=starts,
            ends_on=left if left is not None and left < LAST_DAY else None,
        )


def progress(module: ModulePage, ids: range, dice: random.Random) -> Iterator[Enrolment]:
    start = datetime(2024, 12, 10, 20, tzinfo=UTC)
    for pk in ids:
        moment = start + timedelta(days=dice.randrange(600))
        yield Enrolment(
            person_id=pk,
            module_key=module.translation_key,
            started_at=moment,
            last_active_at=moment,
        )


def finished(module: ModulePage, ids: range, dice: random.Random) -> Iterator[Completion]:
    """Half of them have finished, and a part of these once more a year later."""
    for pk in ids:
        if dice.random() >= 0.5:
            continue
        day = FIRST_DAY + timedelta(days=10 + dice.randrange(680))
        again = day + timedelta(days=340 + dice.randrange(40))
        renewed = again < LAST_DAY and dice.random() < 0.6
        for completed_on in [day, *([again] if renewed else [])]:
            yield Completion(
                person_id=pk,
                module_key=module.translation_key,
                module_title=module.title,
                completed_on=completed_on,
                archived_at=LONG_AGO if renewed and completed_on == day else None,
            )


DAY_AFTER = {
    "sqlite": "date(%s, '+' || n.i || ' day')",
    "postgresql": "CAST(%s AS date) + n.i",
}
# Of each municipality and of the nation, as many have finished as a part of two years has passed.
PICTURES = """
WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < %s - 1),
    places(id, members) AS (
        SELECT id, 600 FROM learning_municipality UNION ALL SELECT NULL, 200000
    )
INSERT INTO learning_snapshot (
    role, day, members, completed, to_do, under_way, overdue, renewal_open, lapsed, lapsing,
    waived, municipality_id, requirement_id
)
SELECT '', {day}, p.members, p.members * n.i / 1500, p.members - p.members * n.i / 1500,
    0, 0, 0, 0, 0, 0, p.id, r.id
FROM n CROSS JOIN places p CROSS JOIN learning_requirement r
"""


def remember_days() -> None:
    """A picture of each municipality and of the nation for every day of two years."""
    days = (LAST_DAY - FIRST_DAY).days
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(PICTURES.format(day=DAY_AFTER[connection.vendor]), [days, f"{FIRST_DAY}"])
        cursor.execute("ANALYZE")


def session_of(person: User) -> str:
    """A cookie with which somebody is signed in."""
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


def visitors(modules: list[ModulePage]) -> dict[str, str]:
    """A learner in the middle of a quiz, two monitors; and where the learner's question is."""
    utrecht = Municipality.objects.get(code=UTRECHT)
    largest = Municipality.objects.order_by("-inhabitants")[0]
    learner, clerk, national = (
        User.objects.create_user(f"{name}@voorbeeld.example", None, name=name)
        for name in ("lezer", "volger", "landelijk")
    )
    Membership.objects.create(
        person=learner, municipality=utrecht, role=Role.COUNCIL_MEMBER, starts_on=FIRST_DAY
    )
    for place in (utrecht, largest):
        MonitorGrant.objects.create(person=clerk, scope="municipality", municipality=place)
    MonitorGrant.objects.create(person=national, scope="nation")
    late = Requirement.objects.filter(due_days__isnull=False).order_by("pk")[0]
    enrolments.begin(learner, modules[0].translation_key)
    attempt = attempts.start_attempt(learner, QuizPage.objects.child_of(modules[0]).get())
    return {
        "learner": session_of(learner),
        "clerk": session_of(clerk),
        "national": session_of(national),
        "question": f"/mijn/poging/{attempt.pk}/1/",
        "largest": largest.get_absolute_url(),
        "late": f"{largest.get_absolute_url()}?status=overdue&requirement={late.pk}",
    }


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.seed")
    parser.add_argument("--people", type=int, default=200_000)
    parser.add_argument("--elsewhere", action="store_true", help="more people, not in Utrecht")
    options = parser.parse_args()
    if options.elsewhere:
        places = list(Municipality.objects.exclude(code=UTRECHT))
        populate(options.people, places, list(ModulePage.objects.source().in_order()))
        note_change_everywhere()
        answer: dict[str, str] = {}
    else:
        modules = content()
        set_requirements(modules)
        populate(options.people, list(Municipality.objects.all()), modules)
        answer = visitors(modules)
    requirements = active_requirements()
    for requirement in requirements:
        rebuild(requirement)
    bring_up_to_date(list(Municipality.objects.all()), requirements)
    if not options.elsewhere:
        remember_days()
    print(json.dumps(answer))  # noqa: T201  what the benchmark reads


if __name__ == "__main__":
    main()
