"""Keep who looked at people's data of a municipality, and tell it.

Call `record` in every view that shows or hands over data of single people, after the gate. The
lines are in the audit log (accounts/audit.py), with what else was done.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import AuditEvent, User
from accounts.models.audit import LOOKS, AuditEventQuerySet
from learning.models import Membership, MonitorGrant, Municipality
from learning.models.people import today

What = AuditEvent.What
NOBODY: Final = Q(pk__in=())

# What a municipality's monitors read of their own: looks, and changes of who is who and may what.
# When somebody signed in, or what they did about their own data, is theirs.
OF_A_MUNICIPALITY: Final = (
    *(each for each in What if each in LOOKS),
    What.GRANTED,
    What.WITHDRAWN,
    What.MEMBERSHIP,
    What.IMPORTED,
    What.REQUIREMENT,
    What.SETTINGS,
    What.SIGN_ON,
    What.PROVISIONING,
    What.LOG_FILE,
)


def record(
    viewer: User, municipality: Municipality, what: AuditEvent.What, *, person: User | None = None
) -> None:
    """Add a line to the log; for lists at most one per viewer, municipality, kind and hour."""
    audit.record(what, by=viewer, municipality_code=municipality.code, about=person)


def codes_of(municipality: Municipality) -> list[str]:
    """Its own code, and those of whom it counts the people of today."""
    ids = municipality.counted_ids(today())
    if ids == [municipality.pk]:
        return [municipality.code]
    return list(Municipality.objects.filter(pk__in=ids).values_list("code", flat=True))


def of(municipality: Municipality) -> AuditEventQuerySet:
    """A year of what concerns a municipality, and those that have merged into it."""
    return AuditEvent.objects.filter(
        municipality_code__in=codes_of(municipality), what__in=OF_A_MUNICIPALITY
    ).kept()


def looks_at(person: User) -> AuditEventQuerySet:
    """A year of looks by others at data that this person was in.

    By name, or as a list, a search or a file of a municipality in the time in which they were
    counted there. Newest first.
    """
    in_a_list = NOBODY
    for place, first, last in counted_at(person):
        there = Q(municipality_code=place.code, at__gte=midnight(first), subject_key=None)
        if last is not None:
            there &= Q(at__lt=midnight(last + timedelta(days=1)))
        in_a_list |= there
    return (
        AuditEvent.objects.kept()
        .filter(in_a_list | Q(subject_key=person.audit_key), what__in=LOOKS)
        .exclude(actor_key=person.audit_key)
        .newest_first()
    )


def counted_at(person: User) -> Iterator[tuple[Municipality, date, date | None]]:
    """Which municipalities had somebody in their lists, from which day through which or still."""
    for membership in Membership.objects.filter(person=person).select_related("municipality"):
        place, first, last = membership.municipality, membership.starts_on, membership.ends_on
        seen = {place.pk}
        while place.successor is not None and place.merged_on is not None:
            merged = place.merged_on
            if (last is not None and last < merged) or place.successor.pk in seen:
                break
            if first < merged:
                yield place, first, merged - timedelta(days=1)
            place, first = place.successor, max(first, merged)
            seen.add(place.pk)
        yield place, first, last


def midnight(day: date) -> datetime:
    """The moment at which a day begins in the Netherlands."""
    return timezone.make_aware(datetime.combine(day, time.min))


@dataclass(frozen=True, slots=True)
class Named:
    """A line of the log with the names that belong to it."""

    event: AuditEvent
    who: str
    # Empty when nobody needs to read it, or it is about nobody.
    whom: str
    municipality: str

    @property
    def what(self) -> str:
        return self.event.label

    @property
    def at(self) -> datetime:
        return self.event.at


def named(events: Iterable[AuditEvent], viewer: User, *, may_name: Q = NOBODY) -> list[Named]:
    """Lines with the names of who did it and of the municipality, in three questions at most.

    Whom a line is about is named when it is the viewer, or somebody whom `may_name` (of `User`)
    lets through.
    """
    lines = list(events)
    actors = names_of({line.actor_key for line in lines}, Q())
    subjects = names_of({line.subject_key for line in lines}, may_name | Q(pk=viewer.pk))
    codes = {line.municipality_code for line in lines} - {""}
    places = dict(
        Municipality.objects.filter(code__in=codes).values_list("code", "display_name")
        if codes
        else ()
    )
    return [
        Named(
            line,
            who=actor_of(line, actors),
            whom=subjects.get(line.subject_key, ""),
            municipality=places.get(line.municipality_code, ""),
        )
        for line in lines
    ]


def names_of(keys: set[UUID | None], which: Q) -> dict[UUID | None, str]:
    wanted = {key for key in keys if key is not None}
    if not wanted:
        return {}
    people = User.objects.filter(which, audit_key__in=wanted).distinct()
    return {person.audit_key: str(person) for person in people.only("audit_key", "name", "email")}


def actor_of(line: AuditEvent, names: dict[UUID | None, str]) -> str:
    if line.actor_key is None:
        if line.what == What.PROVISIONING:
            return _("the municipality’s own system")
        return _("the site itself")
    return names.get(line.actor_key) or _("somebody who has left")


def people_of(municipality: Municipality) -> Q:
    """Whom a municipality's monitors may read about: its members of today, and its monitors.

    Of others nobody needs to read that they once were.
    """
    members = Membership.objects.of(municipality)
    grants = MonitorGrant.objects.filter(municipality=municipality)
    return Q(pk__in=members.values("person")) | Q(pk__in=grants.values("person"))
