"""Many people in one quiz at the same time, and whether every answer is there afterwards.

    make bench-answers                                              everything, some 25 minutes
    make bench-answers ARGS="--on postgres --learners 200 --kill 0"  one part of it

Each learner begins an attempt, looks at every question, thinks (15 to 45 seconds, as people do;
`--think` is the mean), sends the answer as the page's script does, and hands in. Waiting for one
of the bounded connections counts as time that the learner waits. With `--kill 10` a worker is
killed ten times meanwhile (SIGKILL) and learners send again, as the browser does, after 5 s.
Then every answer is read from the database and compared with what was confirmed (204).
A bar that is missed ends nothing; an answer that is lost or doubled ends it with an error.
"""

import argparse
import asyncio
import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from tests.benchmarks import answers_client
from tests.benchmarks.__main__ import run, site
from tools import serve
from tools.paths import ROOT
from tools.postgres import free_port, throwaway_server
from tools.say import say, step

BAR_MS = 100
BAR_LEARNERS = 200


def workers_of(server: subprocess.Popen[bytes]) -> list[int]:
    """The processes that gunicorn has forked."""
    done = subprocess.run(  # noqa: S603  a program of the system
        ["ps", "-o", "pid=", "--ppid", str(server.pid)],  # noqa: S607  found on every Linux
        check=False,
        stdout=subprocess.PIPE,
    )
    return [int(pid) for pid in done.stdout.split()]


async def kill_workers(server: subprocess.Popen[bytes], times: int, pause: float) -> int:
    """End a worker without a word, again and again. Returns how many."""
    killed = 0
    for _ in range(times):
        await asyncio.sleep(pause)
        pids = workers_of(server)
        if pids:
            os.kill(pids[0], signal.SIGKILL)
            killed += 1
    return killed


async def load(
    server: subprocess.Popen[bytes], seeded: dict[str, Any], base: str, options: argparse.Namespace
) -> tuple[answers_client.Tally, int]:
    """All learners at once, and the killing of workers beside it."""
    tally = answers_client.Tally()
    lasts = options.think * seeded["questions"]
    learners = answers_client.everybody(base, seeded, think=options.think, tally=tally)
    if not options.kill:
        await learners
        return tally, 0
    killing = asyncio.create_task(kill_workers(server, options.kill, lasts / (options.kill + 1)))
    await learners
    return tally, await killing


def percentile(times: list[float], part: int) -> float:
    return statistics.quantiles(times, n=100)[part - 1] if len(times) > 1 else 0.0


def report(tally: answers_client.Tally, seconds: float, learners: int, killed: int) -> None:
    """The figures, with the bar that is missed."""
    for name, times in (("save an answer", tally.saves), ("show a question", tally.pages)):
        p95 = percentile(times, 95)
        missed = (
            f"  bar of {BAR_MS} ms missed"
            if name == "save an answer" and learners <= BAR_LEARNERS and not killed and p95 > BAR_MS
            else ""
        )
        say(
            f"  {name:<18}{len(times):>8}{len(times) / seconds:>8.1f}/s"
            f"   p50 {percentile(times, 50):7.1f}  p95 {p95:7.1f}"
            f"  p99 {percentile(times, 99):7.1f} ms{missed}"
        )
    say(f"  errors {tally.errors}, sent again {tally.retries}, workers killed {killed}")


def measure(database: str, learners: int, options: argparse.Namespace) -> bool:
    """One run on a database of its own. Returns whether every answer is there, once."""
    say(
        f"\n═══ {database}, {learners} learners, {options.questions} questions, "
        f"{options.think:g} s to think: {learners / options.think:.1f} answers/s offered"
        f"{f', {options.kill} kills' if options.kill else ''} ═══"
    )
    port = int(os.environ.get("PORT") or free_port())
    base = f"http://127.0.0.1:{port}"
    maker = throwaway_server() if database == "postgres" else nullcontext(None)
    with tempfile.TemporaryDirectory(prefix="bench-") as folder, maker as postgres:
        env = os.environ | {
            "HOST": "127.0.0.1",
            "PORT": str(port),
            "BASE_URL": base,
            "WEB_CONCURRENCY": "2",
            "VAR_DIR": folder,
            "STATIC_ROOT": str(ROOT / "var" / "static"),
            "DEMO": "0",
            "DJANGO_SETTINGS_MODULE": "config.settings.dev",
            "LOG_LEVEL": "ERROR",
            "DATABASE_URL": postgres.url if postgres else f"sqlite:///{folder}/db.sqlite3",
        }
        serve.prepare(env, static=True)
        seeding = ["-m", "tests.benchmarks.answers_data", "seed"]
        with step("seeding"):
            seeded = json.loads(
                run(env, *seeding, f"--learners={learners}", f"--questions={options.questions}")
            )
        with site(env) as server:
            started = time.perf_counter()
            tally, killed = asyncio.run(load(server, seeded, base, options))
            seconds = time.perf_counter() - started
        confirmed = Path(folder, "confirmed.json")
        confirmed.write_text(json.dumps(tally.confirmed))
        found = json.loads(
            run(env, "-m", "tests.benchmarks.answers_data", "compare", f"--confirmed={confirmed}")
        )
    report(tally, seconds, learners, killed)
    say("  read back: " + ", ".join(f"{name} {count}" for name, count in found.items()))
    return not any(found[name] for name in ("lost", "doubled", "other", "not handed in"))


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="make bench-answers")
    parser.add_argument("--on", choices=["sqlite", "postgres"], help="one database only")
    parser.add_argument("--learners", type=int, help="so many only (200 and 2,000)")
    parser.add_argument("--questions", type=int, default=6)
    parser.add_argument("--think", type=float, default=30, help="seconds between answers")
    parser.add_argument("--kill", type=int, help="so many kills only (none, then ten)")
    options = parser.parse_args(arguments)
    whole = True
    for database in [options.on] if options.on else ["sqlite", "postgres"]:
        for learners in [options.learners] if options.learners else [200, 2000]:
            for kills in [0, 10] if options.kill is None else [options.kill]:
                chosen = argparse.Namespace(**(vars(options) | {"kill": kills}))
                whole &= measure(database, learners, chosen)
    return 0 if whole else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
