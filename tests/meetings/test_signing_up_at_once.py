"""People who sign up and cancel at the same moment, in processes of their own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from meetings.models import SignUp
from meetings.signing_up import sign_up
from tests import factories
from tests.other_processes import bring_back_from, open_to_others

pytestmark = pytest.mark.django_db(transaction=True)
ROOT = Path(__file__).parents[2]


@pytest.fixture
def meeting():
    return factories.make_meeting(maximum=5)


@pytest.fixture
def people(meeting):
    return [factories.make_user() for _ in range(12)]


def work(database, what, meeting, people):
    keys = ",".join(str(person.pk) for person in people)
    return subprocess.Popen(  # noqa: S603  ourselves
        [
            sys.executable,
            "-m",
            "tests.meetings.meeting_worker",
            what,
            str(meeting.translation_key),
            keys,
        ],
        cwd=ROOT,
        env=os.environ | {"DATABASE_URL": database, "PYTHONPATH": f"{ROOT}:{ROOT / 'site'}"},
        stdout=subprocess.PIPE,
        text=True,
    )


def ended(workers):
    for worker in workers:
        worker.communicate(timeout=180)
    return [worker.returncode for worker in workers]


def rows():
    return list(SignUp.objects.in_order().values_list("person", "seat"))


def test_the_last_places_are_given_once(tmp_path, meeting, people):
    """Four processes, the same people in four orders: five places, and a waiting list in order."""
    database = open_to_others(tmp_path)
    orders = (people, people[::-1], people[6:] + people[:6], people[::2] + people[1::2])
    assert ended([work(database, "sign_up", meeting, order) for order in orders]) == [0] * 4
    bring_back_from(tmp_path)
    found = rows()
    assert sorted(person for person, _seat in found) == sorted(person.pk for person in people)
    # Whoever came first has a place, and nobody who came later.
    assert [seat for _person, seat in found] == [1, 2, 3, 4, 5, *[None] * 7]


def test_who_cancels_while_others_come_leaves_a_place_for_one(tmp_path, meeting, people):
    for person in people[:5]:
        sign_up(person, meeting.translation_key)
    database = open_to_others(tmp_path)
    workers = [
        work(database, "cancel", meeting, people[:4]),
        work(database, "cancel", meeting, people[3::-1]),
        work(database, "sign_up", meeting, people[5:9]),
        work(database, "sign_up", meeting, people[12:8:-1]),
    ]
    assert ended(workers) == [0] * 4
    bring_back_from(tmp_path)
    found = rows()
    seats = [seat for _person, seat in found if seat is not None]
    assert sorted(seats) == [1, 2, 3, 4, 5]
    assert {person for person, _seat in found} == {
        person.pk for person in (*people[4:9], *people[12:8:-1])
    }
    # Nobody waits who came before somebody who has a place.
    waits = [seat is None for _person, seat in found]
    assert waits == sorted(waits)
