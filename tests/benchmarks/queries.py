"""How many questions a page asks of the database, by a client in this very process.

    echo '[["/mijn/", "sessionid=…"]]' | python -m tests.benchmarks.queries

Reads pairs of address and cookie as JSON, writes two numbers for each: the first view since
something was published, and the next.
"""

import json
import os
import subprocess
import sys
from collections.abc import Sequence

from tools.paths import ROOT, VENV_PYTHON


def count(address: str, cookie: str) -> int:
    """The queries of one view. Raises ValueError when the page does not answer well."""
    from django.db import connection  # noqa: PLC0415  after django.setup
    from django.test import Client  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    client = Client(headers={"host": "127.0.0.1", "cookie": cookie})
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)
    if response.status_code != 200:
        message = f"{address} answers {response.status_code}."
        raise ValueError(message)
    return len(captured)


def ask(env: dict[str, str], pairs: Sequence[tuple[str, str]]) -> list[tuple[int, int]]:
    """The first and the next number of queries of each address, counted in a process of its own."""
    done = subprocess.run(  # noqa: S603  our own program
        [str(VENV_PYTHON), "-m", "tests.benchmarks.queries"],
        cwd=ROOT,
        env=env,
        check=True,
        input=json.dumps(pairs).encode(),
        stdout=subprocess.PIPE,
    )
    return [(first, following) for first, following in json.loads(done.stdout)]


def main() -> None:
    sys.path.insert(1, "site")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
    import django  # noqa: PLC0415  it needs the path

    django.setup()
    from home.publication import PUBLICATION  # noqa: PLC0415

    found = []
    for address, cookie in json.load(sys.stdin):
        # The process itself warms up on what no page can help: content types, addresses.
        count(address, cookie)
        PUBLICATION.advance()
        found.append([count(address, cookie), count(address, cookie)])
    print(json.dumps(found))  # noqa: T201  what the benchmark reads


if __name__ == "__main__":
    main()
