"""Mail that carries a secret link. It is sent at once: the secret is kept nowhere else."""

from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db.transaction import on_commit
from django.template.loader import render_to_string
from django.utils import translation


@dataclass(frozen=True, slots=True)
class Letter:
    """What a mail says. `path` is where its button leads, on this site."""

    subject: str
    paragraphs: tuple[str, ...]
    button: str
    path: str
    # Why somebody gets this, and what to do when they did not expect it.
    reason: str


def absolute(path: str) -> str:
    return f"{settings.BASE_URL}{path}"


def send(letter: Letter, *, to: str) -> None:
    """Send it when what it is about is stored; in the language that is active now."""
    context = {
        "letter": letter,
        "url": absolute(letter.path),
        "language": translation.get_language(),
    }
    mail = EmailMultiAlternatives(
        " ".join(letter.subject.split()), render_to_string("learning/letter.txt", context), to=[to]
    )
    mail.attach_alternative(render_to_string("learning/letter.html", context), "text/html")
    on_commit(mail.send)
