"""Mail that carries a secret link.

It does not go by the outbox (learning/mail/): what is there is composed at the last moment
from what is stored, and the secret is stored nowhere. It is sent at once, and once.
"""

from django.core.mail import EmailMultiAlternatives
from django.db.transaction import on_commit

from learning.mail.messages import Message, greeting, render


def send(message: Message, *, to: str) -> None:
    """Send it when what it is about is stored; in the language that is active now."""
    text, html = render(message, greeting(None))
    mail = EmailMultiAlternatives(
        " ".join(message.subject.split()),
        text,
        to=[to],
        headers={"Auto-Submitted": "auto-generated"},
    )
    mail.attach_alternative(html, "text/html")
    on_commit(mail.send)
