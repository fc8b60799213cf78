from django.apps import AppConfig


class HouseConfig(AppConfig):
    """Settings, addresses and what holds for the whole house; it has no models."""

    name = "config"
    label = "house"
    verbose_name = "Raadsleden & Veiligheid"

    def ready(self) -> None:
        from config import checks  # noqa: F401, PLC0415  registers on import
