"""Which mails went to the people of a municipality, and what became of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learning.models import Municipality, OutgoingMail, Reminder
from learning.models.people import MembershipQuerySet, today

State = OutgoingMail.State
# The look of each state: that of a standing that is as good or as bad.
LOOKS: Final = {
    State.WAITING: "under_way",
    State.SENDING: "under_way",
    State.SENT: "completed",
    State.FAILED: "overdue",
    State.CANCELLED: "not_required",
    State.UNCERTAIN: "lapsed",
}
EXPLAINED: Final = {
    State.WAITING: _("The mail is sent soon. When the mail server is busy, we try again later."),
    State.SENT: _("The mail server has taken the mail."),
    State.CANCELLED: _("It was finished before the mail left, or somebody had gone."),
    State.FAILED: _("The mail server refused the mail. Check the address of this person."),
    State.UNCERTAIN: _(
        "The line broke while sending. The mail may have arrived. We do not send it twice."
    ),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """Which mails to show. Empty means all."""

    kind: str = ""
    state: str = ""
    requirement: str = ""
    day: date | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A mail as it stands in the log. No name where the receiver is no member (any more)."""

    mail: OutgoingMail
    name: str

    @property
    def at(self) -> datetime:
        return self.mail.finished_at or self.mail.created_at

    @property
    def look(self) -> str:
        return LOOKS[State(self.mail.state)]

    @property
    def subject(self) -> str:
        """What it is about; before it is composed, the module."""
        titles = (each.requirement.subject_title for each in self.mail.reminders.all())
        return self.mail.subject or ", ".join(titles)


def mails_of(place: Municipality) -> Any:
    """All mails about a municipality and to its people, newest first."""
    ids = place.counted_ids(today())
    elsewhere = OutgoingMail.also.through.objects.filter(municipality__in=ids)
    here = Q(municipality__in=ids) | Q(pk__in=elsewhere.values("outgoingmail"))
    return OutgoingMail.objects.filter(here).order_by("-created_at", "-pk")


def found(place: Municipality, members: MembershipQuerySet, asked: Asked) -> Any:
    """The mails that somebody wants to see. A name is looked for among the members alone."""
    mails = mails_of(place)
    if asked.kind:
        mails = mails.filter(kind=asked.kind)
    if asked.state:
        mails = mails.filter(state=asked.state)
    if asked.requirement:
        about = Reminder.objects.filter(requirement=int(asked.requirement))
        mails = mails.filter(pk__in=about.values("mail"))
    if asked.day:
        begins = timezone.make_aware(datetime.combine(asked.day, time.min))
        ends = timezone.make_aware(datetime.combine(asked.day + timedelta(days=1), time.min))
        mails = mails.filter(created_at__gte=begins, created_at__lt=ends)
    if asked.name:
        named = members.filter(person__name__icontains=asked.name)
        mails = mails.filter(person__in=named.order_by().values("person"))
    return mails


def lines(mails: Iterable[OutgoingMail], members: MembershipQuerySet) -> list[Line]:
    """A page of the log, with the names of those who passed the gate."""
    page = list(mails)
    rows = members.filter(person__in={mail.person_id for mail in page if mail.person_id})
    names = dict(rows.order_by().values_list("person", "person__name"))
    return [Line(mail, names.get(mail.person_id or 0, "")) for mail in page]
