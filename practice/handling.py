"""What editors do with a case that was handed in: look at it, ask, decline, publish, take down."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import AuditEvent, User
from practice import telling
from practice.models import CasePage, Submission, SubmissionQuestion

MAY_HANDLE = "practice.handle_submission"


class NotNow(Exception):
    """It was decided on or withdrawn, or a question waits already."""


class MayNotAsk(Exception):
    """The sender wants no questions."""


def open_one(pk: int) -> Submission:
    """The submission, locked, while anything can still be decided. Raises NotNow."""
    found = Submission.objects.select_for_update().filter(pk=pk).first()
    if found is None or not found.is_open:
        raise NotNow
    return found


def note(submission: Submission, change: str, *, by: User | None) -> None:
    """Whose case it was is not said: only which."""
    audit.record(
        AuditEvent.What.CASE, by=by, details={"change": change, "submission": submission.pk}
    )


def take_up(submission: Submission, *, by: User) -> bool:
    """Begin with it; no when somebody has. Raises NotNow."""
    with transaction.atomic():
        stored = open_one(submission.pk)
        if stored.state == Submission.State.IN_HAND:
            return False
        set_state(stored, Submission.State.IN_HAND)
        note(stored, "taken_up", by=by)
        telling.sender(stored, "taken_up")
    return True


def set_state(submission: Submission, state: Submission.State) -> None:
    submission.state, submission.updated_at = state, timezone.now()
    submission.save()


def ask(submission: Submission, text: str, *, by: User) -> SubmissionQuestion:
    """Ask the sender something, through the site. The same asked twice is asked once.

    Raises NotNow and MayNotAsk.
    """
    with transaction.atomic():
        stored = open_one(submission.pk)
        if not stored.may_ask or stored.sender_id is None:
            raise MayNotAsk
        waiting = stored.asked.filter(answered_at=None).first()
        if waiting is not None:
            if waiting.text == text:
                return waiting
            raise NotNow
        question = SubmissionQuestion.objects.create(submission=stored, text=text, asked_by=by)
        set_state(stored, Submission.State.IN_HAND)
        note(stored, "asked", by=by)
        telling.sender(stored, "question", question=question)
    return question


def decline(submission: Submission, reason: str, *, by: User) -> None:
    """Do not publish it, and say why. Raises NotNow."""
    with transaction.atomic():
        stored = open_one(submission.pk)
        stored.reason, stored.decided_at = reason, timezone.now()
        stored.asked.filter(answered_at=None).delete()
        set_state(stored, Submission.State.DECLINED)
        end_workflow(stored.page, by)
        note(stored, "declined", by=by)
        telling.sender(stored, "declined")


def end_workflow(page: CasePage | None, by: User) -> None:
    state: Any = page.current_workflow_state if page is not None else None
    if state is not None:
        state.cancel(user=by)


def published(page: CasePage) -> None:
    """A page went on the site, by whatever way."""
    with transaction.atomic():
        stored = Submission.objects.select_for_update().filter(page=page.pk).first()
        if stored is None or stored.state == Submission.State.PUBLISHED:
            return
        stored.decided_at, stored.reason = timezone.now(), ""
        stored.asked.filter(answered_at=None).delete()
        set_state(stored, Submission.State.PUBLISHED)
        telling.sender(stored, "published")


def taken_down(page: CasePage) -> None:
    """A page left the site."""
    with transaction.atomic():
        stored = Submission.objects.select_for_update().filter(page=page.pk).first()
        if stored is None or stored.state != Submission.State.PUBLISHED:
            return
        # Whoever takes back their word does so in every language.
        others = CasePage.objects.live().filter(translation_key=page.translation_key)
        for other in others.exclude(pk=page.pk):
            other.unpublish()
        stored.decided_at = timezone.now()
        set_state(stored, Submission.State.TAKEN_DOWN)
        telling.sender(stored, "taken_down")
