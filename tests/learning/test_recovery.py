"""Jobs that broke, were lost or were taken over; with the queue in the database."""

from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tasks_db.management.commands import db_worker
from django_tasks_db.models import DBTaskResult

from config.settings import base
from learning import jobs, worker
from learning.models import Job, Worker
from learning.tidying import tidy_background_work
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _queue_in_the_database(monkeypatch):
    # A worker drops a connection that is in a transaction, which here is that of the test.
    monkeypatch.setattr(db_worker, "close_old_connections", lambda: None)
    monkeypatch.setattr(worker, "close_old_connections", lambda: None)
    with override_settings(TASKS=base.TASKS):
        yield


@pytest.fixture
def me():
    """This process is a worker."""
    row = Worker.objects.create()
    token = jobs.WORKER.set(row.pk)
    yield row
    jobs.WORKER.reset(token)


@pytest.fixture
def handle(monkeypatch):
    def register(run):
        monkeypatch.setitem(jobs.HANDLERS, Job.Kind.EXPORT, jobs.Handler(run, None))

    return register


@pytest.fixture
def start(handle, django_capture_on_commit_callbacks):
    def begin(run=print):
        handle(run)
        with django_capture_on_commit_callbacks(execute=True):
            return jobs.start(Job.Kind.EXPORT, by=factories.make_user())

    return begin


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """Do something whose commit puts tasks in the queue."""

    def call(function, *arguments):
        with django_capture_on_commit_callbacks(execute=True):
            return function(*arguments)

    return call


def test_the_queue_holds_no_more_than_the_key_of_the_job(start):
    job = start()
    task = DBTaskResult.objects.get()
    assert task.args_kwargs == {"args": [job.pk], "kwargs": {}}
    assert task.backend_name == "work"


def test_an_idle_worker_only_reads(me):
    with CaptureQueriesContext(
        connection,
    ) as asked:
        worker.recover()
        assert not worker.run_next()
    assert len(asked) == 3
    assert all(query["sql"].startswith("SELECT") for query in asked)


def test_what_breaks_is_tried_again_after_a_while_and_then_given_up(start, me, committed):
    tries = []

    def run(job):
        tries.append(job.attempts)
        raise OSError("the mail server does not answer")

    job = start(run)
    assert committed(worker.run_next)
    for attempt in range(1, jobs.MOST_ATTEMPTS):
        job.refresh_from_db()
        assert (job.status, job.attempts, job.worker) == (Job.Status.QUEUED, attempt, None)
        # Not at once: it waits for its pause.
        assert not worker.run_next()
        task = DBTaskResult.objects.get(status="READY")
        assert task.run_after - timezone.now() > jobs.PAUSES[attempt - 1] - timedelta(seconds=10)
        DBTaskResult.objects.filter(pk=task.pk).update(run_after=timezone.now())
        assert committed(worker.run_next)
    assert tries == [1, 2, 3]
    job.refresh_from_db()
    assert job.status == Job.Status.FAILED
    assert "beheerder" in job.message
    assert not DBTaskResult.objects.filter(status="READY").exists()
    # What the queue keeps of it tells nothing of what went wrong.
    assert set(DBTaskResult.objects.values_list("status", "traceback")) == {("SUCCESSFUL", "")}


def test_a_job_whose_task_was_lost_gets_another(start, committed):
    job = start()
    DBTaskResult.objects.all().delete()
    committed(worker.recover)
    assert not DBTaskResult.objects.exists()
    Job.objects.update(created_at=timezone.now() - worker.LOST_AFTER)
    for _ in range(2):
        committed(worker.recover)
    assert DBTaskResult.objects.get().args_kwargs["args"] == [job.pk]


def test_who_was_silent_for_too_long_may_not_go_on(start, me, committed):
    def run(job):
        Worker.objects.filter(pk=me.pk).update(seen_at=timezone.now() - timedelta(minutes=1))
        token = jobs.WORKER.set(None)
        worker.recover()
        jobs.WORKER.reset(token)
        with pytest.raises(jobs.Superseded):
            jobs.store_result(job, b"laat", "lijst.csv")
        jobs.fail(job, "Te laat.")
        jobs.advance(job, done=1, total=2)
        raise AssertionError

    job = start(run)
    committed(worker.run_next)
    job.refresh_from_db()
    assert (job.status, job.attempts, job.message) == (Job.Status.QUEUED, 1, "")
    assert not job.result


def test_a_worker_takes_back_what_it_broke_off_itself(start, me, committed):
    job = start()
    assert jobs.claim(job.pk) is not None
    # The database went away before the job could be marked; now it is back.
    committed(worker.recover)
    job.refresh_from_db()
    assert job.status == Job.Status.QUEUED


def test_a_worker_outlives_its_database(me, monkeypatch):
    looks = []

    def look():
        looks.append(1)
        if len(looks) == 1:
            raise OperationalError("gone")

    monkeypatch.setattr(worker, "AFTER_A_BROKEN_DATABASE_SECONDS", 0)
    monkeypatch.setattr(worker, "recover", look)
    monkeypatch.setattr(worker.schedule, "run_due", lambda: None)
    monkeypatch.setattr(worker.connection, "close", lambda: None)
    worker.loop(until_idle=True)
    assert len(looks) == 2


def test_old_tasks_are_forgotten_and_waiting_ones_kept(start):
    for status in ("READY", "RUNNING", "SUCCESSFUL"):
        start()
        DBTaskResult.objects.filter(status="READY").update(status=status)
    start()
    DBTaskResult.objects.update(enqueued_at=timezone.now() - timedelta(days=2))
    tidy_background_work(timezone.localdate())
    assert [task.status for task in DBTaskResult.objects.all()] == ["READY"]
