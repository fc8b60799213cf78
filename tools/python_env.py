"""The virtual environment: made when missing, filled when the pins have changed."""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from tools.paths import ROOT, VENV, VENV_PYTHON
from tools.say import Problem, step

OLDEST_PYTHON = (3, 11)

NO_VENV = """\
This Python cannot make a virtual environment ({python}).
On Debian and Ubuntu its module is a package of its own: apt install python3-venv
Then run the same command again."""

PIP_FAILED = """\
pip could not install {file}: its own words are above.
Usual causes:
  - no network, or a firewall: the Python package index must be reachable once;
  - a proxy: set HTTPS_PROXY, or your own mirror with PIP_INDEX_URL;
  - a full disk: some 600 MB are needed.
Nothing is lost: run the same command again when that is solved."""


def check_python() -> None:
    """Raise Problem when the Python that runs us is too old."""
    if sys.version_info < OLDEST_PYTHON:
        message = (
            f"Python {'.'.join(map(str, OLDEST_PYTHON))} or newer is needed; this is "
            f"{sys.version.split()[0]}. Name another one: make run PYTHON=/path/to/python3.12"
        )
        raise Problem(message)


def fingerprint(*files: Path) -> str:
    """A digest of the contents of files, and of the Python that will read them."""
    digest = hashlib.sha256(f"{sys.version_info[:2]}".encode())
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()


def ensure_venv() -> None:
    """Make .venv when there is none, or when the Python it was made from has gone."""
    if VENV_PYTHON.exists():
        return
    with step("making a virtual environment in .venv"):
        if VENV.exists():
            shutil.rmtree(VENV)
        made = subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=False)
        if made.returncode:
            shutil.rmtree(VENV, ignore_errors=True)
            raise Problem(NO_VENV.format(python=sys.executable))


def install(name: str) -> None:
    """Install a requirements file into .venv, unless exactly this was installed before.

    `name` is relative to the project, `requirements.txt` for one. Raises Problem.
    """
    ensure_venv()
    file = ROOT / name
    below = [ROOT / "requirements.txt"] if name == "requirements-dev.txt" else []
    wanted = fingerprint(file, *below)
    stamp = VENV / f".installed-{file.name}"
    if stamp.exists() and stamp.read_text() == wanted:
        return
    with step(f"installing what {name} names (pip)"):
        done = subprocess.run(
            [
                *(str(VENV_PYTHON), "-m", "pip", "install", "--disable-pip-version-check"),
                *("--quiet", "--quiet", "--requirement", str(file)),
            ],
            cwd=ROOT,
            check=False,
            stdin=subprocess.DEVNULL,
            # pip says so itself when it runs as root; in a .venv that harms nobody.
            env={**os.environ, "PIP_ROOT_USER_ACTION": "ignore"},
        )
        if done.returncode:
            raise Problem(PIP_FAILED.format(file=name))
        stamp.write_text(wanted)


def site_packages() -> Path:
    """The folder in .venv where packages are installed."""
    return next((VENV / "lib").glob("python3.*/site-packages"))
