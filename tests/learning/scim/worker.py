"""Sends the same request several times at the very same moment, in a process of its own."""

import json
import sys
from threading import Barrier, Thread

import django


def main(secret: str, path: str, body: str, times: int) -> None:
    django.setup()
    from django.db import connections  # noqa: PLC0415  after the set-up
    from django.test import Client  # noqa: PLC0415  likewise

    start = Barrier(times)
    statuses: list[int] = []

    def send() -> None:
        start.wait()
        answer = Client().post(
            path,
            body,
            content_type="application/scim+json",
            headers={"Authorization": f"Bearer {secret}"},
        )
        statuses.append(answer.status_code)
        connections.close_all()

    threads = [Thread(target=send) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    sys.stdout.write(json.dumps(sorted(statuses)))


if __name__ == "__main__":
    main(*sys.argv[1:4], times=int(sys.argv[4]))
