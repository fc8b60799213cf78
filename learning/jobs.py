"""Background work: start it, tell how far it is, hand over what it made.

    @handler(Job.Kind.EXPORT)
    def make_list(job: Job) -> None: ...

    job = start(Job.Kind.EXPORT, by=viewer, municipality=place, parameters={"module": 3})
    return redirect(job)

A handler may be run again from the start, because its worker was killed or because something
broke: what it did before must then be found done, not done twice. Whatever it leaves in
`job.message` is shown when it is done. `manage.py work` does the work (learning/worker.py).
"""

import threading
import time
import traceback
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, Final

import structlog
from django.conf import settings
from django.core.cache import cache
from django.core.files.base import ContentFile, File
from django.db import transaction
from django.db.models import F
from django.utils import timezone, translation
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from django_tasks import task, task_backends

from accounts.models import User
from learning.models.jobs import Job, JobQuerySet
from learning.models.places import Municipality
from learning.rules.retention import period

BACKEND: Final = "work"
MOST_ATTEMPTS: Final = 3
# Before the second attempt, and before the third.
PAUSES: Final = (timedelta(seconds=15), timedelta(minutes=2))
RESULT_KEPT_FOR: Final = period("files")
SECONDS_BETWEEN_STORING: Final = 1.0
# Seconds for which the cache tells how far a transaction is.
PROGRESS_SHOWN: Final = 60

# Which worker this process is, and whether it was asked to stop (set in learning/worker.py).
WORKER: ContextVar[int | None] = ContextVar("worker", default=None)
STOP: Final = threading.Event()

Run = Callable[[Job], None]
ResultUrl = Callable[[Job], str]

log = structlog.stdlib.get_logger("house.jobs")


class Interrupted(BaseException):
    """The worker was asked to stop: the job goes back to the queue. No error, so no Exception."""


class Superseded(Exception):
    """Another worker has taken the job over, since this one was silent for too long."""


@dataclass(frozen=True, slots=True)
class Handler:
    """What does a kind of job, and where its result is to be seen."""

    run: Run
    result_url: ResultUrl | None


HANDLERS: Final[dict[str, Handler]] = {}


def handler(kind: Job.Kind, *, result_url: ResultUrl | None = None) -> Callable[[Run], Run]:
    """Register what does this kind of job; `result_url` says where to look when it is done."""

    def register(run: Run) -> Run:
        HANDLERS[kind] = Handler(run, result_url)
        return run

    return register


def start(
    kind: Job.Kind,
    *,
    by: User | None,
    municipality: Municipality | None = None,
    parameters: dict[str, Any] | None = None,
) -> Job:
    """Ask for background work: it begins when the transaction has ended. Raises LookupError."""
    if kind not in HANDLERS:
        message = f"Nothing does jobs of the kind {kind}: is its module in learning/apps.py?"
        raise LookupError(message)
    with transaction.atomic():
        job = Job.objects.create(
            kind=kind, requested_by=by, municipality=municipality, parameters=parameters or {}
        )
        enqueue(job)
    return job


def enqueue(job: Job, *, at: datetime | None = None) -> None:
    """Put it in the queue after the commit. What dies in between is found (learning/worker.py)."""
    chosen = run_job if at is None else run_job.using(run_after=at)
    transaction.on_commit(partial(chosen.enqueue, job.pk))


def current(job: Job) -> JobQuerySet:
    """Its row, as long as it is this attempt that is running."""
    return Job.objects.running().filter(pk=job.pk, attempts=job.attempts)


def advance(job: Job, *, done: int, total: int | None = None) -> None:
    """Tell how far it is, at most once a second.

    Within a transaction the row is seen by others only afterwards: until then the cache tells
    them (`show_progress`). Raises Interrupted or Superseded when this attempt must end: let both
    pass.
    """
    if STOP.is_set():
        raise Interrupted
    total = job.total if total is None else total
    now = time.monotonic()
    stored = getattr(job, "progress_stored", None)
    is_news = total != job.total or stored is None or now - stored >= SECONDS_BETWEEN_STORING
    job.done, job.total = (min(done, total) if total else done), total
    if not is_news:
        return
    job.progress_stored = now  # type: ignore[attr-defined]  # of this attempt, not of the row
    if transaction.get_connection().in_atomic_block:
        cache.set(progress_key(job), (job.done, job.total), PROGRESS_SHOWN)
    if not current(job).update(done=job.done, total=job.total):
        raise Superseded


def progress_key(job: Job) -> str:
    return f"job-progress:{job.pk}:{job.attempts}"


def show_progress(job: Job) -> None:
    """Let a job that is read from the database show what its worker has not committed yet."""
    if job.status == Job.Status.RUNNING:
        job.done, job.total = cache.get(progress_key(job), (job.done, job.total))


def fail(job: Job, message: str) -> None:
    """It cannot be done: say to who asked what they can do. Return from the handler after it."""
    job.message = message
    if current(job).update(
        status=Job.Status.FAILED, finished_at=timezone.now(), message=message, worker=None
    ):
        job.status = Job.Status.FAILED
        log.warning("job failed", kind=job.kind, job=job.pk, attempt=job.attempts)


def store_result(job: Job, file: File[bytes] | bytes, filename: str) -> None:
    """Keep what it made for a day, to be fetched under that name. Raises Superseded."""
    content: File[Any] = ContentFile(file) if isinstance(file, bytes) else file
    earlier, storage = job.result.name, job.result.storage
    # The name on disk says nothing, not even to who runs the machine.
    job.result.save(get_random_string(24), content, save=False)
    job.filename, job.expires_at = filename, timezone.now() + RESULT_KEPT_FOR
    if not current(job).update(
        result=job.result.name, filename=job.filename, expires_at=job.expires_at
    ):
        job.result.delete(save=False)
        raise Superseded
    if earlier:
        storage.delete(earlier)


def result_url(job: Job) -> str:
    """Where the result is to be seen; empty when there is no such place."""
    found = HANDLERS.get(job.kind)
    return found.result_url(job) if found is not None and found.result_url is not None else ""


@task(backend=BACKEND)
def run_job(job_id: int) -> None:
    """Do a job, if it still waits: a task that is delivered twice finds nothing to do."""
    job = claim(job_id)
    if job is None:
        return
    log.info("job started", kind=job.kind, job=job.pk, attempt=job.attempts)
    began = time.monotonic()
    language = job.requested_by.language if job.requested_by else settings.LANGUAGE_CODE
    with translation.override(language):
        try:
            HANDLERS[job.kind].run(job)
        except Interrupted:
            give_back(job)
        except Superseded:
            log.warning("job taken over", kind=job.kind, job=job.pk, attempt=job.attempts)
        except Exception as error:  # noqa: BLE001  whatever it is, somebody waits for a word
            broke(job, error)
        else:
            finish(job, seconds=time.monotonic() - began)


def claim(job_id: int) -> Job | None:
    """Take a waiting job, as the only one who does."""
    taken = (
        Job.objects.waiting()
        .filter(pk=job_id)
        .update(
            status=Job.Status.RUNNING,
            started_at=timezone.now(),
            worker=WORKER.get(),
            attempts=F("attempts") + 1,
            done=0,
            total=0,
        )
    )
    if not taken:
        return None
    return Job.objects.select_related("municipality", "requested_by").get(pk=job_id)


def finish(job: Job, *, seconds: float) -> None:
    """It has run to its end; if it failed by its own word, that stands."""
    if current(job).update(
        status=Job.Status.DONE,
        finished_at=timezone.now(),
        done=F("total"),
        message=job.message,
        worker=None,
    ):
        log.info("job finished", kind=job.kind, job=job.pk, ms=round(seconds * 1000))


def give_back(job: Job) -> None:
    """Back in the queue, as if it had not begun: the worker stops, the job did nothing wrong."""
    with transaction.atomic():
        if put_back(job, attempts=job.attempts - 1):
            enqueue(job)


def broke(job: Job, error: Exception) -> None:
    """Try again later, or say that it did not work.

    The log gets the place and the kind of error. Its words may hold personal data (a database
    quotes the row), so those are told only to who asks for debugging.
    """
    log.warning(
        "job broke",
        kind=job.kind,
        job=job.pk,
        attempt=job.attempts,
        error=type(error).__name__,
        where=place_of(error),
    )
    log.debug("job broke because", exc_info=error)
    can_wait = task_backends[BACKEND].supports_defer
    try_again(
        job, at=timezone.now() + PAUSES[min(job.attempts, len(PAUSES)) - 1], last=not can_wait
    )


def try_again(job: Job, *, at: datetime | None = None, last: bool = False) -> None:
    """Back in the queue, unless it was tried often enough."""
    if last or job.attempts >= MOST_ATTEMPTS:
        fail(
            job,
            _(
                "This did not work, through no fault of yours. Try again later. "
                "If it goes wrong again, tell the administrator."
            ),
        )
        return
    with transaction.atomic():
        if put_back(job, attempts=job.attempts):
            enqueue(job, at=at)


def put_back(job: Job, *, attempts: int) -> int:
    return current(job).update(
        status=Job.Status.QUEUED, started_at=None, worker=None, attempts=attempts
    )


def place_of(error: Exception) -> str:
    """The last place in our own code that it came through, as file:line."""
    root = str(settings.BASE_DIR)
    frames = traceback.extract_tb(error.__traceback__)
    own = [
        each for each in frames if each.filename.startswith(root) and ".venv" not in each.filename
    ]
    if not own:
        return ""
    return f"{Path(own[-1].filename).relative_to(root)}:{own[-1].lineno}"
