"""`make test`: every lane, one after another, and at the end what ran where.

A lane that fails stops no other; a lane that could not run has failed.
"""

import json
import os
import subprocess
import tempfile
import time
import xml.etree.ElementTree as ET
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from tools.checks import run_checks
from tools.chromium import ensure_chromium
from tools.paths import ROOT, VENV_PYTHON
from tools.postgres import throwaway_server
from tools.say import Problem, say

# Longer than any lane takes on two cores; one that hangs must not hang the rest.
LANE_SECONDS = 30 * 60
# What a developer may have set for the site must not change what is tested.
SITE_VARIABLES = {
    *("DATABASE_URL", "CACHE_URL", "EMAIL_URL", "DEMO", "DEBUG", "SECRET_KEY", "BASE_URL"),
    *(
        "ALLOWED_HOSTS",
        "CSRF_TRUSTED_ORIGINS",
        "MEDIA_ROOT",
        "STATIC_ROOT",
        "VAR_DIR",
        "PRIVATE_ROOT",
    ),
    *("DJANGO_SETTINGS_MODULE", "LOG_JSON", "LOG_LEVEL", "CONN_MAX_AGE", "HOST", "PORT"),
}
# What makes every process that the tests start compile all modules again.
SLOWING = {"PYTHONDONTWRITEBYTECODE"}
FACTS = """
import json, platform, sqlite3, sys
import django, psycopg, wagtail
facts = {
    "Python": platform.python_version(),
    "Django": django.get_version(),
    "Wagtail": wagtail.__version__,
    "SQLite": sqlite3.sqlite_version,
}
if sys.argv[1]:
    with psycopg.connect(sys.argv[1]) as connection:
        facts["PostgreSQL"] = connection.execute("SHOW server_version").fetchone()[0].split()[0]
print(json.dumps(facts))
"""


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What a lane came to. `why` says what went wrong beyond its own output."""

    where: str = ""
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    why: str = ""

    @property
    def good(self) -> bool:
        """Something ran, and nothing failed."""
        return self.passed > 0 and not self.failed


def clean_environment(**extra: str) -> dict[str, str]:
    """The environment of the tests: this machine's, without what belongs to a site."""
    left_out = SITE_VARIABLES | SLOWING
    kept = {name: value for name, value in os.environ.items() if name not in left_out}
    return {**kept, "VAR_DIR": str(ROOT / "var" / "test"), **extra}


def facts(database_url: str = "") -> dict[str, str]:
    """Versions of what the tests run on. Raises Problem when the database does not answer."""
    done = subprocess.run(
        [str(VENV_PYTHON), "-c", FACTS, database_url],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise Problem(done.stderr.strip().splitlines()[-1])
    found: dict[str, str] = json.loads(done.stdout)
    return found


def place(versions: Mapping[str, str], *names: str) -> str:
    """Names with their versions, for the table."""
    return ", ".join(f"{name} {versions[name]}" for name in names)


def read_report(file: Path) -> tuple[int, int, int]:
    """Passed, failed and skipped of pytest's JUnit file; a missing one is a failure."""
    if not file.exists():
        return 0, 1, 0
    suites = ET.parse(file).getroot().iter("testsuite")  # noqa: S314  pytest wrote it just now
    total = failed = skipped = 0
    for suite in suites:
        total += int(suite.get("tests", 0))
        failed += int(suite.get("failures", 0)) + int(suite.get("errors", 0))
        skipped += int(suite.get("skipped", 0))
    return max(total - failed - skipped, 0), failed, skipped


def pytest(where: str, *arguments: str, env: dict[str, str]) -> Outcome:
    """Run pytest, its output as it comes, and count."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "report.xml")
        command = [str(VENV_PYTHON), "-m", "pytest", f"--junitxml={report}", *arguments]
        why = ""
        try:
            done = subprocess.run(
                command,
                cwd=ROOT,
                env=env,
                stdin=subprocess.DEVNULL,
                check=False,
                timeout=LANE_SECONDS,
            )
            code = done.returncode
        except subprocess.TimeoutExpired:
            code, why = 1, f"stopped after {LANE_SECONDS // 60} minutes"
        passed, failed, skipped = read_report(report)
    if code and not failed:
        # No test, a broken conftest, a crash: pytest says so by its exit code alone.
        failed, why = 1, why or f"pytest ended with code {code}"
    return Outcome(where=where, passed=passed, failed=failed, skipped=skipped, why=why)


def lint_lane() -> Outcome:
    """Style, types, templates, contracts, migrations, translations, deployment."""
    results = run_checks(clean_environment())
    failed = [name for name, good in results.items() if not good]
    return Outcome(
        where=place(facts(), "Python", "Django", "Wagtail"),
        passed=len(results) - len(failed),
        failed=len(failed),
        why=", ".join(failed),
    )


def sqlite_lane() -> Outcome:
    """Every test but those that need a browser, on SQLite."""
    where = place(facts(), "Python", "Django", "SQLite")
    return pytest(where, "-n", "2", "-m", "not browser", env=clean_environment())


def postgres_lane() -> Outcome:
    """The same tests on PostgreSQL: the server that was named, else one for this run."""
    if url := os.environ.get("DATABASE_URL_POSTGRES"):
        return postgres_tests(url)
    with throwaway_server() as server:
        return postgres_tests(server.url)


def postgres_tests(url: str) -> Outcome:
    """Run the tests on a PostgreSQL server. Raises Problem when it does not answer."""
    where = place(facts(url), "Python", "Django", "PostgreSQL")
    return pytest(where, "-n", "2", "-m", "not browser", env=clean_environment(DATABASE_URL=url))


def browser_lane() -> Outcome:
    """The journeys through a real browser."""
    chromium = ensure_chromium()
    versions = {**facts(), "Chromium": chromium.version}
    env = clean_environment(**chromium.environment())
    where = place(versions, "Python", "Django", "SQLite", "Chromium")
    return pytest(where, "-m", "browser", "tests/browser", env=env)


LANES: dict[str, Callable[[], Outcome]] = {
    "lint": lint_lane,
    "sqlite": sqlite_lane,
    "postgres": postgres_lane,
    "browser": browser_lane,
}


def run_lane(name: str) -> Outcome:
    """Run a lane; what keeps it from running is its failure."""
    try:
        return LANES[name]()
    except Problem as problem:
        say(f"✗ {problem}")
        return Outcome(failed=1, why=str(problem).splitlines()[0])


def table(rows: list[tuple[str, Outcome, float]]) -> str:
    """What ran where, as text."""
    head = ("lane", "result", "passed", "failed", "skipped", "seconds", "where")
    lines = [
        (
            name,
            "ok" if outcome.good else "FAILED",
            *map(str, (outcome.passed, outcome.failed, outcome.skipped)),
            f"{seconds:.0f}",
            outcome.where + (f" ({outcome.why})" if outcome.why else ""),
        )
        for name, outcome, seconds in rows
    ]
    widths = [max(len(line[column]) for line in [head, *lines]) for column in range(len(head) - 1)]
    return "\n".join(
        "  ".join(
            [*(cell.ljust(width) for cell, width in zip(line, widths, strict=False)), line[-1]]
        )
        for line in [head, *lines]
    )


def closing_line(outcomes: list[Outcome]) -> str:
    """The totals, as pytest would say them."""
    passed, failed, skipped = (
        sum(getattr(outcome, name) for outcome in outcomes)
        for name in ("passed", "failed", "skipped")
    )
    return f"{passed} passed, {failed} failed" + (f", {skipped} skipped" if skipped else "")


def run_lanes(names: list[str]) -> int:
    """Run the lanes and tell. Returns 0 when every one of them is good."""
    rows = []
    for name in names:
        say(f"\n═══ {name} ═══")
        start = time.monotonic()
        outcome = run_lane(name)
        rows.append((name, outcome, time.monotonic() - start))
    outcomes = [outcome for _name, outcome, _seconds in rows]
    say(f"\n{table(rows)}\n\n{closing_line(outcomes)}")
    return 0 if all(outcome.good for outcome in outcomes) else 1
