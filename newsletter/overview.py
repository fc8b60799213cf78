"""The newsletter as editors see it: how many want it, what went out, what is next. No addresses."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import Count
from django.utils import timezone, translation

from accounts import audit
from accounts.models import AuditEvent, User
from learning.mail.messages import Message
from learning.models.people import today
from newsletter import rules
from newsletter.digest import news_of, news_since, write
from newsletter.models import Edition, Introduction, Rhythm, Subscription

# Before the first newsletter: what a subscriber of so long ago would be sent.
SPAN: Final = {Rhythm.WEEKLY: timedelta(days=7), Rhythm.MONTHLY: timedelta(days=31)}


@dataclass(frozen=True, slots=True)
class Next:
    """The next one of a rhythm: when, to how many at most, and how many items so far."""

    rhythm: Rhythm
    day: date
    subscribers: int
    items: int
    texts: dict[str, str]


def coming() -> list[Next]:
    """What goes out next, as far as it is known now."""
    counts = dict(Subscription.objects.values_list("rhythm").annotate(Count("pk")))
    texts = dict(Introduction.objects.values_list("rhythm", "texts"))
    return [
        Next(
            rhythm=rhythm,
            day=next_day(rhythm),
            subscribers=counts.get(rhythm, 0),
            items=len(next_news(rhythm, settings.LANGUAGE_CODE)),
            texts=texts.get(rhythm, {}),
        )
        for rhythm in Rhythm
    ]


def next_day(rhythm: Rhythm) -> date:
    """The next day on which it goes out: another time than today, if today's has gone."""
    plain = rules.Rhythm(rhythm)
    day = rules.next_sending_day(plain, today())
    period = rules.period_of(plain, day)
    if day == today() and Edition.objects.filter(rhythm=rhythm, period=period).exists():
        return rules.next_sending_day(plain, day + timedelta(days=1))
    return day


def since(rhythm: Rhythm) -> datetime:
    """Through when who is subscribed for long was told."""
    last = Edition.objects.filter(rhythm=rhythm).first()
    return last.sent_at if last is not None else timezone.now() - SPAN[rhythm]


def next_news(rhythm: Rhythm, language: str) -> list[int]:
    """What somebody who wants everything would be told now."""
    moment = since(rhythm)
    return news_of(rules.Reader(language), news_since(moment), since=moment, until=timezone.now())


def preview(rhythm: Rhythm, language: str, *, stop: str) -> Message | None:
    """The next one as it stands now; None when there is no news for it yet."""
    keys = next_news(rhythm, language)
    if not keys:
        return None
    waiting = Introduction.objects.filter(rhythm=rhythm).first()
    text = waiting.texts.get(language, "") if waiting is not None else ""
    with translation.override(language):
        return write(keys, rhythm=rhythm, introduction=text, stop=stop)


def introduce(rhythm: Rhythm, texts: dict[str, str], *, by: User) -> None:
    """Store what stands above the next one; nothing takes away what was there."""
    with transaction.atomic():
        if texts:
            Introduction.objects.update_or_create(rhythm=rhythm, defaults={"texts": texts})
        else:
            Introduction.objects.filter(rhythm=rhythm).delete()
        details = {"model": "newsletter.introduction", "fields": ["texts"]}
        audit.record(AuditEvent.What.SETTINGS, by=by, details=details)
