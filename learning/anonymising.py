"""Making somebody nobody: what identifies them goes, what is counted stays (ADR 0029).

Their row stays as an empty shell, so that memberships and completions still count on every day
that has passed (DESIGN §4.4 and §4.9). `PLAN` says of every field that points at a person what
becomes of it; a test fails for a field that is not in it.
"""

import uuid
from collections.abc import Callable
from enum import Enum
from typing import Any, Final

from django.apps import apps
from django.contrib.auth.hashers import make_password
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone

from accounts import audit
from accounts.models import AuditEvent, User
from accounts.sessions import end_all_sessions
from learning.anonymising_traces import TRACES, addresses_of
from learning.memberships import leave
from learning.models import (
    Attempt,
    Certificate,
    Completion,
    Enrolment,
    Membership,
    StepProgress,
    Waiver,
)
from learning.models.figures import MEMBERS
from learning.models.people import today
from learning.settling import remove_answers

# Nothing can ever be sent there (RFC 2606), and nobody can have it.
NOWHERE: Final = "gewist.invalid"
SHELL_NAME: Final = "Gewist"
# What stands for words that somebody wrote about this person, where the database wants some.
TAKEN_OUT: Final = "–"


class Fate(Enum):
    """What becomes of rows that point at somebody."""

    DELETE = "deleted"
    CUT = "kept without the person"
    KEEP = "kept with the nameless shell, because it is counted"


PLAN: Final[dict[str, Fate]] = {
    # Counted: see `blank` for what is taken out of them.
    "learning.Membership.person": Fate.KEEP,
    "learning.Enrolment.person": Fate.KEEP,
    "learning.Completion.person": Fate.KEEP,
    "learning.Attempt.person": Fate.KEEP,
    "learning.Holding.person": Fate.KEEP,
    "learning.RequirementPerson.person": Fate.KEEP,
    "learning.Waiver.person": Fate.KEEP,
    # Theirs alone.
    "account.EmailAddress.user": Fate.DELETE,
    "accounts.AddressChange.person": Fate.DELETE,
    "accounts.User_groups.user": Fate.DELETE,
    "accounts.User_user_permissions.user": Fate.DELETE,
    "mfa.Authenticator.user": Fate.DELETE,
    "socialaccount.SocialAccount.user": Fate.DELETE,
    "usersessions.UserSession.user": Fate.DELETE,
    "meetings.Block.blocked": Fate.DELETE,
    "meetings.Block.blocker": Fate.DELETE,
    "meetings.CalendarKey.person": Fate.DELETE,
    # What the other wrote in it goes as well: it was written to this person.
    "meetings.Conversation.first": Fate.DELETE,
    "meetings.Conversation.second": Fate.DELETE,
    "meetings.NetworkEntry.person": Fate.DELETE,
    "meetings.PeerMessage.sender": Fate.DELETE,
    "meetings.Report.about": Fate.DELETE,
    "meetings.Organiser.person": Fate.DELETE,
    # What it counted for is a completion, which stays.
    "meetings.SignUp.person": Fate.DELETE,
    "learning.ErasureRequest.person": Fate.DELETE,
    "learning.ImportedChange.person": Fate.DELETE,
    "learning.JoinRequest.person": Fate.DELETE,
    "learning.MailPreference.person": Fate.DELETE,
    "learning.MonitorGrant.person": Fate.DELETE,
    "learning.QuestionImport.created_by": Fate.DELETE,
    "learning.Refresher.person": Fate.DELETE,
    "learning.RefresherCard.person": Fate.DELETE,
    "learning.RefresherSubscription.person": Fate.DELETE,
    "learning.RetentionNotice.person": Fate.DELETE,
    "learning.ScimUser.person": Fate.DELETE,
    "wagtailadmin.EditingSession.user": Fate.DELETE,
    "wagtailadmin.FormState.user": Fate.DELETE,
    "wagtailcore.Comment.user": Fate.DELETE,
    "wagtailcore.CommentReply.user": Fate.DELETE,
    "wagtailcore.PageSubscription.user": Fate.DELETE,
    "wagtailusers.UserProfile.user": Fate.DELETE,
    # Of others, of a municipality or of the site: it no longer says who.
    "learning.Completion.recorded_by": Fate.CUT,
    "learning.Completion.ended_by": Fate.CUT,
    "learning.ImportRun.created_by": Fate.CUT,
    "learning.ImportRun.applied_by": Fate.CUT,
    "learning.Invitation.invited_by": Fate.CUT,
    "learning.Invitation.person": Fate.CUT,
    "learning.Job.requested_by": Fate.CUT,
    "learning.JoinLink.made_by": Fate.CUT,
    "learning.JoinRequest.decided_by": Fate.CUT,
    "learning.LawReview.reviewed_by": Fate.CUT,
    "learning.Mailing.written_by": Fate.CUT,
    "learning.MunicipalitySettings.updated_by": Fate.CUT,
    "learning.OutgoingMail.person": Fate.CUT,
    "learning.Question.locked_by": Fate.CUT,
    "learning.Remarking.by": Fate.CUT,
    "learning.Reminder.person": Fate.CUT,
    "learning.Requirement.set_by": Fate.CUT,
    "learning.ScimToken.made_by": Fate.CUT,
    "learning.Waiver.granted_by": Fate.CUT,
    "meetings.Report.handled_by": Fate.CUT,
    "meetings.Report.reporter": Fate.CUT,
    # A case stays, and tells nothing of who handed it in (practice/keeping.py).
    "practice.Submission.sender": Fate.CUT,
    "practice.SubmissionQuestion.asked_by": Fate.CUT,
    "wagtail_localize.SegmentOverride.last_translated_by": Fate.CUT,
    "wagtail_localize.StringTranslation.last_translated_by": Fate.CUT,
    "wagtailcore.Comment.resolved_by": Fate.CUT,
    "wagtailcore.ModelLogEntry.user": Fate.CUT,
    "wagtailcore.Page.locked_by": Fate.CUT,
    "wagtailcore.Page.owner": Fate.CUT,
    "wagtailcore.PageLogEntry.user": Fate.CUT,
    "wagtailcore.Revision.user": Fate.CUT,
    "wagtailcore.TaskState.finished_by": Fate.CUT,
    "wagtailcore.UploadedFile.uploaded_by_user": Fate.CUT,
    "wagtailcore.WorkflowState.requested_by": Fate.CUT,
    "wagtaildocs.Document.uploaded_by_user": Fate.CUT,
    "wagtailimages.Image.uploaded_by_user": Fate.CUT,
}
# Fields that hold `User.audit_key`: with another key of their own they lead to nobody.
KEYED: Final = frozenset({"accounts.AuditEvent.actor_key", "accounts.AuditEvent.subject_key"})


def pointing_at_people() -> dict[str, Any]:
    """Every field of every model that points at a person, by its name in the plan."""
    relations: list[Any] = [
        each
        for each in User._meta.get_fields(include_hidden=True)
        if each.auto_created and (each.one_to_many or each.one_to_one)
    ]
    return {f"{each.related_model._meta.label}.{each.field.name}": each.field for each in relations}


def is_erased(person: User) -> bool:
    return not person.is_active and person.email.endswith(f"@{NOWHERE}")


def anonymise(person: User, *, keep_certificates: bool = False, by: User | None = None) -> None:
    """Erase somebody, all or nothing. Safe to repeat. `by`: who asked, if it was they themselves.

    With `keep_certificates` what they finished can still be checked by its code; where they let
    their name be seen, it is kept with that certificate and nowhere else.
    """
    with transaction.atomic():
        person = User.objects.select_for_update().get(pk=person.pk)
        if is_erased(person):
            return
        audit.record(AuditEvent.What.ERASURE, by=by, about=person, details={"change": "done"})
        keep_or_drop_certificates(person, keep=keep_certificates)
        end_all_sessions(person)
        end_memberships(person)
        emails = addresses_of(person)
        for clear in TRACES:
            clear(person, emails)
        blank(person)
        carry_out_plan(person)
        empty(person)
        audit.cut_loose(person)
        MEMBERS.announce()


def keep_or_drop_certificates(person: User, *, keep: bool) -> None:
    own = Certificate.objects.filter(completion__person=person)
    if keep:
        # Whoever never let it be seen has no use for a name that is kept.
        own.filter(shows_name=True).update(kept_name=person.name)
    else:
        own.delete()


def end_memberships(person: User) -> None:
    """Today is the last day: up to and including it every figure stays what it is."""
    day = today()
    open_now = Q(ends_on__isnull=True) | Q(ends_on__gt=day)
    for membership in Membership.objects.filter(open_now, person=person):
        if membership.starts_on > day:
            # Never served, and counted on no day yet.
            membership.delete()
        else:
            leave(membership, ends_on=day, via="erasing")


def blank(person: User) -> None:
    """Out of what stays because it is counted: what is not counted."""
    own = {"person": person}
    remove_answers(
        Attempt.objects.filter(**own, number=1, submitted_at__isnull=False).values_list(
            "pk", flat=True
        )
    )
    Attempt.objects.filter(**own).exclude(number=1, submitted_at__isnull=False).delete()
    StepProgress.objects.filter(enrolment__person=person).delete()
    Enrolment.objects.filter(**own).update(
        last_active_at=F("started_at"), last_step_key=None, last_anchor=""
    )
    done = Completion.objects.filter(**own)
    done.update(score=None)
    done.exclude(evidence="").update(evidence=TAKEN_OUT)
    done.exclude(ended_because="").update(ended_because=TAKEN_OUT)
    Waiver.objects.filter(**own).update(reason=TAKEN_OUT)


def carry_out_plan(person: User) -> None:
    for name, fate in PLAN.items():
        label, field = name.rsplit(".", 1)
        # Plain querysets: some managers leave rows out, or refuse what is right here.
        rows: models.QuerySet[Any] = models.QuerySet(apps.get_model(label)).filter(
            **{field: person}
        )
        if fate is Fate.DELETE:
            rows.delete()
        elif fate is Fate.CUT:
            rows.update(**{field: None})


SHELL: Final[dict[str, Callable[[], Any]]] = {
    "email": lambda: f"{uuid.uuid4().hex}@{NOWHERE}",
    "name": lambda: SHELL_NAME,
    "password": lambda: make_password(None),
    "is_active": lambda: False,
    # Says since when this is a shell, and no longer since when somebody was here.
    "date_joined": timezone.now,
}


def empty(person: User) -> None:
    """All fields of the row as of somebody who never chose anything; also fields yet to come."""
    for field in User._meta.concrete_fields:
        if field.name in ("id", "audit_key"):
            continue
        made = SHELL.get(field.name, field.get_default)
        setattr(person, field.attname, made())
    person.save()
