"""How the tools speak: a line per step with its seconds, plain words when something is missing."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager


class Problem(Exception):
    """Something that a person must solve first: the text says what, and how."""


def say(text: str) -> None:
    """Print a line at once, also when the output is a file."""
    print(text, flush=True)


@contextmanager
def step(what: str) -> Iterator[None]:
    """Tell what is being done, and afterwards how long it took."""
    say(f"→ {what} …")
    start = time.monotonic()
    yield
    say(f"  {what}: {time.monotonic() - start:.1f} s")


def complain(problem: Problem) -> int:
    """Print what is wrong and how to go on. Returns the exit code for the shell."""
    print(f"\n✗ {problem}", file=sys.stderr, flush=True)
    return 1
