"""Learners in a quiz, as plain HTTP: what the browser and the page's script send."""

import asyncio
import random
import re
import time
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlencode, urlsplit

# As many as a browser waits for at once, of all learners together.
MOST_AT_ONCE: Final = 400
# As <rv-autosave> does.
AGAIN_AFTER: Final = 5.0
TRIES: Final = 20
TOKEN: Final = "b" * 32
OPTION: Final = re.compile(rb'name="answer"[^>]*value="([^"]+)"|value="([^"]+)"[^>]*name="answer"')
FAILED: Final = 500


@dataclass
class Tally:
    """What all of them saw. `confirmed` is per learner and attempt what the site said it has."""

    saves: list[float] = field(default_factory=list)
    pages: list[float] = field(default_factory=list)
    errors: int = 0
    retries: int = 0
    confirmed: list[dict[str, Any]] = field(default_factory=list)


class Browser:
    """One learner's connection to the site: a request is sent again until it is answered."""

    def __init__(self, base: str, session: str, tally: Tally, gate: asyncio.Semaphore) -> None:
        self.host = urlsplit(base).hostname or ""
        self.port = urlsplit(base).port or 80
        self.cookie = f"{session}; csrftoken={TOKEN}"
        self.tally, self.gate = tally, gate

    async def once(self, head: str, body: bytes) -> tuple[int, str, bytes]:
        reader, writer = await asyncio.open_connection(self.host, self.port)
        try:
            writer.write(head.encode() + body)
            await writer.drain()
            answer = await reader.read()
        finally:
            writer.close()
        top, _, content = answer.partition(b"\r\n\r\n")
        lines = top.decode("latin-1").split("\r\n")
        if not lines[0]:
            raise ConnectionError
        headers = dict(line.lower().split(": ", 1) for line in lines[1:])
        if "content-length" in headers and len(content) < int(headers["content-length"]):
            raise ConnectionError
        return int(lines[0].split()[1]), headers.get("location", ""), content

    async def send(
        self, path: str, data: dict[str, str] | None = None, times: list[float] | None = None
    ) -> tuple[int, str, bytes]:
        """Ask, and ask again where there was no answer. Counts what was not to be."""
        body = (
            urlencode(data | {"csrfmiddlewaretoken": TOKEN}).encode() if data is not None else b""
        )
        head = (
            f"{'GET' if data is None else 'POST'} {path} HTTP/1.1\r\n"
            f"Host: {self.host}:{self.port}\r\nCookie: {self.cookie}\r\nConnection: close\r\n"
            "X-Requested-With: fetch\r\nContent-Type: application/x-www-form-urlencoded\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        for _ in range(TRIES):
            started = time.perf_counter()
            try:
                async with self.gate:
                    status, location, content = await self.once(head, body)
            except OSError:
                status, location, content = FAILED, "", b""
            if status < FAILED:
                if times is not None:
                    times.append((time.perf_counter() - started) * 1000)
                return status, location, content
            self.tally.retries += 1
            await asyncio.sleep(AGAIN_AFTER)
        self.tally.errors += 1
        return FAILED, "", b""


async def learner(
    number: int, browser: Browser, seeded: dict[str, Any], *, think: float, tally: Tally
) -> None:
    """One person, from beginning the attempt to handing it in."""
    dice = random.Random(number)  # noqa: S311  the same people each time
    await asyncio.sleep(dice.uniform(0, think))
    _status, location, _page = await browser.send(seeded["quiz"], {})
    path = urlsplit(location).path
    if not re.fullmatch(r"/mijn/poging/\d+/\d+/", path):
        tally.errors += 1
        return
    attempt = path.split("/")[3]
    chosen: dict[str, str] = {}
    for position in range(1, seeded["questions"] + 1):
        where = f"/mijn/poging/{attempt}/{position}/"
        _status, _to, page = await browser.send(where, times=tally.pages)
        options = [one or other for one, other in OPTION.findall(page)]
        if not options:
            tally.errors += 1
            continue
        await asyncio.sleep(dice.uniform(think / 2, think * 1.5))
        answer = dice.choice(options).decode()
        status, _to, _page = await browser.send(where, {"answer": answer}, times=tally.saves)
        if status == 204:  # stored
            chosen[str(position)] = answer
        else:
            tally.errors += 1
    status, _to, _page = await browser.send(
        f"/mijn/poging/{attempt}/inleveren/", {"incomplete": "yes"}
    )
    tally.errors += status != 302  # on to the result
    tally.confirmed.append({"attempt": int(attempt), "chosen": chosen})


async def everybody(base: str, seeded: dict[str, Any], *, think: float, tally: Tally) -> None:
    """All learners at the same time."""
    gate = asyncio.Semaphore(MOST_AT_ONCE)
    await asyncio.gather(
        *(
            learner(number, Browser(base, session, tally, gate), seeded, think=think, tally=tally)
            for number, session in enumerate(seeded["sessions"])
        )
    )
