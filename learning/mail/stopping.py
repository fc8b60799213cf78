"""Switching off a kind of mail from within a mail, without signing in.

The link carries the mail's number, signed: whoever holds it can stop that kind of mail for its
receiver, and nothing else. Mail programs may press it by themselves (RFC 8058).
"""

from collections.abc import Callable
from typing import Final

from django.core import signing
from django.urls import reverse

from learning.models import MailPreference, OutgoingMail

SALT: Final = "learning.mail.stop"

Stop = Callable[[OutgoingMail], None]
STOPPERS: Final[dict[str, Stop]] = {}


def stops(kind: str) -> Callable[[Stop], Stop]:
    """Register how a kind of mail is switched off for who received one."""

    def register(stop: Stop) -> Stop:
        STOPPERS[kind] = stop
        return stop

    return register


def stop_path(mail: OutgoingMail) -> str:
    """The address of the page that asks, for in a mail."""
    return reverse("mail_stop", args=[signing.dumps(mail.pk, salt=SALT)])


def mail_of(token: str) -> OutgoingMail | None:
    """The mail that a link came from; None for a link that we did not make."""
    try:
        mail_id = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    mail = OutgoingMail.objects.select_related("person", "municipality").filter(pk=mail_id).first()
    return mail if mail is not None and mail.kind in STOPPERS else None


def stop(mail: OutgoingMail) -> None:
    """Send no more of this kind. Safe to repeat."""
    STOPPERS[mail.kind](mail)


@stops(OutgoingMail.Kind.CHANGED)
def stop_changes(mail: OutgoingMail) -> None:
    if mail.person is not None:
        MailPreference.objects.update_or_create(
            person=mail.person, defaults={"about_changes": False}
        )
