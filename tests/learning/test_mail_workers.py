"""Workers at the same time, and workers that die: every mail at most once."""

import os
import subprocess
import sys
import uuid
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from django.utils import timezone

from learning.mail.outbox import recover
from learning.models import Mailing, OutgoingMail
from tests import factories
from tests.other_processes import bring_back_from, open_to_others

pytestmark = pytest.mark.django_db(transaction=True)
ROOT = Path(__file__).parents[2]
State = OutgoingMail.State


@pytest.fixture
def waiting():
    """Twenty mails, of which no worker knows yet. Without pages, which this needs none of."""
    mailing = Mailing.objects.create(key="x", module_key=uuid.uuid4(), subject="De eed")
    OutgoingMail.objects.bulk_create(
        OutgoingMail(
            kind=OutgoingMail.Kind.CHANGED,
            person=factories.make_user(),
            mailing=mailing,
            dedupe_key=str(n),
        )
        for n in range(20)
    )


@pytest.fixture
def database(tmp_path, waiting):
    """An address by which other processes reach the database of this test."""
    return open_to_others(tmp_path)


@pytest.fixture
def bring_back(tmp_path):
    """See here what the other processes wrote, where they had a copy."""

    return partial(bring_back_from, tmp_path)


def work(database, folder, *options):
    folder.mkdir(exist_ok=True)
    return subprocess.Popen(  # noqa: S603  ourselves
        [sys.executable, "-m", "tests.learning.mail_worker", str(folder), *options],
        cwd=ROOT,
        env=os.environ | {"DATABASE_URL": database},
    )


def accepted(folder):
    return sorted(path.read_text() for path in folder.glob("*.txt"))


def test_workers_at_the_same_time_send_each_mail_once(tmp_path, database, bring_back):
    workers = [work(database, tmp_path / "mail") for _ in range(3)]
    assert [worker.wait(60) for worker in workers] == [0, 0, 0]
    bring_back()
    sent = accepted(tmp_path / "mail")
    assert len(sent) == len(set(sent)) == 20
    assert set(OutgoingMail.objects.values_list("state", "attempts")) == {(State.SENT, 1)}


def test_a_worker_killed_after_the_server_took_the_mail(tmp_path, database, bring_back):
    assert work(database, tmp_path / "mail", "dies").wait(60) == 9
    assert work(database, tmp_path / "mail").wait(60) == 0
    bring_back()
    assert len(set(accepted(tmp_path / "mail"))) == 20
    left_behind = OutgoingMail.objects.get(state=State.SENDING)
    assert left_behind.handed_over_at is not None
    assert recover(timezone.now()) == (0, 0)
    assert recover(timezone.now() + timedelta(minutes=11)) == (0, 1)
    left_behind.refresh_from_db()
    assert left_behind.state == State.UNCERTAIN
    assert OutgoingMail.objects.waiting(timezone.now() + timedelta(days=1)).count() == 0
