"""What work costs beside pages: python -m tests.benchmarks.work, on a seeded database.

Prints one line: milliseconds of a completion that is written, seconds and memory of the night's
counting, and of taking 10,000 people out and in.
"""

import os
import resource
import statistics
import sys
import time

sys.path.insert(1, "site")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
import django

django.setup()

from datetime import timedelta  # noqa: E402

from django.db import transaction  # noqa: E402

from learning.completions import subject_of, write_completion  # noqa: E402
from learning.models import Completion, Membership, ModulePage  # noqa: E402
from learning.models.people import today  # noqa: E402
from learning.snapshots import count_the_day, make_snapshot  # noqa: E402

WRITES = 200


def completion_ms() -> tuple[float, float]:
    """Median and 95th percentile of writing a completion, with all that follows from it."""
    module = ModulePage.objects.source().live().in_order()[0]
    done = Completion.objects.filter(module_key=module.translation_key).values("person")
    people = [
        membership.person
        for membership in Membership.objects.current()
        .exclude(person__in=done)
        .select_related("person")
        .order_by("pk")[:WRITES]
    ]
    times = []
    for person in people:
        started = time.perf_counter()
        with transaction.atomic():
            write_completion(person, subject_of(module))
        times.append((time.perf_counter() - started) * 1000)
    return statistics.median(times), statistics.quantiles(times, n=20)[-1]


def night() -> tuple[float, float]:
    """Seconds of counting everybody for a new day, and of keeping the day before."""
    from learning.models import Figure  # noqa: PLC0415  beside what it is for

    Figure.objects.update(day=today() - timedelta(days=1))
    started = time.perf_counter()
    count_the_day(today())
    counted = time.perf_counter()
    make_snapshot(today() - timedelta(days=1))
    return counted - started, time.perf_counter() - counted


def main() -> None:
    p50, p95 = completion_ms()
    counting, keeping = night()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(  # noqa: T201  what the benchmark reads
        f"a completion written: p50 {p50:.1f}, p95 {p95:.1f} ms; "
        f"the night: counting {counting:.1f} s, the picture of the day {keeping:.1f} s; "
        f"peak memory {peak:.0f} MB"
    )


if __name__ == "__main__":
    main()
