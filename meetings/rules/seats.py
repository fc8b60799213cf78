"""Who has a place and who waits: one function, which every change of a meeting goes through.

A place is a numbered seat, so that the database itself can refuse to give one out twice.
"""

from collections.abc import Iterator, Sequence


def seats_free(taken: set[int], limit: int | None) -> Iterator[int]:
    """Numbers of seats that nobody has, the lowest first; without a limit there is no end."""
    number = 1
    while limit is None or number <= limit:
        if number not in taken:
            yield number
        number += 1


def seated(held: Sequence[int | None], limit: int | None) -> list[int | None]:
    """Seats after all that are free have gone to who waits, the first to come first.

    `held` is in order of arrival; None is waiting. Whoever has a seat keeps it, also when
    the limit is lower by now: then nobody moves up until enough have gone.
    """
    taken = {seat for seat in held if seat is not None}
    room = None if limit is None else limit - len(taken)
    free = seats_free(taken, limit)
    result: list[int | None] = []
    for seat in held:
        if seat is None and (room is None or room > 0):
            result.append(next(free))
            room = None if room is None else room - 1
        else:
            result.append(seat)
    return result
