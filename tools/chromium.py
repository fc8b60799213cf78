"""A Chromium for the browser tests: found or installed, and tried before it is trusted."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass

from tools.paths import ROOT, VENV_PYTHON
from tools.say import Problem, step

ENVIRONMENT_NAME = "PLAYWRIGHT_CHROMIUM_EXECUTABLE"
PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
DOWNLOAD_SECONDS = 600
LAUNCH_SECONDS = 90

NO_CHROMIUM = """\
The browser tests need a Chromium, and none could be found, downloaded or installed.
Do one of these, then run the same command again:
  - let Playwright download its own: .venv/bin/playwright install --with-deps chromium
  - install your system's: apt install chromium (Debian), or Google Chrome
  - or name one that you have: {name}=/path/to/chromium
Last words: {words}"""

# Playwright's own choice of program when the argument is empty.
PROBE = """
import sys
from playwright.sync_api import sync_playwright
from tools.chromium import launch_arguments
with sync_playwright() as playwright:
    browser = playwright.chromium.launch(
        executable_path=sys.argv[1] or None, args=launch_arguments()
    )
    print(browser.version)
    browser.close()
"""


@dataclass(frozen=True, kw_only=True)
class Chromium:
    """A browser that starts. `executable` is empty for the one that Playwright finds itself."""

    executable: str
    version: str

    def environment(self) -> dict[str, str]:
        """What tells the browser tests which one to use."""
        return {ENVIRONMENT_NAME: self.executable} if self.executable else {}


def launch_arguments() -> list[str]:
    """Switches for every launch: nothing is asked of the network, and root may run it."""
    arguments = [
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-quic",
        "--no-first-run",
        # Any name but this machine's own leads nowhere, so no test can reach the network.
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
    ]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        arguments.append("--no-sandbox")
    return arguments


def attempt(executable: str) -> tuple[str, str]:
    """Start a browser. Returns its version, or nothing and the reason why not."""
    try:
        done = subprocess.run(
            [str(VENV_PYTHON), "-c", PROBE, executable],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            timeout=LAUNCH_SECONDS,
        )
    except subprocess.TimeoutExpired:
        return "", f"{executable or 'Playwright'} did not start within {LAUNCH_SECONDS} s"
    if done.returncode:
        return "", done.stderr.strip()[-600:]
    return done.stdout.strip(), ""


def run_quietly(*command: str) -> bool:
    """Run an installer. Returns whether it succeeded."""
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            timeout=DOWNLOAD_SECONDS,
            env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def candidates() -> Iterator[str]:
    """Programs to try, the least trouble first; each step installs only if it is reached."""
    if named := os.environ.get(ENVIRONMENT_NAME):
        yield named
        return
    yield ""
    with step("downloading Playwright's Chromium"):
        downloaded = run_quietly(str(VENV_PYTHON), "-m", "playwright", "install", "chromium")
    if downloaded:
        yield ""
    yield from (path for name in PROGRAMS if (path := shutil.which(name)))
    if os.geteuid() == 0 and shutil.which("apt-get"):
        with step("installing the system's Chromium (apt-get install chromium)"):
            run_quietly("apt-get", "update")
            run_quietly("apt-get", "install", "-y", "--no-install-recommends", "chromium")
        if path := shutil.which("chromium"):
            yield path


def ensure_chromium() -> Chromium:
    """Find or install a Chromium that starts. Raises Problem."""
    words = "nothing to try"
    for executable in candidates():
        version, words = attempt(executable)
        if version:
            return Chromium(executable=executable, version=version)
    raise Problem(NO_CHROMIUM.format(name=ENVIRONMENT_NAME, words=words))
