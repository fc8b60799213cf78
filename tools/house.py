"""What the Makefile starts: set up, run, test. Needs nothing but Python itself.

python -m tools.house ACTION
"""

import argparse
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType

from tools import frontend, serve
from tools.background import background
from tools.lanes import LANES, clean_environment, run_lanes
from tools.paths import CATALOGUE, DIST, FRONTEND, ROOT, VENV, VENV_PYTHON, static_root
from tools.python_env import check_python, install
from tools.say import Problem, complain, say, step


def compile_messages() -> None:
    """Compile the translations when their source is newer. Raises Problem."""
    compiled = CATALOGUE.with_suffix(".mo")
    if compiled.exists() and compiled.stat().st_mtime >= CATALOGUE.stat().st_mtime:
        return
    with step("compiling the translations"):
        run_in_venv("-m", "tools.messages", "compile")


def run_in_venv(*arguments: str, env: dict[str, str] | None = None) -> None:
    """Run a Python module of .venv. Raises Problem when it fails."""
    done = subprocess.run([str(VENV_PYTHON), *arguments], cwd=ROOT, env=env, check=False)
    if done.returncode:
        message = f"This failed, its own words are above: python {' '.join(arguments)}"
        raise Problem(message)


def set_up(requirements: str) -> None:
    """Everything that a clean clone lacks, apart from data."""
    check_python()
    install(requirements)
    frontend.build()
    compile_messages()


def run() -> int:
    """Serve the site with the production server."""
    started = time.monotonic()
    host, port = serve.address()
    serve.check_port(host, port)
    set_up("requirements.txt")
    env = serve.environment(host, port)
    serve.prepare(env, static=True)
    return serve.serve(env, started)


def dev() -> int:
    """Serve the site with Django's own server, which reloads when code changes."""
    host, port = serve.address()
    serve.check_port(host, port)
    set_up("requirements-dev.txt")
    env = {**serve.environment(host, port), "DEBUG": "1"}
    serve.prepare(env, static=False)
    where = f"{serve.reachable_host(host)}:{port}"
    say("Beside it runs a worker. After a change in background work, start both again.")
    try:
        with background(env):
            run_in_venv("manage.py", "runserver", where, env=env)
    except KeyboardInterrupt:
        say("\nThe site has stopped.")
    return 0


def setup() -> int:
    """Set up all that running and testing need, without starting anything."""
    set_up("requirements-dev.txt")
    serve.prepare(serve.environment(*serve.address()), static=True)
    return 0


def test(lanes: list[str]) -> int:
    """Run the lanes that are named, or all."""
    started = time.monotonic()
    set_up("requirements-dev.txt")
    say(f"  ready to test after {time.monotonic() - started:.1f} s")
    return run_lanes(lanes or list(LANES))


def module(name: str, rest: list[str]) -> int:
    """Run a module that needs the whole of .venv, as in `make bench`."""
    set_up("requirements-dev.txt")
    done = subprocess.run(
        [str(VENV_PYTHON), "-m", name, *rest], cwd=ROOT, env=clean_environment(), check=False
    )
    return done.returncode


def messages() -> int:
    """Find the texts, compile the catalogue, and tell what still lacks Dutch."""
    install("requirements-dev.txt")
    run_in_venv("-m", "tools.messages", "extract")
    run_in_venv("-m", "tools.messages", "compile")
    return subprocess.run(
        [str(VENV_PYTHON), "-m", "tools.messages", "check"], cwd=ROOT, check=False
    ).returncode


def clean() -> int:
    """Remove what was built. The data in var/ stays: delete that by hand if you mean it."""
    built = [VENV, DIST, FRONTEND / "node_modules", static_root(), ROOT / "var" / "test"]
    caches = [ROOT / f".{name}_cache" for name in ("pytest", "mypy", "ruff", "import_linter")]
    for folder in [*built, *caches, ROOT / ".hypothesis"]:
        if folder.exists():
            say(f"  removing {os.path.relpath(folder, ROOT)}")
            shutil.rmtree(folder)
    CATALOGUE.with_suffix(".mo").unlink(missing_ok=True)
    return 0


def format_code() -> int:
    """Put the code in its fixed form."""
    install("requirements-dev.txt")
    run_in_venv("-m", "ruff", "check", "--fix", ".")
    run_in_venv("-m", "ruff", "format", ".")
    return 0


def pins() -> int:
    """Write the requirements files anew."""
    install("requirements.txt")
    run_in_venv("-m", "tools.pins")
    return 0


# Actions that are a program of their own.
MODULES = {
    "bench": "tests.benchmarks",
    "bench-search": "tests.benchmarks.search",
    "bench-answers": "tests.benchmarks.answers",
    "guide-screenshots": "tools.guide_screenshots",
    "figures": "tools.figures",
    "scan": "tools.scan",
    "screenshots": "tools.screenshots",
}


def perform(action: str, rest: list[str]) -> int:
    """Do what was asked. Returns the exit code. Raises Problem."""
    plain = {
        "run": run,
        "dev": dev,
        "setup": setup,
        "messages": messages,
        "format": format_code,
        "pins": pins,
        "clean": clean,
    }
    if action == "test":
        return test(rest)
    if action in MODULES:
        return module(MODULES[action], rest)
    return plain[action]()


def stop_in_order(_number: int, _frame: FrameType | None) -> None:
    """A kill ends us like Ctrl-C: with everything that we started tidied away."""
    raise KeyboardInterrupt


def main(arguments: list[str]) -> int:
    """Perform an action, and put what goes wrong in plain words."""
    parser = argparse.ArgumentParser(prog="python -m tools.house")
    parser.add_argument(
        "action",
        choices=[
            *("run", "dev", "setup", "test", "bench", "bench-answers", "bench-search", "figures"),
            *("scan", "screenshots", "guide-screenshots", "messages", "format", "pins", "clean"),
        ],
    )
    options, rest = parser.parse_known_args(arguments)
    signal.signal(signal.SIGTERM, stop_in_order)
    os.chdir(Path(ROOT))
    try:
        return perform(options.action, rest)
    except Problem as problem:
        return complain(problem)
    except KeyboardInterrupt:
        say("\nStopped.")
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
