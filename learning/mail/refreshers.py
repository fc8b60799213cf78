"""The mail with the question of the week, and the signed link to it."""

from datetime import date, time, timedelta
from typing import Final

from django.core import signing
from django.urls import reverse
from django.utils.translation import gettext as _

from learning import refreshers
from learning.jobs import STOP, Interrupted
from learning.mail.messages import Message, composes
from learning.mail.outbox import wake
from learning.mail.stopping import stop_path, stops
from learning.models import OutgoingMail, Refresher, RefresherSubscription
from learning.models.people import today
from learning.schedule import daily

Kind = OutgoingMail.Kind
SALT: Final = "learning.refresher"
# By then there have been others, and what was remembered has changed.
LINK_HOLDS_FOR: Final = timedelta(days=60)


@daily("refreshers", at=time(8))
def send_refreshers(day: date) -> None:
    """To each subscriber whose week has gone by. A day that was missed is made up for next."""
    if day == today():
        ask_all(day)


@daily("tidy_refreshers", at=time(4, 50))
def tidy_refreshers(day: date) -> None:
    refreshers.forget_old(day)


def ask_all(day: date) -> int:
    """Put the day's questions in the outbox; how many. Raises Interrupted when it must end."""
    asked = 0
    for person_id in refreshers.subscribers():
        if STOP.is_set():
            raise Interrupted
        asked += refreshers.ask_next(person_id, day) is not None
    if asked:
        wake()
    return asked


def answer_path(refresher: Refresher) -> str:
    """Where a question is answered without signing in. The address says nothing of anybody."""
    return reverse("refresher", args=[signing.dumps(refresher.pk, salt=SALT)])


def refresher_of(token: str) -> Refresher | None:
    """The question that a link leads to; None when it is too old, gone, or not of our making."""
    try:
        number = signing.loads(token, salt=SALT, max_age=LINK_HOLDS_FOR)
    except signing.BadSignature:
        return None
    found = Refresher.objects.filter(pk=number, person__is_active=True)
    refresher: Refresher | None = found.select_related("version", "mail").first()
    return refresher


@composes(Kind.REFRESHER)
def question_of_the_week(mail: OutgoingMail) -> Message | None:
    """The mail; none to who ended it, or when nobody should be asked this any more."""
    refresher = Refresher.objects.filter(mail=mail).select_related("version").first()
    if refresher is None or refresher.is_answered:
        return None
    if not RefresherSubscription.objects.filter(person=mail.person).exists():
        return None
    if not refreshers.askable([refresher.version.question_key]):
        return None
    return Message(
        subject=_("Your question of this week"),
        paragraphs=(
            _("You asked for one question a week, about what went wrong before."),
            _("It takes a minute. You need not sign in, and nobody else sees your answer."),
        ),
        button=_("Answer the question"),
        path=answer_path(refresher),
        closing=(
            _("No time? Then leave it. We do not remind you of it."),
            _("The link is yours alone: do not send this mail on."),
        ),
        reason=_("You receive this mail because you asked for it under My learning."),
        stop_path=stop_path(mail),
    )


@stops(Kind.REFRESHER)
def stop_refreshers(mail: OutgoingMail) -> None:
    if mail.person is not None:
        refreshers.unsubscribe(mail.person)
