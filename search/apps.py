from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "search"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("search")

    def ready(self) -> None:
        # Models must be loaded first; what runs daily registers when it is imported.
        from search import missed as _missed  # noqa: F401, PLC0415
        from search import signal_handlers  # noqa: PLC0415

        signal_handlers.connect()
