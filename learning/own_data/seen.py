"""Which data of a member others see. A test holds it against what the exports contain."""

from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Seen:
    """Something that a monitor sees. `headings` are the columns of files that show it."""

    what: Any
    headings: tuple[Any, ...] = ()


BY_MONITORS: Final = (
    Seen(_("your name"), (_("Name"),)),
    Seen(_("your roles, and from and through which day"), (_("Role"), _("Serves since"))),
    Seen(
        _(
            "for each module that is asked of you: whether it is to do, under way, late or "
            "finished, by when, on which day you began and finished, and how long that is valid"
        ),
        (
            *(_("Requirement"), _("Status"), _("Due by")),
            *(_("Begun on"), _("Finished on"), _("Valid through")),
        ),
    ),
    Seen(
        _("how you finished it: here, by the test at the start, or by earlier training"),
        (_("How"),),
    ),
    Seen(_("everything else that you finished: title, day, and for which municipality")),
    Seen(_("what they noted themselves: earlier training, or that and why you were let off")),
    Seen(_("which reminders we mailed you, and whether those arrived")),
    Seen(
        _(
            "your e-mail address, but only when you ask to join, when they invite you, or when "
            "it stands in a list that they hand in themselves; it is in no list or file of ours"
        )
    ),
)
BY_NO_MONITOR: Final = (
    _("your scores and how often you tried"),
    _("your answers"),
    _("how many minutes you took, and at what hour"),
    _("what you chose in a dilemma: that is kept without your name"),
    _("your questions of the week, extra time, and how your pages look"),
)
