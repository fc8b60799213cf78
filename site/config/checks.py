"""System checks of the house: conventions that people forget."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator


@register()
def demo_stays_out_of_production(
    app_configs: Sequence[AppConfig] | None, **_kwargs: Any
) -> list[CheckMessage]:
    """DEMO=1 opens accounts with a known password: never where the real settings hold."""
    if settings.DEMO and getattr(settings, "HOUSE_ENVIRONMENT", "") == "production":
        return [
            Error(
                "DEMO=1 is refused in production settings: it lets anybody sign in.",
                hint="Remove DEMO from the environment.",
                id="house.E001",
            )
        ]
    return []


@register()
def the_way_out_leads_somewhere_safely(
    app_configs: Sequence[AppConfig] | None, **_kwargs: Any
) -> list[CheckMessage]:
    """Whoever leaves in a hurry must arrive, and nobody on the way may see where from."""
    try:
        URLValidator(schemes=["https"])(settings.QUICK_EXIT_URL)
    except ValidationError:
        return [
            Error(
                "QUICK_EXIT_URL is no whole address that begins with https://.",
                hint="Name a harmless page of another site, or leave the setting out.",
                id="house.E003",
            )
        ]
    return []


@register()
def site_is_a_source_root(
    app_configs: Sequence[AppConfig] | None, **_kwargs: Any
) -> list[CheckMessage]:
    """A package called `site` would hide Python's own module of that name."""
    if (settings.SITE_DIR / "__init__.py").exists():
        return [
            Error(
                "site/__init__.py exists: `site/` is a source root, not a package.",
                hint="Remove the file (docs/decisions/0002-source-root-site.md).",
                id="house.E002",
            )
        ]
    return []


@register()
def the_audit_log_has_a_key(
    app_configs: Sequence[AppConfig] | None, **_kwargs: Any
) -> list[CheckMessage]:
    """Without a key anybody could seal what they changed."""
    if settings.AUDIT_LOG_KEY and all(settings.AUDIT_LOG_OLD_KEYS):
        return []
    return [
        Error(
            "AUDIT_LOG_KEY, or one of AUDIT_LOG_OLD_KEYS, is empty.",
            hint="Give a long random text that is kept outside the database (docs/audit-log.md).",
            id="house.E004",
        )
    ]
