"""Which machine translates, if any (ADR 0039)."""

from typing import Any, Final
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

CLASSES: Final = {
    "libretranslate": "home.translating.machine.CarefulLibreTranslator",
    "deepl": "home.translating.machine.CarefulDeepLTranslator",
}
LOOPBACK: Final = ("127.0.0.1", "localhost", "::1")


def machine_translator(*, name: str, url: str, key: str) -> dict[str, Any] | None:
    """The setting of wagtail-localize; None for no machine. Raises ImproperlyConfigured."""
    name = name.strip().lower()
    if name in ("", "none"):
        return None
    if name not in CLASSES:
        message = "WAGTAILLOCALIZE_MACHINE_TRANSLATOR is none, libretranslate or deepl."
        raise ImproperlyConfigured(message)
    parts = urlsplit(url)
    if url and parts.scheme != "https" and parts.hostname not in LOOPBACK:
        message = "MACHINE_TRANSLATOR_URL begins with https://: what is translated may be a draft."
        raise ImproperlyConfigured(message)
    if name == "libretranslate" and not url:
        raise ImproperlyConfigured("LibreTranslate needs MACHINE_TRANSLATOR_URL.")
    if name == "deepl" and not key:
        raise ImproperlyConfigured("DeepL needs MACHINE_TRANSLATOR_KEY.")
    options = (
        {"LIBRETRANSLATE_URL": url.rstrip("/"), "API_KEY": key, "TIMEOUT": 20}
        if name == "libretranslate"
        else {"AUTH_KEY": key, "URL": url, "FORMALITY": "prefer_more", "TIMEOUT": 20}
    )
    return {"CLASS": CLASSES[name], "OPTIONS": options}
