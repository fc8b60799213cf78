"""How long what was handed in is kept, and what erasing its sender does to it."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from accounts.models import User
from learning.anonymising_traces import Emails, add_trace
from learning.retention import Keys, Step, add_steps, deleting
from learning.rules.retention import period
from practice.handing_in import remove_traces
from practice.models import Submission, SubmissionQuestion

State = Submission.State


def old_drafts(now: datetime) -> QuerySet[Any]:
    return Submission.objects.filter(
        state=State.DRAFT, updated_at__lt=now - period("practice_drafts")
    )


def old_refusals(now: datetime) -> QuerySet[Any]:
    """Decided on or taken back, and not on the site."""
    return Submission.objects.filter(
        state__in=(State.DECLINED, State.WITHDRAWN, State.TAKEN_DOWN),
        decided_at__lt=now - period("practice_declined"),
    )


def forget_refusals(keys: Keys, now: datetime) -> None:
    """With the draft of a page that editors had of it."""
    for submission in old_refusals(now).filter(pk__in=keys).select_related("page"):
        with transaction.atomic():
            remove_traces(submission)
            submission.delete()


def old_questions(now: datetime) -> QuerySet[Any]:
    return SubmissionQuestion.objects.filter(
        submission__state__in=(State.PUBLISHED, State.TAKEN_DOWN, State.DECLINED),
        submission__decided_at__lt=now - period("practice_questions"),
    )


add_steps(
    deleting("drafts of cases", "practice_drafts", old_drafts),
    Step(
        "cases not published",
        "practice_declined",
        lambda now: old_refusals(now).order_by("pk").values_list("pk", flat=True),
        forget_refusals,
    ),
    deleting("questions about cases", "practice_questions", old_questions),
)


@add_trace
def cases_of(person: User, _emails: Emails) -> None:
    """A draft goes; what was handed in stays without who it was, and what they answered goes.

    What they agreed to stands: it was theirs to give, and the case tells nothing of them.
    """
    own = Submission.objects.filter(sender=person)
    own.filter(state=State.DRAFT).delete()
    SubmissionQuestion.objects.filter(submission__sender=person).delete()
    own.update(shows_name=False, may_ask=False)
