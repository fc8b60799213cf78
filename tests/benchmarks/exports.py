"""What it costs to take away the people of the largest municipality: seconds and memory.

    python -m tests.benchmarks.exports xlsx

Makes one file in this very process, so that its peak of memory is that of the file, and prints
in JSON what it took. `show` does so for each kind of file and prints a table.
"""

import json
import os
import resource
import subprocess
import sys
import time
from typing import Any

from tools.paths import ROOT, VENV_PYTHON
from tools.say import say

BAR_MEGABYTES = 200
KINDS = ("xlsx", "csv", "pdf")


def peak() -> float:
    """The most memory that this process has had, in megabytes."""
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return used / (1 << 20 if sys.platform == "darwin" else 1 << 10)


def make(kind: str) -> dict[str, Any]:
    """Make a file as the site does, through the gate for other people's data."""
    from django.db.models import Count  # noqa: PLC0415  after start_django

    from accounts.models import User  # noqa: PLC0415
    from learning import monitoring  # noqa: PLC0415
    from learning.exports.council_report import council_report  # noqa: PLC0415
    from learning.exports.council_source import source_of  # noqa: PLC0415
    from learning.exports.forms import PeopleFileForm  # noqa: PLC0415
    from learning.exports.people import people_file  # noqa: PLC0415
    from learning.exports.report import as_pdf  # noqa: PLC0415
    from learning.figures import active_requirements  # noqa: PLC0415
    from learning.models import MonitorGrant, Municipality  # noqa: PLC0415

    largest = Municipality.objects.alias(n=Count("memberships")).order_by("-n").first()
    viewer, _created = User.objects.get_or_create(email="bestanden@voorbeeld.example")
    MonitorGrant.objects.get_or_create(
        person=viewer, municipality=largest, scope=MonitorGrant.Scope.MUNICIPALITY
    )
    requirements = active_requirements(largest)
    figures = monitoring.requirement_figures(largest, requirements)
    before, began, worked = peak(), time.perf_counter(), time.process_time()
    if kind == "pdf":
        size = len(as_pdf(council_report(source_of(largest, figures))))
        rows = len(requirements)
    else:
        form = PeopleFileForm(requirements, {"file": kind})
        assert form.is_valid()
        people = form.people(largest, monitoring.members_for(viewer, largest))
        with people_file(people, kind) as file:
            size = file.seek(0, os.SEEK_END)
        rows = people.count()
    return {
        "rows": rows,
        "seconds": time.perf_counter() - began,
        "cpu": time.process_time() - worked,
        "peak": peak(),
        "above": peak() - before,
        "kilobytes": size / 1000,
    }


def show(env: dict[str, str]) -> None:
    """A table: each kind of file, made in a process of its own."""
    say(f"{'file':<10}{'rows':>8}{'seconds':>10}{'CPU':>8}{'peak MB':>10}{'of it':>8}{'kB':>10}")
    for kind in KINDS:
        done = subprocess.run(  # noqa: S603  our own program
            [str(VENV_PYTHON), "-m", "tests.benchmarks.exports", kind],
            cwd=ROOT,
            env=env,
            check=True,
            stdout=subprocess.PIPE,
        )
        found = json.loads(done.stdout.decode().strip().splitlines()[-1])
        missed = f"  bar of {BAR_MEGABYTES} MB missed" if found["peak"] > BAR_MEGABYTES else ""
        say(
            f"{kind:<10}{found['rows']:>8}{found['seconds']:>10.1f}{found['cpu']:>8.1f}"
            f"{found['peak']:>10.0f}{found['above']:>8.0f}{found['kilobytes']:>10.0f}{missed}"
        )


if __name__ == "__main__":
    from tools.prepare import start_django

    start_django()
    print(json.dumps(make(sys.argv[1])))  # noqa: T201  read by `show`
