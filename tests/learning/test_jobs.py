"""Background work: asked for, done once, tried again, and its result fetched."""

import logging
from datetime import timedelta

import pytest
from django.utils import timezone

from learning import jobs
from learning.models import Job
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def handle(monkeypatch):
    """Let a function do exports, for one test."""

    def register(run, **options):
        monkeypatch.setitem(jobs.HANDLERS, Job.Kind.EXPORT, jobs.Handler(run, None))
        return jobs.handler(Job.Kind.EXPORT, **options)(run)

    return register


@pytest.fixture
def place():
    return factories.make_municipality("Utrecht")


@pytest.fixture
def monitor(place):
    return factories.make_monitor(place)


@pytest.fixture
def start(place, monitor, django_capture_on_commit_callbacks):
    """Start an export and let it be done."""

    def begin(**options):
        options = {"by": monitor, "municipality": place} | options
        with django_capture_on_commit_callbacks(execute=True):
            job = jobs.start(Job.Kind.EXPORT, **options)
        job.refresh_from_db()
        return job

    return begin


def test_a_job_is_done_when_the_transaction_has_ended(
    handle, place, monitor, django_capture_on_commit_callbacks
):
    seen = []
    handle(lambda job: seen.append((job.kind, job.parameters, job.municipality, job.requested_by)))
    with django_capture_on_commit_callbacks(execute=True):
        job = jobs.start(Job.Kind.EXPORT, by=monitor, municipality=place, parameters={"module": 3})
        assert seen == []
    job.refresh_from_db()
    assert seen == [("export", {"module": 3}, place, monitor)]
    assert job.status == Job.Status.DONE
    assert job.attempts == 1
    assert job.finished_at is not None


def test_a_kind_that_nobody_does_is_refused(monitor):
    with pytest.raises(LookupError, match="import"):
        jobs.start(Job.Kind.IMPORT, by=monitor)
    assert not Job.objects.exists()


def test_a_task_that_comes_twice_does_the_job_once(handle, start):
    times = []
    handle(lambda job: times.append(job.pk))
    job = start()
    jobs.run_job.enqueue(job.pk)
    assert times == [job.pk]
    job.refresh_from_db()
    assert job.attempts == 1


def test_what_a_handler_says_is_shown(handle, start):
    def run(job):
        jobs.advance(job, done=2, total=5)
        job.message = "Vijf mensen."

    handle(run)
    job = start()
    assert (job.message, job.done, job.total) == ("Vijf mensen.", 5, 5)


def test_progress_is_stored_at_most_once_a_second(
    handle, start, django_assert_num_queries, monkeypatch
):
    now = 0.0
    monkeypatch.setattr(jobs.time, "monotonic", lambda: now)
    stored = []

    def run(job):
        nonlocal now
        jobs.advance(job, done=0, total=1000)
        with django_assert_num_queries(3):
            for done in range(1, 31):
                now = done / 10
                jobs.advance(job, done=done)
        stored.append(Job.objects.get(pk=job.pk).done)

    handle(run)
    start()
    assert stored == [30]


def test_a_handler_may_say_that_it_cannot_be_done(handle, start):
    def run(job):
        jobs.fail(job, "Kies een ander bestand.")

    handle(run)
    job = start()
    assert job.status == Job.Status.FAILED
    assert job.message == "Kies een ander bestand."


def test_what_breaks_ends_with_a_word_and_tells_the_log_no_names(handle, start, caplog):
    def run(job):
        raise ValueError("Jan Jansen <jan@voorbeeld.example>")

    handle(run)
    with caplog.at_level(logging.INFO):
        job = start()
    assert job.status == Job.Status.FAILED
    assert "beheerder" in job.message
    assert "Jansen" not in caplog.text
    assert "ValueError" in caplog.text
    assert "tests/learning/test_jobs.py:" in caplog.text


def test_a_result_is_kept_for_a_day_under_a_name_that_says_nothing(handle, start):
    handle(lambda job: jobs.store_result(job, b"a;b", "utrecht.csv"))
    job = start()
    assert job.filename == "utrecht.csv"
    assert "utrecht" not in job.result.name
    assert job.has_file
    assert timedelta(hours=23) < job.expires_at - timezone.now() <= timedelta(days=1)
    with job.result.open("rb") as file:
        assert file.read() == b"a;b"


def test_a_second_result_replaces_the_first(handle, start):
    names = []

    def run(job):
        for number in range(2):
            jobs.store_result(job, b"%d" % number, "lijst.csv")
            names.append(job.result.name)

    handle(run)
    job = start()
    assert not job.result.storage.exists(names[0])
    assert job.result.name == names[1]
