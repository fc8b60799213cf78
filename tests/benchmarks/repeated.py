"""What a public page costs when somebody has seen it before, by a client in this very process.

    echo '["/", "/visiedocument/"]' | python -m tests.benchmarks.repeated

Reads addresses as JSON, writes for each: queries, milliseconds of the processor and bytes as
they travel (gzip), of a view that is kept and of one that the browser asks after (304).
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from typing import Any

from tools.paths import ROOT, VENV_PYTHON

VIEWS = 100


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one more view by a visitor."""

    queries: int
    milliseconds: float
    size: int
    milliseconds_unchanged: float
    size_unchanged: int


def ask(env: dict[str, str], addresses: Sequence[str]) -> list[Cost]:
    """The cost of each address, measured in a process of its own."""
    done = subprocess.run(  # noqa: S603  our own program
        [str(VENV_PYTHON), "-m", "tests.benchmarks.repeated"],
        cwd=ROOT,
        env=env,
        check=True,
        input=json.dumps(addresses).encode(),
        stdout=subprocess.PIPE,
    )
    return [Cost(*each) for each in json.loads(done.stdout)]


def seen_again(client: Any, address: str, headers: dict[str, str]) -> tuple[int, float, int, int]:
    """Queries, milliseconds and bytes of a view, and its status. Raises ValueError."""
    from django.db import connection  # noqa: PLC0415  after django.setup
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    with CaptureQueriesContext(connection) as captured:
        response = client.get(address, headers=headers)
    # Counted at once: the next request begins a new list.
    queries = len(captured)
    began = time.process_time()
    for _ in range(VIEWS):
        client.get(address, headers=headers)
    spent = (time.process_time() - began) * 1000 / VIEWS
    return queries, spent, len(response.content), response.status_code


def cost_of(address: str) -> Cost:
    """What one more view costs. Raises ValueError when the page does not answer well."""
    from django.test import Client  # noqa: PLC0415  after django.setup

    client = Client(headers={"host": "127.0.0.1", "accept-encoding": "gzip"})
    first = client.get(address)
    queries, spent, size, status = seen_again(client, address, {})
    if status != 200:
        message = f"{address} answers {status}."
        raise ValueError(message)
    etag = first.headers.get("ETag", "")
    unchanged = seen_again(client, address, {"if-none-match": etag}) if etag else (0, 0.0, 0, 0)
    return Cost(queries, spent, size, unchanged[1], unchanged[2])


def main() -> None:
    sys.path.insert(1, "site")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
    import django  # noqa: PLC0415  it needs the path

    django.setup()
    found = [astuple(cost_of(address)) for address in json.load(sys.stdin)]
    print(json.dumps(found))  # noqa: T201  what the benchmark reads


if __name__ == "__main__":
    main()
