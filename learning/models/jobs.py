"""Work done in the background: what was asked, how far it is, and who is doing it."""

from datetime import timedelta
from typing import Any, ClassVar, Final, Self

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learning.models.places import Municipality

# A worker that has said nothing for so long is dead, and its work is done anew.
SILENCE: Final = timedelta(seconds=45)


def private_storage() -> Storage:
    return storages["private"]


def kinds() -> list[tuple[str, Any]]:
    """Asked for when needed, so that a new kind takes no migration."""
    return list(Job.Kind.choices)


class Worker(models.Model):
    """A process that does background work. It says every few seconds that it lives."""

    started_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "worker"

    def __str__(self) -> str:
        return f"worker {self.pk}"


class JobQuerySet(models.QuerySet["Job"]):
    def waiting(self) -> Self:
        return self.filter(status=Job.Status.QUEUED)

    def running(self) -> Self:
        return self.filter(status=Job.Status.RUNNING)

    def abandoned(self, *, by: int | None = None) -> Self:
        """Running, but the worker has died; or it is the one that asks, and does nothing now."""
        now = timezone.now()
        # The last: its worker's row is gone too, or it was run by another program than ours.
        dead = Q(worker__seen_at__lt=now - SILENCE) | Q(
            worker__isnull=True, started_at__lt=now - timedelta(hours=1)
        )
        return self.running().filter(dead if by is None else dead | Q(worker=by))

    def with_expired_result(self) -> Self:
        return self.exclude(result="").filter(expires_at__lte=timezone.now())


class Job(models.Model):
    """Something that takes longer than a page may, asked by somebody.

    This row says what is true; the task in the queue only says that there is something to do.
    It is deleted some weeks after it ended: let what must last refer to it with SET_NULL.
    """

    class Kind(models.TextChoices):
        """What can be asked. To add one: a line here and a handler (learning/jobs.py)."""

        IMPORT = "import", _("Reading in a list of people")
        EXPORT = "export", _("Making a file")
        MAIL = "mail", _("Sending mail")
        REQUIREMENT = "requirement", _("Looking up who has finished it already")
        CHANGE = "change", _("Telling people of a changed module")

    class Status(models.TextChoices):
        QUEUED = "queued", _("Waiting")
        RUNNING = "running", _("Under way")
        DONE = "done", _("Done")
        FAILED = "failed", _("Did not work")

    FINISHED: ClassVar = (Status.DONE, Status.FAILED)

    kind = models.CharField(max_length=40, choices=kinds)
    municipality = models.ForeignKey(
        Municipality, null=True, on_delete=models.CASCADE, related_name="jobs"
    )
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="jobs"
    )
    status = models.CharField(max_length=10, choices=Status, default=Status.QUEUED)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    # Shown to who asked, in their language: no personal data.
    message = models.TextField(blank=True)
    # Keys of rows and choices, never names or addresses.
    parameters = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    worker = models.ForeignKey(
        Worker, null=True, blank=True, on_delete=models.SET_NULL, related_name="jobs"
    )
    result = models.FileField(storage=private_storage, upload_to="jobs/%Y%m%d", blank=True)
    filename = models.CharField(max_length=200, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = _("background job")
        verbose_name_plural = _("background jobs")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(status__in=["queued", "running", "done", "failed"]),
                name="job_has_a_known_status",
            ),
            models.CheckConstraint(
                condition=Q(total=0) | Q(done__lte=F("total")), name="job_does_no_more_than_all"
            ),
            # Whoever looks whether a worker died needs to know since when it is busy.
            models.CheckConstraint(
                condition=~Q(status="running") | Q(started_at__isnull=False),
                name="running_job_has_begun",
            ),
            # What has ended says when, and what says when has ended: or it is done again.
            models.CheckConstraint(
                condition=Q(status__in=["done", "failed"], finished_at__isnull=False)
                | Q(status__in=["queued", "running"], finished_at__isnull=True),
                name="finished_job_says_when",
            ),
            # A file that nobody deletes would stay for ever.
            models.CheckConstraint(
                condition=Q(result="") | Q(expires_at__isnull=False), name="job_result_expires"
            ),
        ]
        indexes: ClassVar = [
            # The few that are not finished, asked for every few seconds.
            models.Index(
                fields=["status"],
                condition=Q(status__in=["queued", "running"]),
                name="job_unfinished",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    def get_absolute_url(self) -> str:
        """The page that says how far it is."""
        if self.municipality is None:
            return reverse("nation_job", args=[self.pk])
        return reverse("job", args=[self.municipality.slug, self.pk])

    @property
    def is_finished(self) -> bool:
        return self.status in self.FINISHED

    @property
    def has_file(self) -> bool:
        """Whether there is something to download, still."""
        return (
            bool(self.result) and self.expires_at is not None and self.expires_at > timezone.now()
        )

    def get_file_url(self) -> str:
        if self.municipality is None:
            return reverse("nation_job_file", args=[self.pk])
        return reverse("job_file", args=[self.municipality.slug, self.pk])


class ScheduledRun(models.Model):
    """That a piece of daily or periodic work was done for its day or moment, or is being done.

    `slot` is the day, or the moment in UTC: two workers cannot both make the same row.
    """

    task = models.CharField(max_length=60)
    slot = models.CharField(max_length=20)
    attempts = models.PositiveSmallIntegerField(default=1)
    worker = models.ForeignKey(Worker, null=True, on_delete=models.SET_NULL, related_name="+")
    started_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "scheduled run"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["task", "slot"], name="one_run_per_task_and_slot"),
        ]

    def __str__(self) -> str:
        return f"{self.task} {self.slot}"
