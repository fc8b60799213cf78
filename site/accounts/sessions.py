"""Where somebody is signed in, and ending that."""

from allauth.usersessions.models import UserSession

from accounts import audit
from accounts.models import AuditEvent, User


def end_all_sessions(user: User, *, but: str | None = None, by: User | None = None) -> int:
    """Sign somebody out everywhere, except in the session with the key `but`. Returns how many.

    `by` is who does it, when it is not the person themselves. Safe to repeat.
    """
    others = UserSession.objects.filter(user_id=user.pk)
    if but is not None:
        others = others.exclude(session_key=but)
    return end_sessions(list(others), user=user, by=by or user)


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
