from importlib import import_module
from typing import Final

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

# What registers work when it is imported: @handler (learning/jobs.py), @daily and @every
# (learning/schedule.py), @composes (learning/mail/messages.py). One line each, in order of name.
BACKGROUND_WORK: Final[tuple[str, ...]] = (
    "learning.audit_upkeep",
    "learning.changes",
    "learning.editing_work",
    "learning.entry_mail",
    "learning.exports.background",
    "learning.first_tries",
    "learning.form_entries",
    "learning.imports.work",
    "learning.interchange.work",
    "learning.mail.account",
    "learning.mail.automatic",
    "learning.mail.by_hand",
    "learning.mail.editing",
    "learning.mail.notices",
    "learning.mail.periodic",
    "learning.mail.refreshers",
    "learning.overdue",
    "learning.question_statistics",
    "learning.retention",
    "learning.scheduled_publishing",
    "learning.snapshots",
    "learning.requirement_jobs",
    "learning.tidying",
)


class LearningConfig(AppConfig):
    name = "learning"
    verbose_name = _("learning")

    def ready(self) -> None:
        from learning import signal_handlers  # noqa: PLC0415  models must be loaded first

        signal_handlers.connect()
        for module in BACKGROUND_WORK:
            import_module(module)
        import_module("learning.mail.editing").connect()
