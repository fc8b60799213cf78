"""All that is known of a person: every table that holds something of them, as plain rows.

A table is one function in a `tables_…` module; it gives the rows and how each is told. What points
at people and is not told stands in `LEFT_OUT` with the reason; a test walks all models
(tests/learning/test_own_data_whole.py), so that whoever adds one must choose.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.db import models
from django.db.models import Count, IntegerField, Subquery, Value
from django.db.models.functions import Coalesce

from accounts.models import User

# Raised when a key changes its name or its meaning; one that is added changes nothing.
SCHEMA: Final = 1

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Found:
    """Rows of a table that are about one person, and how each is told."""

    rows: models.QuerySet[Any]
    tell: Callable[[Any], Row]
    # For what costs more to tell one by one: all at once, in the order of the rows.
    tell_all: Callable[[Iterable[Any]], list[Row]] | None = None

    def told(self) -> list[Row]:
        if self.tell_all is not None:
            return self.tell_all(self.rows)
        return [self.tell(row) for row in self.rows]


Find = Callable[[User], Found]


@dataclass(frozen=True, slots=True)
class Table:
    """A kind of data. `key` stands in the file, `title` above it."""

    key: str
    title: Any
    # How long it is kept: a key of learning/rules/retention.py.
    kept: str
    # The references to a person that it tells, as "app.Model.field".
    covers: tuple[str, ...]
    find: Find


TABLES: Final[dict[str, Table]] = {}


def table(key: str, title: Any, *, kept: str, covers: tuple[str, ...]) -> Callable[[Find], Find]:
    """Register a function that finds what one table holds of a person."""

    def register(find: Find) -> Find:
        TABLES[key] = Table(key, title, kept, covers, find)
        return find

    return register


def collect(person: User) -> dict[str, list[Row]]:
    """Everything, by table. Read it within `one_moment`, so that it fits together."""
    return {key: each.find(person).told() for key, each in tables().items()}


def counts(person: User) -> dict[str, int]:
    """How many rows each table has of somebody, in one question."""
    # With a word before it, no key is a field of the person's by chance.
    asked = {
        f"number_{key}": Coalesce(Subquery(number_of(each.find(person).rows)), 0)
        for key, each in tables().items()
    }
    found: dict[str, Any] = dict(User.objects.filter(pk=person.pk).values(**asked).get())
    return {name.removeprefix("number_"): number for name, number in found.items()}


def number_of(rows: models.QuerySet[Any]) -> Any:
    """How many there are, as a subquery."""
    plain = rows.order_by().select_related(None).prefetch_related(None)
    counted = plain.values(of_all=Value(1, output_field=IntegerField()))
    return counted.annotate(number=Count("pk", distinct=True)).values("number")


def tables() -> dict[str, Table]:
    """All tables, in the order in which they are told."""
    from learning.own_data import (  # noqa: F401, PLC0415  each registers its tables
        tables_account,
        tables_learning,
        tables_municipality,
        tables_traces,
    )

    # Those of the apps above were registered before these.
    return dict(sorted(TABLES.items(), key=lambda each: not is_ours(each[1])))


def is_ours(found: Table) -> bool:
    return found.find.__module__.startswith("learning.")


# Models whose rows are not told, or references that say only who did something.
OF_WORK: Final = (
    "It says who did something as part of their work, in a row about somebody or something else. "
    "That you did it stands in the log of what you did."
)
OF_CONTENT: Final = "It says who wrote, changed or locked a page: that belongs to the page."
WORKED_OUT: Final = "It is worked out from what is told, and may be thrown away at any time."
LEFT_OUT: Final[dict[str, str]] = {
    "learning.Completion.recorded_by": OF_WORK,
    "learning.Completion.ended_by": OF_WORK,
    "learning.Remarking.by": OF_WORK,
    "learning.Invitation.invited_by": OF_WORK,
    "learning.JoinLink.made_by": OF_WORK,
    "learning.JoinRequest.decided_by": OF_WORK,
    "learning.ImportRun.created_by": OF_WORK,
    "learning.ImportRun.applied_by": OF_WORK,
    "learning.LawReview.reviewed_by": OF_WORK,
    "learning.Requirement.set_by": OF_WORK,
    "learning.Waiver.granted_by": OF_WORK,
    "learning.Mailing.written_by": OF_WORK,
    "learning.MunicipalitySettings.updated_by": OF_WORK,
    "learning.ScimToken.made_by": OF_WORK,
    "learning.QuestionImport.created_by": OF_WORK,
    "learning.Holding.person": WORKED_OUT,
    "learning.Question.locked_by": OF_CONTENT,
    "wagtailcore.Page.owner": OF_CONTENT,
    "wagtailcore.Page.locked_by": OF_CONTENT,
    "wagtailcore.Revision.user": OF_CONTENT,
    "wagtailcore.UploadedFile.uploaded_by_user": OF_CONTENT,
    "wagtailcore.WorkflowState.requested_by": OF_CONTENT,
    "wagtailcore.TaskState.finished_by": OF_CONTENT,
    "wagtailcore.Comment.resolved_by": OF_CONTENT,
    "wagtailcore.PageSubscription.user": OF_CONTENT,
    "wagtaildocs.Document.uploaded_by_user": OF_CONTENT,
    "wagtailimages.Image.uploaded_by_user": OF_CONTENT,
    "wagtail_localize.StringTranslation.last_translated_by": OF_CONTENT,
    "wagtail_localize.SegmentOverride.last_translated_by": OF_CONTENT,
    "wagtailcore.CommentReply.comment": (
        "What somebody else wrote under your comment is theirs; what you wrote is told."
    ),
    "account.EmailConfirmation.email_address": (
        "A secret that was mailed, by which an address is confirmed; it goes when it is used."
    ),
    "socialaccount.SocialToken.account": (
        "A secret by which this site would speak to a sign-on; none is stored here."
    ),
    "meetings.Report.handled_by": OF_WORK,
    "meetings.Report.about": (
        "That somebody reported a message is theirs, and protects them. Your message is told."
    ),
    "meetings.Block.blocked": "That somebody blocked you is theirs, and protects them.",
    "wagtailadmin.EditingSession.user": (
        "It says for some minutes who has a page open, so that two do not write over each other."
    ),
    "wagtailadmin.FormState.user": (
        "What stands in a form of the editors for a preview; it goes by itself within a day."
    ),
}
