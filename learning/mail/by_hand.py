"""Reminders by hand: a draft, a look at it, and off it goes in the background."""

from datetime import date
from functools import partial
from typing import Any, Final
from uuid import uuid4

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import User
from learning import jobs
from learning.chosen_people import MOST_TICKED
from learning.mail.audience import audience_of, position_of
from learning.mail.links import resume_path, title_of
from learning.mail.messages import Message, composes
from learning.mail.sending import deliver_waiting
from learning.models import Job, Mailing, Municipality, OutgoingMail, Reminder, Requirement
from learning.models.mail import THAT_WENT
from learning.models.people import today
from learning.people_list import Person
from learning.rules.due import Position, Standing
from learning.rules.placeholders import fill
from learning.rules.reminders import Moment, may_remind, wants_doing

Kind = OutgoingMail.Kind
State = OutgoingMail.State
# What may stand in a text, and what it becomes.
PLACES: Final = {
    "naam": gettext_lazy("the name of the receiver"),
    "module": gettext_lazy("the title of the module"),
    "datum": gettext_lazy("the day before which it must be finished"),
    "gemeente": gettext_lazy("the name of the municipality"),
}


def first_text(requirement: Requirement) -> tuple[str, str]:
    """Subject and text to begin with, in the active language."""
    lines = [
        _("Dear {naam},"),
        _("We ask you to finish the module “{module}”. It belongs to your work for {gemeente}."),
        _("To be finished by: {datum}") if has_date(requirement) else "",
        _("Do you have a question? Ask your council clerk."),
    ]
    return _("Reminder: {module}"), "\n\n".join(filter(None, lines))


def has_date(requirement: Requirement) -> bool:
    """Whether there is a day to name to anybody."""
    return bool(requirement.due_on or requirement.due_days or requirement.valid_months)


def people_from(data: QueryDict) -> list[int] | None:
    """Who was chosen by name, as our own form says it again; None when nobody was."""
    keys = [int(key) for key in data.getlist("people")[:MOST_TICKED] if key.isdecimal()]
    return keys if "people" in data else None


def store_draft(
    municipality: Municipality,
    requirement: Requirement,
    *,
    selection: dict[str, Any],
    subject: str,
    text: str,
    by: User,
    instead_of: Mailing | None = None,
) -> Mailing:
    """A message that has not been sent: a new one, or an earlier draft with another text."""
    values = {
        "requirement": requirement,
        "module_key": requirement.subject_key,
        "selection": selection,
        "subject": subject,
        "text": text,
        "written_by": by,
        "language": translation.get_language() or "nl",
    }
    if instead_of is None:
        key = f"by_hand:{uuid4()}"
        return Mailing.objects.create(key=key, municipality=municipality, **values)
    # What somebody else sent meanwhile stays as it was sent.
    Mailing.objects.filter(pk=instead_of.pk, sent_at=None).update(**values)
    return instead_of


def send(mailing: Mailing, *, by: User) -> Job | None:
    """Have it sent in the background; None when that was asked before."""
    with transaction.atomic():
        mailing = Mailing.objects.select_for_update().get(pk=mailing.pk)
        if mailing.sent_at is not None:
            return None
        mailing.sent_at = timezone.now()
        mailing.job = jobs.start(
            Job.Kind.MAIL,
            by=by,
            municipality=mailing.municipality,
            parameters={"mailing": mailing.pk},
        )
        mailing.save(update_fields=["sent_at", "job"])
    return mailing.job


def result_url(job: Job) -> str:
    assert job.municipality is not None  # noqa: S101  `send` gave it one
    return reverse("mailing", args=[job.municipality.slug, job.parameters["mailing"]])


@jobs.handler(Job.Kind.MAIL, result_url=result_url)
def send_mailing(job: Job) -> None:
    """Make the mails and send them. Run again it goes on where it was."""
    mailing = Mailing.objects.select_related("municipality", "requirement").get(
        pk=job.parameters["mailing"]
    )
    if job.requested_by is None or mailing.requirement is None:
        jobs.fail(job, _("This message is no longer about anything. Write a new one."))
        return
    try:
        people = audience_of(mailing, job.requested_by).to
    except PermissionDenied:
        jobs.fail(job, _("You may no longer write to the people of this municipality."))
        return
    for person in people:
        queue_for(person, mailing)
        jobs.advance(job, done=0, total=len(people))
    own = mailing.mails.all()
    total = own.count()
    jobs.advance(job, done=0, total=total)
    unfinished = partial(own.filter(state__in=OutgoingMail.UNFINISHED).count)
    deliver_waiting(
        mailing=mailing,
        told=lambda _state: jobs.advance(job, done=total - unfinished(), total=total),
    )
    sent = own.filter(state=State.SENT).count()
    job.message = ngettext("%(sent)d mail was sent.", "%(sent)d mails were sent.", sent) % {
        "sent": sent
    }


def queue_for(person: Person, mailing: Mailing) -> bool:
    """Make somebody's mail; no when another message about it was quicker.

    The key names the reminder before it: two messages that see the same one have the same key,
    and one that sees the other's comes too soon.
    """
    assert mailing.requirement is not None  # noqa: S101  the caller saw to it
    assert mailing.municipality is not None  # noqa: S101  likewise
    earlier = Reminder.objects.filter(requirement=mailing.requirement, person=person.pk).aggregate(
        pk=Max("pk"), on=Max("on", filter=THAT_WENT)
    )
    if not may_remind(today(), earlier["on"]):
        return False
    try:
        with transaction.atomic():
            mail = OutgoingMail.objects.create(
                kind=Kind.REMINDER,
                person_id=person.pk,
                municipality=mailing.municipality,
                mailing=mailing,
                language=mailing.language,
                dedupe_key=f"by_hand:{mailing.requirement_id}:{person.pk}:{earlier['pk'] or 0}",
            )
            Reminder.objects.create(
                mail=mail,
                person_id=person.pk,
                requirement=mailing.requirement,
                municipality=mailing.municipality,
                moment=Moment.BY_HAND,
                due_on=person.position.due_on,
                on=today(),
            )
    except IntegrityError:
        return False
    return True


@composes(Kind.REMINDER)
def reminder(mail: OutgoingMail) -> Message | None:
    """The mail as it was written; none to whom it no longer concerns."""
    mailing, person, place = mail.mailing, mail.person, mail.municipality
    if mailing is None or mailing.requirement is None or person is None or place is None:
        return None
    if not mailing.requirement.rule.days.holds_on(today()):
        return None
    position = position_of(person.pk, mailing.requirement, place)
    if position is None or not wants_doing(position.standing):
        return None
    return written(mailing, person.name, position)


def written(mailing: Mailing, name: str, position: Position) -> Message:
    """What somebody gets to read, in the active language."""
    requirement, place = mailing.requirement, mailing.municipality
    assert requirement is not None  # noqa: S101  asked before
    assert place is not None  # noqa: S101  likewise
    values = {
        "naam": name or _("reader"),
        "module": title_of(requirement.subject_key) or requirement.subject_title,
        "datum": long_day(position.due_on) or _("as soon as you can"),
        "gemeente": place.display_name,
    }
    paragraphs = (part.strip() for part in fill(mailing.text, values).split("\n\n"))
    return Message(
        subject=fill(mailing.subject, values),
        paragraphs=tuple(filter(None, paragraphs)),
        button=button_for(position.standing),
        path=resume_path(key_to_do(requirement, position.standing)),
        reason=_(
            "You receive this mail because %(municipality)s asks this module of you. "
            "You cannot switch off this mail."
        )
        % {"municipality": place.display_name},
        greets=False,
    )


def button_for(standing: Standing) -> str:
    return {
        Standing.TO_DO: _("Begin the module"),
        Standing.UNDER_WAY: _("Go on with the module"),
        Standing.RENEWAL_OPEN: _("Do the module again"),
        Standing.LAPSED: _("Do the module again"),
    }.get(standing, _("To the module"))


def key_to_do(requirement: Requirement, standing: Standing) -> Any:
    """What somebody must do now: the module, or the one that renews it."""
    renews = standing in (Standing.RENEWAL_OPEN, Standing.LAPSED)
    return (requirement.renewal_key if renews else None) or requirement.subject_key


def long_day(day: date | None) -> str:
    """A day as in “3 december 2026”."""
    return date_format(day, "j F Y") if day else ""
