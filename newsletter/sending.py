"""Sending the newsletter: to each subscriber once a period, and only if there is news for them.

A batch is one transaction: that it was sent, through when they were told, and the mail in the
outbox. A run that is killed is gone on with, and a constraint keeps it to one for each.
"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Final

from django.db import transaction
from django.db.models import F, Min
from django.db.models.functions import Greatest
from django.utils import timezone

from learning.jobs import STOP, Interrupted
from learning.mail.outbox import queue
from learning.models import OutgoingMail
from learning.models.people import today
from learning.schedule import daily
from newsletter import rules
from newsletter.digest import news_of, news_since, reader_of
from newsletter.models import Delivery, Edition, Introduction, Rhythm, Subscription

BATCH: Final = 200
# What was published a moment ago may not be stored yet: it is for the next time.
SETTLED: Final = timedelta(minutes=1)


@daily("newsletter", at=time(8))
def send_newsletters(day: date) -> None:
    """What is due on a day. A day that was missed is made up for, for some days."""
    for rhythm in Rhythm:
        if rules.due(rules.Rhythm(rhythm), day, today()):
            send_edition(rhythm, rules.period_of(rules.Rhythm(rhythm), day))


def send_edition(rhythm: Rhythm, period: str) -> int:
    """Put this period's newsletters in the outbox; how many. Safe to repeat."""
    until = timezone.now() - SETTLED
    waiting = Subscription.objects.filter(rhythm=rhythm).exclude(
        pk__in=Delivery.objects.filter(edition__rhythm=rhythm, edition__period=period).values(
            "subscription"
        )
    )
    earliest = waiting.aggregate(first=Min("told_until"))["first"]
    if earliest is None:
        return 0
    items = news_since(earliest)
    if not items:
        return 0
    keys = list(waiting.order_by("pk").values_list("pk", flat=True))
    total = 0
    for start in range(0, len(keys), BATCH):
        if STOP.is_set():
            raise Interrupted
        batch = keys[start : start + BATCH]
        total += send_batch(batch, items, rhythm=rhythm, period=period, until=until)
    return total


def send_batch(
    keys: Sequence[int],
    items: Sequence[rules.Item],
    *,
    rhythm: Rhythm,
    period: str,
    until: datetime,
) -> int:
    """The same for some subscribers; who left or was sent it in the meantime is left out."""
    with transaction.atomic():
        locked = Subscription.objects.select_for_update().filter(pk__in=keys, rhythm=rhythm)
        sent = set(
            Delivery.objects.filter(
                subscription__in=keys, edition__rhythm=rhythm, edition__period=period
            ).values_list("subscription", flat=True)
        )
        wanted = []
        for subscription in locked.prefetch_related("themes").order_by("pk"):
            since = subscription.told_until
            news = news_of(reader_of(subscription), items, since=since, until=until)
            if news and subscription.pk not in sent:
                wanted.append((subscription, len(news)))
        if not wanted:
            return 0
        edition = edition_of(rhythm, period, until)
        Delivery.objects.bulk_create(
            Delivery(subscription=subscription, edition=edition) for subscription, _n in wanted
        )
        queue(mail_to(subscription, edition, until) for subscription, _n in wanted)
        Subscription.objects.filter(pk__in=[each.pk for each, _n in wanted]).update(
            told_until=until
        )
        most = max(number for _each, number in wanted)
        Edition.objects.filter(pk=edition.pk).update(
            mails=F("mails") + len(wanted), items=Greatest("items", most)
        )
    return len(wanted)


def edition_of(rhythm: Rhythm, period: str, now: datetime) -> Edition:
    """This period's; made with what the editors wrote for it, which is then used up."""
    edition, made = Edition.objects.get_or_create(
        rhythm=rhythm, period=period, defaults={"sent_at": now}
    )
    if made:
        waiting = Introduction.objects.select_for_update().filter(rhythm=rhythm).first()
        if waiting is not None:
            edition.introduction = waiting.texts
            edition.save(update_fields=["introduction"])
            waiting.delete()
    return edition


def mail_to(subscription: Subscription, edition: Edition, until: datetime) -> OutgoingMail:
    return OutgoingMail(
        kind=OutgoingMail.Kind.NEWSLETTER,
        address=subscription.email,
        language=subscription.language,
        parameters={
            "subscription": subscription.pk,
            "edition": edition.pk,
            "since": subscription.told_until.isoformat(),
            "until": until.isoformat(),
        },
        dedupe_key=f"newsletter:{edition.pk}:{subscription.pk}",
    )
