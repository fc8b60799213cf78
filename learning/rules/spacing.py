"""When a question is asked again: spaced repetition by FSRS, in whole days (ADR 0020).

FSRS keeps two numbers of what somebody remembers of a question: its *stability*, the days after
which nine in ten still know it, and its *difficulty*. Days are enough for one question a week, so
the steps of minutes that FSRS has for flash cards are left out, and so is chance.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from typing import Final
from uuid import UUID

from fsrs import Card, Rating, Scheduler, State

# Somebody is asked one question in so long, and never more.
EVERY: Final = timedelta(days=7)
# Long before a whole council's term is over, one has seen it again.
LONGEST_INTERVAL: Final = 365
SCHEDULER: Final = Scheduler(
    learning_steps=(),
    relearning_steps=(),
    maximum_interval=LONGEST_INTERVAL,
    enable_fuzzing=False,
)
NOON: Final = time(12, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Memory:
    """What somebody remembers of a question, as far as their answers tell."""

    stability: float
    difficulty: float
    reviewed_on: date
    due_on: date

    def is_due(self, day: date) -> bool:
        return self.due_on <= day


def rating_of(points: Fraction) -> Rating:
    """Wrong, partly right, right. That it was *easy* nobody says."""
    if points >= 1:
        return Rating.Good
    return Rating.Hard if points > 0 else Rating.Again


def noon(day: date) -> datetime:
    return datetime.combine(day, NOON)


def card_of(memory: Memory) -> Card:
    return Card(
        card_id=0,
        state=State.Review,
        stability=memory.stability,
        difficulty=memory.difficulty,
        due=noon(memory.due_on),
        last_review=noon(memory.reviewed_on),
    )


def remembered(before: Memory | None, points: Fraction, day: date) -> Memory:
    """What is remembered after an answer that earned so much; it is due some days later.

    An answer that comes to light late, from before the last one, counts as of that one's day.
    """
    day = day if before is None else max(day, before.reviewed_on)
    card = Card(card_id=0, due=noon(day)) if before is None else card_of(before)
    card, _log = SCHEDULER.review_card(card, rating_of(points), noon(day))
    if card.stability is None or card.difficulty is None:
        raise ValueError("A card that was reviewed has a stability and a difficulty.")
    return Memory(card.stability, card.difficulty, day, card.due.date())


def still_known(memory: Memory, day: date) -> float:
    """The chance that it is still known, between 0 and 1."""
    return SCHEDULER.get_card_retrievability(card_of(memory), noon(day))


def may_ask(day: date, last: date | None) -> bool:
    """Whether a week has gone by since the last question."""
    return last is None or day - last >= EVERY


def in_order_of_need(
    memories: Mapping[UUID, Memory], day: date, *, asked_last: UUID | None = None
) -> list[UUID]:
    """The questions that are due, that which is likeliest forgotten first.

    What was asked last comes at the end: whoever left it is not asked the same again and again.
    """
    due = [key for key, memory in memories.items() if memory.is_due(day)]
    return sorted(
        due, key=lambda key: (key == asked_last, still_known(memories[key], day), str(key))
    )
