from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = _("public site")

    def ready(self) -> None:
        from home import (  # noqa: PLC0415  models must be loaded first
            account_page,
            admin_scripts,
            field_results,  # noqa: F401  it registers what serves goals
            signal_handlers,
        )
        from home.guide.admin import connect as show_guide  # noqa: PLC0415  likewise
        from home.translating import connect as follow_translations  # noqa: PLC0415  likewise

        signal_handlers.connect()
        admin_scripts.connect()
        account_page.connect()
        follow_translations()
        show_guide()
