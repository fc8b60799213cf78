"""Mail to editors: a page is handed in, sent back or approved, has remarks, or is needed soon.

In place of Wagtail's own, which leave in the middle of a request and name addresses in the log
when that fails. Names and remarks are looked up when a mail leaves and are not kept with it.
"""

from collections.abc import Iterable
from datetime import date, time, timedelta
from typing import Any, Final

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.admin.views.pages import edit as wagtails_editor
from wagtail.models import Page, TaskState, WorkflowState
from wagtail.signals import (
    task_submitted,
    workflow_approved,
    workflow_rejected,
    workflow_submitted,
)

from accounts.models import User
from home.editing.deadlines import NEAR
from home.models import PageDeadline
from learning.mail.messages import Message, composes
from learning.mail.outbox import queue
from learning.models import OutgoingMail
from learning.schedule import daily

Kind = OutgoingMail.Kind
# What nobody did anything about for so long is not urgent.
FORGOTTEN_AFTER: Final = timedelta(days=14)
# Under these Wagtail connects its own: who comes first under a name stays (learning/apps.py).
IN_PLACE_OF: Final = {
    "submitted": "group_approval_task_submitted_email_notification",
    "flow": "workflow_state_submitted_email_notification",
    "rejected": "workflow_state_rejected_email_notification",
    "approved": "workflow_state_approved_email_notification",
}


def willing(people: QuerySet[User], notification: str) -> QuerySet[User]:
    """Those who have not switched this off in their account."""
    silent = {f"wagtail_userprofile__{notification}_notifications": False}
    return people.filter(is_active=True).exclude(**silent).distinct()


def judges(state: TaskState) -> QuerySet[User]:
    """Who may say yes or no to what is handed in."""
    groups = getattr(state.task.specific, "groups", None)
    people: QuerySet[User] = User.objects.filter(groups__in=groups.all() if groups else [])
    return people


def tell(people: Iterable[User], about: str, key: str, **parameters: Any) -> int:
    """Put a mail for each in the outbox, once for each key."""
    return queue(
        OutgoingMail(
            kind=Kind.EDITING,
            person=person,
            language=person.language,
            dedupe_key=f"editing:{about}:{key}:{person.pk}",
            parameters={"about": about, **parameters},
        )
        for person in people
    )


def handed_in(instance: TaskState, user: User | None = None, **_kwargs: Any) -> None:
    state = instance.workflow_state
    # What no editor handed in comes by a journey of its own, which tells of it itself.
    if isinstance(state.content_object, Page) and state.requested_by is not None:
        people = willing(judges(instance), "submitted").exclude(pk=user.pk if user else 0)
        tell(people, "submitted", f"{instance.pk}", page=state.content_object.pk, state=instance.pk)


def sent_back(instance: WorkflowState, user: User | None = None, **_kwargs: Any) -> None:
    answered(instance, user, "rejected")


def approved(instance: WorkflowState, user: User | None = None, **_kwargs: Any) -> None:
    answered(instance, user, "approved")


def answered(state: WorkflowState, user: User | None, about: str) -> None:
    """To who handed it in, unless they did it themselves."""
    if isinstance(state.content_object, Page) and state.requested_by not in (None, user):
        people = willing(User.objects.filter(pk=state.requested_by_id), about)
        answer = state.current_task_state_id
        tell(people, about, f"{state.pk}:{answer}", page=state.content_object.pk, state=answer)


def nobody(**_kwargs: Any) -> None:
    """Wagtail tells administrators of every page that is handed in. Ours are no editors."""


def tell_of_remarks(people: list[User], _notification: str, context: dict[str, Any]) -> bool:
    """In place of Wagtail's mail with all that was said: that there is something new, and where."""
    page = context["page"]
    wanted = User.objects.filter(pk__in=[person.pk for person in people])
    # One mail for all remarks that were saved together.
    key = f"{page.pk}:{page.latest_revision_id}"
    tell(willing(wanted, "updated_comments"), "remarks", key, page=page.pk)
    return True


def connect() -> None:
    """Listen in Wagtail's place."""
    pairs = {
        "submitted": (task_submitted, TaskState, handed_in),
        "flow": (workflow_submitted, WorkflowState, nobody),
        "rejected": (workflow_rejected, WorkflowState, sent_back),
        "approved": (workflow_approved, WorkflowState, approved),
    }
    for name, (signal, sender, receiver) in pairs.items():
        signal.connect(receiver, sender=sender, dispatch_uid=IN_PLACE_OF[name])
    wagtails_editor.send_notification = tell_of_remarks


@daily("page_deadlines", at=time(7, 30))
def remind_of_deadlines(day: date) -> None:
    """When a day comes near, and when it has passed: once each, to whose turn it is."""
    rows = PageDeadline.objects.filter(
        needed_by__lte=day + timedelta(days=NEAR), needed_by__gt=day - FORGOTTEN_AFTER
    )
    for row in rows.select_related("page"):
        moment = "near" if row.needed_by >= day else "passed"
        key = f"{row.page_id}:{row.needed_by}:{moment}"
        tell(whose_turn(row.page), "deadline", key, page=row.page_id, needed_by=f"{row.needed_by}")


def whose_turn(page: Page) -> QuerySet[User]:
    """Those who judge, who got it back, or else who wrote the draft; nobody when it is done."""
    state = page.current_workflow_state
    if state is not None and state.status == WorkflowState.STATUS_IN_PROGRESS:
        return willing(judges(state.current_task_state), "submitted")
    if state is not None:
        return User.objects.filter(pk=state.requested_by_id, is_active=True)
    latest = page.latest_revision
    if latest is None or not (page.has_unpublished_changes or not page.live):
        return User.objects.none()
    return User.objects.filter(pk=latest.user_id, is_active=True)


@composes(Kind.EDITING)
def about_a_page(mail: OutgoingMail) -> Message | None:
    """None when the page is gone or what it was about is over."""
    asked = mail.parameters
    page = Page.objects.filter(pk=asked.get("page")).select_related("latest_revision").first()
    if page is None or mail.person is None:
        return None
    if asked["about"] == "deadline":
        return needed_soon(page, date.fromisoformat(asked["needed_by"]), mail.person)
    if asked["about"] == "remarks":
        return message(
            page, _("Remarks on “%(title)s”"), (_("Somebody wrote or answered a remark."),)
        )
    state = TaskState.objects.filter(pk=asked.get("state")).select_related("workflow_state").first()
    return about_a_state(page, state, asked["about"]) if state is not None else None


def about_a_state(page: Page, state: TaskState, about: str) -> Message | None:
    """What somebody handed in, or was answered."""
    if about == "submitted":
        by = state.workflow_state.requested_by
        said = _("%(name)s hands in this page.") % {"name": by.name} if by else ""
        if state.status != TaskState.STATUS_IN_PROGRESS:
            return None
        return message(page, _("Your judgement is awaited: %(title)s"), (said, day_of(page)))
    if about == "approved":
        return message(
            page, _("Approved: %(title)s"), (_("The page that you handed in is approved."),)
        )
    if state.workflow_state.status != WorkflowState.STATUS_NEEDS_CHANGES:
        return None
    comment = state.specific.get_comment()
    return message(
        page,
        _("Sent back: %(title)s"),
        (
            _("The page that you handed in is sent back. Change it and hand it in again."),
            _("The chief editor writes: “%(comment)s”") % {"comment": comment} if comment else "",
            day_of(page),
        ),
    )


def day_of(page: Page) -> str:
    """By when it is needed, if anybody said so."""
    kept = PageDeadline.objects.filter(page=page).first()
    if kept is None:
        return ""
    return _("It is needed by %(day)s.") % {"day": date_format(kept.needed_by, "j F Y")}


def needed_soon(page: Page, day: date, person: User) -> Message | None:
    """None when the day was changed, or it is somebody else's turn by now."""
    is_so = PageDeadline.objects.filter(page=page, needed_by=day).exists()
    if not is_so or not whose_turn(page).filter(pk=person.pk).exists():
        return None
    return message(page, _("Needed soon: %(title)s"), (day_of(page), _("It is your turn.")))


def message(page: Page, subject: str, paragraphs: tuple[str, ...]) -> Message:
    return Message(
        subject=subject % {"title": page.draft_title or page.title},
        paragraphs=tuple(text for text in paragraphs if text),
        button=_("Go to the page"),
        path=reverse("wagtailadmin_pages:edit", args=[page.pk]),
        reason=_(
            "You get this mail because you work on this site. Change that in your account there."
        ),
    )
