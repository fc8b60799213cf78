"""`make bench`: what pages cost in a nation of 200,000 people and 1.4 million enrolments.

    make bench                                   both databases
    make bench ARGS="--people 2000 --on sqlite"  a quick look

Prints clock times (p50, p95), CPU of server and database together, the questions that a page asks
of the database (the first view since a publication, and the next), and which bar is missed.
A bar that is missed ends nothing: figures are to be read, tests are to be passed.
"""

import argparse
import http.client
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from urllib.parse import urlsplit

from tests.benchmarks import exports, queries
from tools import serve
from tools.cpu import Figure, measure
from tools.paths import ROOT, VENV, VENV_PYTHON
from tools.postgres import free_port, throwaway_server
from tools.say import say, step

REQUESTS = 200


@dataclass(frozen=True, kw_only=True)
class Page:
    """A page to measure, whose session it is asked with, and the bars (ms) that it has to meet."""

    name: str
    address: str
    session: str = ""
    cpu_bar: float | None = None
    p95_bar: float | None = None


PAGES = (
    Page(name="home, seen before", address="/", cpu_bar=2),
    Page(name="visiedocument, seen before", address="/visiedocument/", cpu_bar=2),
    Page(name="lesson, visitor", address="/leren/uw-ambt-en-uw-eed/de-eed/", cpu_bar=2),
    Page(name="my learning", address="/mijn/", session="learner"),
    Page(
        name="lesson, signed in",
        address="/leren/uw-ambt-en-uw-eed/de-eed/",
        session="learner",
        cpu_bar=9,
    ),
    Page(name="quiz question", address="question", session="learner", cpu_bar=9),
    Page(
        name="municipality",
        address="/gemeente/utrecht/",
        session="clerk",
        cpu_bar=15,
        p95_bar=120,
    ),
    Page(name="largest municipality", address="largest", session="clerk", p95_bar=120),
    Page(name="its people, filtered", address="late", session="clerk"),
    Page(name="nation", address="/landelijk/", session="national", p95_bar=120),
)


def run(env: dict[str, str], *arguments: str) -> str:
    """Run Python in the project. Returns the last line of what it says."""
    done = subprocess.run(  # noqa: S603  our own program
        [str(VENV_PYTHON), *arguments], cwd=ROOT, env=env, check=True, stdout=subprocess.PIPE
    )
    return (done.stdout.decode().strip().splitlines() or [""])[-1]


def clock(base: str, address: str, cookie: str) -> tuple[float, float]:
    """Median and 95th percentile in milliseconds, one request after another."""
    parts = urlsplit(base)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port)
    headers = {"Accept-Encoding": "gzip", "Cookie": cookie}
    times = []
    for _ in range(REQUESTS):
        started = time.perf_counter()
        connection.request("GET", address, headers=headers)
        connection.getresponse().read()
        times.append((time.perf_counter() - started) * 1000)
    connection.close()
    return statistics.median(times), statistics.quantiles(times, n=20)[-1]


def once(base: str, address: str, cookie: str) -> float:
    """Milliseconds of a single request."""
    started = time.perf_counter()
    parts = urlsplit(base)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port)
    connection.request("GET", address, headers={"Accept-Encoding": "gzip", "Cookie": cookie})
    connection.getresponse().read()
    connection.close()
    return (time.perf_counter() - started) * 1000


def line(page: Page, figure: Figure, p50: float, p95: float, asked: tuple[int, int]) -> str:
    """A row of the table, with the bars that are missed."""
    missed = [
        f"bar of {bar:g} ms {what} missed"
        for what, value, bar in (
            ("CPU", figure.total_ms, page.cpu_bar),
            ("p95", p95, page.p95_bar),
        )
        if bar is not None and value > bar
    ]
    return (
        f"{page.name:<28}{p50:8.1f}{p95:8.1f}{figure.server_ms:9.2f}{figure.database_ms:9.2f}"
        f"{figure.total_ms:9.2f}{figure.body_bytes / 1000:8.1f}"
        f"{asked[0]:9}{asked[1]:6}  {', '.join(missed)}"
    )


def show(
    env: dict[str, str], given: dict[str, str], pids: tuple[int, int | None], names: set[str]
) -> None:
    """Measure the named pages and print the table."""
    say(
        f"{'page':<28}{'p50':>8}{'p95':>8}{'server':>9}{'database':>9}{'CPU':>9}{'kB':>8}"
        f"{'queries':>9}{'next':>6}"
    )
    base = env["BASE_URL"]
    chosen = [
        (page, given.get(page.address, page.address), given.get(page.session, ""))
        for page in PAGES
        if not names or page.name in names
    ]
    for page, address, cookie in chosen:
        if page.p95_bar is not None:
            say(
                f"{page.name:<28}{once(base, address, cookie):8.1f} cold, the first since the start"
            )
    asked = queries.ask(env, [(address, cookie) for _page, address, cookie in chosen])
    for (page, address, cookie), counted in zip(chosen, asked, strict=True):
        figure = measure(base + address, server=pids[0], postmaster=pids[1], cookie=cookie)
        say(line(page, figure, *clock(base, address, cookie), counted))


@contextmanager
def site(env: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """The production server, until the block ends."""
    command = [str(VENV / "bin" / "gunicorn")]
    server = subprocess.Popen(command, cwd=ROOT, env=env)  # noqa: S603  our own program
    try:
        serve.wait_until_it_answers(server, env["HOST"], int(env["PORT"]))
        yield server
    finally:
        server.terminate()
        server.wait()


def bench(database: str, people: int) -> None:
    """Seed one database and measure on it."""
    say(f"\n═══ {database}, {people} people ═══")
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    maker = throwaway_server() if database == "postgres" else nullcontext(None)
    with tempfile.TemporaryDirectory(prefix="bench-") as folder, maker as server:
        env = os.environ | {
            "HOST": "127.0.0.1",
            "PORT": str(port),
            "BASE_URL": base,
            "WEB_CONCURRENCY": "2",
            "VAR_DIR": folder,
            "STATIC_ROOT": str(ROOT / "var" / "static"),
            "DEMO": "0",
            "DJANGO_SETTINGS_MODULE": "config.settings.dev",
            "LOG_LEVEL": "WARNING",
            "DATABASE_URL": server.url if server else f"sqlite:///{folder}/db.sqlite3",
        }
        serve.prepare(env, static=True)
        with step("seeding"):
            given = json.loads(run(env, "-m", "tests.benchmarks.seed", f"--people={people}"))
        with site(env) as process:
            pids = process.pid, server.postmaster if server else None
            show(env, given, pids, set())
        exports.show(env)
        say(run(env, "-m", "tests.benchmarks.work"))
        with step("doubling the people elsewhere"):
            run(env, "-m", "tests.benchmarks.seed", f"--people={people}", "--elsewhere")
        with site(env) as process:
            pids = process.pid, server.postmaster if server else None
            show(env, given, pids, {"municipality", "largest municipality", "nation"})


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="make bench")
    parser.add_argument("--people", type=int, default=200_000)
    parser.add_argument("--on", choices=["sqlite", "postgres"], help="one database only")
    options = parser.parse_args(arguments)
    for database in [options.on] if options.on else ["sqlite", "postgres"]:
        bench(database, options.people)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
