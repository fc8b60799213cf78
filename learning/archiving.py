"""Taking a question out of the bank, and putting it back.

What was ever used is archived, not deleted: nobody can choose it for a quiz any more and it is
not asked at random. A quiz that has it keeps it until an editor takes it out there.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from accounts.models import User
from learning.models import AttemptItem, Question, QuizPage, QuizQuestion

ARCHIVED, TAKEN_BACK = "learning.archive", "learning.take_back"


@dataclass(slots=True)
class Use:
    """Where a question stands, and whether anybody was ever asked it."""

    quizzes: list[QuizPage] = field(default_factory=list)
    was_asked: bool = False

    @property
    def is_used(self) -> bool:
        return bool(self.quizzes) or self.was_asked


def use_of(keys: Iterable[UUID]) -> dict[UUID, Use]:
    """The use of each of these questions, in any language. In two questions to the database."""
    uses = {key: Use() for key in keys}
    taken = (
        QuizQuestion.objects.filter(question__translation_key__in=uses)
        .select_related("page", "question")
        .order_by("page__title", "page__pk")
    )
    for use in taken:
        if use.page not in uses[use.question.translation_key].quizzes:
            uses[use.question.translation_key].quizzes.append(use.page)
    asked = AttemptItem.objects.filter(version__question_key__in=uses).order_by()
    for key in asked.values_list("version__question_key", flat=True).distinct():
        uses[key].was_asked = True
    return uses


def archive(key: UUID, *, by: User) -> None:
    """Out of the bank, in all its languages. Doing it again changes nothing."""
    set_archived(key, is_archived=True, by=by)


def take_back(key: UUID, *, by: User) -> None:
    """Into the bank again. Doing it again changes nothing."""
    set_archived(key, is_archived=False, by=by)


def set_archived(key: UUID, *, is_archived: bool, by: User) -> None:
    with transaction.atomic():
        questions = Question.objects.select_for_update().filter(
            translation_key=key, archived_at__isnull=is_archived
        )
        for question in questions:
            question.archived_at = timezone.now() if is_archived else None
            question.save(update_fields=["archived_at"])
            log(question, ARCHIVED if is_archived else TAKEN_BACK, user=by)
