"""A worker in a process of its own, for tests that kill it.

Its jobs write a line when they begin. Those that should `hang` wait to be killed; those that
`advance` tell how far they are until the worker is asked to stop.
"""

import os
import signal
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def main(marks: Path, manner: str) -> None:
    sys.path.insert(1, str(ROOT / "site"))
    import django  # noqa: PLC0415  after the path is set

    django.setup()
    from learning import jobs, schedule, worker  # noqa: PLC0415  after setup
    from learning.management.commands import work  # noqa: PLC0415
    from learning.models import Job  # noqa: PLC0415
    from learning.models import jobs as model  # noqa: PLC0415

    # Not to wait for minutes.
    worker.BEAT_SECONDS, worker.LOOK_SECONDS, worker.ASK_SECONDS = 0.3, 0.3, 0.1
    model.SILENCE = model.timedelta(seconds=3)

    # What else is daily would leave rows in the database of the tests.
    for name, entry in list(schedule.SCHEDULE.items()):
        if entry.run.__module__ != "learning.tidying":
            del schedule.SCHEDULE[name]

    @jobs.handler(Job.Kind.EXPORT)
    def run(job: Job) -> None:
        with (marks / "begun").open("a") as file:
            file.write(f"{job.pk} {os.getpid()}\n")
        if manner == "hang":
            time.sleep(60)
        for step in range(600 if manner == "advance" else 1):
            jobs.advance(job, done=step, total=600)
            time.sleep(0.1 if manner == "advance" else 0)
        jobs.store_result(job, b"klaar", "lijst.txt")

    for each in work.SIGNALS:
        signal.signal(each, work.stop)
    worker.work(until_idle=manner == "until-idle")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
