"""What is due: the one definition, from memberships, requirements and completions (DESIGN §4.4)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from learning.rules.validity import Period, holding_on


class Standing(StrEnum):
    """How somebody stands with a requirement on a day. The order is the order on screen."""

    TO_DO = "to_do"
    UNDER_WAY = "under_way"
    OVERDUE = "overdue"
    COMPLETED = "completed"
    RENEWAL_OPEN = "renewal_open"
    LAPSED = "lapsed"
    NOT_REQUIRED = "not_required"


# Who holds a valid completion: what a municipality's rate counts.
FULFILLED = frozenset({Standing.COMPLETED, Standing.RENEWAL_OPEN})
# For whom there is something to do now.
OPEN = frozenset({Standing.TO_DO, Standing.UNDER_WAY, Standing.OVERDUE, Standing.LAPSED})


@dataclass(frozen=True, slots=True)
class Service:
    """Somebody serves in a role, from a day through a day or still."""

    role: str
    days: Period


@dataclass(frozen=True, slots=True)
class Rule:
    """A requirement as plain values.

    It asks those roles from `days.start` on. Due is on a day (`due_on`), or `due_days` after
    somebody's service began; neither means that there is no hurry. `renewal_days` is how long
    before its end a completion may be renewed.
    """

    roles: frozenset[str]
    days: Period
    due_on: date | None = None
    due_days: int | None = None
    renewal_days: int = 0


@dataclass(frozen=True, slots=True)
class Position:
    """Where somebody stands, by when they must have finished, and through when they have."""

    standing: Standing
    due_on: date | None = None
    valid_through: date | None = None

    @property
    def is_open(self) -> bool:
        return self.standing in OPEN

    @property
    def is_fulfilled(self) -> bool:
        return self.standing in FULFILLED


def first_due(rule: Rule, services: Collection[Service], day: date) -> date | None:
    """By when somebody must finish for the first time.

    Counted in days it runs from the day on which they began to serve, and not before the
    requirement itself began; who serves in two roles has to be in time for the first.
    """
    if rule.due_on is not None or rule.due_days is None:
        return rule.due_on
    begun = [max(s.days.start, rule.days.start) for s in services if applies(rule, s, day)]
    return min(begun) + timedelta(days=rule.due_days) if begun else None


def applies(rule: Rule, service: Service, day: date) -> bool:
    """Whether a requirement asks something of a service on a day."""
    return service.role in rule.roles and service.days.holds_on(day) and rule.days.holds_on(day)


def position_on(
    day: date,
    rule: Rule,
    *,
    services: Collection[Service],
    held: Sequence[Period] = (),
    started_on: date | None = None,
    waived: Collection[Period] = (),
) -> Position:
    """How somebody stands with a requirement on a day.

    `services` are those that the requirement may concern (a municipality's own asks nothing of
    service elsewhere); `held` when they fulfilled it (`validity.periods`); `started_on` when
    they first began; `waived` when they were let off.

    Finished once and no longer valid is lapsed, whatever has been begun since; too late is who
    never finished and is past the day, also when under way.
    """
    asked = any(applies(rule, service, day) for service in services)
    if not asked or any(period.holds_on(day) for period in waived):
        return Position(Standing.NOT_REQUIRED)
    holding = holding_on(day, held)
    if holding is not None:
        return Position(
            Standing.RENEWAL_OPEN if renewal_is_open(rule, holding, day) else Standing.COMPLETED,
            due_on=holding.end,
            valid_through=holding.end,
        )
    ended = [period.end for period in held if period.end is not None and period.end < day]
    if ended:
        return Position(Standing.LAPSED, due_on=max(ended), valid_through=max(ended))
    due_on = first_due(rule, services, day)
    if due_on is not None and due_on < day:
        return Position(Standing.OVERDUE, due_on)
    if started_on is not None and started_on <= day:
        return Position(Standing.UNDER_WAY, due_on)
    return Position(Standing.TO_DO, due_on)


def renewal_is_open(rule: Rule, holding: Period, day: date) -> bool:
    """Whether somebody who is still in order may already renew."""
    return holding.end is not None and day > holding.end - timedelta(days=rule.renewal_days)


def lapses_within(holding: Period | None, day: date, days: int) -> bool:
    """Whether what holds today ends within so many days, counted from today."""
    return holding is not None and holding.end is not None and holding.end < day + timedelta(days)
