"""Temporary."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Chamber:
    seats: list[str]


def chamber(statuses: Sequence[str], *, rows: int | None = None) -> Chamber:
    return Chamber(list(statuses))
