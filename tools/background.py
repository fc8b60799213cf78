"""The worker that stands beside the server: started with it, kept alive, stopped with it."""

import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Final

from tools.paths import ROOT, VENV_PYTHON
from tools.say import say

COMMAND: Final = (str(VENV_PYTHON), "manage.py", "work")
# What it is doing then gets some time to end; what is broken off is done again later.
STOP_SECONDS = 10.0
RESTART_SECONDS = 5.0


class Background:
    """A process that is started again when it ends by itself."""

    def __init__(self, env: Mapping[str, str], command: Sequence[str] = COMMAND) -> None:
        self.env, self.command = env, command
        self.stopping = False
        self.start()

    def start(self) -> None:
        self.started = time.monotonic()
        # In a session of its own: Ctrl-C reaches it once, from us.
        self.process = subprocess.Popen(
            self.command, cwd=ROOT, env=self.env, start_new_session=True
        )

    def tend(self) -> None:
        """Start it again when it has ended, but not over and over."""
        code = self.process.poll()
        if code is None or self.stopping or time.monotonic() - self.started < RESTART_SECONDS:
            return
        say(f"The background work had stopped (exit code {code}) and is started again.")
        self.start()

    def ask_to_stop(self) -> None:
        if not self.stopping and self.process.poll() is None:
            self.process.terminate()
        self.stopping = True

    def stop(self) -> None:
        """End it: kindly, and if that takes too long by force."""
        self.ask_to_stop()
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            say("The background work took long to stop: it is broken off, and done again later.")
            self.process.kill()
            self.process.wait()


@contextmanager
def background(env: Mapping[str, str]) -> Iterator[Background]:
    """Do background work until the block ends."""
    worker = Background(env)
    try:
        yield worker
    finally:
        worker.stop()
