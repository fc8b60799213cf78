"""Telling who finished a module that it has changed, or asking them to do it again.

An editor decides which when publishing; the job that follows calls `tell_changed`.
"""

from collections.abc import Callable
from datetime import date

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from learning.completions import source_of
from learning.mail.links import resume_path, title_of
from learning.mail.messages import Message, composes
from learning.mail.outbox import queue
from learning.mail.stopping import stop_path
from learning.models import (
    Completion,
    Mailing,
    MailPreference,
    Membership,
    ModulePage,
    OutgoingMail,
)

Kind = OutgoingMail.Kind
CHUNK = 1000


def tell_changed(
    module: ModulePage,
    *,
    again: bool = False,
    due_on: date | None = None,
    note: str = "",
    by: User | None = None,
    occasion: str = "",
    advance: Callable[[int, int], object] = lambda _done, _total: None,
) -> int:
    """Write to everybody who finished a module and still serves somewhere; how many mails.

    With `again` they are asked to do it anew, before `due_on` if given, and nobody can switch
    that off. Safe to repeat: one mail per person and `occasion`, which says which publication
    this is about (the module's version if not given). `advance` hears how many of how many
    people have been seen to.
    """
    kind = Kind.AGAIN if again else Kind.CHANGED
    key = f"{kind}:{module.translation_key}:{occasion or module.version}"
    mailing, _created = Mailing.objects.get_or_create(
        key=key,
        defaults={
            "module_key": module.translation_key,
            "subject": source_of(module).title,
            "text": note,
            "due_on": due_on,
            "written_by": by,
        },
    )
    told = finishers(module, again=again)
    people = list(told.values_list("pk", "language").order_by("pk"))
    silent = set(
        MailPreference.objects.filter(about_changes=False).values_list("person", flat=True)
    )
    queued = 0
    for start in range(0, len(people), CHUNK):
        chunk = people[start : start + CHUNK]
        places = places_of([pk for pk, _language in chunk])
        queued += queue(
            OutgoingMail(
                kind=kind,
                person_id=pk,
                municipality_id=places.get(pk),
                language=language,
                mailing=mailing,
                dedupe_key=f"{key}:{pk}",
            )
            for pk, language in chunk
            if again or pk not in silent
        )
        advance(start + len(chunk), len(people))
    return queued


def finishers(module: ModulePage, *, again: bool) -> QuerySet[User]:
    """Whoever finished it, is still there, and serves a municipality now.

    To be asked again is also to be told that what one finished has ended by that.
    """
    finished = Completion.objects.filter(module_key=module.translation_key)
    if not again:
        finished = finished.current()
    return User.objects.filter(
        is_active=True,
        pk__in=finished.values("person"),
        memberships__in=Membership.objects.current(),
    ).distinct()


def places_of(people: list[int]) -> dict[int, int]:
    """Where each serves now, to stand in the log there; where they serve longest."""
    rows = Membership.objects.current().filter(person__in=people).order_by("-starts_on", "-pk")
    return dict(rows.values_list("person", "municipality"))


@composes(Kind.CHANGED, Kind.AGAIN)
def notice(mail: OutgoingMail) -> Message | None:
    """The mail; none to who asked not to be told, or has done the module again by now."""
    mailing, person = mail.mailing, mail.person
    if mailing is None or mailing.module_key is None or person is None:
        return None
    if mail.kind == Kind.CHANGED:
        return changed(mail, mailing) if MailPreference.of(person).about_changes else None
    # Neither ended nor replaced: done since it changed.
    stands = person.completions.filter(
        module_key=mailing.module_key, archived_at=None, ended_on=None
    )
    return None if stands.exists() else asked_again(mailing)


def changed(mail: OutgoingMail, mailing: Mailing) -> Message:
    title = {"module": title_of(mailing.module_key) or mailing.subject}
    return Message(
        subject=_("“%(module)s” has changed") % title,
        paragraphs=(
            _("You finished the module “%(module)s”. Its content has changed since.") % title,
            *filter(None, [mailing.text]),
            _("You need not do it again: what you finished stays valid."),
        ),
        button=_("See the module"),
        path=resume_path(mailing.module_key),
        reason=_("You receive this mail because you finished this module."),
        stop_path=stop_path(mail),
    )


def asked_again(mailing: Mailing) -> Message:
    title = {"module": title_of(mailing.module_key) or mailing.subject}
    request = _("We ask you to do it again.")
    if mailing.due_on is not None:
        request = _("We ask you to do it again, by %(day)s at the latest.") % {
            "day": date_format(mailing.due_on, "j F Y")
        }
    return Message(
        subject=_("Please do “%(module)s” again") % title,
        paragraphs=(
            _("You finished the module “%(module)s”. Its content has changed since.") % title,
            *filter(None, [mailing.text]),
            request,
            _("What you finished before is kept."),
        ),
        button=_("Begin the module"),
        path=resume_path(mailing.module_key),
        reason=_("This module is meant for your role. You cannot switch off this mail."),
    )
