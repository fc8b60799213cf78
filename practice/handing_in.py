"""Handing a case in, as its sender does it: written in steps, sent, followed, taken back."""

import hashlib
import json
from collections.abc import Iterable
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.html import linebreaks
from django.utils.text import Truncator, slugify
from wagtail.models import Locale

from accounts import audit
from accounts.models import AuditEvent, User
from home.models import Theme
from home.translating.forgetting import forget_translations
from learning.models import Membership
from practice import telling
from practice.looking_through import marked
from practice.models import CaseIndexPage, CasePage, LearnedLesson, Submission, SubmissionQuestion
from practice.models.cases import MOST_QUESTIONS
from practice.steps import missing

# What nobody can have as an address: it leads to handing in.
RESERVED: Final = "insturen"


class Incomplete(Exception):
    """Something is still to be filled in (`steps.missing`)."""


class TooLate(Exception):
    """It is no longer a draft, or no longer with the editors."""


def begin(person: User) -> Submission:
    """A new draft; the one that is still empty, if there is one: pressed twice is once."""
    with transaction.atomic():
        User.objects.select_for_update().get(pk=person.pk)
        empty = dict.fromkeys(Submission.TEXTS, "")
        draft = Submission.objects.filter(
            sender=person, state=Submission.State.DRAFT, **empty
        ).first()
        if draft is not None:
            return draft
        served = Membership.objects.current().filter(person=person).select_related("municipality")
        place = served.order_by("starts_on").first()
        return Submission.objects.create(
            sender=person, municipality_name=place.municipality.display_name if place else ""
        )


class ChangedElsewhere(Exception):
    """It was written on in another window since it was shown here."""


def save_step(
    submission: Submission, values: dict[str, Any], *, seen: str = "", watched: Iterable[str] = ()
) -> None:
    """Keep what was filled in in one step. Raises TooLate, or ChangedElsewhere.

    Whoever changes a text has to look through it anew. `seen` is the version of the `watched`
    fields that the writer had before them; what stands there already may be kept again.
    """
    with transaction.atomic():
        stored = Submission.objects.select_for_update().get(pk=submission.pk)
        if stored.state != Submission.State.DRAFT:
            raise TooLate
        changed = {name for name, value in values.items() if getattr(stored, name) != value}
        if changed and seen and seen != version_of(stored, watched):
            raise ChangedElsewhere
        for name in changed:
            setattr(stored, name, values[name])
        if changed.intersection(Submission.TEXTS):
            stored.looked_through = False
        stored.updated_at = timezone.now()
        stored.save()
    for field in Submission._meta.concrete_fields:
        setattr(submission, field.attname, getattr(stored, field.attname))


def version_of(submission: Submission, names: Iterable[str]) -> str:
    """A mark of what stands in some fields: another when one of them is another."""
    told = json.dumps([getattr(submission, name) for name in sorted(names)])
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def send(submission: Submission) -> Submission:
    """Hand it in: a draft of a page in the editors' workflow. Sent twice is once.

    Raises Incomplete.
    """
    with transaction.atomic():
        stored = Submission.objects.select_for_update().get(pk=submission.pk)
        if stored.state != Submission.State.DRAFT:
            return stored
        if missing(stored):
            raise Incomplete
        stored.page = draft_page(stored)
        stored.state = Submission.State.SENT
        stored.sent_at = stored.updated_at = timezone.now()
        stored.save()
        start_workflow(stored.page)
        audit.record(AuditEvent.What.CASE, by=stored.sender, details={"change": "sent"})
        telling.editors(stored, "sent")
    return stored


def draft_page(submission: Submission) -> CasePage:
    """The page that editors work on. Nobody owns it, and its history names nobody."""
    index = CaseIndexPage.objects.get(locale=Locale.get_default())
    # An address outlives the words: a name in the title does not come into it.
    slug = "" if marked(submission.title) else slugify(submission.title)[:60].strip("-")
    page = CasePage(
        title=submission.title,
        slug=free_slug(index, slug if slug not in ("", RESERVED) else "praktijkvoorbeeld"),
        locale=index.locale,
        live=False,
        owner=None,
        kind=submission.kind,
        introduction=Truncator(submission.happened).words(35)[:400],
        roles=submission.roles,
        municipality=(submission.municipality_name if submission.may_name_municipality else ""),
        day=timezone.localdate(),
        **{
            name: rich_text_of(getattr(submission, name))
            for name in ("happened", "done", "outcome", "learned")
        },
    )
    page.questions = page.questions.stream_block.to_python(
        [{"type": "question", "value": line} for line in questions_in(submission.questions)]
    )
    index.add_child(instance=page)
    page.themes.set(Theme.objects.filter(locale=index.locale, slug__in=submission.themes))
    page.lessons.set(LearnedLesson.objects.filter(locale=index.locale, slug__in=submission.lessons))
    page.save_revision(user=None)
    return page


def rich_text_of(text: str) -> str:
    """Paragraphs and lines as the editor's field reads them: it takes no `<br>` that stays open."""
    return linebreaks(text, autoescape=True).replace("<br>", "<br/>")


def free_slug(index: CaseIndexPage, wanted: str) -> str:
    taken = set(
        CasePage.objects.child_of(index)
        .filter(slug__startswith=wanted)
        .values_list("slug", flat=True)
    )
    tries = (wanted, *(f"{wanted}-{number}" for number in range(2, len(taken) + 3)))
    return next(each for each in tries if each not in taken)


def questions_in(text: str) -> list[str]:
    """One on each line, as many and as long as a page takes."""
    lines = (line.strip(" \t-•*") for line in text.splitlines())
    return [Truncator(line).chars(200) for line in lines if line][:MOST_QUESTIONS]


def start_workflow(page: CasePage) -> None:
    workflow = page.get_workflow()
    if workflow is not None:
        workflow.start(page, user=None)


def answer(submission: Submission, text: str) -> bool:
    """Answer the question that waits; no when none does."""
    with transaction.atomic():
        stored = Submission.objects.select_for_update().get(pk=submission.pk)
        question = stored.asked.filter(answered_at=None).first()
        if question is None or not stored.is_open:
            return False
        question.answer, question.answered_at = text, timezone.now()
        question.save(update_fields=["answer", "answered_at"])
        touch(stored)
        telling.editors(stored, "answered", question=question)
    return True


def touch(submission: Submission) -> None:
    submission.updated_at = timezone.now()
    submission.save(update_fields=["updated_at"])


def change_consent(submission: Submission, values: dict[str, Any]) -> bool:
    """Give or take back consent after handing in; no when nothing changed. Raises TooLate.

    What is on the site is then taken down by the editors, who are asked to at once.
    """
    state = Submission.State
    with transaction.atomic():
        stored = Submission.objects.select_for_update().get(pk=submission.pk)
        if stored.state not in (*Submission.OPEN, state.PUBLISHED, state.TAKEN_DOWN):
            raise TooLate
        if all(getattr(stored, name) == value for name, value in values.items()):
            return False
        takes_back = stored.may_publish and not values.get("may_publish", stored.may_publish)
        for name, value in values.items():
            setattr(stored, name, value)
        stored.updated_at = timezone.now()
        stored.save()
        audit.record(
            AuditEvent.What.CASE,
            by=stored.sender,
            details={"change": "consent_withdrawn" if takes_back else "consent"},
        )
        leaves = takes_back and stored.state == state.PUBLISHED
        telling.editors(stored, "take_down" if leaves else "consent")
    return True


def withdraw(submission: Submission) -> bool:
    """Take it back before it is published; a draft is thrown away. No when it is too late.

    What was written goes at once, from the editors' part as well.
    """
    with transaction.atomic():
        stored = Submission.objects.select_for_update().filter(pk=submission.pk).first()
        if stored is None or stored.state == Submission.State.WITHDRAWN:
            return True
        if stored.state == Submission.State.DRAFT:
            stored.delete()
            return True
        if not stored.is_open:
            return False
        audit.record(AuditEvent.What.CASE, by=stored.sender, details={"change": "withdrawn"})
        remove_traces(stored)
        stored.state = Submission.State.WITHDRAWN
        stored.decided_at = stored.updated_at = timezone.now()
        stored.save()
        telling.editors(stored, "withdrawn")
    return True


def remove_traces(submission: Submission) -> None:
    """What editors had of it: the page that was never published, questions and answers."""
    page, submission.page = submission.page, None
    submission.save(update_fields=["page"])
    if page is not None and page.first_published_at is None:
        forget_translations(page.translation_key)
    SubmissionQuestion.objects.filter(submission=submission).delete()
    for name in Submission.TEXTS:
        if name != "title":
            setattr(submission, name, "")
