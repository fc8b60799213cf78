"""What a list of people would change in a municipality: row by row, before anything is done.

The same function makes what is shown and what is done. It is told whom the municipality knows,
and what their memberships there are; of anybody else it knows nothing and says nothing.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from learning.rules.people_file import Fault, Row
from learning.rules.people_values import RowFault

ONE_DAY = timedelta(days=1)


class Outcome(StrEnum):
    """What becomes of a row. The order is the order on screen."""

    WRONG = "wrong"
    NEW = "new"
    CHANGED = "changed"
    ENDED = "ended"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Period:
    """A role from a day, through a day or still."""

    role: str
    starts_on: date
    ends_on: date | None

    def runs_on(self, day: date) -> bool:
        """Whether it has not ended by then; it may have yet to begin."""
        return self.ends_on is None or self.ends_on >= day

    def overlaps(self, starts_on: date | None, ends_on: date | None) -> bool:
        return (ends_on is None or self.starts_on <= ends_on) and (
            starts_on is None or self.runs_on(starts_on)
        )


@dataclass(frozen=True, slots=True)
class Held:
    """A membership as it is stored, under its key."""

    key: int
    period: Period


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody who is or was a member here."""

    key: int
    name: str
    held: tuple[Held, ...]
    may_rename: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """A membership that becomes another; one that is to be made where there is none before."""

    before: Held | None
    after: Period


@dataclass(frozen=True, slots=True)
class Step:
    """A row of the file, or somebody who is not in it (number 0), and what happens."""

    number: int
    email: str
    name: str
    outcome: Outcome
    role: str = ""
    changes: tuple[Change, ...] = ()
    new_name: str = ""
    name_stays: bool = False
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """All steps, in the order of the file, people who are not in it last."""

    steps: tuple[Step, ...]
    absent_unsure: bool = False

    def of(self, *outcomes: Outcome) -> list[Step]:
        return [step for step in self.steps if step.outcome in outcomes]

    def counts(self) -> dict[Outcome, int]:
        counts = dict.fromkeys(Outcome, 0)
        for step in self.steps:
            counts[step.outcome] += 1
        return counts


@dataclass(frozen=True, slots=True)
class Addresses:
    """Which addresses belong to one person."""

    same_as: Mapping[str, str]

    def main(self, email: str) -> str:
        return self.same_as.get(email, email)


class UnfitError(Exception):
    """A row that can be read and cannot be done."""

    def __init__(self, kind: RowFault, found: str = "") -> None:
        super().__init__(kind.value)
        self.fault = Fault(kind, found)


def plan_people(
    rows: Sequence[Row],
    known: Mapping[str, Known],
    *,
    day: date,
    has_ends: bool,
    end_absent: bool = False,
    same_as: Mapping[str, str] | None = None,
) -> Plan:
    """What these rows change, for people known by their address.

    `has_ends` says whether the file has a column of last days: only then does an empty one
    there mean that there is no last day. `same_as` leads from another address of somebody to
    the one by which they are known.
    """
    who = Addresses(same_as or {})
    checked = without_doubles(rows, who)
    by_email: dict[str, list[Row]] = defaultdict(list)
    for row in checked:
        if not row.faults:
            by_email[who.main(row.email)].append(row)
    steps = {row.number: wrong(row) for row in checked if row.faults}
    for email, own in by_email.items():
        for step in Person(own, known.get(email), day=day, has_ends=has_ends).steps():
            steps[step.number] = step
    absent: list[Step] = []
    # Somebody behind an address that could not be read may well be among them.
    unsure = end_absent and any(not row.email for row in rows)
    if end_absent and not unsure:
        absent = end_others(rows, known, {who.main(row.email) for row in rows}, day)
    return Plan((*(steps[row.number] for row in rows), *absent), unsure)


def wrong(row: Row, *more: Fault) -> Step:
    return Step(
        row.number, row.email, row.name, Outcome.WRONG, row.role, faults=(*row.faults, *more)
    )


def without_doubles(rows: Iterable[Row], who: Addresses) -> list[Row]:
    """The rows, with a fault for each that says again, or otherwise, what an earlier one said."""
    earlier: dict[str, list[Row]] = defaultdict(list)
    checked = []
    for row in rows:
        if not row.faults:
            others = earlier[who.main(row.email)]
            fault = next(filter(None, (clash(each, row) for each in others)), None)
            if fault is None:
                others.append(row)
            else:
                row = replace(row, faults=(fault,))  # noqa: PLW2901  the same row, with a remark
        checked.append(row)
    return checked


def clash(one: Row, other: Row) -> Fault | None:
    """What a later row of the same person may not say."""
    if one.name != other.name:
        return Fault(RowFault.OTHER_NAME, str(one.number))
    apart = (
        one.role != other.role
        or (one.ends_on and other.starts_on and one.ends_on < other.starts_on)
        or (other.ends_on and one.starts_on and other.ends_on < one.starts_on)
    )
    return None if apart else Fault(RowFault.DOUBLE, str(one.number))


def end_others(
    rows: Iterable[Row], known: Mapping[str, Known], present: Collection[str], day: date
) -> list[Step]:
    """End today whoever serves in a role that the file is about, and is not in the file."""
    roles = {row.role for row in rows if not row.faults}
    steps = []
    for email, person in known.items():
        if email in present:
            continue
        changes = tuple(
            Change(held, replace(held.period, ends_on=day))
            for held in person.held
            if held.period.role in roles
            and held.period.starts_on <= day
            and held.period.runs_on(day + ONE_DAY)
        )
        if changes:
            role = changes[0].after.role
            steps.append(Step(0, email, person.name, Outcome.ENDED, role, changes))
    return steps


class Person:
    """All rows of one person, against what is stored of them here."""

    def __init__(
        self, rows: Sequence[Row], known: Known | None, *, day: date, has_ends: bool
    ) -> None:
        # What ends first comes first: it makes room for what follows.
        self.rows = sorted(rows, key=lambda row: row.ends_on or date.max)
        self.known = known
        self.day = day
        self.has_ends = has_ends
        self.held = list(known.held) if known is not None else []
        # What there will be after the rows that were looked at so far.
        self.result = [held.period for held in self.held]
        self.new_name, self.name_stays = self.naming(rows[0].name)

    def naming(self, name: str) -> tuple[str, bool]:
        """Another name, if it is ours to give; else that the name stays as it is."""
        if self.known is None or self.known.name == name:
            return "", False
        return (name, False) if self.known.may_rename else ("", True)

    def steps(self) -> list[Step]:
        """A step per row. The name changes with the first that can be done."""
        matches: dict[int, Held | None] = {}
        unfit: dict[int, Step] = {}
        for row in self.rows:
            try:
                matches[row.number] = self.match(row, set(matches.values()))
            except UnfitError as error:
                unfit[row.number] = wrong(row, error.fault)
        steps = []
        new_name = self.new_name
        for row in self.rows:
            step = unfit.get(row.number) or self.step(row, matches, new_name)
            if step.outcome != Outcome.WRONG:
                new_name = ""
            steps.append(step)
        return steps

    def match(self, row: Row, taken: Collection[Held | None]) -> Held | None:
        """The membership that a row is about. Raises UnfitError when it may be several."""
        candidates = [
            held for held in self.held if held.period.role == row.role and held not in taken
        ]
        if row.starts_on is None:
            return self.match_without_start(row, candidates)
        for held in candidates:
            if held.period.starts_on == row.starts_on:
                return held
        overlapping = [
            held for held in candidates if held.period.overlaps(row.starts_on, row.ends_on)
        ]
        if len(overlapping) > 1:
            raise UnfitError(RowFault.SEVERAL)
        return overlapping[0] if overlapping else None

    def match_without_start(self, row: Row, candidates: list[Held]) -> Held | None:
        """The one that still runs; with a last day, the latest that began before it."""
        candidates = sorted(candidates, key=lambda held: held.period.starts_on, reverse=True)
        if row.ends_on is None:
            return next((held for held in candidates if held.period.runs_on(self.day)), None)
        for held in candidates:
            if held.period.starts_on <= row.ends_on:
                # Who left, and has a last day to come, has come back.
                came_back = not held.period.runs_on(self.day) and row.ends_on >= self.day
                return None if came_back else held
        return None

    def step(self, row: Row, matches: Mapping[int, Held | None], new_name: str) -> Step:
        held = matches[row.number]
        try:
            if held is not None:
                changes = self.altered(held, row)
            elif (other := self.other_role(row, matches)) is not None:
                changes = self.role_changed(other, row)
            else:
                changes = (self.joined(row),)
            self.result = self.after(changes)
        except UnfitError as error:
            return wrong(row, error.fault)
        return Step(
            row.number,
            row.email,
            row.name,
            outcome_of(changes, renamed=bool(new_name)),
            row.role,
            changes,
            new_name,
            self.name_stays,
        )

    def altered(self, held: Held, row: Row) -> tuple[Change, ...]:
        """The membership with the days of the row; nothing when it has them already."""
        after = self.period(row, held.period)
        return () if after == held.period else (Change(held, after),)

    def period(self, row: Row, before: Period) -> Period:
        """What the row leaves open stays, but who is in a list of members has not left."""
        ends_on = row.ends_on
        if ends_on is None and not self.has_ends and before.runs_on(self.day):
            ends_on = before.ends_on
        starts_on = row.starts_on or before.starts_on
        if ends_on is not None and ends_on < starts_on:
            raise UnfitError(RowFault.ENDS_TOO_EARLY)
        return Period(row.role, starts_on, ends_on)

    def joined(self, row: Row) -> Change:
        if row.starts_on is None and row.ends_on is not None and row.ends_on < self.day:
            # It has ended, and began no one knows when.
            raise UnfitError(RowFault.START_NEEDED)
        return Change(None, Period(row.role, row.starts_on or self.day, row.ends_on))

    def other_role(self, row: Row, matches: Mapping[int, Held | None]) -> Held | None:
        """The one role that this one comes in the place of, where the file knows no other."""
        if row.ends_on is not None and row.ends_on < self.day:
            return None
        named = {each.role for each in self.rows}
        running = [
            held
            for held in self.held
            if held.period.runs_on(self.day) and held.period.role not in named
        ]
        unmatched = [number for number, held in matches.items() if held is None]
        return running[0] if len(running) == 1 and len(unmatched) == 1 else None

    def role_changed(self, held: Held, row: Row) -> tuple[Change, ...]:
        """The old role ends the day before the new one begins.

        Where it would end before it began, the role was a mistake and is put right.
        """
        starts_on = row.starts_on or self.day
        before = held.period
        if starts_on <= before.starts_on:
            return (Change(held, self.period(row, before)),)
        last_day = starts_on - ONE_DAY
        if before.ends_on is not None:
            last_day = min(last_day, before.ends_on)
        new = Change(None, Period(row.role, starts_on, row.ends_on))
        if last_day == before.ends_on:
            return (new,)
        return (Change(held, replace(before, ends_on=last_day)), new)

    def after(self, changes: tuple[Change, ...]) -> list[Period]:
        """The result with these changes. Raises UnfitError when somebody would serve double."""
        result = self.result.copy()
        for change in changes:
            if change.before is not None:
                result.remove(change.before.period)
        for change in changes:
            new = change.after
            if any(
                each.role == new.role and each.overlaps(new.starts_on, new.ends_on)
                for each in result
            ):
                raise UnfitError(RowFault.SEVERAL)
            result.append(new)
        return result


def outcome_of(changes: tuple[Change, ...], *, renamed: bool) -> Outcome:
    if not changes:
        return Outcome.CHANGED if renamed else Outcome.UNCHANGED
    if all(change.before is None for change in changes):
        return Outcome.NEW
    [change, *more] = changes
    before = change.before
    if (
        not more
        and before is not None
        and change.after.ends_on is not None
        and change.after == replace(before.period, ends_on=change.after.ends_on)
    ):
        return Outcome.ENDED
    return Outcome.CHANGED
