"""Work that nobody asks for: daily, or every so many minutes. `manage.py work` does it.

    @daily("snapshots", at=time(2))
    def take_snapshots(day: date) -> None: ...

    @every(minutes=15)
    def send_what_waits() -> None: ...

Every run leaves a row of its day or moment first, so that two workers never do the same, and so
that days on which no worker ran are filled in, oldest first: what is daily is told which day it
is for. It may be run again for the same day, when its worker was killed or something broke.
Times are those of Europe/Amsterdam.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

import structlog
from django.db import IntegrityError, transaction
from django.db.models import F, Max, Q
from django.utils import timezone

from learning.jobs import MOST_ATTEMPTS, STOP, WORKER, Interrupted, place_of
from learning.models import ScheduledRun
from learning.models.jobs import SILENCE
from learning.rules.clock import days_due, moment_due

DailyRun = Callable[[date], None]
PeriodicRun = Callable[[], None]
PAUSE: Final = timedelta(minutes=5)

log = structlog.stdlib.get_logger("house.schedule")


@dataclass(frozen=True, slots=True)
class Daily:
    """Done once for each day, from a time on."""

    name: str
    at: time
    run: DailyRun

    def due(self, last: str | None, now: datetime) -> list[str]:
        done = date.fromisoformat(last) if last else None
        return [f"{day}" for day in days_due(done, timezone.localtime(now), self.at)]

    def perform(self, slot: str) -> None:
        self.run(date.fromisoformat(slot))


@dataclass(frozen=True, slots=True)
class Periodic:
    """Done every so many minutes. A moment that was missed is not made up for."""

    name: str
    minutes: int
    run: PeriodicRun

    def due(self, last: str | None, now: datetime) -> list[str]:
        slot = f"{moment_due(now.astimezone(UTC), self.minutes):%Y-%m-%dT%H:%MZ}"
        return [slot] if last is None or slot > last else []

    def perform(self, _slot: str) -> None:
        self.run()


SCHEDULE: Final[dict[str, Daily | Periodic]] = {}


def add(entry: Daily | Periodic) -> None:
    """Raises ValueError when the name is taken: one row of the day would do for both."""
    if entry.name in SCHEDULE:
        message = f"Two pieces of scheduled work are called {entry.name}."
        raise ValueError(message)
    SCHEDULE[entry.name] = entry


def daily(name: str, *, at: time) -> Callable[[DailyRun], DailyRun]:
    """Register what is done once for each day, from that time on."""

    def register(run: DailyRun) -> DailyRun:
        add(Daily(name, at, run))
        return run

    return register


def every(*, minutes: int, name: str = "") -> Callable[[PeriodicRun], PeriodicRun]:
    """Register what is done every so many minutes, under its own name unless another is given."""

    def register(run: PeriodicRun) -> PeriodicRun:
        add(Periodic(name or run.__name__, minutes, run))
        return run

    return register


def run_due() -> None:
    """Do all that is due now and that nobody else does, and again what did not end well."""
    for run in unfinished():
        if take_again(run):
            perform(run)
    last = dict(ScheduledRun.objects.values_list("task").annotate(Max("slot")))
    for entry in SCHEDULE.values():
        for slot in entry.due(last.get(entry.name), timezone.now()):
            if STOP.is_set():
                return
            if isinstance(entry, Periodic) and is_busy(entry):
                continue
            taken = take(entry.name, slot)
            if taken is None:
                continue
            if isinstance(entry, Periodic):
                # What broke at an earlier moment is made good by this one, or not at all.
                ScheduledRun.objects.filter(task=entry.name, slot__lt=slot).delete()
            perform(taken)


def is_busy(entry: Periodic) -> bool:
    """Whether another worker is still at it since an earlier moment."""
    running = ScheduledRun.objects.filter(task=entry.name, finished_at__isnull=True)
    alive = running.filter(worker__seen_at__gte=timezone.now() - SILENCE)
    return alive.exclude(worker=WORKER.get()).exists()


def unfinished() -> list[ScheduledRun]:
    """Days whose worker has died, or that broke a while ago, and were not tried too often."""
    now, me = timezone.now(), WORKER.get()
    left = Q(worker__seen_at__lt=now - SILENCE) | Q(worker__isnull=True, started_at__lt=now - PAUSE)
    if me is not None:
        # We do nothing now, so what is said to be ours broke off.
        left |= Q(worker=me)
    # Periodic work comes round by itself.
    days = [name for name, entry in SCHEDULE.items() if isinstance(entry, Daily)]
    runs = ScheduledRun.objects.filter(
        left, task__in=days, finished_at__isnull=True, attempts__lt=MOST_ATTEMPTS
    )
    return list(runs.order_by("slot"))


def take(task: str, slot: str) -> ScheduledRun | None:
    """The run, if it is ours: the constraint lets only one make it."""
    try:
        with transaction.atomic():
            return ScheduledRun.objects.create(
                task=task, slot=slot, worker_id=WORKER.get(), started_at=timezone.now()
            )
    except IntegrityError:
        return None


def take_again(run: ScheduledRun) -> bool:
    taken = ScheduledRun.objects.filter(
        pk=run.pk, attempts=run.attempts, finished_at__isnull=True
    ).update(attempts=F("attempts") + 1, started_at=timezone.now(), worker=WORKER.get())
    run.attempts += 1
    return bool(taken)


def perform(run: ScheduledRun) -> None:
    """Do it. What breaks is logged by place and kind, and tried again later."""
    ours = ScheduledRun.objects.filter(pk=run.pk, attempts=run.attempts)
    entry = SCHEDULE[run.task]
    # What comes round every minute would drown the rest.
    say = log.info if isinstance(entry, Daily) else log.debug
    say("scheduled work started", task=run.task, slot=run.slot, attempt=run.attempts)
    try:
        entry.perform(run.slot)
    except Interrupted:
        ours.update(worker=None)
    except Exception as error:
        ours.update(worker=None)
        log.warning(
            "scheduled work broke",
            task=run.task,
            slot=run.slot,
            attempt=run.attempts,
            error=type(error).__name__,
            where=place_of(error),
        )
        log.debug("scheduled work broke because", exc_info=error)
    else:
        ours.update(finished_at=timezone.now(), worker=None)
        say("scheduled work finished", task=run.task, slot=run.slot)
