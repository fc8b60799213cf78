"""Background work: asked for, done once, tried again, and its result fetched."""

import logging
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from learning import jobs
from learning.models import Job, MonitorGrant
from learning.private_files import PrivateStorage
from learning.tidying import delete_expired_results, tidy_background_work
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


def test_a_kind_that_nobody_does_is_refused(monitor, monkeypatch):
    monkeypatch.delitem(jobs.HANDLERS, Job.Kind.IMPORT, raising=False)
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


@pytest.fixture
def made(handle, start):
    """A job that made a file."""

    def run(job):
        jobs.store_result(job, b"naam;rol", "utrecht.csv")
        job.message = "96 mensen."

    handle(run, result_url=lambda job: f"/gemeente/{job.municipality.slug}/?van={job.pk}")
    return start()


def test_the_page_ends_at_the_result(made, monitor, signed_in):
    page = signed_in(monitor).get(made.get_absolute_url())
    text = page.content.decode()
    assert "Het is klaar." in text
    assert "96 mensen." in text
    assert f'href="{made.get_file_url()}"' in text
    assert f'href="/gemeente/utrecht/?van={made.pk}"' in text
    assert "http-equiv" not in text


@pytest.mark.parametrize("status", ["queued", "running"])
def test_until_then_the_page_looks_again_by_itself(status, made, monitor, signed_in):
    Job.objects.filter(pk=made.pk).update(
        status=status, finished_at=None, done=3, total=12, result="", filename=""
    )
    text = signed_in(monitor).get(made.get_absolute_url()).content.decode()
    assert '<noscript><meta http-equiv="refresh" content="5"></noscript>' in text
    assert "data-unfinished" in text
    assert "U mag deze pagina sluiten" in text
    assert ("3 van 12" in text) == (status == "running")


def test_what_failed_says_what_to_do(handle, start, monitor, signed_in):
    handle(lambda job: jobs.fail(job, "Kies een ander bestand."))
    text = signed_in(monitor).get(start().get_absolute_url()).content.decode()
    assert "Het is niet gelukt" in text
    assert "Kies een ander bestand." in text
    assert "Terug naar Utrecht" in text


def test_the_file_is_handed_over_and_that_is_logged(made, monitor, place, signed_in):
    response = signed_in(monitor).get(made.get_file_url())
    assert b"".join(response.streaming_content) == b"naam;rol"
    assert response["Content-Disposition"] == 'attachment; filename="utrecht.csv"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in response["Cache-Control"]
    assert AuditEvent.objects.get().what == AuditEvent.What.EXPORT


def test_another_monitor_of_the_municipality_may_see_it_too(made, place, signed_in):
    colleague = signed_in(factories.make_monitor(place))
    assert colleague.get(made.get_absolute_url()).status_code == 200
    assert colleague.get(made.get_file_url()).status_code == 200


def test_nobody_else_may(made, place, monitor, signed_in, client):
    elsewhere = factories.make_municipality("Zwolle")
    addresses = [made.get_absolute_url(), made.get_file_url()]
    outsiders = [
        factories.make_user(),
        factories.make_member(place).person,
        factories.make_monitor(elsewhere),
        factories.make_monitor(),
        factories.make_user(is_superuser=True, is_staff=True),
    ]
    # Who asked for it, but may no longer watch this municipality.
    MonitorGrant.objects.filter(person=monitor).update(withdrawn_at=timezone.now())
    for person in [*outsiders, monitor]:
        browser = signed_in(person)
        assert [browser.get(address).status_code for address in addresses] == [403, 403]
    assert {client.get(address).status_code for address in addresses} == {302}


def test_a_job_is_found_under_its_own_municipality_only(made, signed_in):
    elsewhere = factories.make_municipality("Zwolle")
    browser = signed_in(factories.make_monitor(elsewhere))
    national = signed_in(factories.make_monitor())
    for name in ("job", "job_file"):
        address = reverse(name, args=[elsewhere.slug, made.pk])
        assert browser.get(address).status_code == 404
        assert national.get(reverse(f"nation_{name}", args=[made.pk])).status_code == 404


def test_a_national_monitor_sees_jobs_of_the_nation(handle, start, signed_in, monitor):
    handle(lambda job: jobs.store_result(job, b"x", "landelijk.csv"))
    job = start(by=factories.make_monitor(), municipality=None)
    assert job.get_absolute_url() == f"/landelijk/taken/{job.pk}/"
    browser = signed_in(job.requested_by)
    assert "Terug naar het landelijk beeld" in browser.get(job.get_absolute_url()).content.decode()
    assert browser.get(job.get_file_url()).status_code == 200
    assert signed_in(monitor).get(job.get_file_url()).status_code == 403


def test_after_a_day_the_file_is_gone(made, monitor, signed_in):
    name, storage = made.result.name, made.result.storage
    delete_expired_results()
    assert storage.exists(name)
    Job.objects.filter(pk=made.pk).update(expires_at=timezone.now())
    browser = signed_in(monitor)
    # It is not handed over any more, also when no worker has deleted it yet.
    assert browser.get(made.get_file_url()).status_code == 404
    delete_expired_results()
    assert not storage.exists(name)
    assert browser.get(made.get_file_url()).status_code == 404
    assert "verwijderd" in browser.get(made.get_absolute_url()).content.decode()
    # And when it is done once more, there is nothing to do.
    delete_expired_results()


def test_a_file_that_has_disappeared_is_not_found(made, monitor, signed_in):
    made.result.storage.delete(made.result.name)
    assert signed_in(monitor).get(made.get_file_url()).status_code == 404


def test_old_jobs_are_forgotten_and_young_ones_kept(made, handle, start):
    young = start()
    Job.objects.filter(pk=made.pk).update(
        finished_at=timezone.now() - timedelta(days=31), result=""
    )
    tidy_background_work(timezone.localdate())
    assert list(Job.objects.all()) == [young]


def test_the_page_asks_the_database_little(made, monitor, signed_in, django_assert_max_num_queries):
    browser = signed_in(monitor)
    browser.get(made.get_absolute_url())
    with django_assert_max_num_queries(8):
        browser.get(made.get_absolute_url())


def test_no_address_leads_to_a_private_file(tmp_path):
    storage = PrivateStorage(location=tmp_path)
    with pytest.raises(ValueError, match="no address"):
        storage.url("jobs/x")


def test_work_is_told_in_the_language_of_who_asked(handle, start, place):
    def run(job):
        raise ValueError

    handle(run)
    reader = factories.make_monitor(place, language="en")
    assert start(by=reader).message.startswith("This did not work")


def test_how_far_a_transaction_is_is_seen_before_it_ends(place, monitor, signed_in):
    job = Job.objects.create(
        kind=Job.Kind.IMPORT,
        requested_by=monitor,
        municipality=place,
        status=Job.Status.RUNNING,
        started_at=timezone.now(),
    )
    jobs.advance(job, done=3, total=8)
    # As others still see it.
    Job.objects.filter(pk=job.pk).update(done=0, total=0)
    assert "3 van 8" in signed_in(monitor).get(job.get_absolute_url()).content.decode()
    # A later attempt begins anew.
    Job.objects.filter(pk=job.pk).update(attempts=2)
    assert "3 van 8" not in signed_in(monitor).get(job.get_absolute_url()).content.decode()
