"""Mail about a meeting: that one is in, or waits, or moved up; that it changed; that it comes.

What a mail says is looked up when it leaves: it is never about an earlier time or place.
"""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from uuid import UUID

from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from learning.mail.messages import Item, Message, composes
from learning.mail.outbox import queue
from learning.models import OutgoingMail
from meetings.models import MeetingPage, SignUp
from meetings.rules.moments import Reminding

Kind = OutgoingMail.Kind


class About(StrEnum):
    """What a mail about a meeting is about."""

    SIGNED_UP = "signed_up"
    MOVED_UP = "moved_up"
    CHANGED = "changed"
    CANCELLED = "cancelled"
    REMINDER = "reminder"


def tell(sign_ups: Iterable[SignUp], about: About, *, which: str = "") -> int:
    """Mail these people; how many were not mailed of it yet. `which` tells one change of another.

    Safe to repeat: one mail for each sign-up, kind and `which`.
    """
    rows = list(sign_ups)
    people = User.objects.in_bulk({row.person_id for row in rows})
    return queue(
        OutgoingMail(
            kind=Kind.MEETING,
            person_id=row.person_id,
            language=people[row.person_id].language,
            dedupe_key=f"meeting:{row.pk}:{about}:{which}",
            parameters={"sign_up": row.pk, "about": str(about), "which": which},
        )
        for row in rows
        if people[row.person_id].is_active
    )


def remind(sign_ups: Iterable[SignUp], moment: Reminding, day: date) -> int:
    """Remind these people of a meeting on a day; once for each moment, and anew when it moves."""
    return tell(sign_ups, About.REMINDER, which=f"{moment}:{day}")


def page_for(key: UUID) -> MeetingPage | None:
    """The meeting's page in the language of the mail."""
    found = MeetingPage.objects.all().in_language_of([key], translation.get_language())
    return found.get(key)


@composes(Kind.MEETING)
def about_a_meeting(mail: OutgoingMail) -> Message | None:
    """The mail; none when somebody has cancelled, or it says what is no longer so."""
    row = (
        SignUp.objects.select_related("occasion")
        .filter(pk=mail.parameters.get("sign_up"), person=mail.person_id)
        .first()
    )
    page = page_for(row.occasion.key) if row is not None else None
    if row is None or page is None or page.has_ended:
        return None
    about = About(mail.parameters["about"])
    which = str(mail.parameters.get("which", ""))
    if about in (About.CHANGED, About.CANCELLED):
        # A later change is told by a mail of its own.
        return news(row, page) if which == str(row.occasion.sequence) else None
    if page.is_cancelled:
        return None
    if about is About.SIGNED_UP:
        return signed_up(row, page)
    # A reminder is of one day: when the meeting moved, another is sent.
    day = timezone.localdate(row.occasion.starts_at)
    if not row.has_place or (about is About.REMINDER and not which.endswith(f":{day}")):
        return None
    return reminder(page) if about is About.REMINDER else moved_up(page)


def news(row: SignUp, page: MeetingPage) -> Message:
    return cancelled(page) if row.occasion.is_cancelled else changed(page)


def when(page: MeetingPage) -> str:
    """Day and times, as in: dinsdag 3 december 2026, 19.30 tot 21.30 uur."""
    begins, ends = timezone.localtime(page.starts_at), timezone.localtime(page.ends_at)
    words = {
        "day": date_format(begins, "l j F Y"),
        "begins": date_format(begins, "H.i"),
        "ends": date_format(ends, "H.i"),
        "last": date_format(ends, "l j F Y"),
    }
    if page.is_on_one_day:
        return _("%(day)s, %(begins)s to %(ends)s") % words
    return _("%(day)s, %(begins)s, to %(last)s, %(ends)s") % words


def facts(page: MeetingPage) -> tuple[str, ...]:
    """When and where it is, each a paragraph."""
    where = (
        _("Online. The link is on the page of the meeting from a day before.")
        if page.is_online
        else _("Where: %(place)s") % {"place": page.where}
    )
    return _("When: %(when)s") % {"when": when(page)}, where


def links(page: MeetingPage) -> tuple[Item, ...]:
    return (
        Item(_("Put it in your calendar"), path=reverse("meeting_file", args=[page.slug])),
        Item(_("Cancel your sign-up"), path=reverse("meeting_cancel", args=[page.slug])),
    )


def message(
    page: MeetingPage, subject: str, *paragraphs: str, links: tuple[Item, ...] = ()
) -> Message:
    return Message(
        subject=subject,
        paragraphs=paragraphs,
        button=_("See the meeting"),
        path=page.url or "/",
        reason=_("You receive this mail because you signed up for this meeting."),
        items=links,
    )


def with_facts(page: MeetingPage, subject: str, *paragraphs: str) -> Message:
    return message(page, subject, *paragraphs, *facts(page), links=links(page))


def signed_up(row: SignUp, page: MeetingPage) -> Message:
    title = {"meeting": page.title}
    if row.has_place:
        return with_facts(
            page,
            _("You have a place: %(meeting)s") % title,
            _("You have signed up for “%(meeting)s”. There is a place for you.") % title,
        )
    return with_facts(
        page,
        _("You are on the waiting list: %(meeting)s") % title,
        _("“%(meeting)s” is full. You are on the waiting list.") % title,
        _("You get a mail as soon as there is a place for you."),
    )


def moved_up(page: MeetingPage) -> Message:
    title = {"meeting": page.title}
    return with_facts(
        page,
        _("There is a place for you: %(meeting)s") % title,
        _("Somebody cancelled, or there are more places. You now have a place at “%(meeting)s”.")
        % title,
        _("Can you not come after all? Cancel, so that somebody else can."),
    )


def changed(page: MeetingPage) -> Message:
    title = {"meeting": page.title}
    return with_facts(
        page,
        _("Changed: %(meeting)s") % title,
        _("“%(meeting)s” is at another time or place. This is how it is now.") % title,
        _("Your sign-up stays. Can you not come? Then cancel."),
    )


def cancelled(page: MeetingPage) -> Message:
    title = {"meeting": page.title}
    return message(
        page,
        _("Cancelled: %(meeting)s") % title,
        _("“%(meeting)s” does not take place.") % title,
        # Another language may lack the reason still.
        *filter(None, (page.cancelled_because,)),
        _("It was planned on: %(when)s") % {"when": when(page)},
        links=(
            Item(_("Take it out of your calendar"), path=reverse("meeting_file", args=[page.slug])),
        ),
    )


def reminder(page: MeetingPage) -> Message:
    title = {"meeting": page.title}
    return with_facts(
        page,
        _("Coming soon: %(meeting)s") % title,
        _("You have a place at “%(meeting)s”.") % title,
        _("Can you not come? Cancel, so that somebody else can."),
    )
