"""Mail between a sender and the editors: that something happened, never what was written."""

from collections.abc import Iterable
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from home.permissions import CHIEF_EDITORS, EDITORS
from learning.mail.messages import Message, composes
from learning.mail.outbox import queue
from learning.models import OutgoingMail
from practice.models import Submission, SubmissionQuestion

Kind = OutgoingMail.Kind


def editors_to_tell(question: SubmissionQuestion | None) -> Iterable[User]:
    """Who asked a question hears its answer; else the chief editors, or the editors."""
    if question is not None and question.asked_by is not None and question.asked_by.is_active:
        return [question.asked_by]
    for group in (CHIEF_EDITORS, EDITORS):
        people = User.objects.filter(is_active=True, groups__name=group)
        if people:
            return people
    return []


def editors(
    submission: Submission, about: str, *, question: SubmissionQuestion | None = None
) -> None:
    """Let editors know."""
    queue(
        mail_to(person, submission, about, to="editor", question=question)
        for person in editors_to_tell(question)
    )


def sender(
    submission: Submission, about: str, *, question: SubmissionQuestion | None = None
) -> None:
    """Let the sender know, if there is one still."""
    if submission.sender is not None:
        queue([mail_to(submission.sender, submission, about, to="sender", question=question)])


def mail_to(
    person: User,
    submission: Submission,
    about: str,
    *,
    to: str,
    question: SubmissionQuestion | None,
) -> OutgoingMail:
    # A moment in the key: consent may be given, taken back and given again.
    occasion = question.pk if question else f"{submission.updated_at.timestamp():.3f}"
    return OutgoingMail(
        kind=Kind.PRACTICE,
        person=person,
        language=person.language,
        parameters={"about": about, "to": to, "submission": submission.pk},
        dedupe_key=f"practice:{about}:{to}:{submission.pk}:{occasion}:{person.pk}",
    )


SENDER: Final[dict[str, tuple[Any, Any]]] = {
    "taken_up": (
        gettext_lazy("We are looking at your example from practice"),
        gettext_lazy("An editor has begun with the example that you handed in."),
    ),
    "question": (
        gettext_lazy("A question about your example from practice"),
        gettext_lazy("An editor has a question about the example that you handed in."),
    ),
    "published": (
        gettext_lazy("Your example from practice is on the site"),
        gettext_lazy("The example that you handed in can now be read by everybody."),
    ),
    "declined": (
        gettext_lazy("Your example from practice is not published"),
        gettext_lazy("We do not publish the example that you handed in. You can read why."),
    ),
    "taken_down": (
        gettext_lazy("Your example from practice is no longer on the site"),
        gettext_lazy("The example that you handed in can no longer be read."),
    ),
}
EDITOR: Final[dict[str, tuple[Any, Any]]] = {
    "sent": (
        gettext_lazy("An example from practice was handed in"),
        gettext_lazy("Somebody handed in an example from practice. It waits for you."),
    ),
    "answered": (
        gettext_lazy("A question about an example from practice is answered"),
        gettext_lazy("The sender has answered the question."),
    ),
    "consent": (
        gettext_lazy("The consent for an example from practice has changed"),
        gettext_lazy("The sender has changed what we may do with it. See what is left."),
    ),
    "take_down": (
        gettext_lazy("Please take an example from practice off the site"),
        gettext_lazy("The sender has taken back their consent. Take it off the site today."),
    ),
    "withdrawn": (
        gettext_lazy("An example from practice was taken back"),
        gettext_lazy("The sender has taken it back. You need not do anything."),
    ),
}


def still_holds(about: str, submission: Submission) -> bool:
    """Whether a mail that waited is still true."""
    if about == "question":
        return submission.is_open and submission.asked.filter(answered_at=None).exists()
    if about in ("sent", "taken_up"):
        return submission.is_open
    if about == "take_down":
        return submission.state == Submission.State.PUBLISHED and not submission.may_publish
    return True


@composes(Kind.PRACTICE)
def about_practice(mail: OutgoingMail) -> Message | None:
    """None when it was overtaken, or the receiver has nothing to do with it any more."""
    about, person = str(mail.parameters.get("about", "")), mail.person
    submission = Submission.objects.filter(pk=mail.parameters.get("submission")).first()
    if submission is None or person is None or not still_holds(about, submission):
        return None
    if mail.parameters.get("to") == "sender":
        if submission.sender_id != person.pk or about not in SENDER:
            return None
        subject, text = SENDER[about]
        return Message(
            subject=str(subject),
            paragraphs=(str(text), _("What it is about stands on the site, not in this mail.")),
            button=_("See how it stands"),
            path=reverse("practice_submission", args=[submission.pk]),
            reason=_("You get this mail because you handed in an example from practice."),
        )
    if about not in EDITOR or not person.has_perm("practice.handle_submission"):
        return None
    subject, text = EDITOR[about]
    return Message(
        subject=str(subject),
        paragraphs=(str(text),),
        button=_("See what was handed in"),
        path=reverse("practice_handle_all"),
        reason=_("You get this mail because you are an editor of this site."),
    )
