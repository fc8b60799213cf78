"""People who finish a dilemma at the same moment, twice, or while the server dies."""

import os
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from learning.models import DilemmaTally, StepProgress
from tests import factories
from tests.other_processes import bring_back_from, open_to_others

pytestmark = pytest.mark.django_db(transaction=True)
ROOT = Path(__file__).parents[2]


@pytest.fixture
def page():
    scenes = [factories.scene("", [("zwijgen", ""), ("melden", "")])]
    return factories.make_dilemma(scenes=scenes)


@pytest.fixture
def people():
    place = factories.make_municipality()
    return [factories.make_member(place).person for _ in range(12)]


@pytest.fixture
def database(tmp_path, page, people):
    """An address by which other processes reach the database of this test."""
    return open_to_others(tmp_path)


@pytest.fixture
def bring_back(tmp_path):
    """See here what the other processes wrote, where they had a copy."""

    return partial(bring_back_from, tmp_path)


def work(database, page, people, *options):
    keys = ",".join(str(person.pk) for person in people)
    return subprocess.Popen(  # noqa: S603  ourselves
        [sys.executable, "-m", "tests.learning.dilemma_worker", str(page.pk), keys, *options],
        cwd=ROOT,
        env=os.environ | {"DATABASE_URL": database, "PYTHONPATH": f"{ROOT}:{ROOT / 'site'}"},
        stdout=subprocess.PIPE,
        text=True,
    )


def counted():
    rows = DilemmaTally.objects.all()
    waiting = sum(sum(row.waiting.get(row.scene, {}).values()) for row in rows)
    return waiting + sum(
        sum(row.shown.get(row.scene, {}).values()) for row in rows.filter(scope="all")
    )


def test_everybody_is_counted_once_however_many_ask_at_once(database, bring_back, page, people):
    """Four times the same people, in two orders, each a click that came four times."""
    workers = [work(database, page, order) for order in (people, people[::-1]) * 2]
    said = [int(worker.communicate(timeout=120)[0]) for worker in workers]
    bring_back()
    assert [worker.returncode for worker in workers] == [0] * 4
    assert sum(said) == len(people)
    assert counted() == len(people)
    assert StepProgress.objects.filter(step_key=page.translation_key).count() == len(people)


def test_a_server_that_dies_halfway_has_stored_nothing(database, bring_back, page, people):
    dying = work(database, page, people[:1], "dies")
    dying.communicate(timeout=120)
    assert dying.returncode == 9
    bring_back()
    assert (counted(), StepProgress.objects.count()) == (0, 0)
    worker = work(database, page, people[:1])
    assert worker.communicate(timeout=120)[0] == "1"
    bring_back()
    assert (counted(), StepProgress.objects.count()) == (1, 1)
