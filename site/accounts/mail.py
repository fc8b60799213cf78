"""Mail about signing in: written at once, sent by a worker.

The answer to whoever asks then takes as long for an address that we know as for another, and for
a mail server that hesitates. In the queue the mail is sealed: it holds an address, and a code or
a link that signs somebody in.
"""

import json
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Any, Final

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.transaction import on_commit
from django.template.loader import render_to_string
from django.utils import translation
from django_tasks import task

from accounts.models import User
from accounts.sealing import seal, unseal

PURPOSE: Final = "accounts.mail"


# Before everything else that waits: somebody sits waiting for a code.
@task(backend="work", priority=90)
def deliver(sealed: str) -> None:
    """Hand one mail to the mail server."""
    mail = json.loads(unseal(sealed, purpose=PURPOSE))
    EmailMessage(
        mail["subject"],
        mail["body"],
        to=[mail["to"]],
        headers={"Auto-Submitted": "auto-generated"},
    ).send()


def post(*, to: str, subject: str, body: str) -> None:
    """Put a mail in the queue when what it is about is stored."""
    written = json.dumps({"to": to, "subject": subject, "body": body})
    sealed = seal(written, purpose=PURPOSE)
    on_commit(lambda: _queue(sealed))


def _queue(sealed: str) -> None:
    deliver.enqueue(sealed)


def write(template: str, *, to: str, person: User | None = None, **context: Any) -> None:
    """Write a mail from `<template>_subject.txt` and `_message.txt`, in the receiver's language."""
    language: Callable[[], AbstractContextManager[Any]] = nullcontext
    if person is not None:
        language = lambda: translation.override(person.language)  # noqa: E731  one of two
    with language():
        shown = {"email": to, "person": person, "site": settings.BASE_URL, **context}
        subject = " ".join(render_to_string(f"{template}_subject.txt", shown).split())
        body = render_to_string(f"{template}_message.txt", shown).strip() + "\n"
    post(to=to, subject=subject, body=body)
