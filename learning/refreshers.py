"""Refreshers from beginning to end: asking for them, the question of the week, the answer, ending.

Nobody but the person sees any of it. What is remembered of a question is worked out anew from
their attempts and earlier refreshers when they begin, and goes when they end it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Final
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from accounts.models import User
from learning.asking import shuffled_order
from learning.models import (
    AttemptItem,
    OutgoingMail,
    Question,
    QuestionVersion,
    Refresher,
    RefresherCard,
    RefresherSubscription,
)
from learning.models.people import today
from learning.rules import grading
from learning.rules.grading import Kind, Response
from learning.rules.retention import period
from learning.rules.spacing import Memory, in_order_of_need, may_ask, remembered
from learning.versions import versions_for

# Longer than any interval of FSRS that we use, so that what was asked before is known.
KEPT: Final = period("refreshers")


class NothingGiven(Exception):
    """There is no answer yet: what is empty is not stored."""


@dataclass(frozen=True, slots=True)
class Answered:
    """That somebody answered a question, in an attempt or by a refresher."""

    at: datetime
    question_key: UUID
    lesson_key: UUID | None
    points: Fraction


def subscribe(person: User) -> RefresherSubscription:
    """From now on one question a week. Asking for it again changes nothing."""
    subscription, _created = RefresherSubscription.objects.get_or_create(person=person)
    return subscription


def unsubscribe(person: User) -> None:
    """No more questions; what was remembered goes. A question that was mailed can be answered."""
    with transaction.atomic():
        RefresherSubscription.objects.filter(person=person).delete()
        RefresherCard.objects.filter(person=person).delete()


def subscribers() -> list[int]:
    """Who is to be asked, by key."""
    wanting = RefresherSubscription.objects.filter(person__is_active=True)
    return list(wanting.order_by("pk").values_list("person", flat=True))


def ask_next(person_id: int, day: date) -> Refresher | None:
    """This week's question, with its mail in the outbox; None when there is none to ask.

    Safe to repeat, and by two workers at once: a second one in the same week is never made.
    """
    try:
        with transaction.atomic():
            subscription = (
                RefresherSubscription.objects.select_for_update()
                .filter(person=person_id, person__is_active=True)
                .first()
            )
            if subscription is None or not may_ask(day, last_asked(person_id)):
                return None
            learn_from_answers(subscription)
            chosen = choose_next(person_id, day)
            return store(chosen, day) if chosen is not None else None
    except IntegrityError:
        # Another worker was quicker: this week's question is theirs.
        return None


def last_asked(person_id: int) -> date | None:
    asked = Refresher.objects.filter(person=person_id).aggregate(last=Max("asked_on"))
    last: date | None = asked["last"]
    return last


def choose_next(person_id: int, day: date) -> Refresher | None:
    """What would be asked today, of what is due and published. It is not stored yet."""
    cards = {each.question_key: each for each in RefresherCard.objects.filter(person=person_id)}
    last = Refresher.objects.filter(person=person_id).order_by("-asked_on").first()
    keys = in_order_of_need(
        {key: card.memory for key, card in cards.items()},
        day,
        asked_last=last.version.question_key if last is not None else None,
    )
    version = next(iter(askable(keys)), None)
    if version is None:
        return None
    return Refresher(
        person_id=person_id,
        version=version,
        option_order=shuffled_order(version, shuffled=True),
        lesson_key=cards[version.question_key].lesson_key,
    )


def askable(keys: list[UUID]) -> list[QuestionVersion]:
    """The versions to ask of these questions, in this order.

    Left out is what is unpublished or archived by now, and what earns no points.
    """
    current = Question.objects.current().filter(translation_key__in=keys)
    kept = set(current.values_list("translation_key", flat=True))
    versions = versions_for([key for key in keys if key in kept])
    return [version for version in versions if version.kind.is_marked]


def store(refresher: Refresher, day: date) -> Refresher:
    """Store a question of this week with its mail, which somebody is still to wake."""
    week = day - timedelta(days=day.weekday())
    refresher.asked_on, refresher.week = day, week
    refresher.mail = OutgoingMail.objects.create(
        kind=OutgoingMail.Kind.REFRESHER,
        person_id=refresher.person_id,
        language=refresher.person.language,
        dedupe_key=f"refresher:{refresher.person_id}:{week}",
    )
    refresher.save()
    return refresher


def learn_from_answers(subscription: RefresherSubscription) -> None:
    """Bring somebody's cards up to date with what they answered since."""
    person_id, since = subscription.person_id, subscription.seen_until
    found = list(answered_in_attempts(person_id, since))
    if since is None:
        found += answered_before(person_id)
    cards = {each.question_key: each for each in RefresherCard.objects.filter(person=person_id)}
    for each in sorted(found, key=lambda answered: answered.at):
        card = cards.get(each.question_key)
        if card is not None:
            review(card, card.memory, each)
        elif each.points < 1:
            new = RefresherCard(person_id=person_id, question_key=each.question_key)
            cards[each.question_key] = new
            review(new, None, each)
    for key in {each.question_key for each in found}.intersection(cards):
        cards[key].save()
    latest = max((each.at for each in found), default=since)
    if latest != since:
        subscription.seen_until = latest
        subscription.save(update_fields=["seen_until"])


def review(card: RefresherCard, before: Memory | None, answered: Answered) -> None:
    """Let a card know of an answer. It is not stored."""
    card.memory = remembered(before, answered.points, timezone.localdate(answered.at))
    card.lesson_key = answered.lesson_key or card.lesson_key


def answered_in_attempts(person_id: int, since: datetime | None) -> Iterator[Answered]:
    """What somebody answered in attempts that they handed in; what they left open is wrong."""
    items = AttemptItem.objects.filter(
        attempt__person=person_id, attempt__submitted_at__isnull=False
    ).exclude(version__body__kind=Kind.REFLECTION.value)
    if since is not None:
        items = items.filter(attempt__submitted_at__gt=since)
    for at, key, lesson, millipoints in items.values_list(
        "attempt__submitted_at", "version__question_key", "lesson_key", "answer__millipoints"
    ):
        if at is not None:
            yield Answered(at, key, lesson, Fraction(millipoints or 0, 1000))


def answered_before(person_id: int) -> Iterator[Answered]:
    """What somebody answered by refreshers, before they ended them and began anew."""
    earlier = Refresher.objects.filter(person=person_id, answered_at__isnull=False)
    for at, key, lesson, millipoints in earlier.values_list(
        "answered_at", "version__question_key", "lesson_key", "millipoints"
    ):
        if at is not None:
            yield Answered(at, key, lesson, Fraction(millipoints or 0, 1000))


def record_answer(refresher: Refresher, response: Response) -> Refresher:
    """Store and mark the answer; the first one stands, whatever is sent after it.

    Raises NothingGiven, and `grading.InvalidResponse` when the question does not have such an
    answer.
    """
    version = refresher.version
    checked = grading.check_response(version.marking_key, response)
    if not checked:
        raise NothingGiven
    points = grading.points(version.marking_key, checked, all_or_nothing=version.all_or_nothing)
    with transaction.atomic():
        locked: Refresher = Refresher.objects.select_for_update().get(pk=refresher.pk)
        if locked.is_answered:
            return locked
        locked.response = checked
        locked.answered_at = timezone.now()
        locked.millipoints = int(points * 1000)
        locked.save(update_fields=["response", "answered_at", "millipoints"])
        card = (
            RefresherCard.objects.select_for_update()
            .filter(person=locked.person_id, question_key=version.question_key)
            .first()
        )
        # Who has ended it in the meantime has no cards any more.
        if card is not None:
            card.memory = remembered(card.memory, points, today())
            card.save()
    return locked


def comes_back(refresher: Refresher) -> bool:
    """Whether its question will be asked again: not to who has ended it."""
    cards = RefresherCard.objects.filter(person=refresher.person_id)
    return cards.filter(question_key=refresher.version.question_key).exists()


def forget_old(day: date) -> None:
    """Remove what was asked so long ago that no card rests on it."""
    Refresher.objects.filter(asked_on__lt=day - KEPT).delete()
