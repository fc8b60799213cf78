from importlib import import_module
from typing import Final

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

# What registers itself when it is imported: mail, daily work, retention, one's own data.
REGISTERS: Final = ("newsletter.digest", "newsletter.keeping", "newsletter.sending")


class NewsletterConfig(AppConfig):
    name = "newsletter"
    verbose_name = _("newsletter")

    def ready(self) -> None:
        for module in REGISTERS:
            import_module(module)
