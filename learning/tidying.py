"""What background work leaves behind, and when it goes."""

from datetime import date, datetime, time, timedelta
from typing import Final

from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from learning.jobs import BACKEND
from learning.models import Job, ScheduledRun, Worker
from learning.models.jobs import JobQuerySet
from learning.rules.retention import period
from learning.schedule import daily, every

TASKS_KEPT: Final = timedelta(days=1)
RUNS_KEPT: Final = timedelta(days=40)


def expired_files(_now: datetime) -> JobQuerySet:
    """Jobs whose file was kept long enough."""
    return Job.objects.with_expired_result()


def old_jobs(now: datetime) -> JobQuerySet:
    """Jobs that nobody asks about any more."""
    return Job.objects.filter(
        status__in=Job.FINISHED, finished_at__lt=now - period("jobs"), result=""
    )


@every(minutes=30)
def delete_expired_results() -> None:
    delete_files(expired_files(timezone.now()))


def delete_files(jobs: JobQuerySet) -> None:
    """Delete what was made; the job remembers that it had a file."""
    for job in jobs:
        # First the file: should this process die now, the row still knows it, and it is done again.
        job.result.delete(save=False)
        Job.objects.filter(pk=job.pk).update(result="")


@daily("tidy_background_work", at=time(4, 30))
def tidy_background_work(day: date) -> None:
    """Remove what nobody asks about any more."""
    now = timezone.now()
    old_jobs(now).delete()
    # Also those that a killed worker left as running: the job was put in the queue anew.
    DBTaskResult.objects.filter(backend_name=BACKEND, enqueued_at__lt=now - TASKS_KEPT).exclude(
        status="READY"
    ).delete()
    ScheduledRun.objects.filter(started_at__lt=now - RUNS_KEPT).delete()
    Worker.objects.filter(seen_at__lt=now - TASKS_KEPT).delete()
