"""How a handed-in case stands, in the words that its sender reads."""

from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from practice.rules.standing import Standing


@dataclass(frozen=True, slots=True)
class Words:
    """What it is called, what it means, and whether the sender has something to do."""

    label: Any
    text: Any
    notice: str = "info"
    needs_sender: bool = False


STANDINGS: Final[dict[Standing, Words]] = {
    Standing.DRAFT: Words(
        _("Draft"),
        _("Only you can see it. It goes by itself when you do not look at it for 90 days."),
        needs_sender=True,
    ),
    Standing.SENT: Words(
        _("Sent to the editors"),
        _("An editor will read it. You get a mail when something happens."),
    ),
    Standing.QUESTION: Words(
        _("A question for you"),
        _("An editor wants to know something first. Answer it below."),
        "warning",
        needs_sender=True,
    ),
    Standing.IN_HAND: Words(
        _("Being looked at"), _("An editor is working on it. You get a mail when it is done.")
    ),
    Standing.PUBLISHED: Words(_("On the site"), _("Everybody can read it. Thank you."), "success"),
    Standing.LEAVING: Words(
        _("Is taken off the site"),
        _("You took your consent back. The editors have been asked to take it down."),
        "warning",
    ),
    Standing.DECLINED: Words(_("Not published"), _("This is why:")),
    Standing.WITHDRAWN: Words(
        _("Taken back"), _("You took it back. What you wrote has been removed.")
    ),
    Standing.TAKEN_DOWN: Words(_("No longer on the site"), _("It can no longer be read.")),
}
