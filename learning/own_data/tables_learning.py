"""What somebody learned: modules, attempts with their answers, proofs, questions of the week."""

from collections.abc import Iterable
from typing import Any, Final
from uuid import UUID

from django.db.models import F
from django.utils import translation
from django.utils.translation import gettext_lazy
from wagtail.models import Page

from accounts.models import User
from learning.labels import KIND_LABELS
from learning.models import (
    Attempt,
    AttemptItem,
    Completion,
    Enrolment,
    QuestionVersion,
    Refresher,
    RefresherCard,
    RefresherSubscription,
)
from learning.models.questions import in_one_line
from learning.own_data.collecting import Found, Row, table
from learning.questions_shown import Words, options_of, rows_of
from learning.rules.grading import Response

# Answers are marked in thousandths.
POINT: Final = 1000


def titles(keys: Iterable[UUID | None]) -> dict[UUID | None, str]:
    """What pages are called, in the language of the reader where they are in it."""
    wanted = {key for key in keys if key is not None}
    pages = Page.objects.filter(translation_key__in=wanted).values_list(
        "translation_key", "title", "locale__language_code"
    )
    found: dict[UUID | None, str] = {}
    language = translation.get_language()
    for key, title, code in pages.order_by("locale_id"):
        if key not in found or code == language:
            found[key] = title
    return found


@table(
    "modules",
    gettext_lazy("Modules that you began"),
    kept="learning",
    covers=("learning.Enrolment.person", "learning.StepProgress.enrolment"),
)
def modules(person: User) -> Found:
    def tell_all(rows: Iterable[Enrolment]) -> list[Row]:
        found = list(rows)
        names = titles(
            [
                *(each.module_key for each in found),
                *(each.last_step_key for each in found),
                *(step.step_key for each in found for step in each.steps.all()),
            ]
        )
        return [
            {
                "module": names.get(row.module_key, ""),
                "begun_at": row.started_at,
                "last_active_at": row.last_active_at,
                "last_step": names.get(row.last_step_key, ""),
                "only_test": row.only_test,
                "closed_at": row.closed_at,
                "steps": [
                    {"step": names.get(step.step_key, ""), "done_at": step.done_at}
                    for step in row.steps.all()
                ],
            }
            for row in found
        ]

    rows = Enrolment.objects.filter(person=person).prefetch_related("steps")
    return Found(rows.order_by("started_at", "pk"), lambda _row: {}, tell_all)


@table(
    "attempts",
    gettext_lazy("Attempts at quizzes, with your answers"),
    kept="answers",
    covers=(
        "learning.Attempt.person",
        "learning.AttemptItem.attempt",
        "learning.Answer.item",
    ),
)
def attempts(person: User) -> Found:
    def tell(row: Attempt) -> Row:
        return {
            "module": row.module_title,
            "quiz": row.quiz_title,
            "number": row.number,
            "begun_at": row.started_at,
            "handed_in_at": row.submitted_at,
            "score_percent": row.percentage,
            "pass_mark_percent": row.pass_mark,
            "passed": row.passed,
            "questions": [question_of(item) for item in row.items.all()],
        }

    rows = Attempt.objects.filter(person=person).prefetch_related(
        "items__version", "items__marked_by", "items__answer"
    )
    return Found(rows.order_by("started_at", "pk"), tell)


def question_of(item: AttemptItem) -> Row:
    answer = getattr(item, "answer", None)
    points = answer.millipoints if answer is not None else None
    return {
        "question": stem_of(item.version),
        "answer": in_words(item.version, item.response),
        "how_certain": answer.get_certainty_display() or "" if answer is not None else "",
        "points": None if points is None else points / POINT,
        "answered_at": answer.answered_at if answer is not None else None,
    }


def stem_of(version: QuestionVersion) -> str:
    return in_one_line(Words(version, translation.get_language(), ()).own["stem"])


def in_words(version: QuestionVersion, given: Response) -> str:
    """What was answered, as the words that stood there."""
    if not given:
        return ""
    words = Words(version, translation.get_language(), ())
    if version.kind.is_written:
        return str(given[0]) if isinstance(given, list) else ""
    rows = rows_of(version, version, words, given)
    if rows:
        told = (
            f"{each.text}: {each.chosen_text}" if each.text else each.chosen_text for each in rows
        )
        return "; ".join(in_one_line(each) for each in told)
    chosen = [each.text for each in options_of(version, words, given) if each.chosen]
    return "; ".join(in_one_line(each) for each in chosen)


@table(
    "completions",
    gettext_lazy("What you finished, with your certificates"),
    kept="completion",
    covers=("learning.Completion.person", "learning.Certificate.completion"),
)
def completions(person: User) -> Found:
    def tell(row: Completion) -> Row:
        certificate = getattr(row, "certificate", None)
        return {
            "title": row.module_title,
            "how": str(KIND_LABELS[str(row.kind)]),
            "completed_on": row.completed_on,
            "valid_through": row.valid_until,
            "score_percent": row.score,
            "minutes": row.minutes,
            "version": row.module_version,
            "municipality": row.municipality_name,
            "role": row.get_role_display(),
            "evidence": row.evidence,
            "no_longer_counts_from": row.ended_on,
            "why": row.ended_because,
            "certificate_code": certificate.spelled_code if certificate else "",
            "certificate_shows_name": certificate.shows_name if certificate else None,
        }

    rows = Completion.objects.filter(person=person).select_related("certificate")
    return Found(rows.order_by("completed_on", "pk"), tell)


@table(
    "question_of_the_week",
    gettext_lazy("Whether you get one question a week"),
    kept="refreshers",
    covers=("learning.RefresherSubscription.person",),
)
def question_of_the_week(person: User) -> Found:
    def tell(row: RefresherSubscription) -> Row:
        return {"since": row.started_at}

    return Found(RefresherSubscription.objects.filter(person=person), tell)


@table(
    "questions_to_refresh",
    gettext_lazy("Questions that went wrong once"),
    kept="refreshers",
    covers=("learning.RefresherCard.person",),
)
def questions_to_refresh(person: User) -> Found:
    def tell_all(rows: Iterable[RefresherCard]) -> list[Row]:
        found = list(rows)
        versions = QuestionVersion.objects.latest_of([each.question_key for each in found])
        return [
            {
                "question": stem_of(versions[row.question_key])
                if row.question_key in versions
                else "",
                "last_asked_on": row.reviewed_on,
                "comes_back_on": row.due_on,
                "stability_days": row.stability,
                "difficulty": row.difficulty,
            }
            for row in found
        ]

    rows = RefresherCard.objects.filter(person=person).order_by("due_on", "pk")
    return Found(rows, lambda _row: {}, tell_all)


@table(
    "questions_of_the_week",
    gettext_lazy("Questions that we mailed you"),
    kept="refreshers",
    covers=("learning.Refresher.person",),
)
def questions_of_the_week(person: User) -> Found:
    def tell(row: Any) -> Row:
        return {
            "question": stem_of(row.version),
            "asked_on": row.asked_on,
            "answer": in_words(row.version, row.given),
            "answered_at": row.answered_at,
            "points": None if row.millipoints is None else row.millipoints / POINT,
        }

    rows = Refresher.objects.filter(person=person).select_related("version")
    return Found(rows.order_by(F("asked_on"), "pk"), tell)
