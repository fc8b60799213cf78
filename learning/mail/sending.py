"""The last step: a waiting mail is claimed, composed, handed over, and its end recorded.

A mail leaves at most once (ADR 0014). Each step is one conditional update, stored before the
next begins, so two workers never hold the same mail and a dead one leaves its trace.
"""

import smtplib
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import Any, Self
from uuid import UUID, uuid4

import structlog
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db.models import F
from django.utils import timezone
from django_tasks import task

from learning.jobs import BACKEND, STOP, place_of
from learning.mail.messages import compose
from learning.models import OutgoingMail
from learning.rules.mailing import is_temporary, wait_before_next

State = OutgoingMail.State

# So that an import or an export need not wait for a long mailing.
MOST_PER_TASK = 200
BATCH = 50

log = structlog.stdlib.get_logger("house.mail")


class Refused(Exception):
    """The mail has certainly not left. `again` says whether another attempt makes sense."""

    def __init__(self, error: BaseException, *, again: bool) -> None:
        super().__init__()
        self.again = again
        self.cause = named(error)


class Unanswered(Exception):
    """The line broke after the mail was handed over: it may have left or not."""

    def __init__(self, error: BaseException) -> None:
        super().__init__()
        self.cause = named(error)


def named(error: BaseException) -> str:
    """What went wrong without the server's words, which repeat the address."""
    code = code_of(error)
    return f"{type(error).__name__} {code}" if code else type(error).__name__


def code_of(error: BaseException) -> int:
    """The mail server's answer, if there was one."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return max((code for code, _words in error.recipients.values()), default=0)
    code = getattr(error, "smtp_code", 0)
    return code if isinstance(code, int) else 0


class Post:
    """A line to the mail server, kept open from one mail to the next."""

    def __init__(self) -> None:
        self.connection: Any = get_connection()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.hang_up()

    def hang_up(self) -> None:
        with suppress(smtplib.SMTPException, OSError):
            self.connection.close()

    def dial(self) -> None:
        """See that the line is there. Raises Refused: nothing was handed over yet."""
        try:
            line = getattr(self.connection, "connection", None)
            if line is not None and line.noop()[0] != 250:
                self.hang_up()
            self.connection.open()
        except (smtplib.SMTPServerDisconnected, OSError) as error:
            self.hang_up()
            raise Refused(error, again=True) from error

    def hand_over(self, email: EmailMultiAlternatives) -> None:
        """Give it to the mail server. Raises Refused or Unanswered."""
        try:
            self.connection.send_messages([email])
        except (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused) as error:
            self.hang_up()
            raise Refused(error, again=is_temporary(code_of(error))) from error
        except (smtplib.SMTPException, OSError) as error:
            self.hang_up()
            raise Unanswered(error) from error


def claim(mail_id: int, now: datetime) -> OutgoingMail | None:
    """Take a waiting mail, so that no other worker does; None when one was quicker."""
    token = uuid4()
    taken = (
        OutgoingMail.objects.waiting(now)
        .filter(pk=mail_id)
        .order_by()
        .update(state=State.SENDING, claim=token, claimed_at=now, attempts=F("attempts") + 1)
    )
    if not taken:
        return None
    return (
        OutgoingMail.objects.select_related("person", "municipality", "mailing")
        .filter(pk=mail_id, claim=token)
        .first()
    )


def settle(mail: OutgoingMail, state: State, *, error: str = "") -> State:
    """Record how a mail ended, if it is still ours to say."""
    OutgoingMail.objects.filter(
        pk=mail.pk, claim=mail.claim, state__in=(State.SENDING, State.UNCERTAIN)
    ).update(state=state, error=error, address="", finished_at=timezone.now())
    return state


def put_back(mail: OutgoingMail, error: str) -> State:
    """Try again later, or give up after the last attempt."""
    wait = wait_before_next(mail.attempts)
    if wait is None:
        return settle(mail, State.FAILED, error=error)
    OutgoingMail.objects.filter(pk=mail.pk, claim=mail.claim, state=State.SENDING).update(
        state=State.WAITING,
        send_after=timezone.now() + wait,
        claim=None,
        handed_over_at=None,
        error=error,
    )
    return State.WAITING


def mark_handed_over(mail_id: int, token: UUID | None, subject: str) -> bool:
    """Store that from here on it may have left; no when another worker has taken it over."""
    return bool(
        OutgoingMail.objects.filter(
            pk=mail_id, claim=token, state=State.SENDING, handed_over_at=None
        ).update(handed_over_at=timezone.now(), subject=subject)
    )


def deliver(mail: OutgoingMail, post: Post) -> State:
    """Send a claimed mail, unless it is no longer needed."""
    try:
        email = compose(mail)
    except Exception as error:
        # One mail that cannot be made must not hold up all others.
        log.warning("mail not composed", mail=mail.pk, error=named(error), where=place_of(error))
        log.debug("mail not composed because", exc_info=error)
        return put_back(mail, named(error))
    if email is None:
        return settle(mail, State.CANCELLED)
    return hand_over(mail, email, post)


def hand_over(mail: OutgoingMail, email: EmailMultiAlternatives, post: Post) -> State:
    """Give a composed mail to the mail server, and record what came of it."""
    try:
        post.dial()
        if not mark_handed_over(mail.pk, mail.claim, str(email.subject)[:200]):
            return State.SENDING
        post.hand_over(email)
    except Refused as refused:
        log.warning("mail refused", mail=mail.pk, error=refused.cause)
        if refused.again:
            return put_back(mail, refused.cause)
        return settle(mail, State.FAILED, error=refused.cause)
    except Unanswered as unanswered:
        log.warning("mail unanswered", mail=mail.pk, error=unanswered.cause)
        return settle(mail, State.UNCERTAIN, error=unanswered.cause)
    return settle(mail, State.SENT)


def deliver_waiting(
    *,
    most: int | None = None,
    told: Callable[[State], None] = lambda _state: None,
    **which: Any,
) -> int:
    """Send what waits, oldest first; how many mails were taken up."""
    handled = 0
    with Post() as post:
        while most is None or handled < most:
            now = timezone.now()
            room = BATCH if most is None else min(BATCH, most - handled)
            waiting = OutgoingMail.objects.waiting(now).filter(**which)
            batch = list(waiting.values_list("pk", flat=True)[:room])
            if not batch:
                break
            for mail_id in batch:
                if STOP.is_set():
                    return handled
                mail = claim(mail_id, now)
                if mail is not None:
                    handled += 1
                    told(deliver(mail, post))
    return handled


@task(backend=BACKEND)
def send_waiting() -> int:
    """Empty the outbox; goes on in a next task when there is much in it."""
    handled = deliver_waiting(most=MOST_PER_TASK)
    if handled == MOST_PER_TASK:
        send_waiting.enqueue()
    return handled
