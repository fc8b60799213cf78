"""What a municipality's own system may bring about: whose address, whose name, which roles."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from learning.rules.domains import domain_of


@dataclass(frozen=True, slots=True)
class Address:
    """One of the addresses that were given for somebody."""

    value: str
    kind: str = ""
    primary: bool = False


def chosen(given: Sequence[Address], current: str = "") -> str:
    """The one address that is kept, in lower case; empty when none was given.

    `current` is the one that we hold when addresses were added to it, as some clients do rather
    than replace it: what is new wins then, unless it is said to be no address of work.
    """
    addresses = [Address(a.value.strip().lower(), a.kind, a.primary) for a in given]
    new = [
        address
        for address in addresses
        if address.value
        and address.value != current
        and (not current or address.primary or address.kind in ("", "work"))
    ]
    if not new:
        return current if any(a.value == current for a in addresses) else ""
    return min(new, key=lambda address: (not address.primary, address.kind != "work")).value


def is_own(address: str, domains: Collection[str]) -> bool:
    """Whether the municipality may speak for an address: it is of one of its own domains."""
    return domain_of(address) in domains


@dataclass(frozen=True, slots=True)
class Account:
    """What decides whether a municipality's system may touch somebody's account."""

    email: str
    belongs_elsewhere: bool
    has_rights: bool

    @property
    def may_be_renamed(self) -> bool:
        """Only somebody who is that municipality's alone, and may do no more than learn."""
        return not self.belongs_elsewhere and not self.has_rights

    def may_move(self, *, known_as: str, to: str, domains: Collection[str]) -> bool:
        """Whether the account's address follows.

        Only from one mailbox of the municipality's own to another: whoever keeps both could get
        into the account before, so nobody gains a way in by it.
        """
        return (
            self.may_be_renamed
            and self.email == known_as
            and is_own(self.email, domains)
            and is_own(to, domains)
        )


@dataclass(frozen=True, slots=True)
class Serves:
    """A membership as it is stored, under its key, that has not ended before today."""

    key: int
    role: str
    starts_on: date
    ends_on: date | None

    def goes_on(self, day: date) -> bool:
        """Whether there is something left to end: what is yet to begin cannot end before that."""
        return self.ends_on is None or self.ends_on > max(day, self.starts_on)


@dataclass(slots=True)
class Steps:
    """What is to be done with somebody's memberships."""

    end: list[int] = field(default_factory=list)
    reopen: list[int] = field(default_factory=list)
    start: list[str] = field(default_factory=list)
    # A membership that began today gets another role: it was not meant to be.
    change: dict[int, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.end or self.reopen or self.start or self.change)


@dataclass(frozen=True, slots=True)
class RoleRules:
    """Which roles the municipality's system decides on: those of groups, and the default one."""

    managed: frozenset[str]
    default: str = ""

    def steps(
        self, held: Sequence[Serves], from_groups: Iterable[str], *, active: bool, day: date
    ) -> Steps:
        """From what somebody holds to what they are to hold.

        Who is not active any more serves nowhere in this municipality. Who is keeps every role
        that the system does not decide on; the default role is for who would have none.
        """
        lasting = [each for each in held if each.goes_on(day)]
        if not active:
            return Steps(end=[each.key for each in lasting])
        wanted = set(from_groups)
        by_default = not wanted
        if by_default and self.default:
            wanted = {self.default}
        steps = Steps(
            end=[e.key for e in lasting if e.role in self.managed and e.role not in wanted]
        )
        staying = {each.role for each in lasting if each.key not in steps.end}
        if by_default and staying:
            return steps
        for role in sorted(wanted - staying):
            self.begin(role, held, steps, day)
        return steps

    @staticmethod
    def begin(role: str, held: Sequence[Serves], steps: Steps, day: date) -> None:
        """Take up again what ended today, change what began today, or start anew."""
        ended_today = [e.key for e in held if e.role == role and e.ends_on == day]
        began_today = [e.key for e in held if e.key in steps.end and e.starts_on == day]
        if ended_today:
            steps.reopen.append(ended_today[0])
        elif began_today:
            steps.end.remove(began_today[0])
            steps.change[began_today[0]] = role
        else:
            steps.start.append(role)
