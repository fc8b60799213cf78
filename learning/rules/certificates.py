"""What a certificate is worth on a day."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class Standing(StrEnum):
    """Whether it counts."""

    VALID = "valid"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"
    REPLACED = "replaced"


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known of a completion. `is_asked_again`: it ends because its module changed."""

    valid_until: date | None = None
    ended_on: date | None = None
    is_asked_again: bool = False
    is_archived: bool = False

    @property
    def last_day(self) -> date | None:
        """Through when it counts, unless it is withdrawn; None where it is for good.

        What is asked again counts up to the day from which that is so.
        """
        days = [self.valid_until]
        if self.ended_on is not None and self.is_asked_again:
            days.append(self.ended_on - timedelta(days=1))
        return min((day for day in days if day is not None), default=None)


def standing(facts: Facts, today: date) -> Standing:
    """Withdrawn weighs most: then it never counts, whatever came later."""
    if facts.ended_on is not None and not facts.is_asked_again and facts.ended_on <= today:
        return Standing.WITHDRAWN
    if facts.last_day is not None and facts.last_day < today:
        return Standing.LAPSED
    return Standing.REPLACED if facts.is_archived else Standing.VALID
