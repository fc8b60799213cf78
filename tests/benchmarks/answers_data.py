"""What the measuring of answers begins with, and what it reads back.

    python -m tests.benchmarks.answers_data seed --learners 200 --questions 6
    python -m tests.benchmarks.answers_data compare --confirmed FILE

Prints one line of JSON.
"""

import argparse
import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from tools.prepare import start_django

start_django()

from django.conf import settings  # noqa: E402  after start_django
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402

from accounts.models import User  # noqa: E402
from home.setup import set_up_site  # noqa: E402
from learning.models import Answer, Attempt, Membership, Municipality  # noqa: E402
from learning.roles import Role  # noqa: E402
from learning.setup import set_up_learning  # noqa: E402
from tests import factories  # noqa: E402


def seed(learners: int, questions: int) -> dict[str, Any]:
    """People of one municipality, signed in, and one quiz."""
    set_up_learning(set_up_site())
    module = factories.make_module("meting", roles=[role.value for role in Role])
    quiz = factories.make_quiz(
        module, [factories.make_question() for _ in range(questions)], slug="toets"
    )
    place = Municipality.objects.order_by("pk").first()
    User.objects.bulk_create(
        [
            User(email=f"meting{number}@voorbeeld.example", name=f"Meting {number}", password="!")
            for number in range(learners)
        ]
    )
    people = list(User.objects.filter(email__startswith="meting").order_by("pk"))
    Membership.objects.bulk_create(
        [
            Membership(
                person=person,
                municipality=place,
                role=Role.COUNCIL_MEMBER,
                starts_on="2026-04-01",
            )
            for person in people
        ]
    )
    return {
        "quiz": quiz.url,
        "questions": questions,
        "sessions": [f"{settings.SESSION_COOKIE_NAME}={session_of(each)}" for each in people],
    }


def session_of(person: User) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.save()
    return str(session.session_key)


def compare(confirmed: list[dict[str, Any]]) -> dict[str, int]:
    """Every answer that was confirmed beside what is stored."""
    stored = {
        (attempt, str(position)): response
        for attempt, position, response in Answer.objects.values_list(
            "item__attempt", "item__position", "response"
        )
    }
    said = {
        (each["attempt"], position): [answer]
        for each in confirmed
        for position, answer in each["chosen"].items()
    }
    tries = Counter(Attempt.objects.values_list("person", "quiz_key"))
    return {
        "confirmed": len(said),
        "stored": len(stored),
        "lost": sum(key not in stored for key in said),
        "other": sum(stored.get(key, value) != value for key, value in said.items()),
        "doubled": Answer.objects.count() - len(stored) + sum(n - 1 for n in tries.values()),
        "not handed in": Attempt.objects.open().count(),
    }


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("what", choices=["seed", "compare"])
    parser.add_argument("--learners", type=int, default=200)
    parser.add_argument("--questions", type=int, default=6)
    parser.add_argument("--confirmed", type=Path)
    options = parser.parse_args(arguments)
    result = (
        seed(options.learners, options.questions)
        if options.what == "seed"
        else compare(json.loads(options.confirmed.read_text()))
    )
    print(json.dumps(result))  # noqa: T201  read by tests.benchmarks.answers
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
