"""A certificate of what somebody finished: made when they look at it, checked by its code."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from learning.models import Certificate, Completion
from learning.rules.certificate_codes import new_code, read_code
from learning.rules.certificates import Standing

# What a code that cannot be one is looked up as: it takes as long as one that nobody has.
NO_CODE: Final = ""


def certificate_for(completion: Completion) -> Certificate:
    """The one certificate of a completion, in the person's language of the day it was made.

    Safe to repeat, also by two windows at once: the database keeps one for each.
    """
    certificate, _made = Certificate.objects.select_related("completion__person").get_or_create(
        completion=completion,
        defaults={"code": new_code(), "language": completion.person.language},
    )
    return certificate


def show_name(certificate: Certificate, *, shown: bool) -> None:
    """Let whoever checks the certificate see the name on it, or no longer."""
    if certificate.shows_name != shown:
        certificate.shows_name = shown
        certificate.save(update_fields=["shows_name"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What anybody who has the code may know. The name is empty unless the person shows it."""

    standing: Standing
    title: str
    name: str
    kind: str
    is_path: bool
    completed_on: date
    minutes: int | None
    last_day: date | None
    ended_on: date | None
    is_asked_again: bool


def check(typed: str) -> Checked | None:
    """What a code says today; None where there is no such certificate.

    What can be no code takes the same question to the database as one that nobody has.
    """
    try:
        code = read_code(typed)
    except ValueError:
        code = NO_CODE
    found = Certificate.objects.filter(code=code).select_related("completion__person").first()
    return checked(found) if found is not None else None


def checked(certificate: Certificate) -> Checked:
    done = certificate.completion
    return Checked(
        standing=done.standing,
        title=done.module_title,
        name=(certificate.kept_name or done.person.name) if certificate.shows_name else "",
        kind=done.kind,
        is_path=done.is_path,
        completed_on=done.completed_on,
        minutes=done.minutes,
        last_day=done.last_day,
        ended_on=done.ended_on,
        is_asked_again=done.is_asked_again,
    )
