"""Keeping machines from filling in forms, without a third party, a puzzle or a script.

A field that nobody sees, a moment that is signed, and a limit. Whoever is taken for a machine by
mistake reads why, keeps what they typed, and presses once more.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from django.core.signing import BadSignature, SignatureExpired, TimestampSigner
from django.http import QueryDict
from django.utils.translation import gettext as _

# Names that no field of an editor's can have: theirs hold no dash.
TRAP: Final = "rv-website"
STAMP: Final = "rv-stamp"
FASTEST: Final = timedelta(seconds=3)
LONGEST: Final = timedelta(days=1)
SIGNER: Final = TimestampSigner(salt="home.form_guard")


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a form may be taken in: `key` says which showing of it this was, `error` why not."""

    key: str = ""
    error: str = ""
    # What the form is shown with again, so that the next press is not refused for the same.
    stamp: str = ""


def new_stamp(page_id: int) -> str:
    """When a form was shown, and a key by which sending it twice is known."""
    return SIGNER.sign(f"{page_id}.{secrets.token_hex(12)}")


def judge(page_id: int, data: QueryDict) -> Verdict:
    """Look at what came along with the fields."""
    stamp = data.get(STAMP, "")
    try:
        number, key = SIGNER.unsign(stamp, max_age=LONGEST).split(".")
    except (SignatureExpired, BadSignature, ValueError):
        return Verdict(error=stale(), stamp=new_stamp(page_id))
    if number != str(page_id):
        return Verdict(error=stale(), stamp=new_stamp(page_id))
    if error := trapped(data):
        return Verdict(error=error, stamp=stamp)
    try:
        SIGNER.unsign(stamp, max_age=FASTEST)
    except SignatureExpired:
        return Verdict(key=key, stamp=stamp)
    return Verdict(
        error=_("That was very quick. Look through the form and press the button once more."),
        stamp=stamp,
    )


def trapped(data: Mapping[str, Any]) -> str:
    """Why not, if the field that nobody sees (components/trap.html) was filled in."""
    if not data.get(TRAP, ""):
        return ""
    return _(
        "A field that should stay empty was filled in. It is empty again. Look through "
        "the form and press the button once more."
    )


def stale() -> str:
    return _("The form was open for a long time. Nothing was lost: press the button once more.")
