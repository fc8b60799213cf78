"""What the rules' own words are called on screen. The rules themselves know no language."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from learning.rules.progress import Status

STATUS_LABELS: Final = {
    Status.NOT_STARTED: _("Not started"),
    Status.UNDER_WAY: _("Under way"),
    Status.COMPLETED: _("Finished"),
}
