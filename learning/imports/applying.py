"""Carrying out a plan that somebody agreed to: all of it, or nothing."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import audit
from accounts.models import AuditEvent, User
from learning import jobs, monitoring
from learning.holdings import members_joined
from learning.imports.plans import delete_file, digest, in_chunks, people_in, plan_for
from learning.membership_log import record_many
from learning.models import (
    FigureChange,
    ImportedChange,
    ImportRun,
    Job,
    Membership,
    Municipality,
)
from learning.models.people import today
from learning.rules.people_plan import Change, Outcome, Period, Plan, Step

BATCH: Final = 500
What = ImportedChange.What
Planned = tuple[Step, Change]


class UndecidedError(Exception):
    """Why it cannot be decided on like this."""


class WrongRowsError(UndecidedError):
    """All or nothing was chosen, and there are rows that are wrong."""


class PlanChangedError(UndecidedError):
    """People have changed since, and with them what the file would do."""


def decide(run: ImportRun, *, by: User, seen: str, only_good: bool) -> Job | None:
    """Carry the plan out in the background, if it is still the one that was seen.

    None when there was nothing to decide any more. Raises UndecidedError.
    """
    day = today()
    plan = plan_for(run, by, day=day)
    if digest(plan) != seen:
        raise PlanChangedError
    if plan.of(Outcome.WRONG) and not only_good:
        raise WrongRowsError
    with transaction.atomic():
        run = ImportRun.objects.select_for_update().get(pk=run.pk)
        if run.is_decided or run.is_at_work:
            return run.job
        run.agreed, run.agreed_day, run.only_good = seen, day, only_good
        run.has_changed = False
        run.status = ImportRun.Status.ASKED
        run.job = jobs.start(
            Job.Kind.IMPORT, by=by, municipality=run.municipality, parameters={"run": run.pk}
        )
        run.save()
    return run.job


def carry_out(run: ImportRun, job: Job) -> bool:
    """Do what was agreed. False when it was not done, since people have changed in the meantime.

    Safe to repeat: what was carried out is not carried out again. Raises PermissionDenied.
    """
    viewer = job.requested_by
    if viewer is None:
        raise PermissionDenied
    if run.is_decided:
        return True
    people = people_in(run)
    jobs.advance(job, done=0, total=len(people.rows))
    try:
        with transaction.atomic():
            # One import of a municipality at a time.
            Municipality.objects.select_for_update().get(pk=run.municipality_id)
            run = ImportRun.objects.select_for_update().get(pk=run.pk)
            if run.status != ImportRun.Status.ASKED:
                return run.is_decided
            monitoring.members_for(viewer, run.municipality)
            plan = plan_for(run, viewer, people=people, day=run.agreed_day, lock=True)
            if digest(plan) != run.agreed:
                raise PlanChangedError
            write(plan, run, job)
            close(run, plan, viewer)
    except (PlanChangedError, IntegrityError):
        # Somebody was made a member at this very moment: the database sees it before we do.
        ImportRun.objects.filter(pk=run.pk).update(
            status=ImportRun.Status.CHECKED, has_changed=True
        )
        return False
    return True


def close(run: ImportRun, plan: Plan, viewer: User) -> None:
    """Note what was done; the file has served."""
    delete_file(run)
    run.status = ImportRun.Status.APPLIED
    run.counts = {outcome.value: count for outcome, count in plan.counts().items()}
    run.applied_at, run.applied_by = timezone.now(), viewer
    run.file = ""
    run.save()
    audit.record(
        AuditEvent.What.IMPORTED,
        by=viewer,
        municipality_code=run.municipality.code,
        details={"import": run.pk, "change": "applied", "counts": run.counts},
    )


def write(plan: Plan, run: ImportRun, job: Job) -> None:
    """Everything that the plan changes, in few questions to the database."""
    steps = [step for step in plan.steps if step.changes or step.new_name]
    people = accounts_for(steps, run)
    rename(steps, people, run, job.requested_by)
    planned = list(once_each(in_order(steps), people))
    done = 0
    for chunk in in_chunks(planned, BATCH):
        jobs.advance(job, done=done, total=len(planned))
        write_memberships(chunk, people, run)
        record_many(
            [(people[step.email], kind_of(change)) for step, change in chunk],
            run.municipality,
            by=job.requested_by,
            via="import",
            run=run.pk,
        )
        done += len(chunk)
    joined = [
        people[step.email]
        for step in steps
        if any(change.before is None for change in step.changes)
    ]
    for keys in in_chunks(joined):
        members_joined(run.municipality, keys)
    if steps:
        FigureChange.note({run.municipality_id, *run.municipality.counted_ids(today())})


def kind_of(change: Change) -> str:
    """What the audit log calls it."""
    if change.before is None:
        return "begun"
    ends = change.before.period.ends_on is None and change.after.ends_on is not None
    return "ended" if ends else "changed"


def accounts_for(steps: Sequence[Step], run: ImportRun) -> dict[str, int]:
    """The key of everybody by address; who has no account gets one, to sign in with some day."""
    people: dict[str, int] = {}
    for chunk in in_chunks(steps):
        emails = {step.email for step in chunk}
        confirmed = EmailAddress.objects.filter(email__in=emails, verified=True)
        people |= dict(confirmed.values_list("email", "user"))
        people |= dict(User.objects.filter(email__in=emails).values_list("email", "pk"))
    first = {step.email: step for step in reversed(steps) if step.email not in people}
    new = [
        User(email=email, name=step.name, password=make_password(None))
        for email, step in first.items()
    ]
    for made in User.objects.bulk_create(new, batch_size=BATCH):
        people[made.email] = made.pk
    ImportedChange.objects.bulk_create(
        (
            ImportedChange(run=run, row=step.number, what=What.PERSON_MADE, person_id=people[email])
            for email, step in first.items()
        ),
        batch_size=BATCH,
    )
    return people


def rename(
    steps: Sequence[Step], people: dict[str, int], run: ImportRun, viewer: User | None
) -> None:
    renamed = {people[step.email]: step for step in steps if step.new_name}
    for keys in in_chunks(renamed):
        users = list(User.objects.filter(pk__in=keys).only("name", "audit_key"))
        ImportedChange.objects.bulk_create(
            ImportedChange(
                run=run,
                row=renamed[user.pk].number,
                what=What.NAME,
                person=user,
                before={"name": user.name},
                after={"name": renamed[user.pk].new_name},
            )
            for user in users
        )
        for user in users:
            user.name = renamed[user.pk].new_name
        User.objects.bulk_update(users, ["name"], batch_size=BATCH)
        audit.record_for_many(
            AuditEvent.What.PERSON_CHANGED,
            by=viewer,
            about=[user.audit_key for user in users],
            municipality_code=run.municipality.code,
            details={"fields": ["name"], "via": "import", "import": run.pk},
        )


def in_order(steps: Sequence[Step]) -> list[Planned]:
    """What ends comes first: it makes room for what follows in the same role."""

    def turn(planned: Planned) -> int:
        change = planned[1]
        return 2 if change.before is None else int(change.after.ends_on is None)

    return sorted(((step, change) for step in steps for change in step.changes), key=turn)


def once_each(planned: Iterable[Planned], people: dict[str, int]) -> Iterator[Planned]:
    """Without what comes twice: two addresses in the file may turn out to be one person."""
    made: set[tuple[int, str]] = set()
    for step, change in planned:
        seat = people[step.email], change.after.role
        if change.before is None and change.after.ends_on is None:
            if seat in made:
                continue
            made.add(seat)
        yield step, change


def write_memberships(chunk: Sequence[Planned], people: dict[str, int], run: ImportRun) -> None:
    """Change what is there, in the order given, and make what is not."""
    memberships = [membership_of(change, people[step.email], run) for step, change in chunk]
    there = [each for each in memberships if each.pk]
    for is_open in (False, True):
        Membership.objects.bulk_update(
            [each for each in there if (each.ends_on is None) == is_open],
            ["role", "starts_on", "ends_on"],
        )
    Membership.objects.bulk_create(each for each in memberships if not each.pk)
    ImportedChange.objects.bulk_create(
        ImportedChange(
            run=run,
            row=step.number,
            what=What.MEMBERSHIP if change.before else What.MEMBERSHIP_MADE,
            person_id=people[step.email],
            membership=membership,
            before=as_json(change.before.period) if change.before else {},
            after=as_json(change.after),
        )
        for (step, change), membership in zip(chunk, memberships, strict=True)
    )


def membership_of(change: Change, person: int, run: ImportRun) -> Membership:
    """A membership as it is to be; one that is there keeps its municipality."""
    return Membership(
        pk=change.before.key if change.before else None,
        person_id=person,
        municipality_id=run.municipality_id,
        role=change.after.role,
        starts_on=change.after.starts_on,
        ends_on=change.after.ends_on,
    )


def as_json(period: Period) -> dict[str, Any]:
    return {
        "role": period.role,
        "starts_on": period.starts_on.isoformat(),
        "ends_on": period.ends_on.isoformat() if period.ends_on else None,
    }
