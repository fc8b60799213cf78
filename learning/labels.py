"""What the rules' own words are called on screen. The rules themselves know no language."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from learning.models.progress import Completion
from learning.rules.due import Standing
from learning.rules.progress import Status
from learning.rules.sizes import SizeClass

# A learner's way through a module.
STATUS_LABELS: Final = {
    Status.NOT_STARTED: _("Not started"),
    Status.UNDER_WAY: _("Under way"),
    Status.COMPLETED: _("Finished"),
}
# Somebody and a requirement.
STANDING_LABELS: Final = {
    Standing.TO_DO: _("To do"),
    Standing.UNDER_WAY: _("Under way"),
    Standing.OVERDUE: _("Overdue"),
    Standing.COMPLETED: _("Finished"),
    Standing.RENEWAL_OPEN: _("Renewal open"),
    Standing.LAPSED: _("Lapsed"),
    Standing.NOT_REQUIRED: _("Not required"),
}
KIND_LABELS: Final = {
    Completion.Kind.FINISHED.value: _("done here"),
    Completion.Kind.TESTED_OUT.value: _("by the test at the start"),
    Completion.Kind.RECOGNISED.value: _("earlier training recognised"),
}
SIZE_LABELS: Final = {
    SizeClass.UNDER_20: _("Fewer than 20,000 inhabitants"),
    SizeClass.UNDER_50: _("20,000 to 50,000 inhabitants"),
    SizeClass.UNDER_100: _("50,000 to 100,000 inhabitants"),
    SizeClass.FROM_100: _("100,000 inhabitants or more"),
}
