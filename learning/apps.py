from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LearningConfig(AppConfig):
    name = "learning"
    verbose_name = _("learning")

    def ready(self) -> None:
        from learning import signal_handlers  # noqa: PLC0415  models must be loaded first

        signal_handlers.connect()
