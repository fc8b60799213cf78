"""Taking away a lost second step: by an administrator, when somebody has nothing left."""

from allauth.mfa.models import Authenticator
from django.db import transaction

from accounts import audit, mail
from accounts.models import AuditEvent, User
from accounts.sessions import end_all_sessions


def kinds_of(person: User) -> list[str]:
    """What somebody has set up, in words."""
    return sorted(
        {each.get_type_display() for each in Authenticator.objects.filter(user_id=person.pk)}
    )


def remove_second_step(person: User, *, by: User) -> int:
    """Remove all that somebody set up, sign them out everywhere, and tell them. Safe to repeat.

    They come in with their mail or password, and must then set up another at once.
    """
    with transaction.atomic():
        gone, _each = Authenticator.objects.filter(user_id=person.pk).delete()
        if not gone:
            return 0
        audit.record(
            AuditEvent.What.CREDENTIALS, by=by, about=person, details={"what": "all removed"}
        )
        end_all_sessions(person, by=by)
        mail.write("mfa/email/second_step_removed", to=person.email, person=person)
    return gone
