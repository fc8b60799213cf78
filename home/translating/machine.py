"""Machines that translate: another server, so only where a site switched one on (ADR 0039).

Whatever such a server does wrong becomes one kind of failure, of which no text is told.
"""

import logging
from collections.abc import Iterable
from typing import Any, Final

import requests
from wagtail.models import Locale
from wagtail_localize.machine_translators.deepl import DeepLTranslator
from wagtail_localize.machine_translators.libretranslate import LibreTranslator

logger = logging.getLogger("house.translating")

# DeepL takes no more at once.
AT_ONCE: Final = 50


class MachineFailed(Exception):
    """The machine gave no translation."""


class Careful:
    """Asks in parts, and fails in one way. Goes in front of a translator of wagtail-localize."""

    def translate(
        self, source_locale: Locale, target_locale: Locale, strings: Iterable[Any]
    ) -> dict[Any, Any]:
        """The translations by text. Raises MachineFailed, and then none is kept."""
        # The translator that this class goes in front of.
        ask: Any = super()
        wanted = list(strings)
        found: dict[Any, Any] = {}
        for start in range(0, len(wanted), AT_ONCE):
            part = wanted[start : start + AT_ONCE]
            try:
                found |= ask.translate(source_locale, target_locale, part)
            except (requests.RequestException, ValueError, LookupError, TypeError) as error:
                # Not the error itself: it may hold the address with its key, or a text.
                logger.warning("Machine translation failed: %s", type(error).__name__)
                raise MachineFailed from None
        return found


class CarefulLibreTranslator(Careful, LibreTranslator):
    pass


class CarefulDeepLTranslator(Careful, DeepLTranslator):
    def get_api_endpoint(self) -> str:
        return str(self.options.get("URL") or super().get_api_endpoint())
