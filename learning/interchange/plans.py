"""From a file that was handed in to a plan: what each question of it becomes."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import PurePath
from uuid import UUID

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import QuerySet
from django.utils import translation
from django.utils.crypto import get_random_string, salted_hmac
from django.utils.translation import gettext as _
from wagtail.models import Locale

from accounts.models import User
from home.models import LawArticle
from learning.interchange.questions import (
    faults,
    item_of,
    key_of,
    noted,
    question_from,
    safe,
    same,
)
from learning.interchange.texts import said
from learning.models import Question, QuestionImport, Topic
from learning.rules.interchange import formats
from learning.rules.interchange.formats import Format
from learning.rules.interchange.items import Found, Item, one_line


class Outcome(StrEnum):
    NEW = "new"
    SAME = "same"
    CHANGED = "changed"
    WRONG = "wrong"


@dataclass(slots=True)
class Planned:
    """A question of the file. `lines` say what is left out of it, or why it is refused."""

    number: int
    label: str
    outcome: Outcome
    lines: list[str]
    item: Item | None = None
    key: UUID | None = None
    existing: Question | None = None
    new_topics: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Plan:
    format: Format
    planned: list[Planned]
    remarks: list[str]

    def of(self, outcome: Outcome) -> list[Planned]:
        return [each for each in self.planned if each.outcome == outcome]

    @property
    def counts(self) -> dict[Outcome, int]:
        return {outcome: len(self.of(outcome)) for outcome in Outcome}

    @property
    def new_topics(self) -> list[str]:
        return list(dict.fromkeys(name for each in self.planned for name in each.new_topics))

    @property
    def digest(self) -> str:
        """A mark of all that it shows: the same mark is the same plan."""
        shown = [
            [each.number, each.outcome, each.label, each.lines, str(each.key), repr(each.item)]
            for each in self.planned
        ]
        written = json.dumps([*shown, self.remarks])
        return salted_hmac("learning.interchange", written, algorithm="sha256").hexdigest()


def hand_in(content: bytes, *, by: User, filename: str, locale: Locale) -> QuestionImport:
    """Keep a file until it is decided on. Raises UnreadableError for one that cannot be read.

    What the same person handed in before and did not decide on makes room for it.
    """
    formats.read(content)
    with transaction.atomic():
        for earlier in QuestionImport.objects.of(by).waiting():
            drop(earlier)
        run = QuestionImport(
            created_by=by, locale=locale, filename=one_line(PurePath(filename).name)[:120]
        )
        # The name on disk says nothing, not even to who runs the machine.
        run.file.save(get_random_string(24), ContentFile(content), save=False)
        run.save()
    return run


def drop(run: QuestionImport) -> None:
    """Forget a file, or what came of it."""
    delete_file(run)
    QuestionImport.objects.filter(pk=run.pk).delete()


def delete_file(run: QuestionImport) -> None:
    """Delete the file once it is certain that it is not needed."""
    storage, name = run.file.storage, run.file.name
    if name:
        transaction.on_commit(lambda: storage.delete(name))


def questions_for_export() -> QuerySet[Question]:
    """Questions with all that a file says of them, in few questions to the database."""
    return (
        Question.objects.select_related("locale", "image", "latest_revision")
        .prefetch_related("topics", "law_articles")
        .order_by("pk")
    )


def plan_for(run: QuestionImport) -> Plan:
    """What the file would make today. Raises FileNotFoundError when it is gone."""
    with run.file.open("rb") as file:
        found_format, reading = formats.read(file.read())
    topics = {name.casefold() for name in topics_in(run.locale)}
    articles = articles_in(run.locale)
    planned = [
        plan_one(number, found, run.locale, topics, set(articles))
        for number, found in enumerate(reading.found, start=1)
    ]
    compare(planned, found_format, run.locale)
    return Plan(found_format, planned, [said(problem) for problem in reading.problems])


def topics_in(locale: Locale) -> dict[str, Topic]:
    return {one_line(topic.name): topic for topic in Topic.objects.filter(locale=locale)}


def articles_in(locale: Locale) -> dict[str, LawArticle]:
    """Law articles by how they are named in a sentence."""
    with translation.override(locale.language_code):
        return {
            one_line(str(article.label)): article
            for article in LawArticle.objects.filter(locale=locale)
        }


def plan_one(
    number: int, found: Found, locale: Locale, topics: set[str], articles: set[str]
) -> Planned:
    lines = [said(problem) for problem in found.problems]
    if found.item is None:
        return Planned(number, found.label, Outcome.WRONG, lines)
    item = safe(found.item)
    unknown = [law for law in item.law if law not in articles]
    without = _("We have no law article “%(law)s”: it is left out.")
    lines += [without % {"law": law} for law in unknown]
    item = replace(item, law=tuple(law for law in item.law if law in articles))
    new_topics = [name for name in item.topics if name.casefold() not in topics]
    against = faults(question_from(item, locale))
    if item.picture is not None and not item.picture.alt:
        lines.append(
            _("The image comes without a description. Write one before you publish the question.")
        )
    return Planned(
        number,
        found.label,
        Outcome.WRONG if against else Outcome.NEW,
        [*against, *lines],
        item,
        key_of(found.item),
        new_topics=new_topics,
    )


def compare(planned: Sequence[Planned], found_format: Format, locale: Locale) -> None:
    """Tell what is in the bank already, or twice in the file, the same or changed."""
    keys = [each.key for each in planned if each.outcome is Outcome.NEW]
    here = {
        question.translation_key: question
        for question in questions_for_export().filter(locale=locale, translation_key__in=keys)
    }
    seen: dict[UUID, Item] = {}
    for each in planned:
        if each.outcome is not Outcome.NEW or each.item is None or each.key is None:
            continue
        question = here.get(each.key)
        if question is not None:
            each.existing = question
            ours, theirs = (
                formats.reduced(found_format, item)[0]
                for item in (item_of(latest(question)), noted(each.item, locale))
            )
            is_same = ours is not None and theirs is not None and same(ours, theirs)
            each.outcome = Outcome.SAME if is_same else Outcome.CHANGED
        elif each.key in seen:
            is_same = same(seen[each.key], each.item)
            each.outcome = Outcome.SAME if is_same else Outcome.CHANGED
            each.lines.append(_("This question is in the file more than once."))
        else:
            seen[each.key] = each.item


def latest(question: Question) -> Question:
    """As its editor last left it, published or not."""
    has_draft = question.has_unpublished_changes and question.latest_revision_id
    return question.get_latest_revision_as_object() if has_draft else question
