"""Removing answers without the figures of questions changing.

What first attempts came to is added to sums (`SettledAnswers`); then the questions and answers
of the attempt go. Its mark stays. Afterwards nobody, nor the person, can see what they answered,
and marking anew leaves the attempt as it is.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from learning.models import Attempt, AttemptItem, SettledAnswers
from learning.question_statistics import Asked, tallies, versions_that_count
from learning.rules.item_statistics import Tally


def with_answers() -> Any:
    """Attempts that are handed in and of which the answers are still there."""
    return Attempt.objects.filter(submitted_at__isnull=False, answers_removed_at__isnull=True)


def remove_answers(
    attempts: Collection[int],
    *,
    counted: dict[int, Asked] | None = None,
    now: datetime | None = None,
) -> int:
    """Remove the answers of these attempts, by key; how many it did. Safe to repeat.

    `counted` is what `versions_that_count` said, if it was asked a moment ago.
    """
    with transaction.atomic():
        locked = with_answers().select_for_update().filter(pk__in=attempts)
        keys = list(locked.order_by("pk").values_list("pk", flat=True))
        if not keys:
            return 0
        counted = versions_that_count() if counted is None else counted
        by_key = {asked.key: asked for asked in counted.values()}
        for (question, quiz), tally in sorted(
            tallies(counted, attempt__in=keys).items(), key=lambda each: each[0]
        ):
            add(by_key[question], quiz, tally)
        AttemptItem.objects.filter(attempt__in=keys).delete()
        Attempt.objects.filter(pk__in=keys).update(answers_removed_at=now or timezone.now())
    return len(keys)


def add(asked: Asked, quiz: Any, tally: Tally) -> None:
    """Add to the sums of a question in a quiz. Sums of how it was asked before go."""
    same = SettledAnswers.objects.filter(question_key=asked.key, quiz_key=quiz)
    same.exclude(signature=asked.signature).delete()
    kept, _made = SettledAnswers.objects.get_or_create(
        question_key=asked.key,
        quiz_key=quiz,
        signature=asked.signature,
        defaults={"tally": Tally().to_json()},
    )
    # Two at once: the later one adds to what the earlier one has stored.
    kept = SettledAnswers.objects.select_for_update().get(pk=kept.pk)
    total = Tally.from_json(kept.tally)
    total.merge(tally)
    kept.tally = total.to_json()
    kept.save(update_fields=["tally"])
