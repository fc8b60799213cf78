from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = _("public site")

    def ready(self) -> None:
        from home import admin_scripts, signal_handlers  # noqa: PLC0415  models must be loaded first

        signal_handlers.connect()
        admin_scripts.connect()
