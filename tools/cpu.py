"""CPU time per request, from /proc: what server and database spent, not what the clock said.

    python -m tools.cpu --gunicorn PID [--postmaster PID] [--cookie NAME=VALUE] URL...

Seconds on the clock depend on who else uses the machine; CPU time hardly does. The
figures are of Linux. A tick is 10 ms, so measure some hundreds of requests.
"""

import argparse
import http.client
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from tools.say import Problem, complain

PROC = Path("/proc")


@dataclass(frozen=True, kw_only=True)
class Figure:
    """Milliseconds of CPU for one request of an address, on the average."""

    url: str
    status: int
    requests: int
    body_bytes: int
    server_ms: float
    database_ms: float

    @property
    def total_ms(self) -> float:
        """Server and database together."""
        return self.server_ms + self.database_ms


def parse_stat(text: str) -> tuple[int, int]:
    """The parent and the ticks (user, system, and ended children) of a /proc/PID/stat line.

    The name of the program stands in parentheses and may hold anything, so start after it.
    """
    fields = text.rpartition(")")[2].split()
    parent = int(fields[1])
    return parent, sum(int(ticks) for ticks in fields[11:15])


def read_processes() -> dict[int, tuple[int, int]]:
    """Parent and ticks of every process on this machine."""
    found = {}
    for folder in PROC.iterdir():
        if folder.name.isdigit():
            try:
                found[int(folder.name)] = parse_stat((folder / "stat").read_text())
            except (FileNotFoundError, ProcessLookupError):
                continue  # it ended while we looked
    return found


def ticks_of_tree(root: int, processes: dict[int, tuple[int, int]]) -> int:
    """The ticks of a process and all its descendants. Raises Problem when it is not there."""
    if root not in processes:
        message = f"There is no process {root}."
        raise Problem(message)
    total = 0
    family = [root]
    while family:
        current = family.pop()
        total += processes[current][1]
        family += [pid for pid, (parent, _ticks) in processes.items() if parent == current]
    return total


def cpu_ms(root: int | None) -> float:
    """Milliseconds of CPU that a process and its descendants have used; 0 for none."""
    if root is None:
        return 0.0
    return ticks_of_tree(root, read_processes()) * 1000 / os.sysconf("SC_CLK_TCK")


def fetch(
    connection: http.client.HTTPConnection, path: str, headers: dict[str, str]
) -> tuple[int, int]:
    """One request. Returns the status and the length of the body."""
    connection.request("GET", path, headers=headers)
    response = connection.getresponse()
    return response.status, len(response.read())


def measure(
    url: str,
    *,
    server: int,
    postmaster: int | None = None,
    cookie: str = "",
    requests: int = 300,
    warm_up: int = 20,
) -> Figure:
    """Ask for an address again and again, and tell what each time cost.

    `server` is gunicorn's first process, `postmaster` PostgreSQL's (none for SQLite, whose
    work is done in the server). Requests go one by one, each on a connection of its own, so
    that all workers take part. Raises Problem when an answer is not 200.
    """
    parts = urlsplit(url)
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    headers = {"Accept-Encoding": "br, gzip", **({"Cookie": cookie} if cookie else {})}
    before = (0.0, 0.0)
    status = length = 0
    for number in range(-warm_up, requests):
        if number == 0:
            before = cpu_ms(server), cpu_ms(postmaster)
        connection = http.client.HTTPConnection(parts.hostname or "127.0.0.1", parts.port)
        try:
            status, length = fetch(connection, path, headers)
        finally:
            connection.close()
        if status != http.HTTPStatus.OK:
            message = f"{url} answers {status}, so it cannot be measured."
            raise Problem(message)
    after = cpu_ms(server), cpu_ms(postmaster)
    return Figure(
        url=url,
        status=status,
        requests=requests,
        body_bytes=length,
        server_ms=(after[0] - before[0]) / requests,
        database_ms=(after[1] - before[1]) / requests,
    )


def table(figures: Sequence[Figure]) -> str:
    """Figures as text."""
    lines = [f"{'ms CPU':>8} {'server':>8} {'database':>8} {'bytes':>8}  address"]
    lines += [
        f"{f.total_ms:8.2f} {f.server_ms:8.2f} {f.database_ms:8.2f} {f.body_bytes:8d}  {f.url}"
        for f in figures
    ]
    return "\n".join(lines)


def main(arguments: list[str]) -> int:
    """Measure what the command line names. Returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tools.cpu")
    parser.add_argument("--gunicorn", type=int, required=True, help="its first process")
    parser.add_argument("--postmaster", type=int, help="PostgreSQL's first process")
    parser.add_argument("--cookie", default="", help="a session, as in sessionid=…")
    parser.add_argument("--requests", type=int, default=300)
    parser.add_argument("urls", nargs="+")
    options = parser.parse_args(arguments)
    try:
        figures = [
            measure(
                url,
                server=options.gunicorn,
                postmaster=options.postmaster,
                cookie=options.cookie,
                requests=options.requests,
            )
            for url in options.urls
        ]
    except Problem as problem:
        return complain(problem)
    print(table(figures))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
