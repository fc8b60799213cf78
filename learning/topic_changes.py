"""Topics of many questions at once: what it would do, and doing it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from django.db import transaction

from accounts.models import User
from learning.models import Question, Topic


@dataclass(frozen=True, slots=True)
class TopicEffect:
    """What a change would do to one question."""

    question: Question
    added: list[Topic] = field(default_factory=list)
    removed: list[Topic] = field(default_factory=list)
    # Somebody else is at it, or a chief editor: publishing now would end their review.
    is_locked: bool = False

    @property
    def changes(self) -> bool:
        return not self.is_locked and bool(self.added or self.removed)

    @property
    def becomes_draft(self) -> bool:
        """Published by now, with a change that is not: it waits with that."""
        return self.changes and self.question.live


def effects(
    questions: Iterable[Question], *, add: Collection[Topic], remove: Collection[Topic], by: User
) -> list[TopicEffect]:
    """What would happen to each question: to what an editor last saved of it."""
    found = []
    for question in questions:
        lock = question.get_lock()
        has = {
            topic.translation_key for topic in question.get_latest_revision_as_object().topics.all()
        }
        found.append(
            TopicEffect(
                question,
                added=[topic for topic in add if topic.translation_key not in has],
                removed=[topic for topic in remove if topic.translation_key in has],
                is_locked=(lock is not None and lock.for_user(by))
                or question.current_workflow_state is not None,
            )
        )
    return found


def change_topics(
    questions: Iterable[Question],
    *,
    add: Collection[Topic],
    remove: Collection[Topic],
    by: User,
    publishes: bool,
) -> int:
    """Do it, and say how many questions changed. Doing it again changes nothing.

    For who `publishes`, the topics of a published question change at once, and a draft on top of
    it stays a draft. For others it becomes a draft that somebody publishes later.
    """
    with transaction.atomic():
        changing = [
            each for each in effects(questions, add=add, remove=remove, by=by) if each.changes
        ]
        for effect in changing:
            change_one(effect.question, add=add, remove=remove, by=by, publishes=publishes)
    return len(changing)


def change_one(
    question: Question,
    *,
    add: Collection[Topic],
    remove: Collection[Topic],
    by: User,
    publishes: bool,
) -> None:
    draft = question.get_latest_revision_as_object()
    has_draft = question.has_unpublished_changes
    if publishes and question.live:
        set_topics(question, add=add, remove=remove)
        question.save_revision(user=by, log_action=True, clean=False).publish(user=by)
        if not has_draft:
            return
    set_topics(draft, add=add, remove=remove)
    draft.save_revision(user=by, log_action=True, clean=False)


def set_topics(question: Question, *, add: Collection[Topic], remove: Collection[Topic]) -> None:
    gone = {topic.translation_key for topic in remove}
    kept = [topic for topic in question.topics.all() if topic.translation_key not in gone]
    has = {topic.translation_key for topic in kept}
    new = [in_language_of(question, topic) for topic in add if topic.translation_key not in has]
    question.topics.set([*kept, *new])


def in_language_of(question: Question, topic: Topic) -> Topic:
    """The topic in the question's language, or as it was chosen where it lacks that."""
    return (
        Topic.objects.filter(
            translation_key=topic.translation_key, locale_id=question.locale_id
        ).first()
        or topic
    )
