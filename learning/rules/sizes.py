"""Municipalities of like size, so that one can be compared with others of its kind."""

from enum import StrEnum


class SizeClass(StrEnum):
    """By inhabitants. The values stand in addresses; the order is the order on screen."""

    UNDER_20 = "tot-20000"
    UNDER_50 = "20000-50000"
    UNDER_100 = "50000-100000"
    FROM_100 = "vanaf-100000"


LIMITS = (
    (20_000, SizeClass.UNDER_20),
    (50_000, SizeClass.UNDER_50),
    (100_000, SizeClass.UNDER_100),
)


def size_class(inhabitants: int) -> SizeClass:
    return next((size for limit, size in LIMITS if inhabitants < limit), SizeClass.FROM_100)
