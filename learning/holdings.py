"""When somebody fulfils a requirement, worked out from all that they finished.

`Holding` rows follow from completions and a requirement's terms (`rules.validity.periods`), so
that counting and listing can ask the database. Whoever changes either calls one of these, in
the transaction that changes it.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from accounts.models import User
from home.publication import Kept
from learning.models import Completion, FigureChange, Holding, Membership, Municipality, Requirement
from learning.models.requirements import REQUIREMENTS
from learning.paths import path_keys_with
from learning.rules.validity import Proof, periods

BATCH: Final = 2000
# Requirements of municipalities themselves.
OWN: Final = Kept[list[Requirement]](REQUIREMENTS)
ABOUT: Final = Kept[list[Requirement]](REQUIREMENTS)


def requirements_about(subject_key: UUID) -> list[Requirement]:
    """All requirements, past and present, that finishing this may fulfil or begin.

    Finishing a module is also a step of the learning paths that it stands in.
    """
    return ABOUT.get(subject_key, lambda: ask_requirements(subject_key))


def ask_requirements(subject_key: UUID) -> list[Requirement]:
    found = {each.pk: each for each in Requirement.objects.about(subject_key)}
    for key in path_keys_with(subject_key):
        found |= {each.pk: each for each in Requirement.objects.about(key)}
    return list(found.values())


def joined_ids(place: Municipality) -> list[int]:
    """A municipality and all that were ever merged into it, whatever the day."""
    ids = [place.pk]
    for target in ids:  # it grows while we walk
        ids += [
            pk
            for pk in Municipality.objects.filter(successor=target).values_list("pk", flat=True)
            if pk not in ids
        ]
    return ids


def subject_keys(requirement: Requirement) -> list[UUID]:
    """What one finishes for a requirement: its subject, and what renews that."""
    keys = [requirement.subject_key]
    if requirement.renewal_by == Requirement.Renewal.OTHER and requirement.renewal_key:
        keys.append(requirement.renewal_key)
    return keys


def proofs_for(
    requirement: Requirement, person_ids: Iterable[int] | None = None
) -> Iterator[tuple[int, list[Proof]]]:
    """Per person what they finished for a requirement; all whom it concerns, or some of them."""
    completions: QuerySet[Completion, Any] = Completion.objects.filter(
        module_key__in=subject_keys(requirement)
    )
    if person_ids is not None:
        completions = completions.filter(person__in=person_ids)
    if requirement.municipality is not None:
        members = Membership.objects.filter(municipality__in=joined_ids(requirement.municipality))
        completions = completions.filter(person__in=members.order_by().values("person"))
    rows = completions.order_by("person", "completed_on").values_list(
        "person", "completed_on", "ended_on", "module_key", "kind"
    )
    for person, group in groupby(rows.iterator(chunk_size=BATCH), key=itemgetter(0)):
        yield (
            person,
            [
                Proof(day, ended, is_renewal=key != requirement.subject_key, kind=kind)
                for _person, day, ended, key, kind in group
            ],
        )


def rebuild(requirement: Requirement, person_ids: Iterable[int] | None = None) -> None:
    """Work out anew when people fulfil a requirement. Says nothing of figures."""
    terms = requirement.terms
    old = Holding.objects.filter(requirement=requirement)
    if person_ids is not None:
        person_ids = list(person_ids)
        old = old.filter(person__in=person_ids)
    with transaction.atomic():
        old.delete()
        new: list[Holding] = []
        for person, proofs in proofs_for(requirement, person_ids):
            kinds = {proof.completed_on: proof.kind for proof in proofs}
            new += [
                Holding(
                    requirement=requirement,
                    person_id=person,
                    starts_on=period.start,
                    ends_on=period.end,
                    kind=kinds[period.start],
                )
                for period in periods(terms, proofs)
            ]
            if len(new) >= BATCH:
                Holding.objects.bulk_create(new)
                new = []
        Holding.objects.bulk_create(new)


def places_of(person: User) -> list[int]:
    """The municipalities that somebody serves or served, and those that these merged into."""
    ids = list(
        Membership.objects.filter(person=person)
        .order_by()
        .values_list("municipality", flat=True)
        .distinct()
    )
    for pk in ids:  # it grows while we walk
        ids += [target for target in successors().get(pk, ()) if target not in ids]
    return ids


SUCCESSORS: Final = Kept[dict[int, list[int]]](REQUIREMENTS)


def successors() -> dict[int, list[int]]:
    """Per municipality that merges into another, that other."""

    def ask() -> dict[int, list[int]]:
        rows = Municipality.objects.filter(successor__isnull=False)
        return {pk: [target] for pk, target in rows.values_list("pk", "successor") if target}

    return SUCCESSORS.get("all", ask)


def progress_changed(person: User, subject_key: UUID, *, finished: bool = True) -> None:
    """Somebody began or finished something, or it was ended: requirements and figures follow.

    Call it in the transaction that changes it.
    """
    places = places_of(person)
    concerned = [
        each
        for each in requirements_about(subject_key)
        if each.municipality_id is None or each.municipality_id in places
    ]
    if finished:
        for requirement in concerned:
            rebuild(requirement, [person.pk])
    if concerned:
        FigureChange.note(places, [requirement.pk for requirement in concerned])


def members_joined(municipality: Municipality, person_ids: Iterable[int]) -> None:
    """People came to serve a municipality: what they finished counts for what it asks itself."""
    places = [municipality.pk, *later_than(municipality)]
    own = OWN.get(
        "all",
        lambda: list(Requirement.objects.exclude(municipality=None).select_related("municipality")),
    )
    person_ids = list(person_ids)
    for requirement in own:
        if requirement.municipality_id in places:
            rebuild(requirement, person_ids)


def municipality_merged(municipality: Municipality) -> None:
    """What its people finished counts for what the successor asks itself."""
    for requirement in Requirement.objects.filter(municipality__in=later_than(municipality)):
        rebuild(requirement)


def later_than(municipality: Municipality) -> list[int]:
    """The municipalities that it merges into, one after another."""
    ids: list[int] = []
    target = municipality.successor_id
    while target is not None and target not in ids:
        ids.append(target)
        following = successors().get(target)
        target = following[0] if following else None
    return ids
