"""How often a mail is tried, and what a mail server's answer means."""

from datetime import timedelta
from typing import Final

WAITS: Final = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=6),
)
# Longer than any mail server takes to answer: who has not finished by then is dead.
LEASE: Final = timedelta(minutes=10)


def wait_before_next(attempts: int) -> timedelta | None:
    """How long to wait after so many attempts that failed; None when it is enough."""
    return WAITS[attempts - 1] if 1 <= attempts <= len(WAITS) else None


def is_temporary(code: int) -> bool:
    """Whether a mail server that answers with this code may take the mail later (RFC 5321)."""
    return 400 <= code < 500
