"""The process that does background work: jobs from the queue, and what the clock says.

It asks the queue once a second with a plain reading question, and takes a lock only when there
is something to take: on SQLite nobody waits for an idle worker.
"""

import os
import threading
import time
from datetime import timedelta
from typing import Final

import structlog
from django.conf import settings
from django.db import DatabaseError, close_old_connections, connection
from django.utils import timezone, translation
from django_tasks_db.management.commands.db_worker import Worker as QueueWorker
from django_tasks_db.models import DBTaskResult

from learning import schedule
from learning.jobs import BACKEND, STOP, WORKER, enqueue, run_job, try_again
from learning.models import Job, Worker

ASK_SECONDS: Final = 1.0
# How often it looks at the clock, and for what dead workers left.
LOOK_SECONDS: Final = 15.0
BEAT_SECONDS: Final = 10.0
AFTER_A_BROKEN_DATABASE_SECONDS: Final = 5.0
# A job that waits for so long without a task in the queue has lost it.
LOST_AFTER: Final = timedelta(seconds=30)

log = structlog.stdlib.get_logger("house.worker")


class Heartbeat(threading.Thread):
    """Says every few seconds that the worker lives, also while a job keeps it busy."""

    def __init__(self, worker: Worker) -> None:
        super().__init__(name="heartbeat", daemon=True)
        self.worker = worker
        self.over = threading.Event()

    def run(self) -> None:
        while not self.over.wait(BEAT_SECONDS):
            self.worker.seen_at = timezone.now()
            try:
                # Makes the row anew if somebody removed it.
                self.worker.save()
            except DatabaseError as error:
                log.warning("heartbeat failed", error=type(error).__name__)
                connection.close()
        connection.close()


def work(*, until_idle: bool = False) -> None:
    """Do background work until `STOP` is set; or, for tests and tools, until none is left."""
    STOP.clear()
    worker = Worker.objects.create()
    token = WORKER.set(worker.pk)
    heartbeat = Heartbeat(worker)
    heartbeat.start()
    log.info("worker started", worker=worker.pk, pid=os.getpid())
    try:
        loop(until_idle=until_idle)
    finally:
        heartbeat.over.set()
        heartbeat.join()
        Worker.objects.filter(pk=worker.pk).delete()
        WORKER.reset(token)
        log.info("worker stopped", worker=worker.pk)


def loop(*, until_idle: bool) -> None:
    look_at = 0.0
    while not STOP.is_set():
        try:
            close_old_connections()
            if time.monotonic() >= look_at:
                recover()
                schedule.run_due()
                look_at = time.monotonic() + LOOK_SECONDS
            busy = run_next()
        except DatabaseError as error:
            # It will be back; until then there is nothing to do.
            log.warning("database fails", error=type(error).__name__)
            connection.close()
            STOP.wait(AFTER_A_BROKEN_DATABASE_SECONDS)
            continue
        if not busy:
            if until_idle:
                return
            STOP.wait(ASK_SECONDS)


def run_next() -> bool:
    """Do one task from the queue. Returns whether there was any."""
    if not DBTaskResult.objects.ready().filter(backend_name=BACKEND).exists():
        return False
    QueueWorker(
        queue_names=["*"],
        excluded_queue_names=[],
        backend_name=BACKEND,
        worker_id=f"worker-{WORKER.get()}",
        batch=True,
        max_tasks=1,
        interval=0,
        startup_delay=False,
    ).run()
    # What the library keeps of an error may quote a row of the database.
    DBTaskResult.objects.failed().filter(backend_name=BACKEND).exclude(traceback="").update(
        traceback=""
    )
    return True


def recover() -> None:
    """Put back in the queue what a worker left when it died, and what the queue lost."""
    for job in Job.objects.abandoned(by=WORKER.get()).select_related("requested_by"):
        log.warning("job abandoned", kind=job.kind, job=job.pk, attempt=job.attempts)
        with translation.override(
            job.requested_by.language if job.requested_by else settings.LANGUAGE_CODE
        ):
            try_again(job)
    waiting = list(Job.objects.waiting().filter(created_at__lt=timezone.now() - LOST_AFTER))
    if waiting:
        queued = DBTaskResult.objects.filter(
            backend_name=BACKEND, status="READY", task_path=run_job.module_path
        )
        known = {row["args"][0] for row in queued.values_list("args_kwargs", flat=True)}
        for job in waiting:
            if job.pk not in known:
                enqueue(job)
