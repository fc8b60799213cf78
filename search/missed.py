"""What was searched in vain: counted by word and day, for editors, without who.

Nothing else of a search is kept anywhere: no address of the network, no account, no moment, and
not which words were typed together.
"""

from datetime import date, datetime
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet, Sum
from django.utils import timezone

from accounts.models import User
from learning.retention import Step, add_steps, deleting
from learning.rules.retention import period
from search.models import MissedWord
from search.rules.private_words import may_be_kept

# Fewer may be one person, who looks for one other.
SHOWN_FROM: Final = 5
# Somebody who tries words by the thousand fills no table.
MOST_A_DAY: Final = 300


def note_missed(text: str, unknown: list[str], language: str) -> None:
    """Count the words of a search that the site does not know. Safe to call for any text."""
    day = timezone.localdate()
    for word in may_be_kept(text, unknown):
        if not User.objects.filter(name__icontains=word).exists():
            count(word, day, language)


def count(word: str, day: date, language: str) -> None:
    row = {"day": day, "language": language, "text": word}
    if MissedWord.objects.filter(**row).update(times=F("times") + 1):
        return
    if MissedWord.objects.filter(day=day).count() >= MOST_A_DAY:
        return
    try:
        with transaction.atomic():
            MissedWord.objects.create(**row)
    except IntegrityError:
        # Somebody else was just before.
        MissedWord.objects.filter(**row).update(times=F("times") + 1)


def missed_words(most: int) -> list[Any]:
    """Words that were searched in vain often enough to show, most often first."""
    words = MissedWord.objects.values("text", "language").annotate(sum=Sum("times"))
    return list(words.filter(sum__gte=SHOWN_FROM).order_by("-sum", "text")[:most])


def old_words(now: datetime) -> QuerySet[MissedWord]:
    return MissedWord.objects.filter(day__lt=timezone.localdate(now) - period("missed_words"))


STEP: Final[Step] = deleting("missed words", "missed_words", old_words)
add_steps(STEP)
