"""How background work stands, for who runs the site: `check_work` and the home of the admin."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Count, Max, Min, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.audit import waits_too_long
from learning.jobs import MOST_ATTEMPTS
from learning.models import Job, ScheduledRun, Worker

# A worker says every ten seconds that it lives.
MISSED_AFTER: Final = timedelta(minutes=2)
WAITS_TOO_LONG: Final = timedelta(minutes=15)
RECENTLY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class WorkState:
    """What waits and since when, what went wrong in the last day, and who works."""

    waiting: int
    waiting_since: datetime | None
    running: int
    failed: int
    broken_schedule: int
    worker_seen: datetime | None
    now: datetime
    unsealed: bool = False

    @property
    def has_worker(self) -> bool:
        return self.worker_seen is not None and self.now - self.worker_seen < MISSED_AFTER

    @property
    def problems(self) -> list[str]:
        """What somebody must look at, and how to go on."""
        found = []
        if not self.has_worker:
            found.append(_("No worker runs. Start one: python manage.py work"))
        if self.waiting_since is not None and self.now - self.waiting_since > WAITS_TOO_LONG:
            found.append(
                _("Something waits since %(moment)s. More workers help, or look at the log.")
                % {"moment": moment(self.waiting_since)}
            )
        if self.failed:
            found.append(
                ngettext(
                    "%(count)s job failed in the last day. The log says where.",
                    "%(count)s jobs failed in the last day. The log says where.",
                    self.failed,
                )
                % {"count": self.failed}
            )
        if self.broken_schedule:
            found.append(
                ngettext(
                    "%(count)s piece of daily work failed in the last day. The log says where.",
                    "%(count)s pieces of daily work failed in the last day. The log says where.",
                    self.broken_schedule,
                )
                % {"count": self.broken_schedule}
            )
        if self.unsealed:
            found.append(
                _("Lines of the audit log wait for their seal. The log says why, or: %(command)s")
                % {"command": "python manage.py verify_audit_log"}
            )
        return found

    @property
    def summary(self) -> str:
        return _("Background work: %(waiting)s waiting, %(running)s under way.") % {
            "waiting": self.waiting,
            "running": self.running,
        }


def moment(when: datetime) -> str:
    return date_format(timezone.localtime(when), "j F H:i")


def work_state() -> WorkState:
    """Ask the database how it stands."""
    now = timezone.now()
    of_jobs = Job.objects.aggregate(
        waiting=Count("pk", filter=Q(status=Job.Status.QUEUED)),
        waiting_since=Min("created_at", filter=Q(status=Job.Status.QUEUED)),
        running=Count("pk", filter=Q(status=Job.Status.RUNNING)),
        # A handler that says no has done its work; here are those that broke.
        failed=Count(
            "pk",
            filter=Q(
                status=Job.Status.FAILED,
                attempts__gte=MOST_ATTEMPTS,
                finished_at__gt=now - RECENTLY,
            ),
        ),
    )
    # Nobody is at it, and it did not end: it broke, and no later run has made it good yet.
    broken = ScheduledRun.objects.filter(
        finished_at__isnull=True, worker__isnull=True, started_at__gt=now - RECENTLY
    ).count()
    return WorkState(
        **of_jobs,
        broken_schedule=broken,
        worker_seen=Worker.objects.aggregate(seen=Max("seen_at"))["seen"],
        now=now,
        unsealed=waits_too_long(),
    )
