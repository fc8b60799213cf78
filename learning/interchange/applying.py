"""Carrying out a plan that somebody agreed to: drafts in the bank, all of them or none."""

import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone
from wagtail.images import get_image_model
from wagtail.images.forms import get_image_form
from wagtail.models import Collection, Locale

from accounts.models import User
from home.models import LawArticle
from learning.interchange.plans import (
    Outcome,
    Plan,
    Planned,
    articles_in,
    delete_file,
    plan_for,
    topics_in,
)
from learning.interchange.questions import messages_of, question_from
from learning.interchange.texts import LEFT_OUT
from learning.models import Question, QuestionImport, Topic
from learning.rules.interchange.items import Item, Picture
from learning.rules.interchange.packages import file_name

LONGEST_TOPIC: Final = 80
ADD: Final = "learning.add_question"


class UndecidedError(Exception):
    """Why it cannot be decided on like this."""


class WrongQuestionsError(UndecidedError):
    """All or nothing was chosen, and some cannot be imported."""


class PlanChangedError(UndecidedError):
    """The bank has changed since, and with it what the file would do."""


@dataclass(slots=True)
class Shelf:
    """What questions hang on: found once for all of them."""

    locale: Locale
    by: User
    topics: dict[str, Topic]
    articles: dict[str, LawArticle]
    images: dict[str, Any]


def carry_out(
    run: QuestionImport,
    *,
    by: User,
    seen: str,
    only_good: bool = False,
    copies: bool = False,
    make_topics: bool = True,
) -> QuestionImport:
    """Make drafts of what was on screen. Safe to repeat: a second time changes nothing.

    Raises UndecidedError, FileNotFoundError, PermissionDenied.
    """
    if not by.has_perm(ADD):
        raise PermissionDenied
    with transaction.atomic():
        run = QuestionImport.objects.select_for_update().get(pk=run.pk)
        if run.applied_at is not None:
            return run
        plan = plan_for(run)
        if plan.digest != seen:
            raise PlanChangedError
        if plan.of(Outcome.WRONG) and not only_good:
            raise WrongQuestionsError
        if make_topics and by.has_perm("learning.add_topic"):
            add_topics(plan, run.locale)
        shelf = Shelf(run.locale, by, by_name(run.locale), articles_in(run.locale), {})
        run.result = [row(each, make(each, shelf, copies=copies)) for each in plan.planned]
        delete_file(run)
        run.file, run.applied_at = "", timezone.now()
        run.save()
    return run


def by_name(locale: Locale) -> dict[str, Topic]:
    return {name.casefold(): topic for name, topic in topics_in(locale).items()}


def add_topics(plan: Plan, locale: Locale) -> None:
    names: dict[str, str] = {}
    for name in plan.new_topics:
        names.setdefault(name.casefold(), name[:LONGEST_TOPIC])
    for name in names.values():
        Topic.objects.create(locale=locale, name=name)


def make(each: Planned, shelf: Shelf, *, copies: bool) -> Question | None:
    """A draft, with a first revision, as if an editor had written it."""
    if each.item is None or each.outcome is Outcome.WRONG:
        return None
    if each.outcome is not Outcome.NEW and not copies:
        return None
    question = question_from(each.item, shelf.locale)
    is_new = each.outcome is Outcome.NEW and each.key is not None
    question.translation_key = each.key if is_new else uuid.uuid4()
    if each.item.picture is not None:
        question.image = image_for(each, each.item, shelf)
        question.image_alt = each.item.picture.alt[:250] if question.image else ""
    topics = [shelf.topics.get(name[:LONGEST_TOPIC].casefold()) for name in each.item.topics]
    question.topics.set([topic for topic in topics if topic is not None])
    question.law_articles.set([shelf.articles[law] for law in each.item.law])
    question.save()
    question.save_revision(user=shelf.by)
    return question


def image_for(each: Planned, item: Item, shelf: Shelf) -> Any:
    """The image in the library: one that is there already, or a new one, checked as any upload."""
    assert item.picture is not None  # noqa: S101  make() saw to it
    mark = hashlib.sha1(item.picture.content, usedforsecurity=False).hexdigest()
    if mark not in shelf.images:
        model = get_image_model()
        known = model.objects.filter(file_hash=mark).order_by("pk").first()
        shelf.images[mark] = known or upload(item.picture, each, shelf.by)
    return shelf.images[mark]


def upload(picture: Picture, each: Planned, by: User) -> Any:
    model = get_image_model()
    name = file_name(picture, picture.name.rpartition(".")[0][:60] or "afbeelding")
    collection = Collection.get_first_root_node()
    form = get_image_form(model)(
        {"title": (picture.alt or picture.name)[:200], "collection": collection.pk},
        {"file": SimpleUploadedFile(name, picture.content)},
        instance=model(uploaded_by_user=by),
        user=by,
    )
    if not form.is_valid():
        words = [word for error in form.errors.as_data().values() for word in messages_of(error)]
        each.lines += [str(LEFT_OUT), *words]
        return None
    try:
        return form.save()
    except (ValidationError, OSError):
        each.lines.append(str(LEFT_OUT))
        return None


def row(each: Planned, question: Question | None) -> dict[str, Any]:
    """What became of it, for the page that says so."""
    return {
        "number": each.number,
        "label": each.label,
        "outcome": each.outcome.value,
        "lines": each.lines,
        "made": question.pk if question is not None else None,
    }


def made(run: QuestionImport) -> Sequence[dict[str, Any]]:
    return [each for each in run.result if each["made"]]
