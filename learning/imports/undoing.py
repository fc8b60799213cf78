"""Undoing the last import: everything as it was, but for what has changed since."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any, Final

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from accounts import audit
from accounts.models import AuditEvent, User
from learning import jobs, monitoring
from learning.imports.applying import BATCH, as_json
from learning.imports.plans import in_chunks
from learning.membership_log import record_many
from learning.models import (
    FigureChange,
    ImportedChange,
    ImportRun,
    Job,
    Membership,
    Municipality,
)
from learning.models.figures import MEMBERS
from learning.models.people import today
from learning.rules.people_plan import Period

What = ImportedChange.What
UNTOUCHED: Final = {
    "last_login": None,
    "password__startswith": UNUSABLE_PASSWORD_PREFIX,
    "is_staff": False,
    "is_superuser": False,
}


def ask_undo(run: ImportRun, *, by: User) -> Job | None:
    """Undo an import in the background. None when that is not offered (any more)."""
    with transaction.atomic():
        run = ImportRun.objects.select_for_update().get(pk=run.pk)
        if run.is_at_work:
            return run.job
        if not run.can_be_undone():
            return None
        run.status = ImportRun.Status.UNDO_ASKED
        run.job = jobs.start(
            Job.Kind.IMPORT,
            by=by,
            municipality=run.municipality,
            parameters={"run": run.pk, "undo": True},
        )
        run.save()
    return run.job


def undo(run: ImportRun, job: Job) -> None:
    """Put back what was, in one transaction; say of each thing that it was left alone.

    Safe to repeat: what is undone is not undone again. Raises PermissionDenied.
    """
    if job.requested_by is None:
        raise PermissionDenied
    with transaction.atomic():
        Municipality.objects.select_for_update().get(pk=run.municipality_id)
        run = ImportRun.objects.select_for_update().get(pk=run.pk)
        if run.status != ImportRun.Status.UNDO_ASKED:
            return
        monitoring.members_for(job.requested_by, run.municipality)
        changes = list(run.changes.all())
        jobs.advance(job, done=0, total=max(len(changes), 1))
        left = {
            *take_away([each for each in changes if each.what == What.MEMBERSHIP_MADE]),
            *put_back([each for each in changes if each.what == What.MEMBERSHIP]),
            *name_back([each for each in changes if each.what == What.NAME]),
        }
        record(run, changes, left, by=job.requested_by)
        remove_accounts([each.person_id for each in changes if each.what == What.PERSON_MADE])
        FigureChange.note({run.municipality_id, *run.municipality.counted_ids(today())})
        close(run, left)


def record(run: ImportRun, changes: Sequence[ImportedChange], left: set[int], *, by: User) -> None:
    """Say in the audit log that it was undone, and of whose memberships."""
    words = {What.MEMBERSHIP_MADE: "removed", What.MEMBERSHIP: "changed"}
    undone = [
        (each.person_id, words[What(each.what)])
        for each in changes
        if each.what in words and each.pk not in left and each.person_id is not None
    ]
    record_many(undone, run.municipality, by=by, via="undo", run=run.pk)
    audit.record(
        AuditEvent.What.IMPORTED,
        by=by,
        municipality_code=run.municipality.code,
        details={"import": run.pk, "change": "undone"},
    )


def close(run: ImportRun, left: set[int]) -> None:
    """Note what was left alone; the rest has served."""
    for keys in in_chunks(left):
        run.changes.filter(pk__in=keys).update(left_alone=True)
    run.changes.filter(left_alone=False).delete()
    run.status, run.undone_at = ImportRun.Status.UNDONE, timezone.now()
    run.counts |= {"left_alone": len(left)}
    run.save()


def locked(changes: Iterable[ImportedChange]) -> dict[int | None, Membership]:
    keys = [each.membership_id for each in changes if each.membership_id]
    return {each.pk: each for each in Membership.objects.select_for_update().filter(pk__in=keys)}


def is_as(membership: Membership, after: dict[str, Any]) -> bool:
    period = Period(membership.role, membership.starts_on, membership.ends_on)
    return as_json(period) == after


def take_away(changes: Sequence[ImportedChange]) -> list[int]:
    """Remove memberships that were made. Returns the keys of changes that were left alone."""
    left = []
    for chunk in in_chunks(changes):
        memberships = locked(chunk)
        same = []
        for change in chunk:
            membership = memberships.get(change.membership_id)
            # One that is gone already has been taken away by somebody else.
            if membership is not None and is_as(membership, change.after):
                same.append(membership.pk)
            elif membership is not None:
                left.append(change.pk)
        Membership.objects.filter(pk__in=same).delete()
    return left


def put_back(changes: Sequence[ImportedChange]) -> list[int]:
    """Give memberships the role and days that they had. Returns what was left alone."""
    left = []
    # Who gets another role back makes room for the role that ended then.
    for kind in (True, False):
        own = [each for each in changes if (each.before["role"] != each.after["role"]) == kind]
        for chunk in in_chunks(own, BATCH):
            left += put_back_chunk(chunk)
    return left


def put_back_chunk(chunk: Sequence[ImportedChange]) -> list[int]:
    memberships = locked(chunk)
    periods = periods_of({each.person_id for each in chunk})
    left: list[int] = []
    back: list[Membership] = []
    for change in chunk:
        membership = memberships.get(change.membership_id)
        if membership is None or not is_as(membership, change.after):
            left.append(change.pk)
            continue
        there = periods[membership.person_id, membership.municipality_id]
        before = from_json(change.before)
        # Somebody may have been given the role again since, in these days.
        if any(
            pk != membership.pk
            and other.role == before.role
            and other.overlaps(before.starts_on, before.ends_on)
            for pk, other in there.items()
        ):
            left.append(change.pk)
            continue
        there[membership.pk] = before
        membership.role, membership.starts_on = before.role, before.starts_on
        membership.ends_on = before.ends_on
        back.append(membership)
    Membership.objects.bulk_update(back, ["role", "starts_on", "ends_on"])
    return left


def from_json(stored: dict[str, Any]) -> Period:
    ends_on = stored["ends_on"]
    return Period(
        stored["role"],
        date.fromisoformat(stored["starts_on"]),
        date.fromisoformat(ends_on) if ends_on else None,
    )


def periods_of(people: Collection[int]) -> dict[tuple[int, int], dict[int, Period]]:
    """All memberships of these people, per person and municipality."""
    found: dict[tuple[int, int], dict[int, Period]] = defaultdict(dict)
    for pk, person, municipality, role, starts_on, ends_on in Membership.objects.filter(
        person__in=people
    ).values_list("pk", "person", "municipality", "role", "starts_on", "ends_on"):
        found[person, municipality][pk] = Period(role, starts_on, ends_on)
    return found


def name_back(changes: Sequence[ImportedChange]) -> list[int]:
    """Give people the name that they had, unless they have it otherwise or signed in since."""
    left = []
    for chunk in in_chunks(changes, BATCH):
        users = {
            user.pk: user
            for user in User.objects.select_for_update().filter(
                pk__in=[each.person_id for each in chunk], **UNTOUCHED
            )
        }
        back = []
        for change in chunk:
            user = users.get(change.person_id)
            if user is None or user.name != change.after["name"]:
                left.append(change.pk)
                continue
            user.name = change.before["name"]
            back.append(user)
        User.objects.bulk_update(back, ["name"])
    MEMBERS.announce()
    return left


def remove_accounts(keys: Sequence[int]) -> None:
    """Remove accounts that were made, if nobody ever signed in and nothing else hangs on them."""
    nothing_else = [
        ~Exists(field.model._base_manager.filter(**{field.name: OuterRef("pk")}))  # noqa: SLF001  all
        for field in possessions()
    ]
    for chunk in in_chunks(keys):
        bare = User.objects.filter(*nothing_else, pk__in=chunk, **UNTOUCHED)
        User.objects.filter(pk__in=list(bare.values_list("pk", flat=True))).delete()


def possessions() -> list[Any]:
    """The fields of all models by which something belongs to a person.

    What merely mentions somebody, and would go on without them, does not count.
    """
    own = [
        relation.field
        for relation in User._meta.related_objects
        if relation.on_delete not in (models.SET_NULL, models.DO_NOTHING)
        and relation.related_model is not ImportedChange
    ]
    groups = [
        through._meta.get_field("user")
        for through in (User.groups.through, User.user_permissions.through)
    ]
    return [*own, *groups]
