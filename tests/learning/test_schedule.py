"""Work that nobody asks for: done once for each day, filled in, tried again."""

import logging
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from learning import schedule
from learning.jobs import MOST_ATTEMPTS, WORKER
from learning.models import ScheduledRun, Worker

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock(monkeypatch):
    """Set the time (UTC)."""

    class Clock:
        now = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)

    monkeypatch.setattr(timezone, "now", lambda: Clock.now)
    return Clock


@pytest.fixture(autouse=True)
def _empty_schedule(monkeypatch):
    monkeypatch.setattr(schedule, "SCHEDULE", {})


@pytest.fixture
def done():
    """The days that were done, by a piece of daily work at three."""
    days: list[date] = []
    schedule.daily("example", at=time(3))(days.append)
    return days


def run_until(clock, *moment):
    clock.now = datetime(*moment, tzinfo=UTC)
    schedule.run_due()


def test_a_day_is_done_once_from_its_time_on(clock, done):
    run_until(clock, 2026, 11, 25, 1, 59)  # 02:59 in the Netherlands
    assert done == []
    for minute in (0, 1, 59):
        run_until(clock, 2026, 11, 25, 2, minute)
    assert done == [date(2026, 11, 25)]
    run_until(clock, 2026, 11, 26, 2, 0)
    assert done == [date(2026, 11, 25), date(2026, 11, 26)]


def test_days_on_which_no_worker_ran_are_filled_in(clock, done):
    run_until(clock, 2026, 11, 20, 12, 0)
    run_until(clock, 2026, 11, 24, 0, 30)
    assert done == [date(2026, 11, day) for day in (20, 21, 22, 23)]


def test_summer_time_makes_no_day_twice(clock, done):
    for hour in range(72):
        clock.now = datetime(2026, 10, 24, tzinfo=UTC) + timedelta(hours=hour)
        schedule.run_due()
    assert done == [date(2026, 10, day) for day in (24, 25, 26)]


def test_periodic_work_is_done_once_per_moment_and_not_made_up_for(clock):
    times = []
    schedule.every(minutes=15, name="often")(lambda: times.append(clock.now))
    for minute in (0, 5, 14, 15, 16):
        run_until(clock, 2026, 11, 25, 9, minute)
    run_until(clock, 2026, 11, 25, 14, 0)
    assert [moment.strftime("%H:%M") for moment in times] == ["09:00", "09:15", "14:00"]


def test_periodic_work_leaves_one_row_and_does_not_run_beside_itself(clock):
    times = []
    schedule.every(minutes=1, name="often")(lambda: times.append(clock.now))
    run_until(clock, 2026, 11, 25, 9, 0)
    run_until(clock, 2026, 11, 25, 9, 1)
    run = ScheduledRun.objects.get()
    assert run.slot == "2026-11-25T09:01Z"
    other = Worker.objects.create(seen_at=clock.now + timedelta(minutes=1))
    ScheduledRun.objects.update(worker=other, finished_at=None)
    run_until(clock, 2026, 11, 25, 9, 2)
    assert len(times) == 2
    Worker.objects.update(seen_at=clock.now - timedelta(minutes=1))
    run_until(clock, 2026, 11, 25, 9, 3)
    assert times[2:] == [clock.now]
    assert ScheduledRun.objects.get().slot == "2026-11-25T09:03Z"


def test_what_another_worker_took_is_left_alone(clock, done):
    ScheduledRun.objects.create(
        task="example", slot="2026-11-25", worker=Worker.objects.create(), started_at=clock.now
    )
    schedule.run_due()
    assert done == []


def test_two_workers_cannot_both_take_a_day():
    assert schedule.take("example", "2026-11-25") is not None
    assert schedule.take("example", "2026-11-25") is None
    with pytest.raises(IntegrityError, match=r"one_run|unique|UNIQUE"), transaction.atomic():
        ScheduledRun.objects.create(task="example", slot="2026-11-25")


def test_what_a_dead_worker_left_is_done_by_another(clock, done):
    dead = Worker.objects.create(seen_at=clock.now)
    ScheduledRun.objects.create(
        task="example", slot="2026-11-25", worker=dead, started_at=clock.now
    )
    clock.now += timedelta(seconds=30)
    schedule.run_due()
    assert done == []
    clock.now += timedelta(seconds=30)
    schedule.run_due()
    schedule.run_due()
    assert done == [date(2026, 11, 25)]
    run = ScheduledRun.objects.get()
    assert run.attempts == 2
    assert run.finished_at == clock.now


def test_a_worker_takes_up_again_what_it_broke_off_itself(clock, done):
    me = Worker.objects.create(seen_at=clock.now)
    ScheduledRun.objects.create(task="example", slot="2026-11-25", worker=me, started_at=clock.now)
    token = WORKER.set(me.pk)
    schedule.run_due()
    WORKER.reset(token)
    assert done == [date(2026, 11, 25)]


def test_what_breaks_is_tried_again_and_then_left(clock, caplog):
    tries = []

    def break_down(day):
        tries.append(clock.now)
        raise ValueError("Jan Jansen")

    schedule.daily("broken", at=time(3))(break_down)
    others: list[date] = []
    schedule.daily("other", at=time(3))(others.append)
    with caplog.at_level(logging.INFO):
        for _ in range(60):
            schedule.run_due()
            clock.now += timedelta(minutes=1)
    assert len(tries) == MOST_ATTEMPTS
    assert tries[1] - tries[0] > schedule.PAUSE
    assert others == [date(2026, 11, 25)]
    assert "Jansen" not in caplog.text
    assert "ValueError" in caplog.text
    clock.now += timedelta(days=1)
    schedule.run_due()
    assert len(tries) == MOST_ATTEMPTS + 1


def test_two_pieces_of_work_may_not_share_a_name(done):
    with pytest.raises(ValueError, match="example"):
        schedule.daily("example", at=time(4))(lambda day: None)


def test_looking_asks_the_database_little(clock, done, django_assert_num_queries):
    for number in range(10):
        schedule.daily(f"more-{number}", at=time(3))(lambda day: None)
    schedule.run_due()
    with django_assert_num_queries(2):
        schedule.run_due()
