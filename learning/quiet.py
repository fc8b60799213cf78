"""Accounts that nobody uses: two notices by mail, then erased (learning/rules/retention.py)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import DateField, Exists, Max, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import override

from accounts.models import User
from learning.anonymising import NOWHERE, anonymise
from learning.mail.outbox import queue
from learning.models import (
    Enrolment,
    JoinRequest,
    Membership,
    MonitorGrant,
    OutgoingMail,
    RetentionNotice,
)
from learning.rules.retention import FIRST_NOTICE, Act, last_day, period, what_next

Stage = RetentionNotice.Stage


@dataclass(frozen=True, slots=True)
class Due:
    """What is to be done today about one person, and when they are erased if nothing changes."""

    person: int
    act: Act
    erased_on: date


def quiet_since(moment: datetime) -> "QuerySet[User]":
    """Who serves nowhere, may do nothing that others may not, and was not seen since a moment.

    A future membership counts, and so does waiting to be let in. Whoever asked to be erased
    themselves waits for that.
    """
    day = timezone.localdate(moment)
    mine = {"person": OuterRef("pk")}
    serving = Membership.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=day), person=OuterRef("pk")
    )
    learning = Enrolment.objects.filter(**mine, last_active_at__gt=moment)
    return (
        User.objects.filter(
            Q(last_login__isnull=True) | Q(last_login__lte=moment),
            ~Exists(serving),
            ~Exists(learning),
            ~Exists(MonitorGrant.objects.active().filter(**mine)),
            ~Exists(JoinRequest.objects.waiting().filter(**mine)),
            date_joined__lte=moment,
            is_superuser=False,
            groups=None,
            user_permissions=None,
            erase_after=None,
        )
        .exclude(email__endswith=f"@{NOWHERE}")
        .order_by("pk")
    )


def candidates(now: datetime) -> "QuerySet[Any]":
    """Who is or will soon be due for a notice, with what is needed to say which."""
    notices = RetentionNotice.objects.filter(person=OuterRef("pk"))

    def newest(rows: Any, field: str) -> Subquery:
        found = rows.filter(person=OuterRef("pk")).order_by().values("person")
        return Subquery(found.annotate(newest=Max(field)).values("newest"))

    def sent(stage: Stage) -> Subquery:
        return Subquery(
            notices.filter(stage=stage).values("sent_on")[:1], output_field=DateField(null=True)
        )

    return quiet_since(now - period("quiet_accounts") + FIRST_NOTICE).annotate(
        served_until=newest(Membership.objects, "ends_on"),
        learned_at=newest(Enrolment.objects, "last_active_at"),
        first_sent=sent(Stage.FIRST),
        last_sent=sent(Stage.LAST),
    )


def since_of(person: Any) -> date:
    """The last day on which something was seen of a candidate."""
    moments = [person.date_joined, person.last_login, person.learned_at]
    days = [timezone.localdate(moment) for moment in moments if moment is not None]
    return max([*days, *([person.served_until] if person.served_until else [])])


def due(now: datetime) -> Iterator[Due]:
    """What is to be done today, person by person. Nothing is changed."""
    day = timezone.localdate(now)
    for person in candidates(now).iterator(chunk_size=500):
        since = since_of(person)
        sent = {"first": person.first_sent, "last": person.last_sent}
        act = what_next(since, day, **sent)
        if act is not Act.NOTHING:
            told = sent | ({str(act): day} if act is not Act.ERASE else {})
            yield Due(person.pk, act, last_day(since, day, **told))


def came_back(now: datetime) -> "QuerySet[RetentionNotice]":
    """Notices to who was seen since, or serves again."""
    still = candidates(now).order_by().values("pk")
    return RetentionNotice.objects.exclude(person__in=still).order_by("pk")


def stays(person: User, now: datetime | None = None) -> bool:
    """Whether somebody who was told that their account goes has come back by now."""
    return not candidates(now or timezone.now()).filter(pk=person.pk).exists()


def carry_out(each: Due, now: datetime) -> bool:
    """Do it, unless it is no longer due. Safe to repeat, also by two workers."""
    with transaction.atomic():
        person = User.objects.select_for_update().get(pk=each.person)
        if stays(person, now):
            return False
        if each.act is Act.ERASE:
            anonymise(person)
            return True
        notice, is_new = RetentionNotice.objects.get_or_create(
            person=person,
            stage=Stage(str(each.act)),
            defaults={"sent_on": timezone.localdate(now)},
        )
        if is_new:
            queue([mail_about(person, notice, each.erased_on)])
        return is_new


def mail_about(person: User, notice: RetentionNotice, erased_on: date) -> OutgoingMail:
    """The mail of a notice (learning/mail/account.py)."""
    with override(person.language):
        day = date_format(erased_on, "j F Y")
    return OutgoingMail(
        kind=OutgoingMail.Kind.ACCOUNT,
        person=person,
        language=person.language,
        parameters={"about": "quiet", "day": day},
        dedupe_key=f"quiet:{notice.pk}",
    )
