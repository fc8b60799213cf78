from importlib import import_module
from typing import Final

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

# What registers itself when it is imported: on the home page, mail, own data, retention, erasing.
REGISTERED: Final[tuple[str, ...]] = (
    "practice.front",
    "practice.telling",
    "practice.own_data",
    "practice.keeping",
)


class PracticeConfig(AppConfig):
    name = "practice"
    verbose_name = _("practice")

    def ready(self) -> None:
        from practice import signal_handlers  # noqa: PLC0415  models must be loaded first

        signal_handlers.connect()
        for module in REGISTERED:
            import_module(module)
