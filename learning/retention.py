"""Applying what the table of retention says (learning/rules/retention.py), each day.

Every step first finds, by key, what it would do: a dry run stops there, so what it prints is
what would be done. Each run is bounded and each batch stands by itself: a run that is killed is
gone on with by the next.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import islice
from typing import Any, Final

from allauth.account.models import EmailConfirmation
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone

from accounts import audit
from accounts.models import AddressChange, AuditEvent
from learning import erasing, invitations, joining, quiet, tidying
from learning.imports import work as imports
from learning.imports.plans import drop
from learning.mail import periodic as mail
from learning.models import Departure, ErasureRequest, Refresher
from learning.rules.retention import period
from learning.schedule import daily
from learning.settling import remove_answers, with_answers

BATCH: Final = 500
# In one run: with more to do than this, the next day goes on.
MOST: Final = 20_000
MOST_PEOPLE: Final = 500

Keys = Sequence[Any]


@dataclass(frozen=True, slots=True)
class Step:
    """What is done for one line of the table: `name` is of this step, `line` of that line.

    `is_secret`: its keys open something, so they are shown nowhere.
    """

    name: str
    line: str
    find: Callable[[datetime], Any]
    apply: Callable[[Keys, datetime], object]
    most: int = MOST
    is_secret: bool = False

    def found(self, now: datetime) -> list[Any]:
        return list(islice(self.find(now), self.most))

    def run(self, keys: list[Any], now: datetime) -> int:
        """Do what was found. Returns how many."""
        for start in range(0, len(keys), BATCH):
            self.apply(keys[start : start + BATCH], now)
        return len(keys)


def deleting(
    name: str,
    line: str,
    rows: Callable[[datetime], "QuerySet[Any]"],
    *,
    is_secret: bool = False,
) -> Step:
    """A step that deletes rows, and looks once more whether each still has to go."""
    return Step(
        name=name,
        line=line,
        find=lambda now: rows(now).order_by("pk").values_list("pk", flat=True)[:MOST],
        apply=lambda keys, now: rows(now).filter(pk__in=keys).delete(),
        is_secret=is_secret,
    )


def old_answers(now: datetime) -> "QuerySet[Any]":
    return with_answers().filter(submitted_at__lt=now - period("answers"))


def find_old_answers(now: datetime) -> "QuerySet[Any]":
    return old_answers(now).order_by("pk").values_list("pk", flat=True)[:MOST]


def find_quiet(now: datetime) -> Iterator[tuple[int, str]]:
    return ((each.person, str(each.act)) for each in quiet.due(now))


def apply_quiet(keys: Keys, now: datetime) -> None:
    wanted = set(keys)
    for each in list(quiet.due(now)):
        if (each.person, str(each.act)) in wanted:
            quiet.carry_out(each, now)


def find_due_erasures(now: datetime) -> "QuerySet[Any]":
    return ErasureRequest.objects.due(now).order_by("due_at", "pk").values_list("person", flat=True)


def old_lines(now: datetime) -> "QuerySet[Any]":
    return (
        AuditEvent.objects.filter(number__isnull=False, at__lte=now - period("log"))
        .order_by("pk")
        .values_list("pk", flat=True)
    )


def ended_sessions(_now: datetime) -> "QuerySet[Any]":
    """What is known of sessions that are no longer there."""
    return UserSession.objects.exclude(session_key__in=Session.objects.values("session_key"))


def forget_imports(keys: Keys, now: datetime) -> None:
    for run in imports.forgotten(now).filter(pk__in=keys):
        drop(run)


OWN_STEPS: Final[tuple[Step, ...]] = (
    Step(
        "erasures",
        "erasures",
        find_due_erasures,
        lambda keys, now: [erasing.erase(pk, now) for pk in keys],
        most=MOST_PEOPLE,
    ),
    deleting("notices to who came back", "quiet_accounts", quiet.came_back),
    Step("quiet accounts", "quiet_accounts", find_quiet, apply_quiet, most=MOST_PEOPLE),
    Step(
        "answers",
        "answers",
        find_old_answers,
        lambda keys, now: remove_answers(list(keys), now=now),
    ),
    deleting(
        "refreshers",
        "refreshers",
        lambda now: Refresher.objects.filter(
            asked_on__lt=timezone.localdate(now) - period("refreshers")
        ),
    ),
    deleting(
        "erasures undone",
        "erasures_undone",
        lambda now: ErasureRequest.objects.filter(undone_at__lt=now - period("erasures_undone")),
    ),
    deleting(
        "departures",
        "departures",
        lambda now: Departure.objects.filter(left_at__lt=now - period("departures")),
    ),
    Step("log", "log", old_lines, lambda _keys, now: audit.forget_old(now)),
    deleting(
        "sessions",
        "sessions",
        lambda now: Session.objects.filter(expire_date__lt=now),
        is_secret=True,
    ),
    deleting("devices", "sessions", ended_sessions),
    deleting(
        "address confirmations",
        "confirmations",
        lambda now: EmailConfirmation.objects.filter(created__lt=now - period("confirmations")),
    ),
    deleting(
        "addresses not agreed to",
        "confirmations",
        lambda now: AddressChange.objects.filter(asked_at__lt=now - period("confirmations")),
    ),
    deleting("invitations unanswered", "entry_unanswered", invitations.unanswered),
    deleting("invitations", "entry", invitations.old),
    deleting("requests unconfirmed", "entry_unconfirmed", joining.unconfirmed),
    deleting("requests", "entry", joining.old_requests),
    deleting("join links", "entry", joining.old_links),
    Step(
        "imports undecided",
        "import_undecided",
        lambda now: imports.forgotten(now).order_by("pk").values_list("pk", flat=True),
        forget_imports,
    ),
    deleting("changes by imports", "import", imports.old_changes),
    deleting("mail drafts", "mail_drafts", mail.old_drafts),
    deleting("mails", "mail", mail.old_mails),
    deleting("mailings", "mail", mail.old_mailings),
    Step(
        "files",
        "files",
        lambda now: tidying.expired_files(now).order_by("pk").values_list("pk", flat=True),
        lambda keys, now: tidying.delete_files(tidying.expired_files(now).filter(pk__in=keys)),
    ),
    deleting("jobs", "jobs", tidying.old_jobs),
)


# In the order in which they are done. Apps above add theirs when they start (`add_steps`).
STEPS: Final[list[Step]] = [*OWN_STEPS]


def add_steps(*steps: Step) -> None:
    """Add what is done for other apps' lines. Raises ValueError for a name that is taken."""
    for step in steps:
        if step.name in {each.name for each in STEPS}:
            message = f"Two steps of retention are called {step.name}."
            raise ValueError(message)
        STEPS.append(step)


def apply_retention(now: datetime | None = None) -> dict[str, int]:
    """Do all of it; how many of each. Safe to repeat.

    All is found before anything is done, so that it does no more than was said. What one step
    makes room for in another waits a day.
    """
    moment = now or timezone.now()
    return {step.name: step.run(keys, moment) for step, keys in list(look_ahead(moment))}


def look_ahead(now: datetime | None = None) -> Iterator[tuple[Step, list[Any]]]:
    """What `apply_retention` would do now, step by step. Nothing is changed."""
    moment = now or timezone.now()
    for step in STEPS:
        yield step, step.found(moment)


@daily("retention", at=time(4, 20))
def keep_to_the_table(_day: date) -> None:
    apply_retention()
