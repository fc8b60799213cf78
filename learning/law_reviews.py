"""A law has changed: what rests on the article is listed until somebody has looked at it.

Questions rest on articles by a field of their own; pages by the blocks in their text, which
Wagtail's reference index knows.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Q
from wagtail.models import Page, ReferenceIndex

from accounts.models import User
from home.models import LawArticle
from learning.models import DilemmaPage, LawReview, Question


class ChangedAgain(Exception):
    """The article has another change by now: what was looked at is not what is asked."""


@dataclass(frozen=True, slots=True)
class Item:
    """A question or a page that rests on the article, and who looked at it."""

    thing: Question | Page
    review: LawReview | None

    @property
    def kind(self) -> str:
        return "question" if isinstance(self.thing, Question) else "page"

    @property
    def title(self) -> str:
        return str(
            self.thing if isinstance(self.thing, Question) else self.thing.get_admin_display_title()
        )


@dataclass(frozen=True, slots=True)
class Change:
    """One change of one article, in whatever languages the article is written."""

    article: LawArticle
    items: list[Item]

    @property
    def left(self) -> list[Item]:
        return [item for item in self.items if item.review is None]


def changed_articles() -> dict[UUID, LawArticle]:
    """By key, in the language in which the newest change was marked."""
    articles = LawArticle.objects.filter(changed_on__isnull=False).select_related("locale")
    return {article.translation_key: article for article in articles.order_by("changed_on", "pk")}


def changes() -> list[Change]:
    """Every change with what rests on it, the newest first."""
    changed = changed_articles()
    resting = things_resting_on(changed)
    reviews = {
        (review.article_key, review.changed_on, review.question_id, review.page_id): review
        for review in LawReview.objects.filter(article_key__in=changed).select_related(
            "reviewed_by"
        )
    }
    found = []
    for key, article in changed.items():
        items = []
        for thing in resting[key]:
            ids = (thing.pk, None) if isinstance(thing, Question) else (None, thing.pk)
            items.append(Item(thing, reviews.get((key, article.changed_on, *ids))))
        found.append(Change(article, items))
    return found[::-1]


def things_resting_on(keys: Iterable[UUID]) -> dict[UUID, list[Question | Page]]:
    """Questions and pages by the article's key. Archived questions only while a quiz has them."""
    key_of = dict(
        LawArticle.objects.filter(translation_key__in=keys).values_list("pk", "translation_key")
    )
    found: dict[UUID, dict[tuple[type, int], Question | Page]] = defaultdict(dict)
    pairs = list(question_pairs(key_of))
    asked = Question.objects.filter(Q(archived_at__isnull=True) | Q(uses__isnull=False))
    questions = asked.select_related("locale").in_bulk({pk for pk, _article in pairs})
    for pk, article in pairs:
        if pk in questions:
            found[key_of[article]][Question, pk] = questions[pk]
    page_pairs_found = list(page_pairs(key_of))
    pages = Page.objects.select_related("locale", "content_type").in_bulk(
        {pk for pk, _article in page_pairs_found}
    )
    for pk, article in page_pairs_found:
        if pk in pages:
            found[key_of[article]][Page, pk] = pages[pk]
    return defaultdict(list, {key: list(things.values()) for key, things in found.items()})


def question_pairs(articles: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Which question rests on which article."""
    through: Any = Question.law_articles.through
    rows = through.objects.filter(lawarticle__in=list(articles)).order_by("question_id")
    yield from rows.values_list("question_id", "lawarticle_id")


def page_pairs(articles: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Which page has which article in its text, or among what a dilemma is bound by."""
    rows = ReferenceIndex.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page),
        to_content_type=ContentType.objects.get_for_model(LawArticle),
        to_object_id__in=[str(pk) for pk in articles],
    ).order_by("object_id")
    for page, article in rows.values_list("object_id", "to_object_id").distinct():
        yield int(page), int(article)
    through: Any = DilemmaPage.law_articles.through
    dilemmas = through.objects.filter(lawarticle__in=list(articles)).order_by("dilemmapage_id")
    yield from dilemmas.values_list("dilemmapage_id", "lawarticle_id")


def count_left() -> int:
    """How many looks are still to be taken."""
    return sum(len(change.left) for change in changes())


def questions_to_review() -> set[int]:
    """The numbers of the questions among them."""
    return {
        item.thing.pk for change in changes() for item in change.left if item.kind == "question"
    }


def review(thing: Question | Page, *, article_key: UUID, changed_on: date, by: User) -> LawReview:
    """Somebody has looked at it. Doing it again changes nothing.

    Raises ChangedAgain when the article was marked anew in the meantime.
    """
    with transaction.atomic():
        article = changed_articles().get(article_key)
        if article is None or article.changed_on != changed_on:
            raise ChangedAgain
        kept, _created = LawReview.objects.get_or_create(
            article_key=article_key,
            changed_on=changed_on,
            **link_to(thing),
            defaults={"reviewed_by": by},
        )
    return kept


def undo_review(thing: Question | Page, *, article_key: UUID, changed_on: date) -> None:
    """It is to be looked at after all."""
    LawReview.objects.filter(
        article_key=article_key, changed_on=changed_on, **link_to(thing)
    ).delete()


def link_to(thing: Question | Page) -> dict[str, Any]:
    return {"question": thing} if isinstance(thing, Question) else {"page_id": thing.pk}
