"""Where somebody is signed in, and ending that."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.utils import timezone

from accounts import audit
from accounts.devices import in_words
from accounts.models import AuditEvent, User

# In place of an address of the network, which is kept nowhere (DESIGN §4.8).
NO_ADDRESS: Final = "0.0.0.0"  # noqa: S104  nothing listens here


@dataclass(frozen=True, slots=True)
class Stay:
    """A place where somebody is signed in, as their own page shows it."""

    number: int
    device: str
    since: datetime
    seen: datetime
    is_this: bool


def stays_of(user: User, *, this: str | None) -> list[Stay]:
    """Where somebody is signed in, the newest first; what has ended by itself is forgotten."""
    rows = list(UserSession.objects.filter(user_id=user.pk).order_by("-last_seen_at"))
    alive = set(
        Session.objects.filter(
            session_key__in=[row.session_key for row in rows], expire_date__gt=timezone.now()
        ).values_list("session_key", flat=True)
    )
    gone = [row.pk for row in rows if row.session_key not in alive]
    if gone:
        UserSession.objects.filter(pk__in=gone).delete()
    return [
        Stay(
            number=row.pk,
            device=in_words(row.user_agent),
            since=row.created_at,
            seen=row.last_seen_at,
            is_this=row.session_key == this,
        )
        for row in rows
        if row.session_key in alive
    ]


def end_all_sessions(user: User, *, but: str | None = None, by: User | None = None) -> int:
    """Sign somebody out everywhere, except in the session with the key `but`. Returns how many.

    `by` is who does it, when it is not the person themselves. Safe to repeat.
    """
    others = UserSession.objects.filter(user_id=user.pk)
    if but is not None:
        others = others.exclude(session_key=but)
    return end_sessions(list(others), user=user, by=by or user)


def end_session(user: User, number: int) -> int:
    """End one of somebody's own; nothing for a number that is not theirs."""
    chosen = UserSession.objects.filter(user_id=user.pk, pk=number)
    return end_sessions(list(chosen), user=user, by=user)


def end_sessions(sessions: list[UserSession], *, user: User, by: User | None) -> int:
    """End these sessions of one person, with one line in the log if there were any."""
    for session in sessions:
        session.end()
    if sessions:
        audit.record(
            AuditEvent.What.SESSION_ENDED,
            by=by,
            about=user,
            details={"sessions": len(sessions)},
        )
    return len(sessions)


def renew(request: HttpRequest) -> None:
    """Give this session another key, so that one that leaked before is worth nothing."""
    before = request.session.session_key
    request.session.cycle_key()
    if before:
        UserSession.objects.filter(session_key=before).update(
            session_key=request.session.session_key
        )


def note_seen(request: HttpRequest) -> None:
    """Keep that somebody was here just now."""
    UserSession.objects.filter(session_key=request.session.session_key).update(
        last_seen_at=timezone.now()
    )
