"""From a file that was handed in to a plan: what it would change among the people here."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date
from itertools import islice
from pathlib import PurePath
from typing import Any, Final, TypeVar

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Q
from django.utils.crypto import get_random_string, salted_hmac

from accounts.models import User
from learning.models import ImportRun, Membership, MonitorGrant, Municipality
from learning.models.people import today, watched_ids
from learning.rules.people_file import PeopleFile, read_people
from learning.rules.people_plan import Held, Known, Period, Plan, Step, plan_people
from learning.rules.people_words import tidy

# Keys that one question to the database may name.
AT_ONCE: Final = 1000
# From so many addresses on it is quicker to ask for everybody than to name them.
FEW: Final = 500

Item = TypeVar("Item")


def in_chunks(items: Iterable[Item], size: int = AT_ONCE) -> Iterator[list[Item]]:
    remaining = iter(items)
    while chunk := list(islice(remaining, size)):
        yield chunk


def hand_in(content: bytes, *, by: User, place: Municipality, filename: str) -> ImportRun:
    """Keep a file until it is decided on. Raises UnreadableError for one that cannot be read.

    What the same person handed in before and did not decide on makes room for it.
    """
    read_people(content)
    with transaction.atomic():
        for earlier in ImportRun.objects.filter(
            municipality=place, created_by=by, status=ImportRun.Status.CHECKED
        ):
            drop(earlier)
        run = ImportRun(
            municipality=place, created_by=by, filename=tidy(PurePath(filename).name)[:120]
        )
        # The name on disk says nothing, not even to who runs the machine.
        run.file.save(get_random_string(24), ContentFile(content), save=False)
        run.save()
    return run


def drop(run: ImportRun) -> None:
    """Forget a file that is not to be carried out. One that was decided on stays."""
    deleted, _rows = ImportRun.objects.filter(pk=run.pk, applied_at=None).delete()
    if deleted:
        delete_file(run)


def delete_file(run: ImportRun) -> None:
    """Delete the file once it is certain that it is not needed (learning/imports/work.py)."""
    storage, name = run.file.storage, run.file.name
    if name:
        transaction.on_commit(lambda: storage.delete(name))


def people_in(run: ImportRun) -> PeopleFile:
    """Raises FileNotFoundError when the file is gone."""
    with run.file.open("rb") as file:
        return read_people(file.read())


def plan_for(
    run: ImportRun,
    viewer: User,
    *,
    people: PeopleFile | None = None,
    day: date | None = None,
    lock: bool = False,
) -> Plan:
    """What the file would change today, as this viewer may see it.

    With `lock` nobody else changes these people before the transaction ends.
    """
    people = people or people_in(run)
    emails = {row.email for row in people.rows if row.email}
    here = run.municipality.counted_ids(today())
    known = known_here(
        viewer, here, None if run.end_absent or len(emails) > FEW else emails, lock=lock
    )
    others = other_addresses(emails, known)
    names = {others.get(row.email, row.email): row.name for row in people.rows if row.name}
    return plan_people(
        people.rows,
        ours_to_name(known, names, here),
        day=day or today(),
        has_ends=people.has_ends,
        end_absent=run.end_absent,
        same_as=others,
    )


def known_here(
    viewer: User, here: Sequence[int], emails: Collection[str] | None, *, lock: bool
) -> dict[str, Known]:
    """Who is or was a member, by address, as far as the viewer may see them: all, or some."""
    members = Membership.objects.visible_to(viewer, watched=watched_ids(viewer)).filter(
        municipality__in=here
    )
    if emails is not None:
        confirmed = EmailAddress.objects.filter(email__in=emails, verified=True)
        members = members.filter(
            Q(person__email__in=emails) | Q(person__in=confirmed.values("user"))
        )
    if lock:
        members = members.select_for_update()
    people: dict[str, Known] = {}
    rows = members.order_by("starts_on", "pk").values_list(
        "person__email", "person", "person__name", "pk", "role", "starts_on", "ends_on"
    )
    for email, person, name, key, role, starts_on, ends_on in rows:
        held = Held(key, Period(role, starts_on, ends_on))
        earlier = people[email].held if email in people else ()
        people[email] = Known(person, name, (*earlier, held))
    return people


def other_addresses(emails: Collection[str], known: Mapping[str, Known]) -> dict[str, str]:
    """Addresses in the file by which a member has shown to be reached too, with their own."""
    by_key = {person.key: email for email, person in known.items()}
    found: dict[str, str] = {}
    for chunk in in_chunks(email for email in emails if email not in known):
        confirmed = EmailAddress.objects.filter(email__in=chunk, verified=True)
        found |= {
            email: by_key[user]
            for email, user in confirmed.values_list("email", "user")
            if user in by_key
        }
    return found


def ours_to_name(
    known: dict[str, Known], names: dict[str, str], here: Sequence[int]
) -> dict[str, Known]:
    """With who may be given another name: only who never signed in and whom nobody else named."""
    differing = {
        person.key: email
        for email, person in known.items()
        if email in names and names[email] != person.name
    }
    for keys in in_chunks(differing):
        elsewhere = Membership.objects.exclude(municipality__in=here)
        free = (
            User.objects.filter(
                pk__in=keys,
                last_login=None,
                password__startswith=UNUSABLE_PASSWORD_PREFIX,
                is_staff=False,
                is_superuser=False,
                groups=None,
                emailaddress=None,
            )
            .exclude(pk__in=elsewhere.filter(person__in=keys).values("person"))
            .exclude(pk__in=MonitorGrant.objects.filter(person__in=keys).values("person"))
        )
        for key in free.values_list("pk", flat=True):
            person = known[differing[key]]
            known[differing[key]] = replace(person, may_rename=True)
    return known


def digest(plan: Plan) -> str:
    """A mark of all that a plan shows: the same mark is the same plan.

    It is made with our secret and of nothing that is not shown, so that it does not tell
    whether somebody who is new here has an account elsewhere.
    """
    written = json.dumps([shown(step) for step in plan.steps], default=str)
    return salted_hmac("learning.imports", written, algorithm="sha256").hexdigest()


def shown(step: Step) -> list[Any]:
    return [
        *(step.number, step.outcome, step.email, step.name, step.role, step.new_name),
        [asdict(change) for change in step.changes],
        [(fault.kind, fault.found) for fault in step.faults],
    ]
