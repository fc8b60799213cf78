"""What is told to a person of the cases that they wrote (learning/own_data/collecting.py)."""

from django.utils.translation import gettext_lazy

from accounts.models import User
from learning.own_data.collecting import LEFT_OUT, OF_WORK, Found, Row, table
from practice.models import Submission, SubmissionQuestion
from practice.words import STANDINGS

LEFT_OUT["practice.SubmissionQuestion.asked_by"] = OF_WORK


@table(
    "practice_cases",
    gettext_lazy("Examples from practice that you wrote or handed in"),
    kept="practice",
    covers=("practice.Submission.sender",),
)
def practice_cases(person: User) -> Found:
    def tell(row: Submission) -> Row:
        return {
            "title": row.title,
            "state": str(STANDINGS[row.standing].label),
            "what_happened": row.happened,
            "what_was_done": row.done,
            "what_came_of_it": row.outcome,
            "what_was_learned": row.learned,
            "questions": row.questions,
            "may_be_published": row.may_publish,
            "municipality": row.municipality_name,
            "may_name_municipality": row.may_name_municipality,
            "may_be_asked": row.may_ask,
            "editors_may_know_name": row.shows_name,
            "made_at": row.started_at,
            "sent_at": row.sent_at,
            "decided_at": row.decided_at,
            "reason": row.reason,
        }

    rows = Submission.objects.filter(sender=person).with_standing()
    return Found(rows.order_by("started_at", "pk"), tell)


@table(
    "practice_questions",
    gettext_lazy("Questions of editors about them, and your answers"),
    kept="practice_questions",
    covers=("practice.SubmissionQuestion.submission",),
)
def practice_questions(person: User) -> Found:
    def tell(row: SubmissionQuestion) -> Row:
        return {
            "title": row.submission.title,
            "question": row.text,
            "asked_at": row.asked_at,
            "answer": row.answer,
            "answered_at": row.answered_at,
        }

    rows = SubmissionQuestion.objects.filter(submission__sender=person)
    return Found(rows.select_related("submission").order_by("asked_at", "pk"), tell)
