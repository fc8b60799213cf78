"""`make bench-search`: searching among 20,000 pages, how long it takes and how good it is.

    make bench-search                                   both databases
    make bench-search ARGS="--pages 2000 --on sqlite"   a quick look

The demo with its synonyms, and pages of its own sentences among it (tests/benchmarks/
search_pages.py), in a database of its own. Prints the clock times of the whole page of results
and of suggestions while somebody types the same words, and of forty searches written by hand
(search_queries.toml) how many give what is meant first, and among the first three.
A bar that is missed ends nothing: figures are to be read, tests are to be passed.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from tools import serve
from tools.paths import ROOT, VENV_PYTHON
from tools.postgres import throwaway_server
from tools.say import say, step

BAR = 150
ROUNDS = 5
QUERIES = Path(__file__).parent / "search_queries.toml"


def queries() -> list[dict[str, str]]:
    found: list[dict[str, str]] = tomllib.loads(QUERIES.read_text(encoding="utf-8"))["queries"]
    return found


def names_in(response: Any) -> list[str]:
    """Titles on a page of results, in the order in which they stand."""
    context = response.context
    groups = context.get("groups") or []
    shown = [each for group in groups for each in group.results] or context.get("results") or []
    return [each.title for each in shown]


def clock(ask: Callable[[], Any]) -> tuple[float, float]:
    """Milliseconds by the clock, and of this process's CPU: others may use the machine too."""
    started, used = time.perf_counter(), time.process_time()
    ask()
    return (time.perf_counter() - started) * 1000, (time.process_time() - used) * 1000


def spread(times: list[tuple[float, float]]) -> dict[str, float]:
    clocks, used = zip(*times, strict=True)
    return {
        "p50": statistics.median(clocks),
        "p95": statistics.quantiles(clocks, n=20)[-1],
        "most": max(clocks),
        "cpu50": statistics.median(used),
        "cpu95": statistics.quantiles(used, n=20)[-1],
    }


def measured(pages: int) -> dict[str, Any]:
    """Fill this process's database and search in it."""
    from tools.prepare import start_django  # noqa: PLC0415

    start_django()

    from django.test import Client  # noqa: PLC0415  after start_django

    from search.indexing import rebuild  # noqa: PLC0415
    from search.models import Word  # noqa: PLC0415
    from search.suggestions import KEPT  # noqa: PLC0415
    from tests.benchmarks.search_pages import make_pages  # noqa: PLC0415

    started = time.monotonic()
    make_pages(pages)
    made = time.monotonic()
    entries = rebuild()
    built = time.monotonic()
    client = Client(HTTP_HOST="127.0.0.1")
    missed, first, three = [], 0, 0
    # The templates and the vocabulary are read once by each worker.
    client.get("/zoeken/", {"q": "raad"})
    for query in queries():
        names = names_in_of(client, query["text"])
        place = names.index(query["first"]) + 1 if query["first"] in names else 0
        first += place == 1
        three += 1 <= place <= 3
        if place != 1:
            missed.append(f"{query['why']}: {query['text']} → {query['first']} ({place or 'no'})")
    whole, typed = [], []
    for number in range(ROUNDS):
        for query in queries():
            text = query["text"]
            # As if nobody had typed these letters before.
            KEPT.values = {}
            whole.append(clock(lambda q=text: client.get("/zoeken/", {"q": q})))
            part = text[: 3 + number * 2]
            typed.append(clock(lambda q=part: client.get("/zoeken/suggesties/", {"q": q})))
    return {
        "entries": entries,
        "words": Word.objects.filter(language="nl").count(),
        "making": made - started,
        "index": built - made,
        "whole": spread(whole),
        "typed": spread(typed),
        "first": first,
        "three": three,
        "missed": missed,
    }


def names_in_of(client: Any, text: str) -> list[str]:
    from django.test.utils import setup_test_environment, teardown_test_environment  # noqa: PLC0415

    setup_test_environment()
    try:
        return names_in(client.get("/zoeken/", {"q": text}))
    finally:
        teardown_test_environment()


def bench(database: str, pages: int) -> None:
    """One database, filled and searched by a process of its own."""
    say(f"\n═══ {database}, {pages} pages ═══")
    maker = throwaway_server() if database == "postgres" else nullcontext(None)
    with tempfile.TemporaryDirectory(prefix="bench-") as folder, maker as server:
        env = os.environ | {
            "VAR_DIR": folder,
            "STATIC_ROOT": str(ROOT / "var" / "static"),
            "DEMO": "1",
            "DJANGO_SETTINGS_MODULE": "config.settings.dev",
            "LOG_LEVEL": "ERROR",
            "DATABASE_URL": server.url if server else f"sqlite:///{folder}/db.sqlite3",
        }
        with step("the demo"):
            serve.prepare(env, static=True)
        command = [str(VENV_PYTHON), "-m", "tests.benchmarks.search", "--measure", str(pages)]
        done = subprocess.run(  # noqa: S603  our own program
            command, cwd=ROOT, env=env, check=True, stdout=subprocess.PIPE
        )
        tell(json.loads(done.stdout.decode().strip().splitlines()[-1]))


def tell(figures: dict[str, Any]) -> None:
    say(
        f"{figures['entries']} findable texts, {figures['words']} words; pages made in "
        f"{figures['making']:.0f} s, index in {figures['index']:.0f} s"
    )
    for name, key in (("page of results", "whole"), ("suggestions", "typed")):
        times = figures[key]
        missed = f"  bar of {BAR} ms missed" if times["p95"] > BAR else ""
        say(
            f"{name:<18} p50 {times['p50']:6.1f} ms   p95 {times['p95']:6.1f} ms   "
            f"most {times['most']:6.1f} ms   CPU of the process p50 {times['cpu50']:6.1f} ms "
            f"p95 {times['cpu95']:6.1f} ms{missed}"
        )
    count = len(queries())
    say(f"meant was: first {figures['first']}/{count}, in three {figures['three']}/{count}")
    for line in figures["missed"]:
        say(f"  not first: {line}")


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="make bench-search")
    parser.add_argument("--pages", type=int, default=20_000)
    parser.add_argument("--on", choices=["sqlite", "postgres"], help="one database only")
    parser.add_argument("--measure", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.measure is not None:
        say(json.dumps(measured(options.measure)))
        return 0
    for database in [options.on] if options.on else ["sqlite", "postgres"]:
        bench(database, options.pages)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
