"""How long somebody stays signed in. Plain rules; config/session_limits.py applies them.

On their own device people stay in for ninety days, elsewhere until the browser closes and for half
a day at most. Whoever sees others' data or changes the site: half a day, and an hour of silence.
"""

from dataclasses import dataclass
from typing import Final

HOUR: Final = 60 * 60
OWN_DEVICE: Final = 90 * 24 * HOUR
ELSEWHERE: Final = 12 * HOUR
SILENCE: Final = HOUR
# How exactly is kept when somebody was last there: no more often than this is it stored.
NOTED_EVERY: Final = HOUR
NOTED_EVERY_WHEN_TRUSTED: Final = 5 * 60


@dataclass(frozen=True, slots=True)
class Stay:
    """A session: moments in seconds since 1970."""

    signed_in_at: float
    seen_at: float
    own_device: bool

    def is_over(self, now: float, *, is_trusted: bool) -> bool:
        """Whether one must sign in again. `is_trusted`: sees others' data or changes the site."""
        if is_trusted and now - self.seen_at > SILENCE + NOTED_EVERY_WHEN_TRUSTED:
            return True
        longest = OWN_DEVICE if self.own_device and not is_trusted else ELSEWHERE
        return now - self.signed_in_at > longest

    def is_to_be_noted(self, now: float, *, is_trusted: bool) -> bool:
        """Whether it is time to store again that somebody was there."""
        return now - self.seen_at > (NOTED_EVERY_WHEN_TRUSTED if is_trusted else NOTED_EVERY)
