from django.apps import AppConfig


class HouseConfig(AppConfig):
    """Settings, addresses and what holds for the whole house; it has no models."""

    name = "config"
    label = "house"
    verbose_name = "Raadsleden & Veiligheid"

    def ready(self) -> None:
        from config import (  # noqa: PLC0415  models must be loaded first
            checks,  # noqa: F401  registers on import
            signal_handlers,
        )

        signal_handlers.connect()
