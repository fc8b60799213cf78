from importlib import import_module
from typing import Final

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

# What registers work, mails and own data when it is imported (learning/apps.py).
BACKGROUND_WORK: Final[tuple[str, ...]] = (
    "meetings.mail",
    "meetings.named_elsewhere",
    "meetings.network",
    "meetings.occasions",
    "meetings.own_data",
    "meetings.own_data_network",
    "meetings.peer_messages",
    "meetings.reminders",
    "meetings.retention",
)


class MeetingsConfig(AppConfig):
    name = "meetings"
    verbose_name = _("meetings")

    def ready(self) -> None:
        from meetings import signal_handlers  # noqa: PLC0415  models must be loaded first

        signal_handlers.connect()
        for module in BACKGROUND_WORK:
            import_module(module)
