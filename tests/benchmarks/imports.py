"""Reading in a list of staff: python -m tests.benchmarks.imports --rows 10000

In a database of its own (`--on sqlite` or `postgres`), as the worker does it: the time of the dry
run, of the import, of the same file again and of undoing it, and the peak memory of the process
that does all of this. Bars: the import within 30 s, 200 MB at most.
"""

import argparse
import json
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from io import BytesIO
from typing import Any

from tools import serve
from tools.paths import ROOT, VENV_PYTHON
from tools.postgres import throwaway_server
from tools.say import say, step

SECONDS_BAR, MEGABYTES_BAR = 30, 200


def workbook(rows: int) -> bytes:
    """A list as an HR system exports it: more columns than are needed, days as days."""
    from datetime import datetime  # noqa: PLC0415  only the measured process needs these

    import xlsxwriter  # noqa: PLC0415

    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, {"constant_memory": True}) as book:
        day = book.add_format({"num_format": "dd-mm-yyyy"})
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Personeelsnr", "Naam", "Afdeling", "E-mail", "Functie", "Vanaf"])
        for n in range(1, rows + 1):
            sheet.write_row(
                n, 0, [n, f"Invaller {n} van der Meting", "Afdeling", f"meting-{n}@utrecht.example"]
            )
            sheet.write_string(n, 4, "medewerker")
            sheet.write_datetime(n, 5, datetime(2026, 4, 1 + n % 28), day)  # noqa: DTZ001
    return buffer.getvalue()


def peak_megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measured(rows: int) -> dict[str, float]:
    """Do it all in this process, as the worker would."""
    from tools.prepare import start_django  # noqa: PLC0415

    start_django()

    from accounts.models import User  # noqa: PLC0415  after start_django
    from home.setup import set_up_site  # noqa: PLC0415
    from learning.imports import applying, plans, undoing  # noqa: PLC0415
    from learning.jobs import run_job  # noqa: PLC0415
    from learning.models import MonitorGrant, Municipality  # noqa: PLC0415
    from learning.setup import set_up_learning  # noqa: PLC0415

    set_up_learning(set_up_site())
    place = Municipality.objects.get(code="GM0344")
    monitor = User.objects.create_user("meting@voorbeeld.example", name="Meting")
    MonitorGrant.objects.create(person=monitor, scope="municipality", municipality=place)
    content = workbook(rows)
    figures = {"start (MB)": peak_megabytes()}

    def timed(name: str, work: Callable[[], Any]) -> Any:
        began, cpu = time.perf_counter(), time.process_time()
        outcome = work()
        figures[f"{name} (s)"] = time.perf_counter() - began
        # Without what the machine did besides; nor what the database did, where it is apart.
        figures[f"{name} (s of CPU)"] = time.process_time() - cpu
        return outcome

    def hand_in() -> Any:
        return plans.hand_in(content, by=monitor, place=place, filename="meting.xlsx")

    def carry_out(run: Any) -> None:
        seen = plans.digest(plans.plan_for(run, monitor))
        job = applying.decide(run, by=monitor, seen=seen, only_good=False)
        assert job is not None
        run_job.func(job.pk)
        run.refresh_from_db()
        assert run.is_decided

    run = timed("hand in", hand_in)
    timed("dry run", lambda: plans.plan_for(run, monitor))
    timed("import", lambda: carry_out(run))
    figures["import, peak (MB)"] = peak_megabytes()
    assert run.counts["new"] == rows
    again = hand_in()
    plan = timed("dry run of the same file", lambda: plans.plan_for(again, monitor))
    assert plan.counts()["unchanged"] == rows
    plans.drop(again)

    def undo() -> None:
        job = undoing.ask_undo(run, by=monitor)
        assert job is not None
        run_job.func(job.pk)

    timed("undo", undo)
    assert User.objects.filter(email__endswith="@utrecht.example").count() == 0
    figures["all, peak (MB)"] = peak_megabytes()
    return figures


@contextmanager
def database(name: str, folder: str) -> Iterator[dict[str, str]]:
    """The environment of a new database with municipalities in it."""
    maker = throwaway_server() if name == "postgres" else nullcontext(None)
    with maker as server:
        env = os.environ | {
            "VAR_DIR": folder,
            "DEMO": "0",
            "DJANGO_SETTINGS_MODULE": "config.settings.dev",
            "LOG_LEVEL": "WARNING",
            "DATABASE_URL": server.url if server else f"sqlite:///{folder}/db.sqlite3",
        }
        serve.prepare(env, static=False)
        yield env


def bench(on: str, rows: int) -> None:
    """Measure on one database, in a process of its own, and print."""
    import subprocess  # noqa: PLC0415  not in the measured process

    with tempfile.TemporaryDirectory(prefix="bench-") as folder, database(on, folder) as env:
        with step(f"importing {rows} rows on {on}"):
            done = subprocess.run(  # noqa: S603  our own program
                [str(VENV_PYTHON), "-m", "tests.benchmarks.imports", f"--rows={rows}", "--here"],
                cwd=ROOT,
                env=env,
                check=True,
                stdout=subprocess.PIPE,
            )
        figures: dict[str, float] = json.loads(done.stdout.decode().strip().splitlines()[-1])
    say(f"\nimport of {rows} rows, {on}")
    for name, figure in figures.items():
        say(f"  {name:<32}{figure:8.1f}")
    if figures["import (s)"] > SECONDS_BAR:
        say(f"  bar of {SECONDS_BAR} s missed")
    if figures["import, peak (MB)"] > MEGABYTES_BAR:
        say(f"  bar of {MEGABYTES_BAR} MB missed")


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.imports")
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--on", choices=["sqlite", "postgres"], help="one database only")
    parser.add_argument("--here", action="store_true", help="in this process and database")
    options = parser.parse_args(arguments)
    if options.here:
        say(json.dumps(measured(options.rows)))
        return 0
    for name in [options.on] if options.on else ["sqlite", "postgres"]:
        bench(name, options.rows)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
