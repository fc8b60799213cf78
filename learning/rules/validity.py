"""How long a completion counts, and what a new one adds to it.

A municipality or the nation says per requirement how long a completion is valid. There are three
ways besides "for good": from the day of completion; from the previous end, so that who renews
early loses nothing; or in fixed calendar periods. The last day of a period counts: twelve months
from 10 April run through 9 April of the next year, as a year does in the Dutch Civil Code's terms.
"""

from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

ONE_DAY = timedelta(days=1)


class ValidityKind(StrEnum):
    """From when a completion's months are counted."""

    FOR_GOOD = "for_good"
    FROM_COMPLETION = "from_completion"
    FROM_PREVIOUS_END = "from_previous_end"
    CALENDAR = "calendar"


@dataclass(frozen=True, slots=True)
class Period:
    """The days on which something counts: from `start`, through `end` or for good."""

    start: date
    end: date | None = None

    def holds_on(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day <= self.end)


@dataclass(frozen=True, slots=True)
class Terms:
    """What a requirement says of validity.

    `months` is how long, `calendar_start` a day on which a calendar period begins.
    `renewal_days` is how many days before the end one may renew. Completions from before
    `counts_from` do not count; None takes all that was done before.
    """

    kind: ValidityKind = ValidityKind.FOR_GOOD
    months: int = 0
    calendar_start: date | None = None
    renewal_days: int = 0
    counts_from: date | None = None


@dataclass(frozen=True, slots=True)
class Proof:
    """That somebody finished on a day. From `ended_on` it no longer counts, as when withdrawn.

    A renewal counts only after a first completion of the whole.
    """

    completed_on: date
    ended_on: date | None = None
    is_renewal: bool = False
    kind: str = ""


def add_months(day: date, months: int) -> date:
    """The same day so many months on; the month's last day where it has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def last_day(start: date, months: int) -> date:
    """The last day of so many months that begin on `start`."""
    return add_months(start, months) - ONE_DAY


def calendar_end(day: date, terms: Terms) -> date:
    """The last day of the calendar period in which a day falls."""
    anchor = terms.calendar_start or date(day.year, 1, 1)
    apart = (day.year - anchor.year) * 12 + day.month - anchor.month
    index = apart // terms.months - 1
    while add_months(anchor, (index + 1) * terms.months) <= day:
        index += 1
    return last_day(anchor, (index + 1) * terms.months)


def natural_ends(day: date, terms: Terms, earlier: AbstractSet[date]) -> set[date]:
    """The days through which a completion of that day may count, if nobody ends it.

    Empty where it counts for good. `earlier` are those of the completions before it: each of them
    may be lengthened, so that finishing once more in between never takes anything away.
    """
    if terms.kind is ValidityKind.FOR_GOOD:
        return set()
    window = timedelta(days=terms.renewal_days)
    if terms.kind is ValidityKind.CALENDAR:
        end = calendar_end(day, terms)
        # Who finishes when renewal is open has done the coming period.
        return {calendar_end(end + ONE_DAY, terms) if day > end - window else end}
    ends = {last_day(day, terms.months)}
    if terms.kind is ValidityKind.FROM_PREVIOUS_END:
        renewed = {end for end in earlier if end - window < day <= end}
        ends |= {last_day(end + ONE_DAY, terms.months) for end in renewed}
    return ends


def periods(terms: Terms, proofs: Iterable[Proof]) -> list[Period]:
    """When somebody fulfils a requirement, from all that they ever finished for it, by day.

    On each day counts what stood on that day: what was ended keeps counting for the days before,
    also where it lengthened a later one, and lengthens nothing after it.
    """
    counted = [
        p for p in proofs if terms.counts_from is None or p.completed_on >= terms.counts_from
    ]
    counted.sort(key=lambda p: (p.completed_on, p.is_renewal))
    ends = sorted({p.ended_on for p in counted if p.ended_on is not None})
    found: dict[int, list[Period]] = {}
    since = date.min
    for until in [*ends, None]:
        for number, period in as_they_stand(terms, counted, until):
            piece = within(period, since, until)
            if piece is not None:
                append(found.setdefault(number, []), piece)
        since = until or since
    return [piece for number in sorted(found) for piece in found[number]]


def as_they_stand(
    terms: Terms, proofs: Sequence[Proof], until: date | None
) -> Iterator[tuple[int, Period]]:
    """The periods of the proofs that nobody has ended before `until` (ever), with their number."""
    ends: set[date] = set()
    is_whole = False
    for number, proof in enumerate(proofs):
        if proof.ended_on is not None and (until is None or proof.ended_on < until):
            continue
        if proof.is_renewal and not is_whole:
            continue
        is_whole = True
        own = natural_ends(proof.completed_on, terms, ends)
        ends |= own
        # Again before renewal opened: what stood already is not lost.
        still = {end for end in ends if end >= proof.completed_on}
        yield number, Period(proof.completed_on, max(own | still, default=None))


def within(period: Period, since: date, until: date | None) -> Period | None:
    """The part of a period from `since` on and before `until`; None when nothing is left."""
    start, end = max(period.start, since), period.end
    if until is not None:
        end = until - ONE_DAY if end is None else min(end, until - ONE_DAY)
    return None if end is not None and end < start else Period(start, end)


def append(pieces: list[Period], piece: Period) -> None:
    """Add a piece to those before it, as one where they touch."""
    last = pieces[-1] if pieces else None
    if last is not None and last.end is not None and last.end + ONE_DAY == piece.start:
        pieces[-1] = Period(last.start, piece.end)
    else:
        pieces.append(piece)


def holding_on(day: date, held: Sequence[Period]) -> Period | None:
    """The period that holds on a day: the one that lasts longest."""
    holding = [period for period in held if period.holds_on(day)]
    return max(holding, key=lambda p: (p.end is None, p.end or p.start), default=None)
