"""What an editor sees of questions in the bank, for a whole page of them at once."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Revision, WorkflowState
from wagtail_localize.models import TranslationSource

from learning.archiving import Use, use_of
from learning.law_reviews import questions_to_review
from learning.models import Question, QuestionStatistic, Topic
from learning.question_statistics import statistics_of


@dataclass(slots=True)
class BankFacts:
    """What the list says of one question beside its own fields."""

    use: Use
    languages: list[str]
    to_review: bool
    figures: QuestionStatistic | None = None
    # Its translations follow it: the number of wagtail-localize's source.
    translation_source: int | None = None
    is_handed_in: bool = False
    is_scheduled: bool = False
    topics: list[str] = field(default_factory=list)
    checked_on: date | None = None


def facts_of(questions: Sequence[Question]) -> dict[int, BankFacts]:
    """By number. As many questions to the database for one as for fifty."""
    keys = {question.translation_key for question in questions}
    uses = use_of(keys)
    languages: dict[Any, list[str]] = defaultdict(list)
    translations = Question.objects.filter(translation_key__in=keys).order_by("locale__pk")
    for key, code in translations.values_list("translation_key", "locale__language_code"):
        languages[key].append(code)
    to_review = questions_to_review()
    facts = {
        question.pk: BankFacts(
            uses[question.translation_key],
            languages[question.translation_key],
            question.pk in to_review,
        )
        for question in questions
    }
    sources = TranslationSource.objects.filter(
        object_id__in=keys, translations__enabled=True
    ).distinct()
    by_place = {(source.object_id, source.locale_id): source.pk for source in sources}
    for question in questions:
        place = (question.translation_key, question.locale_id)
        facts[question.pk].translation_source = by_place.get(place)
    figures = statistics_of(keys)
    for question in questions:
        facts[question.pk].figures = figures.get(question.translation_key)
    for number in handed_in(facts):
        facts[number].is_handed_in = True
    for number in scheduled(facts):
        facts[number].is_scheduled = True
    for topic in Topic.objects.filter(questions__in=facts).values_list("questions", "name"):
        facts[topic[0]].topics.append(topic[1])
    through: Any = Question.law_articles.through
    for number, day in through.objects.filter(question__in=list(facts)).values_list(
        "question_id", "lawarticle__checked_on"
    ):
        oldest = facts[number].checked_on
        facts[number].checked_on = min(oldest, day) if oldest else day
    return facts


def handed_in(numbers: Iterable[int] | None = None) -> set[int]:
    """Which questions a chief editor is to look at; of these, or of all."""
    waiting = WorkflowState.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Question),
        status=WorkflowState.STATUS_IN_PROGRESS,
    )
    if numbers is not None:
        waiting = waiting.filter(object_id__in=[str(number) for number in numbers])
    return {int(number) for number in waiting.values_list("object_id", flat=True)}


def scheduled(numbers: Iterable[int]) -> set[int]:
    """Which of these are published at a moment that is set."""
    revisions = Revision.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Question),
        object_id__in=[str(number) for number in numbers],
        approved_go_live_at__isnull=False,
    )
    return {int(number) for number in revisions.values_list("object_id", flat=True)}
