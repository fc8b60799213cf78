"""The lint lane: everything that can be said of the code without running its tests."""

import os
import subprocess
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from tools.paths import ROOT, SITE, VENV, VENV_PYTHON
from tools.say import say

PYTHON = str(VENV_PYTHON)
BIN = VENV / "bin"
# A deployment as the README describes it; the values protect nothing.
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "config.settings.production",
    "SECRET_KEY": "an-example-of-a-long-secret-key-for-the-check-alone-0123456789-abcdefgh",
    "BASE_URL": "https://raadsleden.example",
    "ALLOWED_HOSTS": "raadsleden.example",
    "DATABASE_URL": "sqlite://:memory:",
    "DEMO": "0",
}
TESTING = {"DJANGO_SETTINGS_MODULE": "config.settings.test"}
SILENT = "System check identified no issues"


@dataclass(frozen=True, kw_only=True)
class Check:
    """A command that must succeed, and say `says` if that is given."""

    name: str
    command: tuple[str, ...]
    env: Mapping[str, str] = field(default_factory=dict)
    says: str = ""


def manage(*arguments: str) -> tuple[str, ...]:
    """A management command, where a warning of Python's is an error too."""
    return (PYTHON, "-W", "error::DeprecationWarning", "manage.py", *arguments)


CHECKS = (
    Check(name="ruff check", command=(str(BIN / "ruff"), "check", ".")),
    Check(name="ruff format", command=(str(BIN / "ruff"), "format", "--check", ".")),
    Check(name="types", command=(PYTHON, "-m", "mypy")),
    Check(
        name="templates",
        command=(
            *(str(BIN / "djlint"), "--lint", "--quiet"),
            *("site/templates", "home", "learning", "practice", "meetings", "newsletter", "search"),
        ),
    ),
    Check(
        name="import contracts",
        command=(str(BIN / "lint-imports"), "--no-cache"),
        env={"PYTHONPATH": f"{SITE}{os.pathsep}{ROOT}", **TESTING},
    ),
    Check(
        name="django check",
        command=manage("check", "--fail-level", "WARNING"),
        env=TESTING,
        says=SILENT,
    ),
    Check(
        name="check --deploy",
        command=manage("check", "--deploy", "--fail-level", "WARNING"),
        env=PRODUCTION,
        says=SILENT,
    ),
    Check(
        name="migrations",
        command=manage("makemigrations", "--check", "--dry-run"),
        env=TESTING,
    ),
    Check(name="translations", command=(PYTHON, "-m", "tools.messages", "check")),
)


def run_check(check: Check, env: Mapping[str, str]) -> tuple[bool, str]:
    """Run one check. Returns whether it is good, and all it said."""
    start = time.monotonic()
    done = subprocess.run(
        check.command,
        cwd=ROOT,
        env={**env, **check.env},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    good = done.returncode == 0 and check.says in done.stdout
    mark = "ok" if good else "FAILED"
    say(f"  {check.name}: {mark} ({time.monotonic() - start:.1f} s)")
    return good, done.stdout


def site_is_a_source_root() -> tuple[bool, str]:
    """site/ must hold packages and be none: Python has a module `site` of its own."""
    return not (SITE / "__init__.py").exists(), "Remove site/__init__.py: site/ is a source root."


def run_checks(env: Mapping[str, str]) -> dict[str, bool]:
    """Run all checks, two at a time, and print what the failing ones said."""
    with ThreadPoolExecutor(max_workers=2) as pool:
        found = list(pool.map(lambda check: run_check(check, env), CHECKS))
    results = dict(zip((check.name for check in CHECKS), found, strict=True))
    results["site/ is a source root"] = site_is_a_source_root()
    for name, (good, output) in results.items():
        if not good:
            say(f"\n── {name} ──\n{output.strip()}")
    return {name: good for name, (good, _output) in results.items()}
