"""What editors may do with the newsletter. None of them sees an address. Safe to repeat."""

from typing import Final

from home.permissions import CHIEF_EDITORS, EDITORS, allow

MAY_LOOK: Final = "newsletter.view_edition"
MAY_WRITE: Final = "newsletter.change_introduction"


def set_up_newsletter() -> None:
    allow(EDITORS, [MAY_LOOK])
    allow(CHIEF_EDITORS, [MAY_LOOK, MAY_WRITE])
