"""Mail, work in the background, the log of who did what, and what editors leave behind."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy
from wagtail.models import Comment, CommentReply, ModelLogEntry, PageLogEntry
from wagtail.users.models import UserProfile

from accounts.models import AuditEvent, User
from learning.access_log import looks_at, named
from learning.models import Job, MailPreference, Municipality, OutgoingMail
from learning.own_data.collecting import Found, Row, table


@table(
    "mail_choices",
    gettext_lazy("Which mail you want"),
    kept="account",
    covers=("learning.MailPreference.person",),
)
def mail_choices(person: User) -> Found:
    def tell(row: MailPreference) -> Row:
        return {"reminders": row.get_rhythm_display(), "about_changes": row.about_changes}

    return Found(MailPreference.objects.filter(person=person), tell)


@table(
    "mails",
    gettext_lazy("Mails to you"),
    kept="mail",
    covers=(
        "learning.OutgoingMail.person",
        "learning.OutgoingMail_also.outgoingmail",
        "learning.Reminder.person",
        "learning.Reminder.mail",
    ),
)
def mails(person: User) -> Found:
    def tell(row: OutgoingMail) -> Row:
        place = row.municipality
        return {
            "kind": row.get_kind_display(),
            "subject": row.subject,
            "about": [
                {"title": each.requirement.subject_title, "due_on": each.due_on}
                for each in row.reminders.all()
            ],
            "municipality": place.display_name if place else "",
            "also_for": [{"municipality": each.display_name} for each in row.also.all()],
            "state": row.get_state_display(),
            "made_at": row.created_at,
            "finished_at": row.finished_at,
        }

    mine = OutgoingMail.objects.filter(person=person).select_related("municipality")
    rows = mine.prefetch_related("reminders__requirement", "also").order_by("created_at", "pk")
    return Found(rows, tell)


@table(
    "looks",
    gettext_lazy("Who looked at your data, or took it away"),
    kept="log",
    covers=(),
)
def looks(person: User) -> Found:
    """As the page tells it: by name or in a list, with who it was."""

    def tell_all(rows: Any) -> list[Row]:
        return [
            {"at": line.at, "what": line.what, "who": line.who, "municipality": line.municipality}
            for line in named(rows, person)
        ]

    return Found(looks_at(person), lambda _row: {}, tell_all)


@table(
    "background_work",
    gettext_lazy("Work that you asked for in the background"),
    kept="jobs",
    covers=("learning.Job.requested_by",),
)
def background_work(person: User) -> Found:
    def tell(row: Job) -> Row:
        return {
            "kind": row.get_kind_display(),
            "municipality": row.municipality.display_name if row.municipality else "",
            "status": row.get_status_display(),
            "asked_at": row.created_at,
            "finished_at": row.finished_at,
        }

    rows = Job.objects.filter(requested_by=person).select_related("municipality")
    return Found(rows.order_by("created_at", "pk"), tell)


@table(
    "log",
    gettext_lazy("The log of what you did, and of what others did that is about you"),
    kept="log",
    covers=("accounts.AuditEvent.actor_key", "accounts.AuditEvent.subject_key"),
)
def log(person: User) -> Found:
    """What an act of theirs was about is left out where that is somebody else."""

    def tell_all(rows: Any) -> list[Row]:
        events = list(rows)
        places = names_of_places(events)
        return [
            {
                "at": row.at,
                "what": row.label,
                "by_you": row.actor_key == person.audit_key,
                "about_you": row.subject_key == person.audit_key,
                "municipality": places.get(row.municipality_code, ""),
                "details": details_of(row.details),
            }
            for row in events
        ]

    mine = Q(actor_key=person.audit_key) | Q(subject_key=person.audit_key)
    rows = AuditEvent.objects.filter(mine).order_by("at", "pk")
    return Found(rows, lambda _row: {}, tell_all)


def names_of_places(events: list[AuditEvent]) -> dict[str, str]:
    codes = {each.municipality_code for each in events} - {""}
    return dict(
        Municipality.objects.filter(code__in=codes).values_list("code", "display_name")
        if codes
        else ()
    )


def details_of(details: dict[str, Any]) -> list[Row]:
    return [{"what": name, "value": str(value)} for name, value in sorted(details.items())]


@table(
    "editors_settings",
    gettext_lazy("How you set up the editors’ part"),
    kept="account",
    covers=("wagtailusers.UserProfile.user",),
)
def editors_settings(person: User) -> Found:
    def tell(row: UserProfile) -> Row:
        return {
            "language": row.preferred_language,
            "time_zone": row.current_time_zone,
            "mail_when_handed_in": row.submitted_notifications,
            "mail_when_approved": row.approved_notifications,
            "mail_when_refused": row.rejected_notifications,
            "mail_about_comments": row.updated_comments_notifications,
        }

    return Found(UserProfile.objects.filter(user=person), tell)


@table(
    "editors_comments",
    gettext_lazy("Your comments on pages"),
    kept="content",
    covers=("wagtailcore.Comment.user",),
)
def editors_comments(person: User) -> Found:
    def tell(row: Comment) -> Row:
        return {"page": row.page.title, "text": row.text, "at": row.created_at}

    rows = Comment.objects.filter(user=person).select_related("page").order_by("created_at")
    return Found(rows, tell)


@table(
    "editors_replies",
    gettext_lazy("Your replies to comments"),
    kept="content",
    covers=("wagtailcore.CommentReply.user",),
)
def editors_replies(person: User) -> Found:
    def tell(row: CommentReply) -> Row:
        return {"page": row.comment.page.title, "text": row.text, "at": row.created_at}

    rows = CommentReply.objects.filter(user=person).select_related("comment__page")
    return Found(rows.order_by("created_at"), tell)


def entries(model: Any, person: User) -> Found:
    def tell(row: Any) -> Row:
        return {"what": row.action, "title": row.label, "at": row.timestamp}

    rows: QuerySet[Any] = model.objects.filter(user=person).order_by("timestamp", "pk")
    return Found(rows, tell)


@table(
    "editors_log_of_pages",
    gettext_lazy("What you did to pages"),
    kept="content",
    covers=("wagtailcore.PageLogEntry.user",),
)
def editors_log_of_pages(person: User) -> Found:
    return entries(PageLogEntry, person)


@table(
    "editors_log_of_others",
    gettext_lazy("What you did to questions and other content"),
    kept="content",
    covers=("wagtailcore.ModelLogEntry.user",),
)
def editors_log_of_others(person: User) -> Found:
    """Without titles: of a person that is their name."""
    found = entries(ModelLogEntry, person)
    return Found(found.rows, lambda row: {"what": row.action, "at": row.timestamp})
