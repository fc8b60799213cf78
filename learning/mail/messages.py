"""What a mail says, and how it looks: one content, as plain text and as HTML."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import User
from learning.models import OutgoingMail


@dataclass(frozen=True, slots=True)
class Item:
    """One of several things that a mail is about. `path` leads to it, if anywhere."""

    title: str
    detail: str = ""
    path: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """A mail's content. Paths are addresses on the site, without the site's name."""

    subject: str
    paragraphs: tuple[str, ...]
    button: str
    path: str
    # Why somebody receives this, and whether it can be switched off.
    reason: str
    items: tuple[Item, ...] = ()
    closing: tuple[str, ...] = ()
    # Whether the mail begins with the receiver's name; not where somebody wrote it all by hand.
    greets: bool = True
    # Set where the receiver may stop this kind of mail: a page that asks once.
    stop_path: str = ""


Compose = Callable[[OutgoingMail], Message | None]
COMPOSERS: Final[dict[str, Compose]] = {}


def composes(*kinds: str) -> Callable[[Compose], Compose]:
    """Register what makes mails of these kinds.

    It is asked at the last moment, and answers None when the mail is no longer needed:
    what it was about is done, or the receiver has left.
    """

    def register(compose: Compose) -> Compose:
        for kind in kinds:
            COMPOSERS[kind] = compose
        return compose

    return register


def absolute(path: str) -> str:
    return f"{settings.BASE_URL}{path}"


def greeting(person: User | None) -> str:
    """How a mail begins."""
    if person is None or not person.name:
        return _("Hello,")
    return _("Dear %(name)s,") % {"name": person.name}


def address_of(mail: OutgoingMail) -> str:
    """Where it goes, looked up now; empty when there is nobody to send to."""
    if mail.person is not None:
        return mail.person.email if mail.person.is_active else ""
    return mail.address


def compose(mail: OutgoingMail) -> EmailMultiAlternatives | None:
    """The mail as it leaves, in the receiver's language; None when it is no longer needed."""
    address = address_of(mail)
    if not address:
        return None
    with translation.override(mail.language):
        message = COMPOSERS[mail.kind](mail)
        if message is None:
            return None
        return as_email(message, mail, address)


def as_email(message: Message, mail: OutgoingMail, address: str) -> EmailMultiAlternatives:
    """Both parts and the headers. The active language is that of the mail."""
    text, html = render(message, greeting(mail.person) if message.greets else "")
    host = urlsplit(settings.BASE_URL).hostname or "localhost"
    headers = {
        "Message-ID": f"<{mail.message_key}@{host}>",
        # No answer by a machine (RFC 3834): no notes of absence come back.
        "Auto-Submitted": "auto-generated",
    }
    if message.stop_path:
        headers["List-Unsubscribe"] = f"<{absolute(message.stop_path)}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    email = EmailMultiAlternatives(
        subject=" ".join(message.subject.split()), body=text, to=[address], headers=headers
    )
    email.attach_alternative(html, "text/html")
    return email


def render(message: Message, hello: str, *, in_frame: bool = False) -> tuple[str, str]:
    """Plain text and HTML, in the active language; in a frame its links open a window."""
    context = {
        "message": message,
        "in_frame": in_frame,
        "hello": hello,
        "items": [(item, absolute(item.path) if item.path else "") for item in message.items],
        "link": absolute(message.path),
        "stop_link": absolute(message.stop_path) if message.stop_path else "",
        "site": settings.BASE_URL,
        "site_name": settings.WAGTAIL_SITE_NAME,
        "language": translation.get_language(),
    }
    text = render_to_string("learning/mail/message.txt", context)
    return text, render_to_string("learning/mail/message.html", context)
