"""Who is reminded of what today by itself: one mail a person, whatever it is about."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, TypeVar

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from accounts.models import User
from learning.figures import active_requirements
from learning.mail.audience import people_list
from learning.mail.outbox import wake
from learning.models import (
    Holding,
    MailPreference,
    Membership,
    Municipality,
    OutgoingMail,
    Reminder,
    Requirement,
)
from learning.models.people import MembershipQuerySet
from learning.people_list import Person, Selection
from learning.rules.reminders import (
    MONDAY,
    Moment,
    first_and_last_due,
    may_remind,
    moment_for,
    wants_doing,
)

CHUNK: Final = 500

Each = TypeVar("Each")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Somebody is to be reminded of something."""

    person: int
    requirement: int
    municipality: int
    due_on: date
    moment: Moment


def chunks(items: Sequence[Each]) -> Iterator[Sequence[Each]]:
    return (items[start : start + CHUNK] for start in range(0, len(items), CHUNK))


def plan(day: date) -> int:
    """Put today's reminders in the outbox; how many mails.

    Safe to repeat, and by two workers at once: a person has one such mail a day, and is
    reminded once of each requirement, due date and moment.
    """
    weekly = set(
        MailPreference.objects.filter(rhythm=MailPreference.Rhythm.WEEKLY).values_list(
            "person", flat=True
        )
    )
    found: dict[int, dict[int, Wanted]] = defaultdict(dict)
    for place in Municipality.objects.exclude(settings__automatic_reminders=False):
        if not place.has_merged(day):
            for wanted in wanted_in(place, day, weekly):
                found[wanted.person].setdefault(wanted.requirement, wanted)
    return sum(store(chunk, day, weekly) for chunk in chunks(list(found.values())))


def wanted_in(place: Municipality, day: date, weekly: set[int]) -> Iterator[Wanted]:
    """What the people of a municipality are to be reminded of and were not yet."""
    members = Membership.objects.of(place, on=day)
    if not members.exists():
        return
    for requirement in active_requirements(place):
        listed = people_list(place, requirement, members, Selection())
        for keys in chunks(candidates(members, requirement, day)):
            people = listed.people(list(keys))
            wanted = [w for p in people if (w := wanted_of(p, requirement, place, day, weekly))]
            yield from not_yet(wanted, requirement, day)


def wanted_of(
    person: Person, requirement: Requirement, place: Municipality, day: date, weekly: set[int]
) -> Wanted | None:
    due_on = person.position.due_on
    if due_on is None or not wants_doing(person.standing):
        return None
    moment = moment_for(day, due_on, weekly=person.pk in weekly)
    if moment is None:
        return None
    return Wanted(person.pk, requirement.pk, place.pk, due_on, moment)


def candidates(members: MembershipQuerySet, requirement: Requirement, day: date) -> list[int]:
    """Who may have a moment today, by the dates alone; `rules.due.position_on` decides."""
    earliest, latest = first_and_last_due(day)
    held = Holding.objects.filter(person=OuterRef("person"), requirement=requirement)
    some = Q(Exists(held.filter(ends_on__gte=earliest, ends_on__lte=latest)))
    never_held = Q(~Exists(held))
    if requirement.due_on is not None:
        if earliest <= requirement.due_on <= latest:
            some |= never_held
    elif requirement.due_days is not None:
        within = timedelta(days=requirement.due_days)
        first, last = earliest - within, latest - within
        if requirement.starts_on <= last:
            began = Q(starts_on__lte=last)
            # Who began before the requirement counts from the day on which that began.
            some |= never_held & (
                began if requirement.starts_on >= first else began & Q(starts_on__gte=first)
            )
    rows = requirement.narrow(members).filter(some).order_by("person")
    return list(rows.values_list("person", flat=True).distinct())


def not_yet(wanted: list[Wanted], requirement: Requirement, day: date) -> Iterator[Wanted]:
    """Without what somebody was told of at this moment, or by hand some days ago."""
    told: set[tuple[int | None, date | None, str]] = set()
    by_hand: dict[int | None, date] = {}
    rows = Reminder.objects.filter(
        requirement=requirement, person__in=[each.person for each in wanted]
    ).order_by("on")
    for person, due_on, moment, on in rows.values_list("person", "due_on", "moment", "on"):
        told.add((person, due_on, moment))
        if moment == Moment.BY_HAND:
            by_hand[person] = on
    # Being asked to do it again is a reminder too.
    asked = OutgoingMail.objects.filter(
        kind=OutgoingMail.Kind.AGAIN,
        mailing__module_key=requirement.subject_key,
        person__in=[each.person for each in wanted],
    )
    for person, at in asked.order_by("created_at").values_list("person", "created_at"):
        by_hand[person] = max(timezone.localdate(at), by_hand.get(person, date.min))
    for each in wanted:
        if (each.person, each.due_on, each.moment) not in told and may_remind(
            day, by_hand.get(each.person)
        ):
            yield each


def store(chunk: Sequence[dict[int, Wanted]], day: date, weekly: set[int]) -> int:
    """Make the mails of some people; those that another worker made meanwhile are left out."""
    try:
        with transaction.atomic():
            make(chunk, day, weekly)
            wake()
    except IntegrityError:
        return 0 if len(chunk) == 1 else sum(store([each], day, weekly) for each in chunk)
    return len(chunk)


def make(chunk: Sequence[dict[int, Wanted]], day: date, weekly: set[int]) -> None:
    by_person = {next(iter(each.values())).person: list(each.values()) for each in chunk}
    languages = dict(User.objects.filter(pk__in=by_person).values_list("pk", "language"))
    mails = OutgoingMail.objects.bulk_create(
        OutgoingMail(
            kind=OutgoingMail.Kind.WEEKLY
            if person in weekly and day.weekday() == MONDAY
            else OutgoingMail.Kind.DUE,
            person_id=person,
            municipality_id=wanted[0].municipality,
            language=languages[person],
            dedupe_key=f"due:{person}:{day}",
        )
        for person, wanted in by_person.items()
    )
    Reminder.objects.bulk_create(
        Reminder(
            mail=mail,
            person_id=each.person,
            requirement_id=each.requirement,
            municipality_id=each.municipality,
            moment=each.moment,
            due_on=each.due_on,
            on=day,
        )
        for mail in mails
        if mail.person_id is not None
        for each in by_person[mail.person_id]
    )
    OutgoingMail.also.through.objects.bulk_create(
        OutgoingMail.also.through(outgoingmail_id=mail.pk, municipality_id=place)
        for mail in mails
        if mail.person_id is not None
        for place in sorted({each.municipality for each in by_person[mail.person_id]})
        if place != mail.municipality_id
    )
