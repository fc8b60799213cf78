"""What a monitor records of their own people: earlier training, letting off, withdrawing."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Q

from accounts.models import User
from learning.completions import Subject, end_completion, write_completion
from learning.models import (
    Completion,
    FigureChange,
    Membership,
    Municipality,
    Requirement,
    Waiver,
)
from learning.models.people import MembershipQuerySet, today

LONGEST_EVIDENCE: Final = 250
LONGEST_REASON: Final = 250


def serving_by_person(members: MembershipQuerySet) -> dict[int, list[Membership]]:
    """The memberships of these members, by person, the longest first."""
    found: dict[int, list[Membership]] = {}
    ordered = members.select_related("municipality", "person").order_by("starts_on", "pk")
    for membership in ordered:
        found.setdefault(membership.person_id, []).append(membership)
    return found


def recognise(
    members: MembershipQuerySet, subject: Subject, *, day: date, evidence: str, by: User
) -> int:
    """Let earlier training of these members count as finished; how many were recorded.

    `members` passed the gate. The same day for the same subject is recorded once.
    Raises ValueError without evidence, or for a day that has yet to come.
    """
    if not evidence.strip() or day > today():
        raise ValueError("A recognition rests on evidence of a day that has passed.")
    recorded = 0
    with transaction.atomic():
        serving = serving_by_person(members)
        # Two monitors, or two clicks, one after the other.
        list(User.objects.select_for_update().filter(pk__in=serving).order_by("pk"))
        known = set(
            Completion.objects.filter(
                person__in=serving,
                module_key=subject.key,
                kind=Completion.Kind.RECOGNISED,
                completed_on=day,
                ended_on=None,
            ).values_list("person", flat=True)
        )
        for person_id, memberships in serving.items():
            if person_id in known:
                continue
            asked = [m for m in memberships if m.role in subject.roles]
            membership = (asked or memberships)[0]
            write_completion(
                membership.person,
                subject,
                kind=Completion.Kind.RECOGNISED,
                completed_on=day,
                evidence=evidence.strip()[:LONGEST_EVIDENCE],
                recorded_by=by,
                membership=membership,
            )
            recorded += 1
    return recorded


def may_withdraw(completion: Completion, municipality: Municipality) -> bool:
    """Whether it is this municipality's to withdraw: recognised here, or finished while serving."""
    return completion.ended_on is None and completion.municipality_id in municipality.counted_ids(
        today()
    )


def withdraw(
    completion: Completion, *, municipality: Municipality, because: str, by: User
) -> Completion:
    """Let a completion count no longer from today on. Earlier days stay as they were.

    Raises PermissionError for what is not this municipality's to withdraw; ValueError without
    a reason. Done twice it is done once.
    """
    if completion.ended_on is not None:
        return completion
    if not may_withdraw(completion, municipality):
        raise PermissionError("This completion is not this municipality's to withdraw.")
    return end_completion(completion, because=because[:LONGEST_REASON], by=by)


def waive(
    person_ids: Collection[int],
    requirement: Requirement,
    *,
    municipality: Municipality,
    reason: str,
    starts_on: date,
    ends_on: date | None,
    by: User,
) -> int:
    """Let people off a requirement, from a day through a day or still; how many were.

    Who is let off already over all of those days is left alone. Raises ValueError without a
    reason.
    """
    if not reason.strip():
        raise ValueError("Somebody is let off for a reason.")
    with transaction.atomic():
        list(User.objects.select_for_update().filter(pk__in=person_ids).order_by("pk"))
        covering = Q(ends_on__isnull=True)
        if ends_on is not None:
            covering |= Q(ends_on__gte=ends_on)
        here = Waiver.objects.filter(
            requirement=requirement, municipality=municipality, person__in=person_ids
        )
        already = set(
            here.filter(covering, starts_on__lte=starts_on).values_list("person", flat=True)
        )
        if ends_on is None:
            # One that is open and begins later is the same, begun sooner.
            later = here.filter(ends_on__isnull=True, starts_on__gt=starts_on)
            already |= set(later.values_list("person", flat=True))
            later.update(starts_on=starts_on)
        new = [
            Waiver(
                requirement=requirement,
                person_id=pk,
                municipality=municipality,
                reason=reason.strip()[:LONGEST_REASON],
                granted_by=by,
                starts_on=starts_on,
                ends_on=ends_on,
            )
            for pk in dict.fromkeys(person_ids)
            if pk not in already
        ]
        Waiver.objects.bulk_create(new, batch_size=500)
        FigureChange.note(municipality.counted_ids(today()), [requirement.pk])
    return len(new)


def end_waiver(waiver: Waiver) -> None:
    """Ask it again from today on; one that began today ends today, one that has yet to begin goes.

    Days on which somebody was let off stay as they were.
    """
    with transaction.atomic():
        day = today()
        if waiver.starts_on > day:
            waiver.delete()
        elif waiver.ends_on is None or waiver.ends_on >= day:
            waiver.ends_on = max(day - timedelta(days=1), waiver.starts_on)
            waiver.save(update_fields=["ends_on"])
        FigureChange.note(
            {waiver.municipality_id, *waiver.municipality.counted_ids(day)},
            [waiver.requirement_id],
        )
