"""Which questions work: counted at night from first attempts, in bounded memory.

Only somebody's first attempt at a quiz counts: in a later one they remember what they were told.
Only answers to a question as it is now asked count: with other words or another key it is
another question.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import groupby
from operator import attrgetter
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.db import transaction

from learning.models import AttemptItem, QuestionStatistic, QuestionVersion, SettledAnswers
from learning.models.people import today
from learning.rules.disclosure import SMALLEST_GROUP
from learning.rules.grading import Kind
from learning.rules.item_statistics import Tally, rest_score, shown_counts
from learning.schedule import daily

# What may change without its being another question.
NOT_ASKED: Final = ("hint", "feedback", "law", "image_alt")
COUNTS_OPTIONS: Final = (
    Kind.SINGLE_CHOICE,
    Kind.MULTIPLE_RESPONSE,
    Kind.TRUE_FALSE,
    Kind.MARK_SENTENCES,
    Kind.CHOOSE_IN_TEXT,
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it is asked now."""

    key: UUID
    signature: str
    kind: Kind
    options: tuple[str, ...]


class Row(NamedTuple):
    """One question of one attempt."""

    attempt: int
    quiz: UUID
    version: int
    weight: int
    shown_at: datetime | None
    points: int | None
    response: Any
    answered_at: datetime | None


def signature_of(body: dict[str, Any]) -> str:
    """A digest of what is asked in the source language, and of what is right."""
    words = dict(body["texts"][body["source"]])
    for name in NOT_ASKED:
        words.pop(name, None)
    if isinstance(words.get("options"), dict):
        words["options"] = {key: option["text"] for key, option in words["options"].items()}
    asked = {name: value for name, value in body.items() if name != "texts"} | {"words": words}
    spelled = json.dumps(asked, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(spelled.encode()).hexdigest()


def options_of(body: dict[str, Any]) -> tuple[str, ...]:
    """The keys of what can be chosen: of options, or of the choices at each place in a text."""
    if "gaps" in body:
        return tuple(choice for gap in body["gaps"] for choice in gap["choices"])
    return tuple(option["key"] for option in body.get("options", []))


def versions_that_count() -> dict[int, Asked]:
    """By number, the versions in which a question is asked as it is now."""
    found: dict[int, Asked] = {}
    versions = QuestionVersion.objects.order_by("question_key", "number").iterator(chunk_size=200)
    for _key, group in groupby(versions, key=attrgetter("question_key")):
        same: list[tuple[int, Asked]] = []
        for version in group:
            signature = signature_of(version.body)
            if same and same[-1][1].signature != signature:
                same = []
            asked = Asked(version.question_key, signature, version.kind, options_of(version.body))
            same.append((version.pk, asked))
        if same[-1][1].kind.is_marked:
            found.update(same)
    return found


def rows(**which: Any) -> Iterator[Row]:
    """All questions of first attempts that are handed in, attempt by attempt."""
    items: Any = AttemptItem.objects.filter(
        attempt__number=1, attempt__submitted_at__isnull=False, weight__gt=0, **which
    ).order_by("attempt_id")
    values = items.values_list(
        "attempt_id",
        "attempt__quiz_key",
        "version_id",
        "weight",
        "shown_at",
        "answer__millipoints",
        "answer__response",
        "answer__answered_at",
    )
    for row in values.iterator(chunk_size=2000):
        yield Row(*row)


def chosen_in(response: Any) -> list[str]:
    """What was chosen, of a list of options or of a choice at each place."""
    return list(response.values()) if isinstance(response, dict) else list(response or [])


def seconds_of(row: Row) -> int | None:
    if row.shown_at is None or row.answered_at is None:
        return None
    return round((row.answered_at - row.shown_at).total_seconds())


def tallies(counted: dict[int, Asked], **which: Any) -> dict[tuple[UUID, UUID], Tally]:
    """By question and quiz, of the answers that are there. It keeps sums, not answers."""
    found: dict[tuple[UUID, UUID], Tally] = defaultdict(Tally)
    for _attempt, group in groupby(rows(**which), key=attrgetter("attempt")):
        items = list(group)
        earned = [(row.points or 0, row.weight) for row in items]
        for row in items:
            asked = counted.get(row.version)
            if asked is None:
                continue
            found[asked.key, row.quiz].add(
                row.points or 0,
                rest_score(earned, (row.points or 0, row.weight)),
                chosen=chosen_in(row.response) if asked.kind in COUNTS_OPTIONS else (),
                seconds=seconds_of(row),
                answered=bool(row.response),
            )
    return found


def settled(by_key: dict[UUID, Asked]) -> dict[tuple[UUID, UUID], Tally]:
    """The same of answers that were removed, as far as the question is still asked like that."""
    return {
        (each.question_key, each.quiz_key): Tally.from_json(each.tally)
        for each in SettledAnswers.objects.iterator(chunk_size=500)
        if each.question_key in by_key and by_key[each.question_key].signature == each.signature
    }


def statistic(asked: Asked, quiz: UUID | None, tally: Tally) -> QuestionStatistic:
    counts = (
        {key: tally.chosen[key] for key in asked.options} if asked.kind in COUNTS_OPTIONS else {}
    )
    return QuestionStatistic(
        question_key=asked.key,
        quiz_key=quiz,
        signature=asked.signature,
        asked=tally.asked,
        answers=tally.answered,
        facility=tally.facility or 0.0,
        discrimination=tally.discrimination,
        median_seconds=tally.median_seconds,
        # Over all quizzes alone: what is hidden in one could be worked out from the others.
        options=shown_counts(counts) if quiz is None else {},
        # A sentence that nobody marks may be just a sentence.
        never_chosen=asked.kind is not Kind.MARK_SENTENCES and 0 in counts.values(),
    )


def count_statistics() -> list[QuestionStatistic]:
    """Per question and quiz, and per question over the quizzes that are shown.

    A quiz in which fewer than five answered counts in no total either: else it could be worked
    out by subtraction.
    """
    counted = versions_that_count()
    by_key = {asked.key: asked for asked in counted.values()}
    found: list[QuestionStatistic] = []
    together: dict[UUID, Tally] = defaultdict(Tally)
    all_tallies = tallies(counted)
    for place, tally in settled(by_key).items():
        all_tallies[place].merge(tally)
    for (question, quiz), tally in all_tallies.items():
        if tally.is_shown:
            found.append(statistic(by_key[question], quiz, tally))
            together[question].merge(tally)
    found += [statistic(by_key[question], None, tally) for question, tally in together.items()]
    return found


def still_stands(kept: QuestionStatistic | None, new: QuestionStatistic) -> bool:
    """Whether what is kept stays: it moves on by five answers, so that no day tells of one."""
    return (
        kept is not None
        and kept.signature == new.signature
        and 0 <= new.asked - kept.asked < SMALLEST_GROUP
    )


@daily("question_statistics", at=time(3, 30))
def keep_statistics(_day: date) -> None:
    """Count anew, in place of what was kept. Safe to repeat."""
    counted = count_statistics()
    with transaction.atomic():
        kept = {
            (each.question_key, each.quiz_key): each for each in QuestionStatistic.objects.all()
        }
        stay = {place_of(new) for new in counted if still_stands(kept.get(place_of(new)), new)}
        gone = [each.pk for place, each in kept.items() if place not in stay]
        QuestionStatistic.objects.filter(pk__in=gone).delete()
        QuestionStatistic.objects.bulk_create(
            (new for new in counted if place_of(new) not in stay), batch_size=500
        )
        QuestionStatistic.objects.update(counted_on=today())


def place_of(each: QuestionStatistic) -> tuple[UUID, UUID | None]:
    return each.question_key, each.quiz_key


def statistics_of(keys: Iterable[UUID]) -> dict[UUID, QuestionStatistic]:
    """The figures of these questions over all quizzes, by key."""
    found = QuestionStatistic.objects.filter(question_key__in=list(keys), quiz_key=None)
    return {each.question_key: each for each in found}
