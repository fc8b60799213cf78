"""Workers in processes of their own: killed, stopped, and two at once."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import override_settings
from django_tasks_db.models import DBTaskResult

from accounts.models import User
from learning import jobs
from learning.models import Job, ScheduledRun, Worker
from tests import factories
from tests.databases import Stages

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).resolve().parents[2]
OUTSIDE = "outside"
DATABASE_TASKS = {
    "default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"},
    "work": {"BACKEND": "django_tasks_db.DatabaseBackend"},
}


@dataclass
class Outside:
    """A database that other processes see, and the workers on it."""

    folder: Path
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def file(self) -> Path:
        return self.folder / "db.sqlite3"

    @property
    def url(self) -> str:
        if connection.vendor == "sqlite":
            return f"sqlite:///{self.file}"
        at = connection.settings_dict
        return f"postgres://{at['USER']}:{at['PASSWORD']}@{at['HOST']}:{at['PORT']}/{at['NAME']}"

    def share(self) -> None:
        """Let others see what was stored: SQLite's database of the tests is in memory."""
        if connection.vendor == "sqlite":
            connection.ensure_connection()
            with sqlite3.connect(self.file) as copy:
                connection.connection.backup(copy)
            copy.close()

    def ask(self, sql: str) -> list[tuple[Any, ...]]:
        if connection.vendor != "sqlite":
            with connection.cursor() as cursor:
                cursor.execute(sql)
                return cursor.fetchall()
        with sqlite3.connect(self.file, timeout=20) as copy:
            rows = copy.execute(sql).fetchall()
        copy.close()
        return rows

    def worker(self, manner: str) -> subprocess.Popen[bytes]:
        kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        worker = subprocess.Popen(  # noqa: S603  our own
            [sys.executable, "-m", "tests.learning.outside_worker", str(self.folder), manner],
            cwd=ROOT,
            env=kept
            | {
                "DATABASE_URL": self.url,
                "VAR_DIR": str(self.folder),
                "DJANGO_SETTINGS_MODULE": "config.settings.dev",
                "LOG_LEVEL": "WARNING",
            },
        )
        self.workers.append(worker)
        return worker

    def begun(self) -> list[str]:
        """A line per time that a job began: its key and the process."""
        marks = self.folder / "begun"
        return marks.read_text().splitlines() if marks.exists() else []

    def jobs(self) -> list[tuple[str, int]]:
        return [tuple(row) for row in self.ask("SELECT status, attempts FROM learning_job")]


def wait_for(what: Callable[[], object]) -> None:
    end = time.monotonic() + 60
    while not what():
        assert time.monotonic() < end
        time.sleep(0.1)


@pytest.fixture
def _django_db_helper(stages: Stages, django_db_blocker: Any) -> Iterator[None]:
    """In place of ours: no transaction around a test, and no flush after it.

    What is stored is seen by other processes. A flush would take along what migrations made, so
    these tests have a database of their own, and take away what they put there.
    """
    with django_db_blocker.unblock():
        stages.bring(OUTSIDE)
        yield
        stages.spoilt()


@pytest.fixture
def outside(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Outside]:
    place = Outside(tmp_path)
    monkeypatch.setitem(jobs.HANDLERS, Job.Kind.EXPORT, jobs.Handler(print, None))
    with override_settings(TASKS=DATABASE_TASKS):
        try:
            yield place
        finally:
            for worker in place.workers:
                if worker.poll() is None:
                    worker.kill()
                worker.wait()
            for model in (Job, DBTaskResult, ScheduledRun, Worker, User):
                model.objects.all().delete()


def start(outside: Outside, number: int = 1) -> None:
    person = factories.make_user()
    for _ in range(number):
        jobs.start(Job.Kind.EXPORT, by=person)
    outside.share()


def test_what_a_killed_worker_was_doing_is_done_by_the_next(outside):
    start(outside)
    first = outside.worker("hang")
    wait_for(outside.begun)
    first.send_signal(signal.SIGKILL)
    first.wait()
    assert outside.jobs() == [("running", 1)]
    outside.worker("finish")
    wait_for(lambda: outside.jobs() == [("done", 2)])
    assert len(outside.begun()) == 2
    [(name,)] = outside.ask("SELECT result FROM learning_job")
    file = outside.folder / "private" / name
    assert file.read_bytes() == b"klaar"
    assert file.stat().st_mode & 0o077 == 0


def test_what_kills_every_worker_is_given_up(outside):
    start(outside)
    for attempt in range(1, jobs.MOST_ATTEMPTS + 1):
        worker = outside.worker("hang")
        wait_for(lambda attempt=attempt: len(outside.begun()) == attempt)
        worker.kill()
        worker.wait()
    outside.worker("finish")
    wait_for(lambda: outside.jobs() == [("failed", jobs.MOST_ATTEMPTS)])
    [(message,)] = outside.ask("SELECT message FROM learning_job")
    assert "beheerder" in message
    assert len(outside.begun()) == jobs.MOST_ATTEMPTS


def test_a_worker_that_is_stopped_gives_its_job_back(outside):
    start(outside)
    first = outside.worker("advance")
    wait_for(outside.begun)
    first.terminate()
    assert first.wait(20) == 0
    assert outside.jobs() == [("queued", 0)]
    assert outside.ask("SELECT COUNT(*) FROM learning_worker") == [(0,)]
    outside.worker("finish")
    wait_for(lambda: outside.jobs() == [("done", 1)])


def test_two_workers_do_each_job_once(outside):
    start(outside, 20)
    for worker in [outside.worker("until-idle"), outside.worker("until-idle")]:
        assert worker.wait(120) == 0
    assert outside.jobs() == [("done", 1)] * 20
    assert len(outside.begun()) == 20
    # The clock too: what is scheduled has been done once.
    runs = outside.ask("SELECT task, slot, attempts FROM learning_scheduledrun")
    assert len(runs) == len(set(runs)) > 0
    assert {attempts for _task, _slot, attempts in runs} == {1}
